/// The text of an input in another encoding, as far as it has been decoded and is not done with.
struct DecodedInput: ~Copyable {
    private let decoder: TextDecoder
    private var decoded = Storage<UInt8>()
    /// How much at the start of `decoded` is done with.
    private var start = 0
    private var counter = PositionCounter()
    /// Whether the input is decoded to its end, or to the place where its encoding breaks.
    private(set) var isOver = false
    /// What the input has right after the text that is none of its encoding.
    private(set) var fault: String?

    /// An input; nil if there is no converter for the encoding.
    init?(encoding: String) {
        guard let decoder = TextDecoder(encoding: encoding) else { return nil }
        self.decoder = decoder
    }

    /// The name of the encoding.
    var encoding: String { decoder.encoding }

    /// The text that is not done with.
    var text: ByteView {
        @_lifetime(borrow self)
        get { decoded.view.slice(start, count: decoded.count - start) }
    }

    /// Decodes the next bytes; `isComplete` if they are the last.
    mutating func append(_ bytes: ByteView, isComplete: Bool) {
        if fault != nil { return }
        // Dropped half by half: at each record, a long text would be moved as often as it has records.
        if start > decoded.count / 2 {
            decoded.removeFirst(start)
            start = 0
        }
        if !decoder.convert(bytes, onto: &decoded) {
            fault = Self.foreignBytes(encoding)
        } else if isComplete, decoder.pendingCount > 0 {
            fault = "half a character at the end"
        }
        isOver = isComplete || fault != nil
    }

    /// Is done with the first `count` bytes of the text.
    mutating func drop(_ count: Int) {
        var counter = counter
        counter.advance(over: text, to: count)
        self.counter = counter
        start += count
    }

    /// The position in the input of `text[offset]`; its byte offset counts in UTF-8.
    func position(of offset: Int) -> TextPosition {
        counter.position(of: offset, in: text)
    }

    // MARK: Errors

    /// The error where the encoding breaks, after the text; nil if it does not.
    func refusal(path: String) -> SerializationError? {
        fault.map {
            SerializationError(
                .invalidEncoding, found: $0, expected: encoding, position: position(of: text.count), path: path)
        }
    }

    /// An error of the text at `text[offset]`, with its position.
    func located(_ error: SerializationError, at offset: Int) -> SerializationError {
        let position = position(of: offset)
        // Converters let through half a pair of surrogates.
        guard error.code == .invalidEncoding else { return error.at(position) }
        return SerializationError(
            .invalidEncoding, found: Self.foreignBytes(encoding), expected: encoding, position: position,
            path: error.path)
    }

    private static func foreignBytes(_ encoding: String) -> String { "bytes that are not \(encoding)" }
}
