/// Parses one JSON object, or one value, onto a tape, strictly by RFC 8259.
///
/// Before changing this file:
/// - Every byte is read through `byte(at:)`, which gives 0 past the end. No branch may treat 0 as content: every path
///   from an unexpected byte leads to `stop`, which first checks whether the input merely ends there so far. This is
///   why an input gives the same records and errors wherever it is split.
/// - `position` is an index into the input; offsets on the tape count from the first byte of the record.
/// - Nothing here allocates, apart from growing the tape and making an error.
struct JSONParser: ~Copyable, Sendable {
    let schema: Schema
    let limits: Limits
    /// The index of the next byte.
    var position = 0
    /// The index at which the record began.
    var recordStart = 0
    /// Whether no bytes come after those of the current call.
    var isComplete = false
    /// Whether everything so far equals the record's compact JSON.
    var isCompact = true
    /// The place of the record in the document, for the paths of errors.
    var place = RecordPlace.item
    /// Whether texts are copied to the arena, because the input will not be adopted.
    let copiesText: Bool
    /// The name of the frame: a member, besides `items`, for the records of a page.
    ///
    /// It is an object whose only member is an array of the records.
    let frame: StaticString?
    /// Whether the parser looks for the frame in the current record.
    var looksForFrame = false
    /// Whether the parse stopped at the frame.
    var isAtFrame = false
    /// The index of the first line feed in the white space of the current record, or -1.
    var firstLineFeed = -1
    /// The name of the end of the bytes of the current call, for error texts.
    var endName: StaticString = "the end of the input"

    var names = MemberNames()
    var seenWords = SeenFieldWords()
    var predictor: NamePredictor
    /// The known field whose value is being parsed, or `.unknown`; it becomes the last step of an error's path.
    var currentField = FieldID.unknown
    /// Whether an error belongs to the member or element that is being parsed, not to the container.
    var isInsideChild = false

    init(schema: Schema, limits: Limits, copiesText: Bool = false, frame: StaticString? = nil) {
        self.frame = frame
        self.schema = schema
        self.limits = limits
        self.copiesText = copiesText
        predictor = NamePredictor(schema: schema)
    }

    // MARK: Entry points

    /// The way in which the object of a record ended.
    enum RecordEnd {
        /// At its closing brace.
        case closed
        /// Before the `items` array of a page; the object is still open on the tape, and `position` is at the array's
        /// first byte.
        case atItems
        /// Before the array of records inside the frame; otherwise as `atItems`.
        case atFrame
    }

    /// Parses the object that begins at `position`, and leaves `position` after it.
    @inline(__always)
    mutating func parseRecord(
        _ input: ByteView, mayBePage: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> RecordEnd {
        start(&tape)
        if try parseObject(input, field: .record, depth: 1, mayBePage: mayBePage, into: &tape) {
            return isAtFrame ? .atFrame : .atItems
        }
        tape.isCompactJSON = isCompact
        return .closed
    }

    /// Parses the rest of an object whose first members have been read, from the comma or brace at `position` on.
    mutating func parseRemainingMembers(_ input: ByteView, into tape: inout RecordTape) throws(ParseStop) {
        start(&tape)
        tape.begin(.object, .record)
        try skipSpace(input, &tape)
        if input.byte(at: position) == 0x7D {
            position &+= 1
            tape.end()
            return
        }
        guard input.byte(at: position) == 0x2C else {
            throw stop(input, tape, .unexpectedByte, expected: "\",\" or \"}\" after the member")
        }
        position &+= 1
        try skipSpace(input, &tape)
        _ = try parseMembers(input, field: .record, depth: 1, mayBePage: false, into: &tape)
    }

    /// Parses one value, from `start` to the end of the input, as the value of `field` inside `depth` containers.
    mutating func parseWholeValue(
        _ input: ByteView, from start: Int = 0, recordStart: Int = 0, field: FieldID, depth: Int,
        into tape: inout RecordTape
    ) throws(ParseStop) {
        position = start
        self.recordStart = recordStart
        isComplete = true
        names.removeAll()
        seenWords.removeAll()
        currentField = field
        isInsideChild = true
        try skipSpace(input, &tape)
        try parseValue(input, field: field, depth: depth &+ 1, into: &tape)
        try skipSpace(input, &tape)
        if position < input.count {
            throw stop(input, tape, .unexpectedByte, expected: "nothing after the value")
        }
    }

    mutating func start(_ tape: inout RecordTape) {
        tape.removeAll()
        recordStart = position
        isCompact = true
        firstLineFeed = -1
        isAtFrame = false
        currentField = .unknown
        isInsideChild = false
        names.removeAll()
        seenWords.removeAll()
    }

    /// Refuses UTF-16 and UTF-32 by name, and moves over a byte order mark, at the first byte of a document.
    mutating func skipByteOrderMark(_ input: ByteView) throws(ParseStop) {
        if input.count < 4, !isComplete { throw .needsMoreInput }
        if let name = input.otherEncoding {
            throw .refused(
                SerializationError(.invalidEncoding, found: name, expected: "UTF-8", offset: 0, path: "$"))
        }
        if input.startsWithByteOrderMark { position += 3 }
    }

    // MARK: Values

    mutating func parseValue(
        _ input: ByteView, field: FieldID, depth: Int, into tape: inout RecordTape
    ) throws(ParseStop) {
        switch input.byte(at: position) {
        case 0x22:
            try parseString(input, kind: .string, field: field, into: &tape)
        case 0x2D, 0x30...0x39:
            try parseNumber(input, field: field, into: &tape)
        case 0x7B:
            _ = try parseObject(input, field: field, depth: depth, mayBePage: false, into: &tape)
        case 0x5B:
            try parseArray(input, field: field, depth: depth, into: &tape)
        case 0x74:
            let start = position
            try parseLiteral(input, "true", &tape)
            tape.append(.bool, flags: .isTrue, field: field, source: start &- recordStart)
        case 0x66:
            let start = position
            try parseLiteral(input, "false", &tape)
            tape.append(.bool, field: field, source: start &- recordStart)
        case 0x6E:
            let start = position
            try parseLiteral(input, "null", &tape)
            tape.append(.null, field: field, source: start &- recordStart)
        default:
            throw stop(input, tape, .unexpectedByte, expected: "a JSON value")
        }
    }

    /// Parses an object; returns true if it stopped at the records of a page.
    mutating func parseObject(
        _ input: ByteView, field: FieldID, depth: Int, mayBePage: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> Bool {
        guard depth <= limits.depth else { throw tooDeep(input, tape) }
        tape.begin(.object, field, source: position &- recordStart)
        position &+= 1
        currentField = .unknown
        isInsideChild = false
        try skipSpace(input, &tape)
        if input.byte(at: position) == 0x7D {
            position &+= 1
            tape.end()
            return false
        }
        return try parseMembers(input, field: field, depth: depth, mayBePage: mayBePage, into: &tape)
    }

    mutating func parseMembers(
        _ input: ByteView, field: FieldID, depth: Int, mayBePage: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> Bool {
        let isScope = schema.isScope(field)
        let namesMark = names.mark
        var seen = SeenFields()
        var slot = isScope ? predictor.slot(forFirstOf: field) : -1
        while true {
            guard input.byte(at: position) == 0x22 else {
                throw stop(input, tape, .unexpectedByte, expected: "a member name in quotes")
            }
            let member: FieldID
            if slot >= 0, let match = predictor.match(input, at: position &+ 1, after: slot) {
                try checkFirst(match.field, &seen, input, &tape)
                position &+= 1 &+ match.count
                member = match.field
                slot = member.index
            } else {
                member = try parseName(input, scope: isScope ? field : .unknown, &seen, namesMark, &tape)
                if member != .unknown {
                    predictor.learn(member, after: slot)
                    slot = member.index
                }
            }
            currentField = member
            isInsideChild = true
            if input.byte(at: position) != 0x3A {
                try skipSpace(input, &tape)
                guard input.byte(at: position) == 0x3A else {
                    throw stop(input, tape, .unexpectedByte, expected: "\":\" after the name")
                }
            }
            position &+= 1
            try skipSpace(input, &tape)
            if mayBePage, member == .unknown, seen.isEmpty, try isAtRecords(input, &tape) { return true }
            if input.byte(at: position) == 0x22 {
                // Most values are strings; this saves a call for each.
                try parseString(input, kind: .string, field: member, into: &tape)
            } else {
                try parseValue(input, field: member, depth: depth &+ 1, into: &tape)
            }
            isInsideChild = false
            currentField = .unknown
            var byte = input.byte(at: position)
            if byte <= 0x20 {
                try skipSpace(input, &tape)
                byte = input.byte(at: position)
            }
            position &+= 1
            if byte == 0x2C {
                try skipSpace(input, &tape)
                continue
            }
            guard byte == 0x7D else {
                position &-= 1
                throw stop(input, tape, .unexpectedByte, expected: "\",\" or \"}\" after the member")
            }
            tape.end()
            names.close(namesMark)
            seen.close(&seenWords)
            return false
        }
    }

    mutating func parseArray(
        _ input: ByteView, field: FieldID, depth: Int, into tape: inout RecordTape
    ) throws(ParseStop) {
        guard depth <= limits.depth else { throw tooDeep(input, tape) }
        tape.begin(.array, field, source: position &- recordStart)
        position &+= 1
        let elements = schema.elements(of: field)
        currentField = .unknown
        isInsideChild = false
        try skipSpace(input, &tape)
        if input.byte(at: position) == 0x5D {
            position &+= 1
            tape.end()
            return
        }
        while true {
            isInsideChild = true
            currentField = .unknown
            try parseValue(input, field: elements, depth: depth &+ 1, into: &tape)
            isInsideChild = false
            try skipSpace(input, &tape)
            let byte = input.byte(at: position)
            if byte == 0x2C {
                position &+= 1
                try skipSpace(input, &tape)
                continue
            }
            guard byte == 0x5D else {
                throw stop(input, tape, .unexpectedByte, expected: "\",\" or \"]\" after the element")
            }
            position &+= 1
            tape.end()
            return
        }
    }

    // MARK: White space

    @inline(__always)
    mutating func skipSpace(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) {
        if input.byte(at: position) <= 0x20 { skipSpaceSlowly(input) }
    }

    mutating func skipSpaceSlowly(_ input: ByteView) {
        let start = position
        position = input.indexAfterSpace(from: start)
        if position != start { isCompact = false }
        if firstLineFeed < 0 { noteLineFeed(input, from: start) }
    }

    private mutating func noteLineFeed(_ input: ByteView, from start: Int) {
        var index = start
        while index < position, input.byte(at: index) != 0x0A { index &+= 1 }
        if index < position { firstLineFeed = index }
    }
}
