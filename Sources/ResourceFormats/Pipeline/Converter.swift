/// Takes records from readers to one writer: a whole input at once, or piece by piece.
///
/// A document is begun once and may be fed from several inputs, whose records then become one list. Bytes are the
/// caller's: it shows a span, learns how much of it is used up, and shows the rest again with more behind it.
///
/// If `needsSurvey`, all inputs are shown twice: first to `survey`, then to `resume`.
public struct Converter: ~Copyable {
    private let schema: Schema
    private let limits: Limits
    private let writer: AnyRecordWriter
    /// What the output's format is.
    private let target: FormatTraits
    /// What the document has to be, whatever the input says.
    private let requestedShape: DocumentShape?

    private var input: ConverterInput
    private var tape = RecordTape()
    /// The first record, while it is not known whether it is an item or the first of a list.
    private var heldTape = RecordTape()
    private var isHolding = false
    /// Which record of its input that is.
    private var heldIndex = 0
    /// Something behind it was refused and passed over, so it is not the only thing in its input.
    private var isHeldFollowed = false
    private var begunShape: DocumentShape?
    private var page: PageInfo?
    /// The links of the document that was read, and what that was.
    private var documentLinks = UnknownMembers()
    private var linkedShape: DocumentShape?
    private var endedInputCount = 0
    private var hasNotedLinks = false
    /// What a survey found the input to be, for the reading after it.
    private var surveyedShape: DocumentShape?

    /// How many records were written.
    public private(set) var recordCount = 0
    /// What a user may want to know, in the order it came up.
    public private(set) var notes: [Note] = []
    private var notesByValue: Set<Note> = []
    /// Drain the output when it holds about this many bytes.
    public var outputLimit = 256 << 10
    /// What records are held against before they are written; nil to take all.
    ///
    /// Set it before the first call.
    public var validator: RecordValidator?
    /// The query of the request that the document answers, without the question mark; nil for none.
    ///
    /// HAL's links back to the document have it. Set it before the first call.
    public var query: String?
    /// How many bytes `lookAtEnd` wants.
    public static let tailLength = 64 << 10

    /// How far a call came.
    public enum Progress: Sendable {
        /// Show the unused bytes again with more behind them.
        case needsMoreInput
        /// Drain the output and call again.
        case outputIsFull
        /// The input is read to its end.
        case endOfInput
    }

    /// A conversion of one document.
    ///
    /// - Parameters:
    ///   - source: The format of the first input.
    ///   - target: The format of the output.
    ///   - schema: The resource's schema.
    ///   - limits: What a record may be.
    ///   - shape: `.item` to insist on exactly one record, `.list` to write a list in any case; nil to follow the input.
    public init(
        from source: Format, to target: Format, schema: Schema, limits: Limits = .default, shape: DocumentShape? = nil
    ) {
        self.schema = schema
        self.limits = limits
        requestedShape = shape
        input = ConverterInput(reader: source.makeReader(schema, limits))
        writer = target.makeWriter(schema)
        self.target = target.traits
        writer.takeLimits(limits)
    }

    /// Whether all inputs have to be shown to `survey` first.
    ///
    /// CSV needs to see all records before it writes the first. JSON begins a page in another way than a list, and HAL
    /// and XML tell them apart behind the records.
    public var needsSurvey: Bool { writer.needsSurvey || needsShape }

    /// Whether it has to be known before the first record if the input is a page.
    private var needsShape: Bool {
        requestedShape == nil && input.surveyedShape == nil && target.distinguishesShapes && !target.endsListsAsPages
            && input.reader.mayBecomePage
    }

    /// Shows the last bytes of the only input, 64 KiB of them if it has as many.
    ///
    /// They may tell what a survey would be needed for; ask `needsSurvey` again.
    public mutating func lookAtEnd(_ tail: Span<UInt8>) {
        if needsShape { input.surveyedShape = input.reader.shape(fromTail: tail) }
    }

    /// Starts on another input, or on the same one anew after a survey.
    public mutating func beginInput(from source: Format) {
        input = ConverterInput(reader: source.makeReader(schema, limits))
        input.surveyedShape = surveyedShape
        surveyedShape = nil
    }

    /// Converts one whole input.
    ///
    /// - Throws: The first error, with its position; what was appended to `output` until then is part of a document.
    public mutating func convert(
        _ bytes: Span<UInt8>, from source: Format, into output: inout OutputBuffer
    ) throws(SerializationError) {
        outputLimit = .max
        var used = 0
        if needsSurvey { lookAtEnd(bytes.extracting(last: Self.tailLength)) }
        if needsSurvey {
            _ = try survey(bytes, isComplete: true, used: &used)
            beginInput(from: source)
        }
        _ = try resume(bytes, isComplete: true, used: &used, into: &output)
        try finish(into: &output)
    }

    // MARK: Piece by piece

    /// Shows records to the writer before any is written; `used` says how many bytes are not needed again.
    ///
    /// It says `.endOfInput` as soon as it has seen enough.
    public mutating func survey(
        _ bytes: Span<UInt8>, isComplete: Bool, used: inout Int
    ) throws(SerializationError) -> Progress {
        used = 0
        guard writer.needsSurvey else {
            switch input.reader.findShape(bytes, from: &used, isComplete: isComplete, into: &tape) {
            case .needsMoreInput: return .needsMoreInput
            case .end, .record:
                surveyedShape = input.reader.shape
                return .endOfInput
            }
        }
        defer { input.advance(over: bytes, to: used) }
        while true {
            do {
                switch try input.reader.read(bytes, from: &used, isComplete: isComplete, into: &tape) {
                case .needsMoreInput: return .needsMoreInput
                case .end: return .endOfInput
                case .record: break
                }
            } catch {
                throw input.refuse(error, in: bytes, at: used)
            }
            input.recordCount += 1
            do {
                // What is not valid is refused when it would be written; the writer need not know of it.
                try tape.check(against: schema, limits: limits)
                if let record = tape.record, isValid(record) { try writer.survey(record) }
            } catch {
                input.refusedRange = tape.inputRange(in: bytes.count)
                throw input.locate(error, in: tape, input.recordCount - 1, bytes, begunShape, schema)
            }
        }
    }

    /// Converts what is complete in `bytes`; `used` says how many bytes are not needed again.
    ///
    /// - Throws: The first error, with its position. What was appended for the refused record is taken back.
    public mutating func resume(
        _ bytes: Span<UInt8>, isComplete: Bool, used: inout Int, into output: inout OutputBuffer
    ) throws(SerializationError) -> Progress {
        used = 0
        var position = input.lookahead
        input.lookahead = 0
        defer {
            // While the first record is held, its bytes stay, so that an error can still be placed.
            used = isHolding ? heldTape.recordOffset : position
            input.lookahead = position - used
            if isHolding { heldTape.moveSource(by: -used) }
            input.advance(over: bytes, to: used)
        }
        if isHeldFollowed { try writeHeldRecord(as: listShape, bytes, into: &output) }
        while true {
            if output.count >= outputLimit { return .outputIsFull }
            let progress: ReadProgress
            do {
                progress = try input.reader.read(bytes, from: &position, isComplete: isComplete, into: &tape)
            } catch {
                throw input.refuse(error, in: bytes, at: position)
            }
            switch progress {
            case .needsMoreInput: return .needsMoreInput
            case .end:
                try endInput(bytes, into: &output)
                return .endOfInput
            case .record:
                let index = input.recordCount
                input.recordCount &+= 1
                if begunShape == nil, !isHolding, mustHold {
                    hold(index)
                    continue
                }
                do {
                    try writeHeldRecord(as: listShape, bytes, into: &output)
                } catch {
                    // The record at hand takes the place of the refused one: nothing is read twice.
                    hold(index)
                    throw error
                }
                if begunShape == nil { try begin(listShape, into: &output) }
                if begunShape == .item, recordCount == 1 {
                    let place = input.reader.shape == .page ? RecordPlace.page(index) : .list(index)
                    let error = SerializationError(
                        .wrongShape, found: "more than one record", expected: "exactly one for an item",
                        path: place.path)
                    input.refusedRange = tape.inputRange(in: bytes.count)
                    throw error.at(input.position(of: tape.recordOffset, in: bytes))
                }
                try writeRecord(index, held: false, bytes, into: &output)
            }
        }
    }

    /// Ends the document, after the last input.
    public mutating func finish(into output: inout OutputBuffer) throws(SerializationError) {
        if begunShape == nil { try begin(listShape, into: &output) }
        if begunShape == .item, recordCount != 1 {
            throw SerializationError(
                .wrongShape, found: "no record", expected: "exactly one for an item", position: input.counter.position,
                path: "$")
        }
        do throws(SerializationError) {
            if !documentLinks.isEmpty {
                if !target.carriesLinks {
                    addNotes([
                        Note("links of the document itself are left out: only hal has a place for them", isLoss: true)
                    ])
                } else if endedInputCount == 1, begunShape == linkedShape {
                    try writer.takeLinks(documentLinks)
                } else {
                    addNotes([
                        Note("links of the document itself are left out: the output is another document", isLoss: true)
                    ])
                }
            }
            try writer.end(begunShape == .page ? page : nil, into: &output)
        } catch {
            throw error.position == nil ? error.at(input.counter.position) : error
        }
        addNotes(writer.notes)
    }

    // MARK: Going on behind a refused record

    /// What came of `skipRefusedRecord`.
    public enum Recovery: Sendable {
        /// The conversion can go on; these bytes of the span were passed over.
        case skipped(Range<Int>)
        /// Show the same bytes again with more behind them.
        case needsMoreInput
        /// Nobody can say where the next record begins; what was refused begins here in the span.
        case impossible(Int)
    }

    /// Where the record that the last call refused stood in its span, if it was read to its end and only the writer or
    /// the validator did not want it.
    public var refusedRange: Range<Int>? { input.refusedRange }

    /// Passes over the record that the last call refused; `bytes` begins with what that call left unused.
    public mutating func skipRefusedRecord(_ bytes: Span<UInt8>, isComplete: Bool, used: inout Int) -> Recovery {
        used = 0
        if input.refusedRange != nil {
            input.refusedRange = nil
            return .skipped(0..<0)
        }
        // The reader stands behind a record that is held, and behind nothing else that is still shown.
        let start = input.lookahead
        var position = start
        switch input.reader.skipRecord(bytes, from: &position, isComplete: isComplete) {
        case .needsMoreInput: return .needsMoreInput
        case .impossible: return .impossible(min(start, bytes.count))
        case .skipped: input.recordCount += 1
        case .skippedBetweenRecords: break
        }
        isHeldFollowed = isHolding
        used = isHolding ? 0 : position
        input.lookahead = position - used
        input.advance(over: bytes, to: used)
        return .skipped(start..<position)
    }

    // MARK: -

    /// Whether the first record has to wait until it is known what the document is.
    private var mustHold: Bool {
        requestedShape == .item
            || (requestedShape == nil && (target.distinguishesShapes || validator != nil) && input.shape == nil)
    }

    /// What the document is, unless it is a lone object.
    private var listShape: DocumentShape {
        requestedShape ?? input.shape ?? .list
    }

    private mutating func endInput(
        _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) {
        addNotes(input.reader.notes.dropFirst(input.noteCount))
        input.noteCount = input.reader.notes.count
        try writeHeldRecord(as: requestedShape ?? input.reader.shape ?? .item, bytes, into: &output)
        endedInputCount += 1
        if requestedShape == nil, !target.endsListsAsPages, let begunShape, input.surveyedShape != nil,
            (begunShape == .page) != (input.reader.shape == .page)
        {
            throw SerializationError(
                .wrongShape, found: "another shape than the end of the input showed",
                expected: "a document that does not change while it is read",
                position: input.position(of: bytes.count, in: bytes), path: "$")
        }
        if !input.reader.documentLinks.isEmpty {
            documentLinks = input.reader.documentLinks
            linkedShape = input.reader.shape
        }
        guard input.reader.shape == .page else { return }
        page = input.reader.page
        if begunShape == nil { try begin(requestedShape ?? .page, into: &output) }
        if begunShape == .list, requestedShape == nil, target.endsListsAsPages, endedInputCount == 1 {
            begunShape = .page
        }
        if begunShape != .page || target.pageMembers == .none {
            addNotes([
                Note(
                    "the page's members (total, nextCursor, previousCursor and others) are left out: a list cannot carry them",
                    isLoss: true)
            ])
        } else if target.pageMembers == .documented, page?.otherMembers.isEmpty == false {
            addNotes([
                Note(
                    "the page's members other than total, nextCursor and previousCursor are left out: there is no room",
                    isLoss: true)
            ])
        }
    }

    /// Keeps the record at hand, the `index`th of its input, until it is known what the document is.
    private mutating func hold(_ index: Int) {
        swap(&heldTape, &tape)
        isHolding = true
        heldIndex = index
    }

    private mutating func writeHeldRecord(
        as shape: DocumentShape, _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) {
        guard isHolding else { return }
        isHolding = false
        isHeldFollowed = false
        let mark = output.count
        let isFirst = begunShape == nil
        if isFirst { try begin(shape, into: &output) }
        do {
            try writeRecord(heldIndex, held: true, bytes, into: &output)
        } catch {
            if isFirst, shape == .item {
                // Without its only record the document is an empty list, if anything.
                output.truncate(to: mark)
                begunShape = nil
            }
            throw error
        }
    }

    private mutating func begin(_ shape: DocumentShape, into output: inout OutputBuffer) throws(SerializationError) {
        begunShape = shape
        if let query { writer.takeQuery(query) }
        try writer.begin(shape, into: &output)
    }

    @inline(__always)
    private mutating func writeRecord(
        _ index: Int, held: Bool, _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) {
        let mark = output.count
        do throws(SerializationError) {
            if held {
                try heldTape.check(against: schema, limits: limits)
                if let record = heldTape.record { try write(record, into: &output) }
            } else {
                try tape.check(against: schema, limits: limits)
                if let record = tape.record { try write(record, into: &output) }
            }
        } catch {
            output.truncate(to: mark)
            input.refusedRange = held ? heldTape.inputRange(in: bytes.count) : tape.inputRange(in: bytes.count)
            throw held
                ? input.locate(error, in: heldTape, index, bytes, begunShape, schema)
                : input.locate(error, in: tape, index, bytes, begunShape, schema)
        }
        recordCount += 1
        if !target.carriesLinks { noteLinks(held ? heldTape.hasForeignLinks : tape.hasForeignLinks) }
    }

    @inline(__always)
    private mutating func noteLinks(_ areLeftOut: Bool) {
        guard areLeftOut, !hasNotedLinks else { return }
        hasNotedLinks = true
        addNotes([
            Note(
                "links that do not follow from the records are left out: only hal carries them "
                    + "(--keep-links keeps _links as a member)", isLoss: true)
        ])
    }

    @inline(__always)
    private func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        if let validator, let violation = validator.firstError(in: record) { throw violation.error }
        try writer.write(record, into: &output)
    }

    private func isValid(_ record: RecordView) -> Bool {
        validator?.firstError(in: record) == nil
    }

    private mutating func addNotes(_ new: some Sequence<Note>) {
        for note in new where notesByValue.insert(note).inserted { notes.append(note) }
    }
}
