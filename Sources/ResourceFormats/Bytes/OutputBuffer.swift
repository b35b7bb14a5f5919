/// Bytes that are appended to by a writer and drained by whoever owns the file or socket.
public struct OutputBuffer: ~Copyable, Sendable {
    var bytes: Storage<UInt8>
    /// Where the record that is being written has to end, if readers are to take it.
    private var boundedEnd = Int.max
    /// How large that may be.
    private var bound = 0

    /// An empty buffer that holds `minimumCapacity` bytes before it grows.
    public init(minimumCapacity: Int = 4096) {
        bytes = Storage(minimumCapacity: minimumCapacity)
    }

    /// How many bytes wait.
    public var count: Int { bytes.count }

    /// Whether nothing waits.
    public var isEmpty: Bool { bytes.count == 0 }

    /// The bytes that wait, for as long as the buffer is not changed.
    public var span: Span<UInt8> {
        @_lifetime(borrow self)
        get { bytes.view.span }
    }

    /// The bytes that wait, as an array of their own.
    public func array() -> [UInt8] {
        bytes.view.array()
    }

    /// Makes room for this many more bytes.
    mutating func reserve(_ count: Int) {
        bytes.reserve(count)
    }

    /// Forgets all bytes and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll()
    }

    /// Keeps the first `count` bytes: takes back a record that could not be written to its end.
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

    /// Begins something that readers bound by `size` bytes: a record, a header, what stands around a page's records.
    @inline(__always)
    mutating func beginBounded(_ size: Int) {
        bound = size
        boundedEnd = count &+ size
    }

    /// Ends it.
    ///
    /// - Throws: `.recordLimit` if it has become too large.
    @inline(__always)
    mutating func endBounded() throws(SerializationError) {
        try checkBound()
        boundedEnd = .max
    }

    /// Refuses what has become too large before all of it is written.
    @inline(__always)
    func checkBound() throws(SerializationError) {
        if count > boundedEnd { throw tooLarge }
    }

    private var tooLarge: SerializationError {
        SerializationError(
            .recordLimit, found: "a record or page that takes more than \(bound) bytes in this format",
            expected: "at most \(bound), as readers allow")
    }

    /// Copies up to the first byte of the set and says where that is.
    @inline(__always)
    mutating func append(_ view: ByteView, from start: Int, upTo stop: some ByteStop) -> Int {
        bytes.append(view, from: start, upTo: stop)
    }
}
