/// One input, read record by record: the only thing that asks a reader for more.
///
/// The bytes are the caller's. It shows a window of them; when `next` wants more, it asks `release` how many at the start
/// of the window are done with, drops those, and shows the rest with more after it.
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
    /// The record that was read last; a converter may swap it for another tape to keep it.
    var tape = RecordTape()
    /// Where the window begins in the input.
    private(set) var counter = PositionCounter()
    /// Where the reader stands in the window.
    private(set) var offset = 0
    /// What the document is, if a first pass or its end has told.
    var toldShape: DocumentShape?
    /// What `findShape` found the input to be, for the reading after it.
    private var foundShape: DocumentShape?
    /// Where the refused record stood in the window, if it was read to its end: nothing is left to pass over.
    private(set) var refusedRange: Range<Int>?

    /// Where the first record begins in the input; nil before it is read.
    private(set) var firstRecordOffset: Int?

    /// How many records there were so far, refused ones too.
    public private(set) var recordCount = 0

    /// A stream at the start of an input.
    public init(_ format: Format, schema: Schema, limits: Limits = .default) {
        reader = format.makeReader(schema, limits)
        self.format = format
        self.schema = schema
        self.limits = limits
    }

    /// Starts on another input, or on the same one anew after `findShape`.
    mutating func restart(as format: Format) {
        reader = format.makeReader(schema, limits)
        self.format = format
        counter = PositionCounter()
        firstRecordOffset = nil
        offset = 0
        toldShape = foundShape
        foundShape = nil
        refusedRange = nil
        recordCount = 0
        tape.removeAll()
    }

    /// The document without its records, as far as it has shown; complete at the end.
    public var document: DocumentInfo { reader.document }

    /// What the document is, as far as it has shown.
    public var shape: DocumentShape? { toldShape ?? readShape }

    /// The same by the reader alone.
    var readShape: DocumentShape? { reader.document.shape }

    /// Whether it is known if the document is a page.
    var isShapeCertain: Bool { toldShape != nil || !reader.document.mayBecomePage }

    /// Shows the last bytes of the input, `Converter.tailLength` of them if there are as many: they may tell that it is
    /// a page before it is read to its end.
    public mutating func lookAtEnd(_ tail: Span<UInt8>) {
        if reader.document.mayBecomePage { toldShape = format.traits.shapeAtEnd?(tail, schema) }
    }

    /// The record that `next` has read.
    public var record: RecordView? {
        @_lifetime(borrow self)
        get { tape.record }
    }

    // MARK: Reading

    /// Reads the next record.
    ///
    /// - Throws: Why it is refused, with its position and path.
    @inline(__always)
    public mutating func next(
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

    /// Goes on to where the document's shape is certain, without records; `.end` when it is.
    ///
    /// The stream is not used for anything else afterwards, so no lines are counted: `used` says what to drop.
    mutating func findShape(_ window: Span<UInt8>, isComplete: Bool, used: inout Int) -> ReadProgress {
        let progress = reader.findShape(window, from: &used, isComplete: isComplete, into: &tape)
        foundShape = readShape
        return progress
    }

    /// How many bytes at the start of the window are done with; the caller drops them.
    public mutating func release(_ window: Span<UInt8>) -> Int {
        release(window, upTo: offset)
    }

    /// The same when bytes from `end` on are still needed, before those that the reader stands at.
    mutating func release(_ window: Span<UInt8>, upTo end: Int) -> Int {
        counter.advance(over: ByteView(window), to: end)
        offset -= end
        return end
    }

    /// Passes over a record that `next` has refused; `window` is what `next` was shown, or begins with what `release`
    /// left of it.
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

    // MARK: Parts

    /// Whether another stream could read on from here.
    var isBetweenRecords: Bool { refusedRange == nil && reader.isBetweenRecords }

    /// A stream for the same document, shown its beginning up to the first record and then records from here on.
    func makePart() -> RecordStream {
        RecordStream(format, schema: schema, limits: limits)
    }

    /// Moves over `count` bytes of records that a part has read, counted by `lines`.
    mutating func join(
        _ part: borrowing RecordStream, count: Int, lines: PositionCounter, startsWithLineFeed: Bool
    ) {
        reader.join(part.reader, count: count)
        recordCount += part.recordCount
        counter.join(lines, startsWithLineFeed: startsWithLineFeed)
    }

    // MARK: Resources

    /// The record that `next` has read, as a resource; nil if there is none.
    ///
    /// - Parameters:
    ///   - type: The resource's type, whose schema the stream was made with.
    ///   - window: What `next` was shown.
    /// - Throws: Why the resource does not take the record, with the value's position in the whole input and its path.
    public func resource<R: Resource>(_ type: R.Type, in window: Span<UInt8>) throws(SerializationError) -> R? {
        guard let record = tape.record else { return nil }
        do throws(SerializationError) {
            return try R(record)
        } catch {
            throw located(error, at: placeOfLastRecord, in: tape, window)
        }
    }

    // MARK: Errors

    /// Where the last record stands; the first one is taken for an item until more is known.
    private var placeOfLastRecord: RecordPlace {
        RecordPlace(recordCount - 1, in: shape ?? (recordCount == 1 ? .item : .list))
    }

    /// The position of `window[offset]`.
    func position(of offset: Int, in window: Span<UInt8>) -> TextPosition {
        counter.position(of: offset, in: ByteView(window))
    }

    /// Marks the record as refused after it was read, and gives the error its position and path.
    mutating func refuse(
        _ error: SerializationError, at place: RecordPlace, _ window: Span<UInt8>
    ) -> SerializationError {
        refusedRange = tape.inputRange(in: window.count)
        return located(error, at: place, in: tape, window)
    }

    /// The same for a record that was kept on another tape.
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

    /// The bytes that the record took in the input.
    public var recordSize: Int { max(0, tape.sourceEnd - tape.recordOffset) }

    /// Where a violation of the record stands in the input, whose window is the one that `next` was shown.
    public func position(of violation: Violation, in window: Span<UInt8>) -> TextPosition {
        position(toSource: violation.offset, of: tape, window)
    }

    /// Where violations of the record at hand stand, which are in document order.
    ///
    /// It counts lines once for all of them.
    public func positions(of violations: [Violation], in window: Span<UInt8>) -> [TextPosition] {
        // A record that came in another encoding has a text of its own.
        if let start = tape.sourcePosition, let source = tape.record?.source {
            var walk = LineWalk(PositionCounter(at: start))
            return violations.map { walk.position(of: $0.offset, in: source) }
        }
        var walk = LineWalk(counter)
        return violations.map { walk.position(of: tape.inputOffset(of: $0.offset), in: ByteView(window)) }
    }

    /// Where the record begins.
    public func recordPosition(in window: Span<UInt8>) -> TextPosition {
        position(toSource: 0, of: tape, window)
    }

    /// Where the value stands that the record has at a path such as `.fallbacks[0]`; the record's place if it has none.
    public func position(ofPath path: String, in window: Span<UInt8>) -> TextPosition {
        guard let record = tape.record else { return recordPosition(in: window) }
        return position(toSource: record.sourceStart(ofPath: path, schema: schema) ?? 0, of: tape, window)
    }

    /// The position of a place in the source of a record.
    private func position(
        toSource place: Int, of tape: borrowing RecordTape, _ window: Span<UInt8>
    ) -> TextPosition {
        tape.position(toSource: place) ?? position(of: tape.inputOffset(of: place), in: window)
    }

    /// The path of the record with this number, `$[3]`; `isAlone` once it is known that no other follows.
    public func path(ofRecord index: Int, isAlone: Bool = false) -> String {
        switch shape ?? (isAlone && recordCount == 1 ? .item : .list) {
        case .item: RecordPlace.item.path
        case .list: RecordPlace.list(index).path
        case .page: RecordPlace.page(index).path
        }
    }
}

extension RecordView {
    /// Where the value at a path below the record stands; nil if there is none.
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
