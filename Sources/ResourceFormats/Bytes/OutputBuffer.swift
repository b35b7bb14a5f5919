/// A growable buffer: a writer appends bytes, and the owner of the file or socket drains them.
public struct OutputBuffer: ~Copyable, Sendable {
    var bytes: Storage<UInt8>
    /// The `count` beyond which the record being written is too large for readers.
    private var boundedEnd = Int.max
    /// The largest size of that record.
    private var bound = 0

    /// An empty buffer with room for `minimumCapacity` bytes before it grows.
    public init(minimumCapacity: Int = 4096) {
        bytes = Storage(minimumCapacity: minimumCapacity)
    }

    /// The number of bytes in the buffer.
    public var count: Int { bytes.count }

    /// Whether the buffer is empty.
    public var isEmpty: Bool { bytes.count == 0 }

    /// The bytes in the buffer; valid until the buffer is changed.
    public var span: Span<UInt8> {
        @_lifetime(borrow self)
        get { bytes.view.span }
    }

    /// The bytes in the buffer, as an array of their own.
    public func array() -> [UInt8] {
        bytes.view.array()
    }

    /// Makes room for this many more bytes.
    mutating func reserve(_ count: Int) {
        bytes.reserve(count)
    }

    /// Removes all bytes and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll()
    }

    /// Keeps the first `count` bytes: removes a record that could not be written to its end.
    public mutating func truncate(to count: Int) {
        bytes.truncate(to: count)
    }

    /// Appends one byte.
    @inline(__always)
    public mutating func append(_ byte: UInt8) {
        bytes.append(byte)
    }

    /// Appends bytes.
    public mutating func append(_ span: Span<UInt8>) {
        bytes.append(ByteView(span))
    }

    /// Appends the UTF-8 of a literal.
    @inline(__always)
    public mutating func append(_ literal: StaticString) {
        bytes.append(literal)
    }

    /// Appends text as UTF-8.
    public mutating func append(text: String) {
        for byte in text.utf8 { bytes.append(byte) }
    }

    @inline(__always)
    mutating func append(_ view: ByteView) {
        bytes.append(view)
    }

    /// Appends the first `length` bytes of a block; `length` is at most 32.
    @inline(__always)
    mutating func append(_ block: SIMD32<UInt8>, count length: Int) {
        bytes.append(block, count: length)
    }

    /// Appends a byte `count` times.
    @inline(__always)
    mutating func append(repeating byte: UInt8, count: Int) {
        bytes.append(repeating: byte, count: count)
    }

    /// Appends `count` spaces.
    mutating func append(spaces count: Int) {
        bytes.append(repeating: 0x20, count: count)
    }

    // MARK: The bound of a record

    /// Begins a part that readers limit to `size` bytes: a record, a header, or the text around the records of a page.
    @inline(__always)
    mutating func beginBounded(_ size: Int) {
        bound = size
        boundedEnd = count &+ size
    }

    /// Ends the part that `beginBounded` began.
    ///
    /// - Throws: `.recordLimit` if the part is too large.
    @inline(__always)
    mutating func endBounded() throws(SerializationError) {
        try checkBound()
        boundedEnd = .max
    }

    /// Refuses a part that is too large already, before all of it is written.
    @inline(__always)
    func checkBound() throws(SerializationError) {
        if count > boundedEnd { throw tooLarge }
    }

    private var tooLarge: SerializationError {
        SerializationError(
            .recordLimit, found: "a record or page that takes more than \(bound) bytes in this format",
            expected: "at most \(bound), as readers allow")
    }

    /// Copies `view` from `start` on up to the first byte of the set, and returns the index of that byte.
    @inline(__always)
    mutating func append(_ view: ByteView, from start: Int, upTo stop: some ByteStop) -> Int {
        bytes.append(view, from: start, upTo: stop)
    }
}
