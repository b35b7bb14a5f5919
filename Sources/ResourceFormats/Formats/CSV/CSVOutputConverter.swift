/// Turns the UTF-8 of a table into its encoding, row by row, and holds each row against what a reader makes of it.
struct CSVOutputConverter {
    private let encoder: TextEncoder
    private let decoder: TextDecoder

    /// A converter; nil if there is none for the encoding, or if a reader that is given its name could not read it.
    ///
    /// - Parameter isAtStart: Whether a byte order mark comes first, if the encoding has one.
    init?(encoding: String, isAtStart: Bool = true) {
        let row = Array("a,\"1\"\r\n".utf8)
        var bytes = Storage<UInt8>()
        guard let probe = TextEncoder(encoding: encoding), probe.convert(ByteView(row.span), onto: &bytes),
            let name = CSVDecodingReader.encoding(of: bytes.view, given: encoding),
            let encoder = TextEncoder(encoding: encoding), let decoder = TextDecoder(encoding: name)
        else { return nil }
        self.encoder = encoder
        self.decoder = decoder
        if !isAtStart {
            var discarded = Storage<UInt8>()
            guard convert(ByteView(row.span), onto: &discarded) else { return nil }
        }
    }

    /// Appends the text; false, and nothing, if it does not come back.
    ///
    /// The converter cannot be used after that.
    func convert(_ text: ByteView, onto bytes: inout Storage<UInt8>) -> Bool {
        let start = bytes.count
        var back = Storage<UInt8>(minimumCapacity: text.count)
        if encoder.convert(text, onto: &bytes),
            decoder.convert(bytes.view.slice(start, count: bytes.count - start), onto: &back),
            decoder.pendingCount == 0, back.view.isEqual(to: text)
        {
            return true
        }
        bytes.truncate(to: start)
        return false
    }

    /// The first character of a text that an encoding lacks; nil if it has each of them.
    static func lackedCharacter(in text: ByteView, _ encoding: String) -> [UInt8]? {
        guard let converter = CSVOutputConverter(encoding: encoding, isAtStart: false) else { return nil }
        var index = 0
        while index < text.count {
            let length = max(1, text.scalar(at: index).length)
            defer { index += length }
            guard length > 1 else { continue }
            let character = text.slice(index, count: length).array()
            // A line end takes an encoding with several states back to the first.
            let line = character + [0x0A]
            var discarded = Storage<UInt8>()
            if !converter.convert(ByteView(line.span), onto: &discarded) { return character }
        }
        return nil
    }
}
