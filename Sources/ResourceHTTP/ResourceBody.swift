import ResourceFormats

/// What a response sends after its head.
public enum ResourceBody: Sendable {
    /// Nothing: the answer to HEAD, and every 204 and 304.
    case none
    /// Bytes whose number is in `Content-Length`.
    case bytes(ResourceContent)
    /// Pieces whose number nobody knows before they are all made.
    case stream(ConvertedDocument)

    /// How many bytes there are; nil for a stream.
    public var count: Int? {
        switch self {
        case .none: 0
        case .bytes(let content): content.count
        case .stream: nil
        }
    }
}

/// The bytes of a whole body, in the memory that they were written to.
///
/// Servers have buffers of their own: they copy these once, or take an array.
public struct ResourceContent: Sendable {
    /// Output buffers cannot be copied; contents can.
    private final class Storage: Sendable {
        let buffer: OutputBuffer

        init(_ buffer: consuming OutputBuffer) {
            self.buffer = buffer
        }
    }

    private let storage: Storage

    init(_ buffer: consuming OutputBuffer) {
        storage = Storage(buffer)
    }

    /// The same bytes in memory of just their size.
    init(copying other: ResourceContent) {
        var buffer = OutputBuffer(minimumCapacity: other.count)
        other.withSpan { buffer.append($0) }
        self.init(buffer)
    }

    /// How many bytes there are.
    public var count: Int { storage.buffer.count }

    /// The bytes in an array.
    public var array: [UInt8] { storage.buffer.array() }

    /// Shows the bytes to `body`.
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.buffer.withSpan(body)
    }
}

extension OutputBuffer {
    /// Shows the bytes to `body`: a span of what a class holds cannot leave a method of it.
    fileprivate borrowing func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(span)
    }
}
