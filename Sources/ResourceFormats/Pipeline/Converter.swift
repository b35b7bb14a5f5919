/// Converts records from readers to one writer: a whole input at once, or piece by piece.
///
/// A document is begun once and may have several inputs, whose records then become one list. The caller owns the bytes:
/// it passes a span, learns how many of its bytes are used up, and passes the rest again with more after it.
///
/// If `needsFirstPass`, all inputs are passed twice: first to `prepare`, then to `resume`.
public struct Converter: ~Copyable {
    var stream: RecordStream
    var sink: RecordSink
    var held = HeldRecord()
    private var inputs = EndedInputs()
    /// The shape that the caller requires of the document; nil to follow the input.
    let requestedShape: DocumentShape?
    /// The number of bytes in the output at which a call returns `.outputIsFull`; single records may exceed it.
    public var outputLimit = 256 << 10

    /// The reason why a call returned.
    public enum Progress: Sendable {
        /// Call again with the unused bytes and more after them.
        case needsMoreInput
        /// Drain the output and call again.
        case outputIsFull
        /// The whole input has been read.
        case endOfInput
    }

    /// A conversion to one document.
    ///
    /// - Parameters:
    ///   - source: The format of the first input.
    ///   - target: The format of the output.
    ///   - schema: The schema of the resource.
    ///   - limits: The limits of a record.
    ///   - shape: `.item` to require exactly one record, `.list` to write a list in any case; nil to follow the input.
    ///   - selection: The records that are converted, and what of them. If it leaves out records, the output is a list
    ///     unless an item is required.
    public init(
        from source: Format, to target: Format, schema: Schema, limits: Limits = .default, shape: DocumentShape? = nil,
        selection: RecordSelection = RecordSelection()
    ) {
        requestedShape = shape ?? (selection.leavesOutRecords ? .list : nil)
        stream = RecordStream(source, schema: schema, limits: limits, selection: selection)
        sink = RecordSink(target, schema: schema, limits: limits)
    }

    /// Whether as many records have been read as the selection wants, so that other inputs need not be begun.
    public var hasReachedLimit: Bool { stream.hasReachedLimit }

    /// The number of records written.
    public var recordCount: Int { sink.recordCount }
    /// Notes for the user, in the order in which they arose.
    public var notes: [Note] { sink.notes }

    /// The validator that checks each record before it is written; nil for none.
    ///
    /// Set it before the first call.
    public var validator: RecordValidator? {
        get { sink.validator }
        set { sink.validator = newValue }
    }

    /// The query of the request that the document answers, without the question mark; nil for none.
    ///
    /// HAL repeats it in the links that lead back to the document. Set it before the first call.
    public var query: String? {
        get { sink.query }
        set { sink.query = newValue }
    }

    // MARK: Conversion

    /// Converts one whole input.
    ///
    /// - Throws: The first error, with its position; `output` then ends with a part of a document.
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

    /// Converts the records that are complete in `bytes`; sets `used` to the number of bytes not needed again.
    ///
    /// - Throws: The first error, with its position; the output of the refused record is removed.
    public mutating func resume(
        _ bytes: Span<UInt8>, isComplete: Bool, used: inout Int, into output: inout OutputBuffer
    ) throws(SerializationError) -> Progress {
        used = 0
        stream.beginPass(isFirst: false)
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
            sink.add(notes: stream.selectionNotes)
        } catch {
            throw error.position == nil ? error.at(stream.counter.position) : error
        }
    }

    /// The shape of a document that is not a lone object.
    private var listShape: DocumentShape { requestedShape ?? stream.shape ?? .list }

    /// Whether the first record has to be held back until the shape of the document is known.
    private var mustHold: Bool {
        requestedShape == .item || (requestedShape == nil && stream.shape == nil && sink.asksForShape)
    }

    /// Begins the document before the current record, with the record that was held back; returns false if the current
    /// record itself has to be held back.
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
            // The current record takes the place of the refused one, so nothing is read twice.
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
            // Without its only record the document becomes a list, so its beginning is removed.
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

    /// The place of a record in its input.
    func place(ofRecord index: Int) -> RecordPlace {
        let isItem = sink.shape == .item && sink.recordCount == 0
        return RecordPlace(index, in: stream.readShape ?? (isItem ? .item : .list))
    }

    private mutating func endInput(
        _ bytes: Span<UInt8>, into output: inout OutputBuffer
    ) throws(SerializationError) {
        let document = stream.document
        sink.add(notes: document.notes)
        // If the other record of the input was refused, this one is a list of one.
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
