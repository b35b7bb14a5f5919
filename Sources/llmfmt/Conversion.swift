import ResourceFormats

/// Carries out a plan: opens the inputs, makes a first pass if needed, converts, and finishes.
struct Conversion: ~Copyable {
    let plan: ConversionPlan
    var window = InputWindow()
    /// The threads of `--jobs`.
    var threads: PartThreads
    private let files: ToolFiles
    private var rejects: RejectFile?
    var progress: ProgressLine
    private var refusedCount = 0
    /// Whether an input was read before, at its end or as a whole, so that it must not change before it is converted.
    private var wasLookedAt = false
    /// The names of the inputs that have caused the first notes, one for each.
    private var noteNames: [String] = []

    /// An input with its own format, and with the format and options for reading it.
    struct Input {
        let source: InputSource
        let shown: Format
        let format: Format
    }

    init(_ plan: ConversionPlan) throws(Failure) {
        // Everything that may fail comes before the first property is set.
        let files = try ToolFiles(plan)
        let rejects: RejectFile? = if let place = files.rejects { try RejectFile(place) } else { nil }
        self.plan = plan
        self.files = files
        self.rejects = rejects
        threads = PartThreads(plan.jobs)
        progress = ProgressLine(plan.progress, console: plan.console)
    }

    /// Carries out the whole plan.
    mutating func run() throws(Failure) {
        switch plan.destination {
        case .standardOutput, .file: try convert(plan.files, to: files.outputs.first)
        case .inPlace:
            for (file, place) in zip(plan.files, files.outputs) { try convert([file], to: place) }
        }
        try rejects?.finish()
        if refusedCount > 0 {
            plan.console.note("\(refusedCount) refused \(refusedCount == 1 ? "record was" : "records were") left out")
            throw .passedOver
        }
    }

    /// Converts inputs into one document; without a place it goes to standard output.
    private mutating func convert(_ files: [String], to place: FilePlace?) throws(Failure) {
        let first = try open(files[0], target: plan.target, isOnly: files.count == 1)
        let target = plan.target ?? first.shown
        var converter = Converter(
            from: first.format, to: plan.writer(target), schema: plan.schema,
            shape: plan.isItem ? .item : files.count > 1 || plan.hasNoEnvelope ? .list : nil, selection: plan.selection)
        if plan.isStrict { converter.validator = RecordValidator(schema: plan.schema, isStrict: true) }
        var inputs = [first]
        wasLookedAt = false
        noteNames = []
        if converter.needsFirstPass, let tail = try first.source.tail(Converter.tailLength) {
            converter.lookAtEnd(tail.span)
            wasLookedAt = true
        }
        let hasFirstPass = converter.needsFirstPass
        if hasFirstPass {
            try prepare(first, &converter)
            nameNotes(of: converter, first)
            for file in files.dropFirst() where !converter.hasReachedLimit {
                let input = try open(file, target: target, isOnly: false)
                converter.beginInput(from: input.format)
                try prepare(input, &converter)
                nameNotes(of: converter, input)
                inputs.append(input)
            }
            wasLookedAt = true
        }
        let sink = if let place { try OutputTarget(place) } else { OutputTarget() }
        var output = OutputBuffer(minimumCapacity: 320 << 10)
        for index in files.indices {
            if index > 0, converter.hasReachedLimit { break }
            if hasFirstPass {
                window.removeAll()
                try inputs[index].source.checkThatItIsUnchanged()
                try inputs[index].source.rewind()
                converter.beginInput(from: inputs[index].format)
            } else if index > 0 {
                inputs = [try open(files[index], target: target, isOnly: false)]
                converter.beginInput(from: inputs[0].format)
            }
            let input = inputs[hasFirstPass ? index : 0]
            try resume(input, &converter, &output, sink)
            nameNotes(of: converter, input)
            if wasLookedAt { try input.source.checkThatItIsUnchanged() }
        }
        let name = files.count == 1 ? inputs[0].source.name : nil
        do throws(SerializationError) {
            try converter.finish(into: &output)
        } catch {
            throw .refused(file: name ?? "llmfmt", plan.place.error(error), excerpt: nil)
        }
        try checkThatNothingIsLeftOut(converter, name)
        try sink.drain(&output)
        let reservation = try sink.finish()
        progress.finish()
        if plan.isVerbose {
            plan.console.write("\(name ?? "llmfmt"): \(progress.summary(written: sink.writtenCount))")
        }
        if let reservation { plan.console.note(reservation, file: sink.name) }
        for (index, note) in converter.notes.enumerated() {
            let file = name ?? (index < noteNames.count ? noteNames[index] : nil)
            plan.console.note(note.sentenceNamingOption, file: file)
        }
    }

    /// Keeps the name of an input for the notes that it has caused.
    private mutating func nameNotes(of converter: borrowing Converter, _ input: Input) {
        while noteNames.count < converter.notes.count { noteNames.append(input.source.name) }
    }

    /// Opens an input and determines its format.
    private mutating func open(_ file: String, target: Format?, isOnly: Bool) throws(Failure) -> Input {
        let source = try InputSource(file, shownName: plan.place.name)
        window.removeAll()
        let isForTable = target?.isTable ?? true && plan.csv.columns == nil
        // HAL and XML show only at their end whether they are a page, and JSON needs to know it at the start.
        let isForShape =
            isOnly && target ?? .json == .json && plan.source?.traits.showsPagesAtEnd ?? true && !plan.isItem
        if isForTable || isForShape { source.keepForSecondReading() }
        let found = try window.tellFormat(
            of: source, given: plan.source, isTable: plan.saysThatInputIsTable(target: target))
        if !isForTable, !found.traits.showsPagesAtEnd || plan.records != nil { source.forgetKept() }
        return Input(source: source, shown: found, format: try plan.reader(found, target: target ?? found))
    }

    // MARK: Passes

    /// Makes the first pass over an input, before any record is written.
    private mutating func prepare(_ input: Input, _ converter: inout Converter) throws(Failure) {
        if window.count == 0, !window.isComplete { try window.fill(from: input.source) }
        threads.start(window)
        var output = OutputBuffer()
        while true {
            var used = 0
            let progress: Converter.Progress
            let visible = visibleCount(input, firstRecord: converter.firstRecordOffset)
            do throws(SerializationError) {
                progress = try converter.prepare(
                    window.span.extracting(..<visible), isComplete: window.isComplete, used: &used)
            } catch {
                _ = try passOver(error, input, used, &converter, isFirstReading: true)
                continue
            }
            window.drop(used)
            if case .endOfInput = progress { return }
            try convertParts(input, &converter, &output, to: nil)
            try window.fillFurther(from: input.source)
        }
    }

    /// Converts an input to its end.
    private mutating func resume(
        _ input: Input, _ converter: inout Converter, _ output: inout OutputBuffer, _ sink: OutputTarget
    ) throws(Failure) {
        progress.start(bytes: input.source.size)
        if window.count == 0, !window.isComplete { try window.fill(from: input.source) }
        threads.start(window)
        while true {
            var used = 0
            let state: Converter.Progress
            let visible = visibleCount(input, firstRecord: converter.firstRecordOffset)
            do throws(SerializationError) {
                state = try converter.resume(
                    window.span.extracting(..<visible), isComplete: window.isComplete, used: &used, into: &output)
            } catch {
                try passOver(error, input, used, &converter, isFirstReading: false)
                continue
            }
            window.drop(used)
            try checkThatNothingIsLeftOut(converter, input.source.name)
            switch state {
            case .endOfInput:
                progress.update(records: converter.recordCount, bytes: window.offset)
                return
            case .outputIsFull: try sink.drain(&output)
            case .needsMoreInput:
                try convertParts(input, &converter, &output, to: sink)
                // Whoever waits at the other end gets what is complete, before we wait ourselves.
                if !input.source.isReadable(patience: 0) { try sink.drain(&output) }
                try window.fillFurther(from: input.source)
            }
            progress.update(records: converter.recordCount, bytes: window.offset)
        }
    }

    /// Stops at the first note about a loss, if the plan says so, before more is written.
    func checkThatNothingIsLeftOut(_ converter: borrowing Converter, _ name: String?) throws(Failure) {
        guard plan.failsOnNotes, let note = converter.notes.first(where: \.isLoss) else { return }
        throw .leftOut(file: name ?? "llmfmt", note.sentenceNamingOption)
    }

    /// Handles a refused record: stops, or continues after it.
    private mutating func passOver(
        _ error: SerializationError, _ input: Input, _ used: Int, _ converter: inout Converter, isFirstReading: Bool
    ) throws(Failure) {
        if wasLookedAt { try input.source.checkThatItIsUnchanged() }
        let error = plan.place.error(error.namingOption)
        let excerpt = error.position.flatMap { window.line(around: $0.byteOffset, column: $0.column) }
        let failure = Failure.refused(file: input.source.name, error, excerpt: excerpt)
        let mayGoOn = plan.onError == .skip
        guard mayGoOn || rejects != nil else {
            try input.source.checkThatRestIsIntact()
            throw failure
        }
        var raw = converter.refusedRange.map { window.bytes($0) } ?? []
        window.drop(used)
        var canGoOn = false
        search: while true {
            var used = 0
            switch converter.skipRefusedRecord(window.span, isComplete: window.isComplete, used: &used) {
            case .skipped(let range):
                raw += window.bytes(range)
                window.drop(used)
                canGoOn = true
                break search
            case .needsMoreInput where !window.isComplete:
                try window.fill(from: input.source)
            case .needsMoreInput:
                break search
            case .impossible(let start):
                raw = window.bytes(start..<min(window.count, start + 4096))
                break search
            }
        }
        // The first pass reports nothing: the record is refused again, and then reported, in the second pass.
        if isFirstReading, mayGoOn, canGoOn { return }
        try rejects?.append(raw, file: input.source.name, error)
        guard mayGoOn, canGoOn else {
            try rejects?.finish()
            rejects = nil
            try input.source.checkThatRestIsIntact()
            throw failure
        }
        plan.console.report(failure)
        refusedCount += 1
    }
}
