/// One input, read record by record.
///
/// The caller owns the bytes. It passes a window of them to `next`. When `next` needs more, `release` returns how many
/// bytes at the start of the window are no longer needed. The caller drops those and passes the rest with more after
/// it.
///
///     var stream = RecordStream(.csv, schema: schema)
///     while try stream.next(bytes.span, isComplete: true) == .record {
///         if let record = stream.record { … }
///     }
public struct RecordStream: ~Copyable {
    private var reader: AnyRecordReader
    private let schema: Schema
    private let limits: Limits
    private(set) var format: Format
    /// The last record; a converter may swap in another tape to keep the record.
    var tape = RecordTape()
    /// The position of the window in the input.
    private(set) var counter = PositionCounter()
    /// The position of the reader in the window.
    private(set) var offset = 0
    /// The shape of the document, if a first pass or the end of the input has shown it.
    var toldShape: DocumentShape?
    /// The shape that `findShape` has found, for the second pass.
    private var foundShape: DocumentShape?
    /// Whether the end of the input has shown that it is a page, if its beginning is that of a list.
    private var endShowsPage = false
    /// How far lines have been counted in the window for the violations of its records.
    private var lineWalk: LineWalk?
    /// The range of the refused record in the window, if the whole record was read, so that nothing is left to skip.
    private(set) var refusedRange: Range<Int>?

    /// Where the first record begins in the input; nil before it is read.
    private(set) var firstRecordOffset: Int?

    /// Leaves records out and changes others; nil for a selection of everything.
    private let selector: RecordSelector?

    /// The number of records so far, including refused ones and those that are not selected.
    public private(set) var recordCount = 0

    /// A stream at the start of an input.
    public init(
        _ format: Format, schema: Schema, limits: Limits = .default, selection: RecordSelection = RecordSelection()
    ) {
        self.init(
            format, schema, limits, selection.isEmpty ? nil : RecordSelector(selection, schema: schema))
    }

    private init(_ format: Format, _ schema: Schema, _ limits: Limits, _ selector: RecordSelector?) {
        self.selector = selector
        reader = format.makeReader(schema, limits)
        self.format = format
        self.schema = schema
        self.limits = limits
    }

    /// Begins another input, or the same one again after `findShape`.
    mutating func restart(as format: Format) {
        reader = format.makeReader(schema, limits)
        self.format = format
        counter = PositionCounter()
        lineWalk = nil
        firstRecordOffset = nil
        offset = 0
        toldShape = foundShape
        foundShape = nil
        endShowsPage = false
        refusedRange = nil
        recordCount = 0
        tape.removeAll()
    }

    /// The document without its records, as far as it has been read; complete at the end.
    public var document: DocumentInfo { reader.document }

    /// The shape of the document, as far as it is known.
    public var shape: DocumentShape? { toldShape ?? readShape }

    /// The shape of the document, as far as the reader alone has determined it.
    var readShape: DocumentShape? { reader.document.shape }

    /// Whether it is certain that the document is a page or that it is not.
    var isShapeCertain: Bool { toldShape != nil || !reader.document.mayBecomePage }

    /// Looks at the last bytes of the input: `Converter.tailLength` of them, or all if it is shorter.
    ///
    /// They may show that the input is a page before it has been read to its end.
    public mutating func lookAtEnd(_ tail: Span<UInt8>) {
        guard reader.document.mayBecomePage else { return }
        toldShape = format.traits.shapeAtEnd?(tail, schema)
        endShowsPage = format.traits.showsPageAtEnd?(tail, schema) ?? false
    }

    /// The record that `next` has read.
    public var record: RecordView? {
        @_lifetime(borrow self)
        get { tape.record }
    }

    // MARK: Reading

    /// Reads the next record that is selected.
    ///
    /// - Throws: The reason for a refusal, with its position and path.
    @inline(__always)
    public mutating func next(
        _ window: Span<UInt8>, isComplete: Bool
    ) throws(SerializationError) -> ReadProgress {
        if let selector { return try next(window, isComplete: isComplete, takenBy: selector) }
        return try readNext(window, isComplete: isComplete)
    }

    @inline(never)
    private mutating func next(
        _ window: Span<UInt8>, isComplete: Bool, takenBy selector: RecordSelector
    ) throws(SerializationError) -> ReadProgress {
        while !selector.isFull {
            let progress = try readNext(window, isComplete: isComplete)
            guard case .record = progress else { return progress }
            if selector.takes(&tape) { return .record }
        }
        return .end
    }

    @inline(__always)
    private mutating func readNext(
        _ window: Span<UInt8>, isComplete: Bool
    ) throws(SerializationError) -> ReadProgress {
        refusedRange = nil
        let progress: ReadProgress
        do throws(SerializationError) {
            progress = try reader.read(window, from: &offset, isComplete: isComplete, into: &tape)
        } catch {
            if error.position != nil { throw error }
            throw error.at(position(of: error.offset ?? offset, in: window))
        }
        guard case .record = progress else { return progress }
        recordCount &+= 1
        if recordCount == 1 { firstRecordOffset = counter.position.byteOffset + tape.recordOffset }
        do throws(SerializationError) {
            try tape.check(against: schema, limits: limits)
        } catch {
            throw refuse(error, at: placeOfLastRecord, window)
        }
        return progress
    }

    /// Reads on, without records, until the shape of the document is certain; then returns `.end`.
    ///
    /// The stream is not used for anything else afterwards, so no lines are counted. `used` is set to the number of
    /// bytes that are not needed again.
    mutating func findShape(_ window: Span<UInt8>, isComplete: Bool, used: inout Int) -> ReadProgress {
        if endShowsPage {
            // With its first record the document shows whether it begins as a list, wherever the window ends.
            let progress: ReadProgress
            do throws(SerializationError) {
                progress = try reader.read(window, from: &used, isComplete: isComplete, into: &tape)
            } catch {
                progress = .end
            }
            if case .needsMoreInput = progress { return progress }
            endShowsPage = false
            foundShape = readShape == .list && reader.document.mayBecomePage ? .page : readShape
            if case .end = progress { return .end }
            if foundShape == .page { return .end }
        }
        let progress = reader.findShape(window, from: &used, isComplete: isComplete, into: &tape)
        foundShape = readShape
        return progress
    }

    /// Releases bytes at the start of the window, and returns their number; the caller drops them.
    public mutating func release(_ window: Span<UInt8>) -> Int {
        release(window, upTo: offset)
    }

    /// Releases the bytes before `end`, when bytes before the reader's position are still needed.
    mutating func release(_ window: Span<UInt8>, upTo end: Int) -> Int {
        counter.advance(over: ByteView(window), to: end)
        lineWalk = nil
        offset -= end
        return end
    }

    /// Skips a record that `next` has refused.
    ///
    /// `window` is the window of that call, or begins with what `release` left of it.
    public mutating func skipRefusedRecord(_ window: Span<UInt8>, isComplete: Bool) -> SkipProgress {
        if refusedRange != nil {
            refusedRange = nil
            return .skipped
        }
        var position = offset
        let progress = reader.skipRecord(window, from: &position, isComplete: isComplete)
        switch progress {
        case .needsMoreInput, .impossible: return progress
        case .skipped: recordCount += 1
        case .skippedBetweenRecords: break
        }
        offset = position
        return progress
    }

    // MARK: Selection

    /// Whether as many records have been selected as were wanted, so that no more are read.
    var hasReachedLimit: Bool { selector?.isFull ?? false }

    /// Notes about the selection, at the end of the last input.
    var selectionNotes: [Note] { selector?.notes ?? [] }

    /// Counts selected records anew if another pass begins.
    func beginPass(isFirst: Bool) {
        selector?.begin(isFirstPass: isFirst)
    }

    // MARK: Parts

    /// Whether another stream could read on from here.
    var isBetweenRecords: Bool {
        refusedRange == nil && reader.isBetweenRecords && selector?.selection.limit == nil
    }

    /// A stream for the same document, shown its beginning up to the first record and then records from here on.
    func makePart() -> RecordStream {
        RecordStream(format, schema, limits, selector?.makePart())
    }

    /// Moves over `count` bytes of records that a part has read, counted by `lines`.
    mutating func join(
        _ part: borrowing RecordStream, count: Int, lines: PositionCounter, startsWithLineFeed: Bool
    ) {
        reader.join(part.reader, count: count)
        recordCount += part.recordCount
        if let selector, let other = part.selector { selector.join(other) }
        counter.join(lines, startsWithLineFeed: startsWithLineFeed)
    }

    // MARK: Resources

    /// The record that `next` has read, as a resource; nil if there is none.
    ///
    /// - Parameters:
    ///   - type: The type of the resource, whose schema the stream was made with.
    ///   - window: The window that was passed to `next`.
    /// - Throws: The error of the resource's initializer, with the position in the whole input and the path.
    public func resource<R: Resource>(_ type: R.Type, in window: Span<UInt8>) throws(SerializationError) -> R? {
        guard let record = tape.record else { return nil }
        do throws(SerializationError) {
            return try R(record)
        } catch {
            throw located(error, at: placeOfLastRecord, in: tape, window)
        }
    }

    // MARK: Errors

    /// The place of the last record; the first one counts as an item until more is known.
    private var placeOfLastRecord: RecordPlace {
        RecordPlace(recordCount - 1, in: shape ?? (recordCount == 1 ? .item : .list))
    }

    /// The position of `window[offset]`.
    func position(of offset: Int, in window: Span<UInt8>) -> TextPosition {
        counter.position(of: offset, in: ByteView(window))
    }

    /// Marks a record as refused after it was read, and adds position and path to the error.
    mutating func refuse(
        _ error: SerializationError, at place: RecordPlace, _ window: Span<UInt8>
    ) -> SerializationError {
        refusedRange = tape.inputRange(in: window.count)
        return located(error, at: place, in: tape, window)
    }

    /// Marks a record on another tape as refused after it was read, and adds position and path to the error.
    mutating func refuse(
        _ error: SerializationError, at place: RecordPlace, keptOn tape: borrowing RecordTape, _ window: Span<UInt8>
    ) -> SerializationError {
        refusedRange = tape.inputRange(in: window.count)
        return located(error, at: place, in: tape, window)
    }

    func located(
        _ error: SerializationError, at place: RecordPlace, in tape: borrowing RecordTape, _ window: Span<UInt8>
    ) -> SerializationError {
        error.located(in: tape, at: place, schema).at(position(toSource: tape.sourceStart(of: error), of: tape, window))
    }

    // MARK: Places

    /// The number of bytes of the record in the input.
    public var recordSize: Int { max(0, tape.sourceEnd - tape.recordOffset) }

    /// The position of a violation of the record in the input; `window` is the one that was passed to `next`.
    public func position(of violation: Violation, in window: Span<UInt8>) -> TextPosition {
        position(toSource: violation.offset, of: tape, window)
    }

    /// The positions of violations of the current record, which must be in document order.
    ///
    /// Lines are counted once for all of them, and for those of the records that follow in the window.
    public mutating func positions(of violations: [Violation], in window: Span<UInt8>) -> [TextPosition] {
        // A record from another encoding has decoded text of its own.
        if let start = tape.sourcePosition, let source = tape.record?.source {
            var walk = LineWalk(PositionCounter(at: start))
            return violations.map { walk.position(of: $0.offset, in: source) }
        }
        var walk = lineWalk ?? LineWalk(counter)
        let positions = violations.map { walk.position(of: tape.inputOffset(of: $0.offset), in: ByteView(window)) }
        lineWalk = walk
        return positions
    }

    /// The position at which the record begins.
    public func recordPosition(in window: Span<UInt8>) -> TextPosition {
        position(toSource: 0, of: tape, window)
    }

    /// The position of the value at a path such as `.fallbacks[0]`; the position of the record if there is no such
    /// value.
    public func position(ofPath path: String, in window: Span<UInt8>) -> TextPosition {
        guard let record = tape.record else { return recordPosition(in: window) }
        return position(toSource: record.sourceStart(ofPath: path, schema: schema) ?? 0, of: tape, window)
    }

    /// The position of an offset in the source of a record.
    private func position(
        toSource place: Int, of tape: borrowing RecordTape, _ window: Span<UInt8>
    ) -> TextPosition {
        tape.position(toSource: place) ?? position(of: tape.inputOffset(of: place), in: window)
    }

    /// The path of the record with this index, such as `$[3]`; pass `isAlone` once it is known that no other record
    /// follows.
    public func path(ofRecord index: Int, isAlone: Bool = false) -> String {
        if index == recordCount - 1, let path = tape.path { return path }
        return RecordPlace(index, in: shape ?? (isAlone && recordCount == 1 ? .item : .list)).path
    }
}

extension RecordView {
    /// The offset of the value at a path below the record; nil if there is none.
    fileprivate func sourceStart(ofPath path: String, schema: Schema) -> Int? {
        let wanted = Array(path.utf8)
        var place = self
        var prefix = RecordPath("")
        while prefix.text.utf8.count < wanted.count {
            let isArray = place.kind == .array
            var children = place.children
            var position = 0
            var child: (index: Int, prefix: RecordPath)?
            while child == nil, children.next() {
                var step = RecordPath("")
                if isArray {
                    step.append(index: position)
                } else if let key = children.key {
                    step.append(key: key.bytes)
                } else if let name = schema.name(of: children.value.field) {
                    step.append(key: name)
                }
                position += 1
                let rest = wanted[prefix.text.utf8.count...]
                guard rest.starts(with: step.text.utf8) else { continue }
                // `.ab` is not a step on the way to `.abc`.
                let next = rest.dropFirst(step.text.utf8.count).first
                guard next == nil || next == UInt8(ascii: ".") || next == UInt8(ascii: "[") else { continue }
                child = (children.value.index, RecordPath(prefix.text + step.text))
            }
            guard let child else { return nil }
            place = view(at: child.index)
            prefix = child.prefix
        }
        return place.sourceStart
    }
}

/// Counts lines up to one place after another.
private struct LineWalk {
    private let start: PositionCounter
    private var counter: PositionCounter
    private var offset = 0

    init(_ counter: PositionCounter) {
        start = counter
        self.counter = counter
    }

    mutating func position(of place: Int, in bytes: ByteView) -> TextPosition {
        let place = min(place, bytes.count)
        if place < offset { (counter, offset) = (start, 0) }
        counter.advance(over: bytes.slice(offset, count: bytes.count - offset), to: place - offset)
        offset = place
        return counter.position
    }
}
