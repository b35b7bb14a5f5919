import ResourceFormats

/// Reads a mapping (an item, or a page if it has `items`), a sequence of mappings, or several documents with a mapping
/// in each.
///
/// libyaml asks for more bytes while it is inside a value, where a reader of this toolkit has to come back with
/// `.needsMoreInput`. So the reader waits for the whole document. Then it lays one record after another from the events.
struct YAMLReader: RecordReader, ~Copyable {
    private enum State {
        /// Before the first document.
        case start
        /// Inside the sequence of a list.
        case list
        /// Inside `items` of a page.
        case page(YAMLRecordBuilder)
        /// After the root of a document; another one may follow if each is a record.
        case afterRoot(mayBeFollowed: Bool)
        /// After the end.
        case end
    }

    private let schema: Schema
    private let limits: Limits
    private var state = State.start
    /// Nil until the input is complete.
    private var cursor: YAMLCursor?
    /// Where in the document the position was left.
    private var consumed = 0
    private var recordCount = 0
    /// Whether the record that begins at the position was refused, and its end can be found.
    private var canSkip = false
    private(set) var document = DocumentInfo()

    init(schema: Schema, limits: Limits) {
        self.schema = schema
        self.limits = limits
    }

    /// How many bytes a document may have, since all of it is kept: 1 GiB if nothing else is said.
    private var documentSize: Int { 16 * limits.recordSize }

    /// The path of the next record.
    private var path: String {
        switch state {
        case .start: "$"
        case .page: "$.items[\(recordCount)]"
        case .list: "$[\(recordCount)]"
        case .afterRoot(let mayBeFollowed): mayBeFollowed ? "$[\(recordCount)]" : "$"
        case .end: "$"
        }
    }

    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        if cursor == nil {
            guard input.count <= documentSize else {
                throw SerializationError(
                    .recordLimit, found: "a document larger than \(documentSize) bytes",
                    expected: "at most \(documentSize), since YAML is read as a whole", offset: position, path: "$")
            }
            guard isComplete else { return .needsMoreInput }
            try YAMLText.check(input)
            cursor = YAMLCursor(input)
            consumed = position
        }
        guard let cursor else { return .end }
        cursor.base = consumed - position
        canSkip = false
        while true {
            let event: YAMLEvent
            switch state {
            case .end: return .end
            case .list, .page:
                do throws(SerializationError) {
                    event = try cursor.next(path)
                } catch {
                    if !cursor.isBroken { refuse(from: cursor.start, cursor, &position) }
                    throw error
                }
            case .start, .afterRoot:
                guard let root = try nextRoot(cursor) else {
                    if document.shape == nil { document.shape = recordCount == 1 ? .item : .list }
                    state = .end
                    position = input.count
                    return .end
                }
                event = root
            }
            switch (event.kind, state) {
            case (.mappingStart, _):
                if try readRecord(event, cursor, &position, into: &tape) { return .record }
            case (.sequenceStart, .start):
                state = .list
                document.shape = .list
            case (.sequenceEnd, .page(let members)):
                try readPageEnd(members, event, cursor)
                state = .afterRoot(mayBeFollowed: false)
            case (.sequenceEnd, _):
                state = .afterRoot(mayBeFollowed: false)
            case (_, .start):
                throw cursor.error(.wrongKind, event.summary, "a mapping, or a sequence of mappings", event, path)
            default:
                refuse(from: event.range.lowerBound, cursor, &position)
                throw cursor.error(.wrongKind, event.summary, "a mapping", event, path)
            }
        }
    }

    /// Leaves the position where a refused record begins.
    private mutating func refuse(from start: Int, _ cursor: YAMLCursor, _ position: inout Int) {
        position = start - cursor.base
        consumed = start
        canSkip = !cursor.isBroken
    }

    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        guard canSkip, let cursor else { return .impossible }
        let depth: Int
        switch state {
        case .list: depth = 1
        case .page: depth = 2
        case .afterRoot(mayBeFollowed: true): depth = 0
        // The only mapping may be an item or a page.
        case .start, .afterRoot, .end: return .impossible
        }
        guard cursor.skip(downTo: depth), cursor.end - consumed <= limits.recordSize else { return .impossible }
        position += cursor.end - consumed
        consumed = cursor.end
        canSkip = false
        recordCount += 1
        return .skipped
    }

    /// The first event of the next document's root; nil at the end.
    private mutating func nextRoot(_ cursor: YAMLCursor) throws(SerializationError) -> YAMLEvent? {
        var event = try cursor.next(path)
        if case .documentEnd = event.kind { event = try cursor.next(path) }
        if case .streamEnd = event.kind {
            guard case .start = state else { return nil }
            throw cursor.error(
                .unexpectedEnd, event.summary, "a mapping, or a sequence of mappings", event, path)
        }
        switch state {
        case .afterRoot(mayBeFollowed: false):
            throw cursor.error(.wrongShape, "another document", "the end of the input", event, path)
        case .afterRoot: document.shape = .list
        default: break
        }
        return try cursor.next(path)
    }

    /// Reads the record that begins with an event; false if it is a page, whose records come next.
    private mutating func readRecord(
        _ event: YAMLEvent, _ cursor: YAMLCursor, _ position: inout Int, into tape: inout RecordTape
    ) throws(SerializationError) -> Bool {
        let start = event.range.lowerBound
        var mayBePage = false
        if case .start = state { mayBePage = true }
        var builder = YAMLRecordBuilder(event, at: path, schema: schema, limits: limits)
        do throws(SerializationError) {
            if case .page = try builder.build(cursor, mayBePage: mayBePage, into: &tape) {
                var page = PageInfo()
                if let members = tape.record { try YAMLPage.add(members, builder.values, cursor, to: &page) }
                document.page = page
                document.shape = .page
                state = .page(builder)
                return false
            }
        } catch {
            refuse(from: start, cursor, &position)
            throw error
        }
        tape.placeSource(start - cursor.base..<cursor.end - cursor.base)
        position = cursor.end - cursor.base
        consumed = cursor.end
        recordCount += 1
        switch state {
        case .start, .afterRoot: state = .afterRoot(mayBeFollowed: true)
        case .list, .page, .end: break
        }
        return true
    }

    /// Reads what a page says after its records.
    private mutating func readPageEnd(
        _ members: YAMLRecordBuilder, _ event: YAMLEvent, _ cursor: YAMLCursor
    ) throws(SerializationError) {
        var builder = YAMLRecordBuilder(after: members, from: event.range.lowerBound)
        var tape = RecordTape()
        _ = try builder.build(cursor, mayBePage: false, into: &tape)
        var page = document.page ?? PageInfo()
        if let members = tape.record { try YAMLPage.add(members, builder.values, cursor, to: &page) }
        document.page = page
    }
}
