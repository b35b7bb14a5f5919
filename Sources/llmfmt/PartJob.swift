import Dispatch
import ResourceFormats
import Synchronization

/// A part of an input that is converted on a thread of its own, or the memory for the next one.
final class PartJob: @unchecked Sendable {
    /// The beginning of the document up to its first record, the part, and room that is not used.
    private var bytes: [UInt8] = []
    /// Where the part begins and ends in them.
    private var range = 0..<0
    /// Of the job's thread from `start` until `wait` has returned, at other times of the caller's.
    private var part: ConverterPart?
    private let isDone = DispatchSemaphore(value: 0)
    private var isRunning = false

    /// Fills the bytes by a cutter; false if that has no part now.
    func read(_ cutter: inout PartCutter, from source: InputSource) throws(Failure) -> Bool {
        range = try cutter.readPart(into: &bytes, from: source)
        return !range.isEmpty
    }

    /// Has the part converted on a queue; false if the converter has no parts.
    func start(_ converter: borrowing Converter, isFirstPass: Bool, on queue: PartQueue) -> Bool {
        let output = part?.takeOutput() ?? OutputBuffer(minimumCapacity: PartCutter.partSize)
        part = converter.makePart(isFirstPass: isFirstPass, output: output)
        guard part != nil else { return false }
        isRunning = true
        queue.add(self)
        return true
    }

    /// Converts the part, on a thread of the queue.
    fileprivate func convert() {
        let bytes = bytes
        part?.convert(bytes.span.extracting(..<range.upperBound), from: range.lowerBound)
        isDone.signal()
    }

    /// Waits for the end of the conversion.
    func wait() {
        if isRunning { isDone.wait() }
        isRunning = false
    }

    /// Joins the part, which is converted, with the converter that stands before it; false if that cannot be.
    func join(_ converter: inout Converter) -> Bool {
        part?.isJoined(by: &converter) ?? false
    }

    /// Writes the output.
    func write(to sink: OutputTarget) throws(Failure) {
        try part?.write(to: sink)
    }

    /// How many bytes the part has.
    var count: Int { range.count }

    /// The bytes of the part.
    var content: ArraySlice<UInt8> { bytes[range] }
}

/// Converts parts in the order in which they are added, so many at a time.
///
/// A thread takes the next part as soon as it is free, because parts take unequal time and threads unequal processors.
final class PartQueue: Sendable {
    private struct State {
        var waiting: [PartJob] = []
        var runningThreads = 0
    }

    private let threadCount: Int
    private let state = Mutex(State())
    private let threads = DispatchQueue(label: "llmfmt.parts", attributes: .concurrent)

    /// A queue that uses so many threads; they begin with the first part.
    init(threadCount: Int) {
        self.threadCount = threadCount
    }

    /// Has a part converted.
    func add(_ job: PartJob) {
        let needsThread = state.withLock { state in
            state.waiting.append(job)
            guard state.runningThreads < threadCount else { return false }
            state.runningThreads += 1
            return true
        }
        guard needsThread else { return }
        threads.async {
            while let job = self.next() { job.convert() }
        }
    }

    /// The next part; nil if none is waiting, and the thread ends.
    private func next() -> PartJob? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.runningThreads -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}

extension ConverterPart {
    fileprivate borrowing func isJoined(by converter: inout Converter) -> Bool {
        converter.join(self)
    }

    fileprivate borrowing func write(to sink: OutputTarget) throws(Failure) {
        try sink.write(output.span)
    }
}

/// Cuts an input into parts where records seem to end.
struct PartCutter {
    /// How many bytes a part has.
    static let partSize = 1 << 20
    /// Inputs that are smaller, or of which less is left, are not cut.
    static let smallestInput = 2 * partSize
    /// How much of the start of an input may stand before its first record.
    static let longestBeginning = 64 << 10

    private let endOfRecords: @Sendable (Span<UInt8>, Span<UInt8>, Schema) -> Int?
    private let schema: Schema
    /// The input up to its first record, and the beginning of that.
    private let beginning: [UInt8]
    private let firstRecord: [UInt8]
    /// What was read after the last part.
    private(set) var rest: [UInt8]
    /// Whether the input had no more to read without waiting when there was no part.
    private(set) var isPaused = false

    /// A cutter that goes on with `rest`.
    ///
    /// - Parameters:
    ///   - endOfRecords: Where records seem to end in some bytes, as `FormatTraits` has it.
    ///   - head: The first bytes of the input.
    ///   - offset: Where its first record begins.
    ///   - rest: What was read after the records that are converted already.
    init(
        _ endOfRecords: @escaping @Sendable (Span<UInt8>, Span<UInt8>, Schema) -> Int?, schema: Schema, head: [UInt8],
        firstRecord offset: Int, rest: [UInt8]
    ) {
        self.endOfRecords = endOfRecords
        self.schema = schema
        beginning = Array(head[..<offset])
        firstRecord = Array(head[offset..<min(head.count, offset + 512)])
        self.rest = rest
    }

    /// Reads the beginning of the document and the next part, without waiting for the input.
    ///
    /// - Returns: Where the part is in `bytes`; nowhere if the input pauses, ends, or shows no end of a record.
    mutating func readPart(into bytes: inout [UInt8], from source: InputSource) throws(Failure) -> Range<Int> {
        isPaused = false
        let start = beginning.count
        var end = start + rest.count
        let size = max(end, start + Self.partSize)
        if bytes.count < size { bytes += [UInt8](repeating: 0, count: size - bytes.count) }
        bytes.replaceSubrange(..<end, with: beginning + rest)
        // Whatever comes of it, nothing that was read is lost.
        var cut = 0
        defer { rest = Array(bytes[(start + cut)..<end]) }
        while end < size {
            guard source.isReadable(patience: 0) else {
                isPaused = true
                return 0..<0
            }
            let count = try source.read(into: &bytes, end..<size)
            guard count > 0 else { return 0..<0 }
            end += count
        }
        guard let found = endOfRecords(bytes.span.extracting(start..<end), firstRecord.span, schema), found > 0 else {
            return 0..<0
        }
        cut = found
        return start..<(start + cut)
    }
}
