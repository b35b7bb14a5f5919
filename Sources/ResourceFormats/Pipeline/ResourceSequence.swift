/// The records of a document in chunks, each as a resource, read while the chunks come.
///
/// It reads a chunk only when the records before are used up, and holds that chunk and one record.
public struct ResourceSequence<Base: AsyncSequence, Record: Resource>: AsyncSequence where Base.Element: ByteChunk {
    /// A record.
    public typealias Element = Record
    /// `SerializationError`, `CancellationError`, or an error of the chunks.
    public typealias Failure = any Error

    let base: Base
    let format: Format
    let limits: Limits

    /// An iterator over the records.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(
            chunks: ChunkIterator(base: base.makeAsyncIterator()), reading: Reading(format, Record.schema, limits))
    }

    /// The records, one at a time.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var chunks: ChunkIterator<Base.AsyncIterator>
        let reading: Reading

        /// The next record; nil at the end, and after an error.
        ///
        /// - Throws: `SerializationError` with its path and its position in the whole document; `CancellationError`; the
        ///   errors of the chunks.
        public mutating func next() async throws -> Record? {
            try await next(isolation: nil)
        }

        /// The next record; nil at the end, and after an error.
        ///
        /// - Throws: `SerializationError` with its path and its position in the whole document; `CancellationError`; the
        ///   errors of the chunks.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> Record? {
            while !reading.isOver {
                if let record = try reading.next(Record.self) { return record }
                if reading.isOver { break }
                do {
                    reading.take(try await chunks.next(isolation: actor))
                } catch {
                    reading.isOver = true
                    throw error
                }
            }
            return nil
        }
    }
}

extension ResourceSequence: Sendable where Base: Sendable {}

/// The stream of an iterator with its window; a class, because streams cannot be copied and iterators can.
final class Reading {
    private var stream: RecordStream
    private var window: [UInt8] = []
    private var isComplete = false
    /// Whether there are no more records.
    var isOver = false

    init(_ format: Format, _ schema: Schema, _ limits: Limits) {
        stream = RecordStream(format, schema: schema, limits: limits)
    }

    /// Takes the next chunk; nil after the last one.
    func take(_ chunk: [UInt8]?) {
        guard let chunk else {
            isComplete = true
            return
        }
        if window.isEmpty { window = chunk } else { window += chunk }
    }

    /// The next record in the window; nil if more input is needed, or at the end.
    func next<R: Resource>(_ type: R.Type) throws(SerializationError) -> R? {
        var window: [UInt8] = []
        swap(&window, &self.window)
        defer { swap(&window, &self.window) }
        do throws(SerializationError) {
            switch try stream.next(window.span, isComplete: isComplete) {
            case .record: return try stream.resource(type, in: window.span)
            case .needsMoreInput: window.removeFirst(stream.release(window.span))
            case .end: isOver = true
            }
            return nil
        } catch {
            isOver = true
            throw error
        }
    }
}

extension AsyncSequence where Element: ByteChunk {
    /// The records of the document in these chunks, each as a resource.
    ///
    ///     for try await model in chunks.records(of: LargeLanguageModel.self, as: .csv) { … }
    ///
    /// - Parameters:
    ///   - type: The type of the resource.
    ///   - format: The format of the document: an item, a list or a page.
    ///   - limits: The limits of a record.
    public func records<R: Resource>(
        of type: R.Type = R.self, as format: Format, limits: Limits = .default
    ) -> ResourceSequence<Self, R> {
        ResourceSequence(base: self, format: format, limits: limits)
    }
}
