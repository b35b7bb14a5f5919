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
    private var tape = RecordTape()
    private var counter = PositionCounter()
    /// Where the next record begins in the window.
    private var offset = 0
    private var tailShape: DocumentShape?

    /// How many records there were so far, refused ones too.
    public private(set) var recordCount = 0

    /// A scanner at the start of an input.
    public init(_ format: Format, schema: Schema, limits: Limits = .default) {
        reader = format.makeReader(schema, limits)
        self.schema = schema
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
        do throws(SerializationError) {
            let progress = try reader.read(window, from: &offset, isComplete: isComplete, into: &tape)
            if case .record = progress { recordCount += 1 }
            return progress
        } catch {
            if error.position != nil { throw error }
            throw error.at(counter.position(of: error.offset ?? offset, in: ByteView(window)))
        }
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
        let progress = reader.skipRecord(window, from: &offset, isComplete: isComplete)
        if progress == .skipped { recordCount += 1 }
        return progress
    }

    // MARK: Places

    /// The bytes that the record took in the input.
    public var recordSize: Int { max(0, tape.sourceEnd - tape.recordOffset) }

    /// Where a violation of the record stands in the input, whose window is the one that `next` was shown.
    public func position(of violation: Violation, in window: Span<UInt8>) -> TextPosition {
        position(toSource: violation.offset, in: window)
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
    ///
    /// Tries one value after another: it is for values that something is wrong with.
    fileprivate func sourceStart(ofPath path: String, schema: Schema) -> Int? {
        for index in 0..<nodes.count {
            let candidate = view(at: index)
            if candidate.kind != .key, candidate.path(under: "", schema: schema).utf8.elementsEqual(path.utf8) {
                return candidate.sourceStart
            }
        }
        return nil
    }
}
