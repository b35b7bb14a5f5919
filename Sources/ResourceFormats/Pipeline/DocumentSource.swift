/// The origin of a streamed document: its bytes in some format, in chunks of any size.
///
/// A writer that needs all records before the first, such as CSV's, makes two passes. Both must give the same bytes.
public struct DocumentSource: Sendable {
    let format: Format
    /// Whether the sequence can be iterated only once, so that a second pass needs the chunks of the first.
    let isReadOnce: Bool
    let makeIterator: @Sendable () -> any AsyncIteratorProtocol<[UInt8], any Error>

    /// A document that is available as often as needed.
    ///
    /// - Parameters:
    ///   - format: The format of the bytes. JSON can carry the members of a page; JSON Lines is always a list.
    ///   - pieces: Makes a new sequence of the chunks for each pass.
    public init<Pieces: AsyncSequence & SendableMetatype>(
        _ format: Format, pieces: @escaping @Sendable () -> Pieces
    ) where Pieces.Element: ByteChunk, Pieces.AsyncIterator: SendableMetatype {
        self.format = format
        isReadOnce = false
        makeIterator = { ChunkIterator(base: pieces().makeAsyncIterator()) }
    }

    /// A document that can be read once, such as the body of a request.
    ///
    /// If the target needs two passes, the chunks of the first pass are kept in memory for the second.
    ///
    /// - Parameters:
    ///   - format: The format of the bytes.
    ///   - chunks: The bytes.
    public init<Chunks: AsyncSequence & Sendable>(
        _ format: Format, once chunks: Chunks
    ) where Chunks.Element: ByteChunk, Chunks.AsyncIterator: SendableMetatype {
        self.format = format
        isReadOnce = true
        makeIterator = { ChunkIterator(base: chunks.makeAsyncIterator()) }
    }
}
