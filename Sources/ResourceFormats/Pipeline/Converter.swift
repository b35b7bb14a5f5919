/// Takes records from readers to one writer: a whole input at once, or piece by piece.
///
/// A document is begun once and may be fed from several inputs, whose records then become one list. Bytes are the
/// caller's: it shows a span, learns how much of it is used up, and shows the rest again with more after it.
///
/// If `needsSurvey`, all inputs are shown twice: first to `survey`, then to `resume`.
public struct Converter: ~Copyable {
    private let schema: Schema
    private let limits: Limits
    private let sink: RecordSink
    /// What the document has to be, whatever the input says.
    private let requestedShape: DocumentShape?

    private var stream: RecordStream
    /// The first record, while it is not known whether it is an item or the first of a list.
    private var heldTape = RecordTape()
    private var isHolding = false
    /// Which record of its input that is.
    private var heldIndex = 0
    /// Something after it was refused and passed over, so it is not the only thing in its input.
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
        /// Show the unused bytes again with more after them.
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
        stream = RecordStream(source, schema: schema, limits: limits)
        sink = RecordSink(target, schema: schema, limits: limits)
    }

    /// Whether all inputs have to be shown to `survey` first.
    ///
    /// CSV needs to see all records before it writes the first. JSON begins a page in another way than a list, and HAL
    /// and XML tell them apart after the records.
    public var needsSurvey: Bool { sink.needsSurvey || needsShape }

    /// Whether it has to be known before the first record if the input is a page.
    private var needsShape: Bool {
        requestedShape == nil && stream.toldShape == nil && sink.traits.distinguishesShapes
            && !sink.traits.endsListsAsPages
            && stream.mayBecomePage
    }

    /// Shows the last bytes of the only input, 64 KiB of them if it has as many.
    ///
    /// They may tell what a survey would be needed for; ask `needsSurvey` again.
    public mutating func lookAtEnd(_ tail: Span<UInt8>) {
        if needsShape { stream.lookAtEnd(tail) }
    }

    /// Starts on another input, or on the same one anew after a survey.
    public mutating func beginInput(from source: Format) {
        stream = RecordStream(source, schema: schema, limits: limits)
        stream.toldShape = surveyedShape
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
        guard sink.needsSurvey else {
            let progress = stream.findShape(bytes, isComplete: isComplete, used: &used)
            if progress == .needsMoreInput { return .needsMoreInput }
            surveyedShape = stream.readShape
            return .endOfInput
        }
        defer { used = stream.release(bytes) }
        while true {
            switch try stream.next(bytes, isComplete: isComplete) {
            case .needsMoreInput: return .needsMoreInput
            case .end: return .endOfInput
            case .record: break
            }
            do throws(SerializationError) {
                // What is not valid is refused when it would be written; the writer need not know of it.
                if let record = stream.record, isValid(record) { try sink.survey(record) }
            } catch {
                throw stream.refuse(error, at: place(ofRecord: stream.recordCount - 1), bytes)
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
        defer {
            // While the first record is held, its bytes stay, so that an error can still be placed.
            if isHolding {
                used = stream.release(bytes, upTo: heldTape.recordOffset)
                heldTape.moveSource(by: -used)
            } else {
                used = stream.release(bytes)
            }
        }
        if isHeldFollowed { try writeHeldRecord(as: listShape, bytes, into: &output) }
        while true {
            if output.count >= outputLimit { return .outputIsFull }
            switch try stream.next(bytes, isComplete: isComplete) {
            case .needsMoreInput: return .needsMoreInput
            case .end:
                try endInput(bytes, into: &output)
                return .endOfInput
            case .record:
                let index = stream.recordCount &- 1
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
                    let place = stream.readShape == .page ? RecordPlace.page(index) : .list(index)
                    let error = SerializationError(
                        .wrongShape, found: "more than one record", expected: "exactly one for an item",
                        path: place.path)
                    throw stream.refuse(error, at: place, bytes)
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
                .wrongShape, found: "no record", expected: "exactly one for an item", position: stream.counter.position,
                path: "$")
        }
        do throws(SerializationError) {
            if !documentLinks.isEmpty {
                if !sink.traits.carriesLinks {
                    addNotes([
                        Note("links of the document itself are left out: only hal has a place for them", isLoss: true)
                    ])
                } else if endedInputCount == 1, begunShape == linkedShape {
                    try sink.takeLinks(documentLinks)
                } else {
                    addNotes([
                        Note("links of the document itself are left out: the output is another document", isLoss: true)
                    ])
                }
            }
            try sink.end(begunShape == .page ? page : nil, into: &output)
        } catch {
            throw error.position == nil ? error.at(stream.counter.position) : error
        }
        addNotes(sink.notes)
    }

    // MARK: Going on after a refused record

    /// What came of `skipRefusedRecord`.
    public enum Recovery: Sendable {
        /// The conversion can go on; these bytes of the span were passed over.
        case skipped(Range<Int>)
        /// Show the same bytes again with more after them.
        case needsMoreInput
        /// Nobody can say where the next record begins; what was refused begins here in the span.
        case impossible(Int)
    }

    /// Where the record that the last call refused stood in its span, if it was read to its end and only the writer or
    /// the validator did not want it.
    public var refusedRange: Range<Int>? { stream.refusedRange }

    /// Passes over the record that the last call refused; `bytes` begins with what that call left unused.
    public mutating func skipRefusedRecord(_ bytes: Span<UInt8>, isComplete: Bool, used: inout Int) -> Recovery {
        used = 0
        if stream.refusedRange != nil {
            _ = stream.skipRefusedRecord(bytes, isComplete: isComplete)
            isHeldFollowed = isHolding
            return .skipped(0..<0)
        }
        // The reader stands after a record that is held, and after nothing else that is still shown.
        let start = stream.offset
        switch stream.skipRefusedRecord(bytes, isComplete: isComplete) {
        case .needsMoreInput: return .needsMoreInput
        case .impossible: return .impossible(min(start, bytes.count))
        case .skipped, .skippedBetweenRecords: break
        }
        let end = stream.offset
        isHeldFollowed = isHolding
        if !isHolding { used = stream.release(bytes) }
        return .skipped(start..<end)
    }

    // MARK: -

    /// Whether the first record has to wait until it is known what the document is.
    private var mustHold: Bool {
        requestedShape == .item
            || (requestedShape == nil && (sink.traits.distinguishesShapes || validator != nil) && stream.shape == nil)
    }

    /// What the document is, unless it is a lone object.
    private var listShape: DocumentShape {
        requestedShape ?? stream.shape ?? .list
    }

    private mutating func endInput(
        _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) {
        addNotes(stream.takeNotes())
        // A first record that was refused has made a list of the only other one.
        let shape = stream.readShape ?? (stream.recordCount == 1 ? .item : .list)
        try writeHeldRecord(as: requestedShape ?? shape, bytes, into: &output)
        endedInputCount += 1
        if requestedShape == nil, !sink.traits.endsListsAsPages, let begunShape, stream.toldShape != nil,
            (begunShape == .page) != (stream.readShape == .page)
        {
            throw SerializationError(
                .wrongShape, found: "another shape than the end of the input showed",
                expected: "a document that does not change while it is read",
                position: stream.position(of: bytes.count, in: bytes), path: "$")
        }
        if !stream.documentLinks.isEmpty {
            documentLinks = stream.documentLinks
            linkedShape = stream.readShape
        }
        guard stream.readShape == .page else { return }
        page = stream.page
        if begunShape == nil { try begin(requestedShape ?? .page, into: &output) }
        if begunShape == .list, requestedShape == nil, sink.traits.endsListsAsPages, endedInputCount == 1 {
            begunShape = .page
        }
        if begunShape != .page || sink.traits.pageMembers == .none {
            addNotes([
                Note(
                    "the page's members (total, nextCursor, previousCursor and others) are left out: a list cannot carry them",
                    isLoss: true)
            ])
        } else if sink.traits.pageMembers == .documented, page?.otherMembers.isEmpty == false {
            addNotes([
                Note(
                    "the page's members other than total, nextCursor and previousCursor are left out: there is no room",
                    isLoss: true)
            ])
        }
    }

    /// Keeps the record at hand, the `index`th of its input, until it is known what the document is.
    private mutating func hold(_ index: Int) {
        swap(&heldTape, &stream.tape)
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
        try sink.begin(shape, query: query, into: &output)
    }

    @inline(__always)
    private mutating func writeRecord(
        _ index: Int, held: Bool, _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) {
        do throws(SerializationError) {
            if held {
                if let record = heldTape.record { try write(record, into: &output) }
            } else {
                if let record = stream.record { try write(record, into: &output) }
            }
        } catch {
            let place = place(ofRecord: index)
            throw held
                ? stream.refuse(error, at: place, keptOn: heldTape, bytes)
                : stream.refuse(error, at: place, bytes)
        }
        recordCount += 1
        if !sink.traits.carriesLinks { noteLinks(held ? heldTape.hasForeignLinks : stream.tape.hasForeignLinks) }
    }

    /// Where a record stands in its input.
    private func place(ofRecord index: Int) -> RecordPlace {
        RecordPlace(index, in: stream.readShape ?? (begunShape == .item ? .item : .list))
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
        try sink.write(record, into: &output)
    }

    private func isValid(_ record: RecordView) -> Bool {
        validator?.firstError(in: record) == nil
    }

    private mutating func addNotes(_ new: some Sequence<Note>) {
        for note in new where notesByValue.insert(note).inserted { notes.append(note) }
    }
}
