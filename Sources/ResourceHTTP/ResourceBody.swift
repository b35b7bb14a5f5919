public import ResourceFormats

/// The body of a response.
public enum ResourceBody: Sendable {
    /// No body: the response to HEAD, and every 204 and 304.
    case none
    /// Bytes, whose number is sent in `Content-Length`.
    case bytes(ResourceContent)
    /// Pieces, whose total size is unknown until all of them are made.
    case stream(ConvertedDocument)

    /// The number of bytes; nil for a stream.
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
/// Servers have buffers of their own: they copy these bytes once, or take an array.
public struct ResourceContent: Sendable {
    /// A class, because output buffers cannot be copied and contents can.
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

    /// A copy of some bytes.
    public init(_ bytes: [UInt8]) {
        var buffer = OutputBuffer(minimumCapacity: bytes.count)
        buffer.append(bytes.span)
        self.init(buffer)
    }

    /// The same bytes in memory of their exact size.
    init(copying other: ResourceContent) {
        var buffer = OutputBuffer(minimumCapacity: other.count)
        other.withSpan { buffer.append($0) }
        self.init(buffer)
    }

    /// The number of bytes.
    public var count: Int { storage.buffer.count }

    /// The bytes as an array.
    public var array: [UInt8] { storage.buffer.array() }

    /// Calls `body` with the bytes.
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.buffer.withSpan(body)
    }
}

extension OutputBuffer {
    /// Calls `body` with the bytes; a span of a class's property cannot leave a method of that class.
    fileprivate borrowing func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(span)
    }
}
