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

    /// An input; nil if libxml2 does not know the encoding.
    init?(encoding: String) {
        guard let decoder = TextDecoder(encoding: encoding) else { return nil }
        self.decoder = decoder
    }

    /// The name of the encoding.
    var encoding: String { decoder.encoding }

    /// What is said of bytes that are none of the encoding.
    var foreignBytes: String { "bytes that are no \(encoding)" }

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
            fault = foreignBytes
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
}
