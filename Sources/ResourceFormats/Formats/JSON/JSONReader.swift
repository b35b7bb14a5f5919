/// Reads JSON strictly by RFC 8259: an item, a list, a page, objects one after another, or JSON Lines.
struct JSONReader: RecordReader, ~Copyable {
    enum State {
        case start
        /// Before an object that may be followed by others.
        case betweenObjects
        /// Inside an array, or the `items` of a page: before the first element, after one, or after a comma.
        case beforeFirst
        case afterElement
        case afterComma
        /// After the array of a page's records.
        case afterItems
        /// After the document, where only white space is allowed.
        case afterDocument
    }

    let form: JSONForm
    var parser: JSONParser
    var state = State.start
    var recordCount = 0
    /// Whether the records are inside an object.
    var isPage = false
    var isInputComplete = false
    /// The index at which the current record begins.
    private var recordStart: Int?
    var pageMembers: JSONPageMembers
    /// The additions of a format built on JSON; nil for plain JSON.
    let dialect: JSONDialect?
    /// Skips records while `findShape` looks for the shape.
    var skipper = JSONSkipper()
    /// The links in the document's side member that cannot be derived from the document.
    private(set) var documentLinks = UnknownMembers()

    /// Whether the input is in another encoding, so that nothing in it can be read.
    private(set) var isUnreadable = false
    /// Whether every record so far was on a line of its own.
    private(set) var isLineDelimited = true
    private var hasCheckedEncoding = false
    /// Whether a record was cut off and the next one was found at the start of a line.
    var resumesAtLines = false

    /// A note for the case that the first object stays alone and holds the records.
    private var proposal: Note?

    var shape: DocumentShape?
    var page: PageInfo? { shape == .page ? pageMembers.info : nil }
    var document: DocumentInfo {
        DocumentInfo(
            shape: shape, mayBecomePage: mayBecomePage, page: page, links: documentLinks,
            notes: shape == .item ? proposal.map { [$0] } ?? [] : [])
    }

    init(schema: Schema, limits: Limits, form: JSONForm, dialect: JSONDialect? = nil) {
        self.form = form
        self.dialect = dialect
        parser = JSONParser(schema: schema, limits: limits, frame: dialect?.frame)
        pageMembers = JSONPageMembers(dialect: dialect)
        shape = form == .document ? nil : .list
    }

    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        let bytes = ByteView(input)
        isInputComplete = isComplete
        parser.isComplete = isComplete
        parser.position = position
        recordStart = nil
        do throws(ParseStop) {
            let progress = try readNext(bytes, &position, into: &tape)
            return progress
        } catch .refused(let error) {
            throw error
        } catch {
            if let start = recordStart, bytes.count &- start > parser.limits.recordSize {
                throw tooLarge(start)
            }
            return .needsMoreInput
        }
    }

    @inline(__always)
    private mutating func readNext(
        _ input: ByteView, _ position: inout Int, into tape: inout RecordTape
    ) throws(ParseStop) -> ReadProgress {
        while true {
            switch state {
            case .start:
                guard try readStart(input, &position) else { continue }
                if form == .lines { return try readLine(input, &position, into: &tape) }
                return try readObject(input, &position, into: &tape)
            case .betweenObjects:
                guard try skipToObject(input, &position) else { return .end }
                if recordCount == 1 { shape = .list }
                if form == .lines { return try readLine(input, &position, into: &tape) }
                return try readObject(input, &position, into: &tape)
            case .beforeFirst, .afterElement, .afterComma:
                if try skipToElement(input, &position) { return try readObject(input, &position, into: &tape) }
            case .afterItems:
                try readPageEnd(input, &position, into: &tape)
            case .afterDocument:
                skipSpace(input)
                position = parser.position
                guard position < input.count else {
                    if parser.isComplete { return .end }
                    throw .needsMoreInput
                }
                throw refuse(
                    input,
                    expected: isPage ? "nothing after the page" : "nothing after the array")
            }
        }
    }

    // MARK: Parts

    /// Whether the reader stands after a comma, or between two lines of JSON Lines.
    ///
    /// Not between objects one after another: the first one that a reader meets may be a page.
    var isBetweenRecords: Bool {
        !resumesAtLines && recordCount > 0 && (state == .afterComma || state == .betweenObjects && form == .lines)
    }

    mutating func join(_ part: borrowing JSONReader, count: Int) {
        recordCount += part.recordCount
        isLineDelimited = isLineDelimited && part.isLineDelimited
    }

    // MARK: Around the records

    /// Looks at the first byte that is not white space; returns true if a record begins there.
    private mutating func readStart(_ input: ByteView, _ position: inout Int) throws(ParseStop) -> Bool {
        try checkEncoding(input)
        skipSpace(input)
        position = parser.position
        switch input.byte(at: position) {
        case 0x7B:
            state = .betweenObjects
            return true
        case 0x5B where form == .document:
            shape = .list
            state = .beforeFirst
            parser.position += 1
            position += 1
            return false
        default:
            if position >= input.count {
                guard parser.isComplete else { throw .needsMoreInput }
                if form != .document {
                    state = .afterDocument
                    return false
                }
            }
            throw refuse(input, expected: form != .document ? "an object" : "an object or an array of objects")
        }
    }

    /// Refuses UTF-16 and UTF-32 by name, and skips a byte order mark.
    ///
    /// Both happen only once, at the first byte of the document: later calls may begin elsewhere, because white space
    /// before the first record may have been used up.
    private mutating func checkEncoding(_ input: ByteView) throws(ParseStop) {
        if hasCheckedEncoding { return }
        do throws(ParseStop) {
            try parser.skipByteOrderMark(input)
        } catch {
            if case .refused = error { isUnreadable = true }
            throw error
        }
        hasCheckedEncoding = true
    }

    /// Moves to the next object of a sequence; returns false at the end of the input.
    private mutating func skipToObject(_ input: ByteView, _ position: inout Int) throws(ParseStop) -> Bool {
        skipSpace(input)
        position = parser.position
        guard position < input.count else {
            guard parser.isComplete else { throw .needsMoreInput }
            if shape == nil { shape = .item }
            return false
        }
        guard input.byte(at: position) == 0x7B else {
            throw refuse(
                input, at: form == .document && recordCount == 1 ? .item : .list(recordCount),
                expected: "another object, or the end of the input")
        }
        return true
    }

    /// Moves to the next element; returns false if the array ends instead.
    @inline(__always)
    private mutating func skipToElement(_ input: ByteView, _ position: inout Int) throws(ParseStop) -> Bool {
        while true {
            skipSpace(input)
            position = parser.position
            let byte = input.byte(at: position)
            if byte == 0x5D, state != .afterComma {
                parser.position &+= 1
                position = parser.position
                state = isPage ? .afterItems : .afterDocument
                return false
            }
            if state == .afterElement {
                guard byte == 0x2C else { throw refuse(input, expected: "\",\" or \"]\" after the record") }
                parser.position &+= 1
                state = .afterComma
                continue
            }
            guard byte == 0x7B else { throw refuse(input, at: nextPlace, expected: "an object") }
            return true
        }
    }

    /// Reads the record that begins at the parser's position.
    @inline(__always)
    mutating func readObject(
        _ input: ByteView, _ position: inout Int, into tape: inout RecordTape
    ) throws(ParseStop) -> ReadProgress {
        let start = parser.position
        let record = limited(input, from: start)
        parser.place = nextPlace
        let mayBePage =
            recordCount == 0 && state == .betweenObjects && form == .document && parser.schema.hasPages
        if let dialect, !mayBePage,
            try dialect.parseDerived(
                &parser, record, isFramed: isPage && pageMembers.frame == .dialect, into: &tape)
        {
            return finishRecord(&position)
        }
        parser.looksForFrame = dialect != nil
        var end = try parser.parseRecord(record, mayBePage: mayBePage, into: &tape)
        if end == .atFrame, try !isCollection(input, record) {
            parser.position = start
            parser.looksForFrame = false
            end = try parser.parseRecord(record, mayBePage: mayBePage, into: &tape)
        }
        parser.isComplete = isInputComplete
        guard end != .closed else {
            tape.adoptSource(input.slice(start, count: parser.position &- start), at: start)
            if let dialect { try dialect.take(from: &tape, place: parser.place) }
            if recordCount == 0, state == .betweenObjects {
                proposal = RecordsProposal.note(on: tape, schema: parser.schema)
            }
            return finishRecord(&position)
        }
        try pageMembers.add(
            from: &tape, source: input.slice(start, count: parser.position &- start), at: start,
            before: end == .atFrame ? .dialect : .items)
        isPage = true
        shape = end == .atItems || pageMembers.hasMembers ? .page : .list
        tape.removeAll()
        parser.position += 1
        position = parser.position
        state = .beforeFirst
        return try readNext(input, &position, into: &tape)
    }

    @inline(__always)
    mutating func finishRecord(_ position: inout Int) -> ReadProgress {
        parser.isComplete = isInputComplete
        recordCount &+= 1
        if state != .betweenObjects { state = .afterElement }
        if parser.firstLineFeed >= 0 { isLineDelimited = false }
        position = parser.position
        return .record
    }

    /// Whether the array at the parser's position is the only member of the dialect's frame, as far as the lookahead
    /// shows.
    ///
    /// With other members the frame belongs to a single record, which embeds resources of several kinds.
    private mutating func isCollection(_ input: ByteView, _ record: ByteView) throws(ParseStop) -> Bool {
        let end = min(input.count, parser.position + Self.lookahead)
        let window = input.slice(0, count: end)
        var skipper = JSONSkipper()
        var next = parser.position
        if skipper.skip(window, &next, downTo: 0) {
            next = window.indexAfterSpace(from: next)
            if next < end { return window.byte(at: next) != 0x2C }
        }
        if end == input.count, !isInputComplete, end < parser.position + Self.lookahead {
            recordStart = nil  // The missing bytes are not part of a record.
            throw .needsMoreInput
        }
        return true
    }

    /// The number of bytes in which a second member of the dialect's frame is looked for.
    static var lookahead: Int { 64 << 10 }

    /// Reads the members of a page after its records.
    private mutating func readPageEnd(
        _ input: ByteView, _ position: inout Int, into tape: inout RecordTape
    ) throws(ParseStop) {
        if pageMembers.frame == .dialect {
            skipSpace(input)
            guard input.byte(at: parser.position) == 0x7D else {
                throw refuse(input, expected: "\"}\" after the only member of \"\(pageMembers.frameName)\"")
            }
            parser.position += 1
        }
        let start = parser.position
        let rest = limited(input, from: start)
        parser.place = .item
        try parser.parseRemainingMembers(rest, into: &tape)
        parser.isComplete = isInputComplete
        tape.adoptSource(input.slice(start, count: parser.position - start), at: start)
        try pageMembers.addRest(from: tape, schema: parser.schema)
        if pageMembers.hasMembers { shape = .page }
        if let dialect {
            do throws(SerializationError) {
                documentLinks = try dialect.documentLinks(among: pageMembers.sideMembers, page: page)
            } catch {
                throw .refused(error.at(offset: start, path: "$.\(dialect.sideMember)"))
            }
        }
        position = parser.position
        state = .afterDocument
    }

    /// The input, cut off at the largest allowed end of the record that begins at `start`.
    ///
    /// A record that needs more bytes than that is too large, however the input is split.
    @_lifetime(copy input)
    @inline(__always)
    mutating func limited(_ input: ByteView, from start: Int) -> ByteView {
        recordStart = start
        let end = min(input.count, start &+ parser.limits.recordSize)
        parser.isComplete = isInputComplete && end == input.count
        return input.slice(0, count: end)
    }

    // MARK: -

    var nextPlace: RecordPlace {
        switch shape {
        case .page: .page(recordCount)
        case .list: .list(recordCount)
        case .item: .item
        case nil: recordCount == 0 ? .item : .list(recordCount)
        }
    }

    @inline(__always)
    private mutating func skipSpace(_ input: ByteView) {
        parser.position = input.indexAfterSpace(from: parser.position)
    }

    private func tooLarge(_ start: Int) -> SerializationError {
        SerializationError(
            .recordLimit, found: "a record larger than \(parser.limits.recordSize) bytes",
            expected: "at most \(parser.limits.recordSize)", offset: start, path: nextPlace.path)
    }

    @inline(never)
    func refuse(_ input: ByteView, at place: RecordPlace = .item, expected: String) -> ParseStop {
        if !parser.isComplete, input.endsInsideCharacter(at: parser.position) { return .needsMoreInput }
        guard parser.position < input.count else {
            return .refused(
                SerializationError(
                    .unexpectedEnd, found: "the end of the input", expected: expected, offset: input.count,
                    path: place.path))
        }
        return .refused(
            SerializationError(
                .unexpectedByte, found: describeCharacter(input, at: parser.position), expected: expected,
                offset: parser.position, path: place.path))
    }
}
