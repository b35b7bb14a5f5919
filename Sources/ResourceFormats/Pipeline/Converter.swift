/// Takes records from readers to one writer: a whole input at once, or piece by piece.
///
/// A document is begun once and may be fed from several inputs, whose records then become one list. Bytes are the
/// caller's: it shows a span, learns how much of it is used up, and shows the rest again with more after it.
///
/// If `needsFirstPass`, all inputs are shown twice: first to `prepare`, then to `resume`.
public struct Converter: ~Copyable {
    var stream: RecordStream
    var sink: RecordSink
    var held = HeldRecord()
    private var inputs = EndedInputs()
    /// What the document has to be, whatever the input says.
    let requestedShape: DocumentShape?
    /// Drain the output when it holds about this many bytes.
    public var outputLimit = 256 << 10

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

    // MARK: Conversion

    /// Converts one whole input.
    ///
    /// - Throws: The first error, with its position; what was appended to `output` until then is part of a document.
    public mutating func convert(
        _ bytes: Span<UInt8>, from source: Format, into output: inout OutputBuffer
    ) throws(SerializationError) {
        outputLimit = .max
        var used = 0
        if needsFirstPass { lookAtEnd(bytes.extracting(last: Self.tailLength)) }
        if needsFirstPass {
            _ = try prepare(bytes, isComplete: true, used: &used)
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
    func place(ofRecord index: Int) -> RecordPlace {
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
}
