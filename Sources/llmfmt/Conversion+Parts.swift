import ResourceFormats

/// The threads that convert parts, and whether it is worth while to cut the input at hand.
struct PartThreads {
    /// How many parts are converted at a time.
    let count: Int
    /// Where parts wait for a thread.
    let queue: PartQueue
    /// How often the input at hand had to be read on by one thread.
    private var failureCount = 0
    /// Jobs that are done, for their memory.
    private var spare: [PartJob] = []
    /// The first bytes of the input at hand.
    private(set) var head: [UInt8] = []

    /// After so many an input is not cut any more.
    private static let mostFailures = 8

    /// The most threads there may be.
    static let most = 256
    /// The most that are used without being asked for: with more the thread that reads and writes is what they wait for.
    static let usual = 8

    /// So many threads; they begin with their first part.
    init(_ count: Int) {
        self.count = count
        queue = PartQueue(threadCount: count)
    }

    /// A job that is not in use.
    mutating func takeJob() -> PartJob {
        spare.popLast() ?? PartJob()
    }

    /// Gives a job back that is done.
    mutating func putBack(_ job: PartJob) {
        spare.append(job)
    }

    /// Starts on an input of which the window has the first bytes.
    mutating func start(_ window: borrowing InputWindow) {
        failureCount = 0
        // Enough for the beginning and for the first name of a record.
        head = count > 1 ? window.bytes(0..<min(window.count, PartCutter.longestBeginning + 512)) : []
    }

    /// Notes that a part was not taken.
    mutating func noteFailure() {
        failureCount += 1
    }

    /// Whether an input may be cut of which so many bytes are still to be read.
    func mayCut(_ input: InputSource, at offset: Int) -> Bool {
        guard count > 1, failureCount < Self.mostFailures else { return false }
        return input.size.map { $0 - offset >= PartCutter.smallestInput } ?? true
    }
}

extension Conversion {
    /// How much of the window to show: where parts may follow at once, up to the end of its last record.
    ///
    /// - Parameter offset: Where the input's first record begins, if that is known.
    func visibleCount(_ input: Input, firstRecord offset: Int?) -> Int {
        guard threads.mayCut(input.source, at: window.offset), !window.isComplete,
            let offset, offset < threads.head.count,
            input.source.isReadable(patience: 0),
            let end = input.format.traits.endOfRecords?(
                window.span, threads.head.span.extracting(offset...), plan.schema),
            end > 0
        else { return window.count }
        return end
    }

    /// Converts parts at the same time, for as long as they fit one after another; what is left is given back to the
    /// input.
    ///
    /// The window has what the converter does not have yet, which is where the first part begins.
    ///
    /// - Parameter sink: Where the output goes; nil in a first pass.
    mutating func convertParts(
        _ input: Input, _ converter: inout Converter, _ output: inout OutputBuffer, to sink: OutputTarget?
    ) throws(Failure) {
        guard threads.mayCut(input.source, at: window.offset), let offset = converter.firstRecordOffset,
            let endOfRecords = input.format.traits.endOfRecords, offset <= PartCutter.longestBeginning,
            offset < threads.head.count, converter.makePart(isFirstPass: sink == nil) != nil
        else { return }
        var cutter = PartCutter(
            endOfRecords, schema: plan.schema, head: threads.head, firstRecord: offset, rest: window.takeAll())
        // In the order of the input.
        var jobs: [PartJob] = []
        defer { for job in jobs { job.wait() } }
        var readFailure: Failure?
        var isReading = true
        var isUseless = true
        while true {
            while isReading, jobs.count <= 2 * threads.count {
                let job = threads.takeJob()
                do throws(Failure) {
                    isReading = try job.read(&cutter, from: input.source)
                } catch {
                    readFailure = error
                    isReading = false
                }
                guard isReading else {
                    threads.putBack(job)
                    break
                }
                jobs.append(job)
                isReading = job.start(converter, isFirstPass: sink == nil, on: threads.queue)
            }
            // A pause may be over by the time that a part is done.
            isReading = isReading || cutter.isPaused && readFailure == nil && !jobs.isEmpty
            guard let job = jobs.first else { break }
            job.wait()
            guard job.join(&converter) else {
                isUseless = true
                break
            }
            isUseless = false
            jobs.removeFirst()
            window.passOver(job.count)
            if let sink {
                try sink.drain(&output)
                try job.write(to: sink)
            }
            threads.putBack(job)
            try checkThatNothingIsLeftOut(converter, input.source.name)
            progress.update(records: converter.recordCount, bytes: window.offset)
        }
        if isUseless, !cutter.isPaused { threads.noteFailure() }
        input.source.giveBack(jobs.flatMap(\.content) + cutter.rest, before: readFailure)
    }
}
