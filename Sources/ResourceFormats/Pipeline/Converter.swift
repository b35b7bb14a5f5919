/// Takes records from readers to one writer: a whole input at once, or piece by piece.
///
/// A document is begun once and may be fed from several inputs, whose records then become one list. Bytes are the
/// caller's: it shows a span, learns how much of it is used up, and shows the rest again with more after it.
///
/// If `needsSurvey`, all inputs are shown twice: first to `survey`, then to `resume`.
public struct Converter: ~Copyable {
    private var stream: RecordStream
    private var sink: RecordSink
    private var held = HeldRecord()
    private var inputs = EndedInputs()
    /// What the document has to be, whatever the input says.
    private let requestedShape: DocumentShape?
    /// Drain the output when it holds about this many bytes.
    public var outputLimit = 256 << 10

    /// How many bytes at the end of an input `lookAtEnd` asks for.
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
        requestedShape = shape
        stream = RecordStream(source, schema: schema, limits: limits)
        sink = RecordSink(target, schema: schema, limits: limits)
    }

    /// How many records were written.
    public var recordCount: Int { sink.recordCount }
    /// What a user may want to know, in the order it came up.
    public var notes: [Note] { sink.notes }

    /// What records are held against before they are written; nil to take all.
    ///
    /// Set it before the first call.
    public var validator: RecordValidator? {
        get { sink.validator }
        set { sink.validator = newValue }
    }

    /// The query of the request that the document answers, without the question mark; nil for none.
    ///
    /// HAL's links back to the document have it. Set it before the first call.
    public var query: String? {
        get { sink.query }
        set { sink.query = newValue }
    }

    // MARK: Before the first record

    /// Whether all inputs have to be shown to `survey` first.
    ///
    /// CSV needs to see all records before it writes the first. JSON begins a page in another way than a list, and HAL
    /// and XML tell them apart after the records.
    public var needsSurvey: Bool { sink.needsSurvey || needsShape }

    /// Whether it has to be known before the first record if the input is a page.
    private var needsShape: Bool { requestedShape == nil && sink.traits.beginsPagesApart && !stream.isShapeCertain }

    /// Shows the last bytes of the only input, 64 KiB of them if it has as many.
    ///
    /// They may tell what a survey would be needed for; ask `needsSurvey` again.
    public mutating func lookAtEnd(_ tail: Span<UInt8>) {
        if needsShape { stream.lookAtEnd(tail) }
    }

    /// Starts on another input, or on the same one anew after a survey.
    public mutating func beginInput(from source: Format) {
        stream.restart(as: source)
    }

    /// Shows records to the writer before any is written; `used` says how many bytes are not needed again.
    ///
    /// It says `.endOfInput` as soon as it has seen enough.
    public mutating func survey(
        _ bytes: Span<UInt8>, isComplete: Bool, used: inout Int
    ) throws(SerializationError) -> Progress {
        used = 0
        guard sink.needsSurvey else {
            return stream.findShape(bytes, isComplete: isComplete, used: &used) == .needsMoreInput
                ? .needsMoreInput : .endOfInput
        }
        defer { used = stream.release(bytes) }
        while true {
            switch try stream.next(bytes, isComplete: isComplete) {
            case .needsMoreInput: return .needsMoreInput
            case .end: return .endOfInput
            case .record: break
            }
            do throws(SerializationError) {
                if let record = stream.record { try sink.survey(record) }
            } catch {
                throw stream.refuse(error, at: place(ofRecord: stream.recordCount - 1), bytes)
            }
        }
    }

    // MARK: Conversion

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

    /// Converts what is complete in `bytes`; `used` says how many bytes are not needed again.
    ///
    /// - Throws: The first error, with its position. What was appended for the refused record is taken back.
    public mutating func resume(
        _ bytes: Span<UInt8>, isComplete: Bool, used: inout Int, into output: inout OutputBuffer
    ) throws(SerializationError) -> Progress {
        used = 0
        defer { used = held.release(bytes, of: &stream) }
        if held.isFollowed { try writeHeldRecord(as: listShape, bytes, into: &output) }
        while true {
            if output.count >= outputLimit { return .outputIsFull }
            switch try stream.next(bytes, isComplete: isComplete) {
            case .needsMoreInput: return .needsMoreInput
            case .end:
                try endInput(bytes, into: &output)
                return .endOfInput
            case .record:
                if held.index != nil || sink.shape == nil {
                    guard try beginIfKnown(bytes, into: &output) else { continue }
                }
                try writeRecord(bytes, into: &output)
            }
        }
    }

    /// Ends the document, after the last input.
    public mutating func finish(into output: inout OutputBuffer) throws(SerializationError) {
        do throws(SerializationError) {
            if sink.shape == nil { try sink.begin(listShape, into: &output) }
            try sink.finish(inputs, into: &output)
        } catch {
            throw error.position == nil ? error.at(stream.counter.position) : error
        }
    }

    /// What the document is, unless it is a lone object.
    private var listShape: DocumentShape { requestedShape ?? stream.shape ?? .list }

    /// Whether the first record has to wait until it is known what the document is.
    private var mustHold: Bool {
        requestedShape == .item || (requestedShape == nil && stream.shape == nil && sink.asksForShape)
    }

    /// Begins the document before the record at hand, with the one that is held; false if that has to be held itself.
    private mutating func beginIfKnown(
        _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) -> Bool {
        if held.index == nil, mustHold {
            held.take(from: &stream)
            return false
        }
        do {
            try writeHeldRecord(as: listShape, bytes, into: &output)
        } catch {
            // The record at hand takes the place of the refused one: nothing is read twice.
            held.take(from: &stream)
            throw error
        }
        if sink.shape == nil { try sink.begin(listShape, into: &output) }
        return true
    }

    private mutating func writeHeldRecord(
        as shape: DocumentShape, _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) {
        guard let index = held.index else { return }
        held.drop()
        let mark = output.count
        let isFirst = sink.shape == nil
        if isFirst { try sink.begin(shape, into: &output) }
        do throws(SerializationError) {
            try sink.write(held.tape, into: &output)
        } catch {
            let place = place(ofRecord: index)
            // Without its only record the document is an empty list, if anything.
            if isFirst, shape == .item { sink.takeBack(to: mark, &output) }
            throw stream.refuse(error, at: place, keptOn: held.tape, bytes)
        }
    }

    @inline(__always)
    private mutating func writeRecord(
        _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) {
        do throws(SerializationError) {
            try sink.write(stream.tape, into: &output)
        } catch {
            throw stream.refuse(error, at: place(ofRecord: stream.recordCount - 1), bytes)
        }
    }

    /// Where a record stands in its input.
    private func place(ofRecord index: Int) -> RecordPlace {
        let isItem = sink.shape == .item && sink.recordCount == 0
        return RecordPlace(index, in: stream.readShape ?? (isItem ? .item : .list))
    }

    private mutating func endInput(
        _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) {
        let document = stream.document
        sink.add(notes: document.notes)
        // A first record that was refused has made a list of the only other one.
        let shape = document.shape ?? (stream.recordCount == 1 ? .item : .list)
        try writeHeldRecord(as: requestedShape ?? shape, bytes, into: &output)
        if requestedShape == nil, stream.toldShape != nil, sink.hasBegunOtherwise(than: document.shape) {
            throw SerializationError(
                .wrongShape, found: "another shape than the end of the input showed",
                expected: "a document that does not change while it is read",
                position: stream.position(of: bytes.count, in: bytes), path: "$")
        }
        inputs.add(document)
        guard let page = document.page else { return }
        if sink.shape == nil { try sink.begin(requestedShape ?? .page, into: &output) }
        sink.take(page, mayEndAsPage: requestedShape == nil && inputs.count == 1)
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
        let isReadToItsEnd = stream.refusedRange != nil
        // The reader stands after a record that is held, and after nothing else that is still shown.
        let start = stream.offset
        switch stream.skipRefusedRecord(bytes, isComplete: isComplete) {
        case .needsMoreInput: return .needsMoreInput
        case .impossible: return .impossible(min(start, bytes.count))
        case .skipped, .skippedBetweenRecords: break
        }
        held.noteRefused()
        if isReadToItsEnd { return .skipped(0..<0) }
        let end = stream.offset
        if held.index == nil { used = stream.release(bytes) }
        return .skipped(start..<end)
    }
}
