/// A piece of a document: bytes that follow those of the piece before it.
///
/// `[UInt8]`, `ArraySlice<UInt8>` and `ContiguousArray<UInt8>` are chunks. Any other sequence of bytes becomes one with
/// an empty extension:
///
///     extension Data: ByteChunk {}
public protocol ByteChunk {
    /// The bytes as an array.
    var byteArray: [UInt8] { get }
}

extension ByteChunk where Self: Sequence<UInt8> {
    /// The bytes as an array; an array itself is not copied.
    @inlinable
    public var byteArray: [UInt8] { Array(self) }
}

extension Array: ByteChunk where Element == UInt8 {}
extension ArraySlice: ByteChunk where Element == UInt8 {}
extension ContiguousArray: ByteChunk where Element == UInt8 {}

/// An iterator over the bytes of chunks, with any error type, around one with a specific type.
///
/// Many sequences end when the task is cancelled, as if there were no more. Here they do not: the end of a cancelled
/// sequence is a `CancellationError`, so that a part of a document is not taken for all of it.
struct ChunkIterator<Base: AsyncIteratorProtocol>: AsyncIteratorProtocol where Base.Element: ByteChunk {
    var base: Base

    mutating func next() async throws -> [UInt8]? {
        try await next(isolation: nil)
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> [UInt8]? {
        try Task.checkCancellation()
        if let chunk = try await base.next(isolation: actor) { return chunk.byteArray }
        try Task.checkCancellation()
        return nil
    }
}
