/// Takes the records out of one input, for programs that look at them: one at a time, whole or piece by piece.
///
/// Bytes are the caller's. It shows a window of them, and when `next` wants more, it asks `release` how many at the
/// window's start are done with, drops those, and shows the rest with more behind it.
///
///     var scanner = RecordScanner(.csv, schema: schema)
///     while try scanner.next(bytes.span, isComplete: true) == .record {
///         if let record = scanner.record { … }
///     }
public struct RecordScanner: ~Copyable {
    private let reader: AnyRecordReader
    private let schema: Schema
    private let limits: Limits
    private var tape = RecordTape()
    private var counter = PositionCounter()
    /// Where the next record begins in the window.
    private var offset = 0
    private var tailShape: DocumentShape?
    /// The refused record was read to its end: nothing is left to pass over.
    private var isPastRefused = false

    /// How many records there were so far, refused ones too.
    public private(set) var recordCount = 0

    /// A scanner at the start of an input.
    public init(_ format: Format, schema: Schema, limits: Limits = .default) {
        reader = format.makeReader(schema, limits)
        self.schema = schema
        self.limits = limits
    }

    /// What the document is, as far as it has shown.
    public var shape: DocumentShape? { tailShape ?? reader.shape }

    /// What a page said about the collection; complete at the end.
    public var page: PageInfo? { reader.page }

    /// What a user may want to know so far.
    public var notes: [Note] { reader.notes }

    /// Shows the last bytes of the input, `Converter.tailLength` of them if there are as many: they may tell that it is
    /// a page before it is read to its end.
    public mutating func lookAtEnd(_ tail: Span<UInt8>) {
        if reader.mayBecomePage { tailShape = reader.shape(fromTail: tail) }
    }

    /// The record that `next` has read.
    public var record: RecordView? {
        @_lifetime(borrow self)
        get { tape.record }
    }

    /// Reads the next record.
    ///
    /// - Throws: Why it is refused, with its position and path.
    public mutating func next(
        _ window: Span<UInt8>, isComplete: Bool
    ) throws(SerializationError) -> ReadProgress {
        isPastRefused = false
        let progress: ReadProgress
        do throws(SerializationError) {
            progress = try reader.read(window, from: &offset, isComplete: isComplete, into: &tape)
        } catch {
            if error.position != nil { throw error }
            throw error.at(counter.position(of: error.offset ?? offset, in: ByteView(window)))
        }
        guard case .record = progress else { return progress }
        recordCount += 1
        do throws(SerializationError) {
            try tape.check(against: schema, limits: limits)
        } catch {
            isPastRefused = true
            throw error.at(offset: nil, path: path(ofRecord: recordCount - 1) + (error.path ?? "")).at(
                position(toSource: error.offset ?? 0, in: window))
        }
        return progress
    }

    /// How many bytes at the window's start are done with; the caller drops them.
    public mutating func release(_ window: Span<UInt8>) -> Int {
        counter.advance(over: ByteView(window), to: offset)
        defer { offset = 0 }
        return offset
    }

    /// Passes over a record that `next` has refused; `window` is what `next` was shown, or begins with what `release`
    /// left of it.
    public mutating func skipRefusedRecord(_ window: Span<UInt8>, isComplete: Bool) -> SkipProgress {
        if isPastRefused {
            isPastRefused = false
            return .skipped
        }
        let progress = reader.skipRecord(window, from: &offset, isComplete: isComplete)
        if progress == .skipped { recordCount += 1 }
        return progress
    }

    /// The record that `next` has read, as a resource; nil if there is none.
    ///
    /// - Parameters:
    ///   - type: The resource's type, whose schema the scanner was made with.
    ///   - window: What `next` was shown.
    /// - Throws: Why the resource does not take the record, with the value's position in the whole input and its path.
    public func resource<R: Resource>(_ type: R.Type, in window: Span<UInt8>) throws(SerializationError) -> R? {
        guard let record = tape.record else { return nil }
        do throws(SerializationError) {
            return try R(record)
        } catch {
            let place = RecordPlace(recordCount - 1, in: shape ?? .list)
            throw error.located(in: tape, at: place, schema).at(position(toSource: error.offset ?? 0, in: window))
        }
    }

    // MARK: Places

    /// The bytes that the record took in the input.
    public var recordSize: Int { max(0, tape.sourceEnd - tape.recordOffset) }

    /// Where a violation of the record stands in the input, whose window is the one that `next` was shown.
    public func position(of violation: Violation, in window: Span<UInt8>) -> TextPosition {
        position(toSource: violation.offset, in: window)
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
        position(toSource: 0, in: window)
    }

    /// Where the value stands that the record has at a path such as `.fallbacks[0]`; the record's place if it has none.
    public func position(ofPath path: String, in window: Span<UInt8>) -> TextPosition {
        guard let record = tape.record else { return recordPosition(in: window) }
        return position(toSource: record.sourceStart(ofPath: path, schema: schema) ?? 0, in: window)
    }

    private func position(toSource place: Int, in window: Span<UInt8>) -> TextPosition {
        tape.position(toSource: place)
            ?? counter.position(of: tape.inputOffset(of: place), in: ByteView(window))
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
                // `.ab` is no step on the way to `.abc`.
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
