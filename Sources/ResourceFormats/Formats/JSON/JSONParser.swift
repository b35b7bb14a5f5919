/// Why a parse stopped before its end.
enum ParseStop: Error {
    /// The bytes ran out and more may come: parse the record again when there are more.
    case needsMoreInput
    /// The input is refused.
    case refused(SerializationError)
}

/// Parses one JSON object, or one value, onto a tape: RFC 8259, strictly.
///
/// Advice for whoever changes this file:
/// - Every look at a byte goes through `byte(at:)`, which gives 0 past the end. No branch may take 0 for content: all
///   roads from an unexpected byte lead to `stop`, which first asks whether the input is merely not there yet. That is
///   why an input split anywhere gives the same records and errors.
/// - `position` is an index into the input; what goes onto the tape counts from the record's first byte.
/// - Nothing here allocates, apart from growing the tape and making an error.
struct JSONParser: ~Copyable, Sendable {
    let schema: Schema
    let limits: Limits
    /// The next byte to look at.
    var position = 0
    /// Where the record began.
    var recordStart = 0
    /// The input ends with the bytes at hand.
    var isComplete = false
    /// Nothing so far differs from the record's compact JSON.
    private var isCompact = true
    /// Where the record stands in the document, for the paths of errors.
    var place = RecordPlace.item
    /// Texts are copied to the arena, because the input will not be adopted.
    let copiesText: Bool

    private var names = MemberNames()
    private var predictor: NamePredictor
    /// The known field whose value is being read, or `.unknown`; for the last step of an error's path.
    private var currentField = FieldID.unknown
    /// Whether an error belongs to the member or element that is being read, not to the container.
    private var isInsideChild = false

    init(schema: Schema, limits: Limits, copiesText: Bool = false) {
        self.schema = schema
        self.limits = limits
        self.copiesText = copiesText
        predictor = NamePredictor(schema: schema)
    }

    // MARK: Entry points

    /// How a record's object ended.
    enum RecordEnd {
        /// At its closing brace.
        case closed
        /// Before the array of `items` of what is a page; the object is still open on the tape, and `position` is at
        /// the array's first byte.
        case atItems
    }

    /// Parses the object that begins at `position`, and leaves `position` behind it.
    @inline(__always)
    mutating func parseRecord(
        _ input: ByteView, mayBePage: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> RecordEnd {
        start(&tape)
        if try parseObject(input, field: .record, depth: 1, mayBePage: mayBePage, into: &tape) { return .atItems }
        tape.isCompactJSON = isCompact
        return .closed
    }

    /// Parses the members of an object whose first part is behind us, from the comma or brace at `position` on.
    mutating func parseRemainingMembers(_ input: ByteView, into tape: inout RecordTape) throws(ParseStop) {
        start(&tape)
        tape.beginObject(.record)
        try skipSpace(input, &tape)
        if input.byte(at: position) == 0x7D {
            position &+= 1
            tape.endObject()
            return
        }
        guard input.byte(at: position) == 0x2C else {
            throw stop(input, tape, .unexpectedByte, expected: "\",\" or \"}\" after the member")
        }
        position &+= 1
        try skipSpace(input, &tape)
        _ = try parseMembers(input, field: .record, depth: 1, mayBePage: false, into: &tape)
    }

    /// Parses the one value that the whole input holds, as the value of `field` inside `depth` containers.
    mutating func parseWholeValue(
        _ input: ByteView, field: FieldID, depth: Int, into tape: inout RecordTape
    ) throws(ParseStop) {
        position = 0
        recordStart = 0
        isComplete = true
        names.removeAll()
        currentField = field
        isInsideChild = true
        try skipSpace(input, &tape)
        try parseValue(input, field: field, depth: depth &+ 1, into: &tape)
        try skipSpace(input, &tape)
        if position < input.count {
            throw stop(input, tape, .unexpectedByte, expected: "nothing after the value")
        }
    }

    private mutating func start(_ tape: inout RecordTape) {
        tape.removeAll()
        recordStart = position
        isCompact = true
        currentField = .unknown
        isInsideChild = false
        names.removeAll()
    }

    // MARK: Values

    private mutating func parseValue(
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
            tape.append(true, to: field, source: start &- recordStart)
        case 0x66:
            let start = position
            try parseLiteral(input, "false", &tape)
            tape.append(false, to: field, source: start &- recordStart)
        case 0x6E:
            let start = position
            try parseLiteral(input, "null", &tape)
            tape.appendNull(to: field, source: start &- recordStart)
        default:
            throw stop(input, tape, .unexpectedByte, expected: "a JSON value")
        }
    }

    /// True if it stopped at a page's items.
    private mutating func parseObject(
        _ input: ByteView, field: FieldID, depth: Int, mayBePage: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> Bool {
        guard depth <= limits.depth else { throw tooDeep(input, tape) }
        tape.beginObject(field, source: position &- recordStart)
        position &+= 1
        currentField = .unknown
        isInsideChild = false
        try skipSpace(input, &tape)
        if input.byte(at: position) == 0x7D {
            position &+= 1
            tape.endObject()
            return false
        }
        return try parseMembers(input, field: field, depth: depth, mayBePage: mayBePage, into: &tape)
    }

    private mutating func parseMembers(
        _ input: ByteView, field: FieldID, depth: Int, mayBePage: Bool, into tape: inout RecordTape
    ) throws(ParseStop) -> Bool {
        let isScope = schema.isScope(field)
        let namesMark = names.mark
        var seen: UInt64 = 0
        var slot = isScope ? predictor.slot(forFirstOf: field) : -1
        while true {
            guard input.byte(at: position) == 0x22 else {
                throw stop(input, tape, .unexpectedByte, expected: "a member name in quotes")
            }
            let member: FieldID
            if slot >= 0, let match = predictor.match(input, at: position &+ 1, after: slot) {
                try checkFirst(match.field, &seen, input, tape)
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
            if mayBePage, member == .unknown, seen == 0, try isAtItems(input, tape) { return true }
            try parseValue(input, field: member, depth: depth &+ 1, into: &tape)
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
            tape.endObject()
            names.close(namesMark)
            return false
        }
    }

    private mutating func parseArray(
        _ input: ByteView, field: FieldID, depth: Int, into tape: inout RecordTape
    ) throws(ParseStop) {
        guard depth <= limits.depth else { throw tooDeep(input, tape) }
        tape.beginArray(field, source: position &- recordStart)
        position &+= 1
        let elements = schema.elements(of: field)
        currentField = .unknown
        isInsideChild = false
        try skipSpace(input, &tape)
        if input.byte(at: position) == 0x5D {
            position &+= 1
            tape.endArray()
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
            tape.endArray()
            return
        }
    }

    // MARK: Names

    /// Reads a name; returns its field, or `.unknown` with the name's node on the tape.
    @inline(__always)
    private mutating func parseName(
        _ input: ByteView, scope: FieldID, _ seen: inout UInt64, _ namesMark: Int, _ tape: inout RecordTape
    ) throws(ParseStop) -> FieldID {
        let start = position &+ 1
        var isASCII = true
        let end = input.firstIndex(of: JSONStringStop(), from: start, isASCII: &isASCII)
        guard input.byte(at: end) == 0x22, isASCII else {
            return try parseUncommonName(input, scope: scope, &seen, namesMark, &tape)
        }
        if scope != .unknown {
            let field = schema.keys.find(input, from: start, count: end &- start, in: scope)
            if field != .unknown {
                try checkFirst(field, &seen, input, tape)
                position = end &+ 1
                return field
            }
        }
        if copiesText {
            tape.appendInArena(
                .key, input.slice(start, count: end &- start), field: .unknown, source: position &- recordStart)
        } else {
            tape.append(.key, at: start &- recordStart, count: end &- start, flags: .plain, field: .unknown)
        }
        try checkFirstUnknown(namesMark, input, tape)
        position = end &+ 1
        return .unknown
    }

    /// A name with escapes or beyond ASCII: decoded first, then looked up.
    private mutating func parseUncommonName(
        _ input: ByteView, scope: FieldID, _ seen: inout UInt64, _ namesMark: Int, _ tape: inout RecordTape
    ) throws(ParseStop) -> FieldID {
        let start = position
        let nodeCount = tape.nodes.count
        try parseString(input, kind: .key, field: .unknown, into: &tape)
        let end = position
        position = start  // An error from here on is about the name.
        let node = tape.nodes[nodeCount]
        if scope != .unknown {
            let field = field(named: node, in: scope, input, tape)
            if field != .unknown {
                tape.nodes.truncate(to: nodeCount)
                isCompact = isCompact && !node.flags.contains(.inArena)
                try checkFirst(field, &seen, input, tape)
                position = end
                return field
            }
        }
        try checkFirstUnknown(namesMark, input, tape)
        position = end
        return .unknown
    }

    private mutating func field(
        named node: TapeNode, in scope: FieldID, _ input: ByteView, _ tape: borrowing RecordTape
    ) -> FieldID {
        let text = tape.textWhileBuilding(of: node, source: source(input))
        return schema.keys.find(text, from: 0, count: text.count, in: scope)
    }

    /// Mutating in name only, like its neighbours on the hot path: for a plain method Swift 6.3 copies the whole parser
    /// to the stack at each call.
    @inline(__always)
    private mutating func checkFirst(
        _ field: FieldID, _ seen: inout UInt64, _ input: ByteView, _ tape: borrowing RecordTape
    ) throws(ParseStop) {
        let ordinal = schema.ordinal(of: field)
        if ordinal < 64 {
            let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: ordinal)
            if seen & bit != 0 { throw duplicate(field, input, tape) }
            seen |= bit
        } else {
            // A schema with more than 64 fields in one object: look at what is there already.
            guard let open = tape.open.count > 0 ? Int(tape.open[tape.open.count - 1]) : nil else { return }
            var index = open + 1
            while index < tape.nodes.count {
                if tape.nodes[index].field == field { throw duplicate(field, input, tape) }
                index += tape.nodes[index].extent
            }
            seen |= 1 &<< 63
        }
    }

    @inline(__always)
    private mutating func checkFirstUnknown(
        _ mark: Int, _ input: ByteView, _ tape: borrowing RecordTape
    ) throws(ParseStop) {
        let source = source(input)
        if !names.insert(tape.nodes.count &- 1, since: mark, in: tape, source: source) {
            throw duplicate(.unknown, input, tape)
        }
    }

    /// Whether the unknown member whose value begins at `position` is a page's `items`.
    private mutating func isAtItems(_ input: ByteView, _ tape: borrowing RecordTape) throws(ParseStop) -> Bool {
        guard input.byte(at: position) == 0x5B, tape.nodes.count > 0 else {
            if position >= input.count { throw stop(input, tape, .unexpectedByte, expected: "a JSON value") }
            return false
        }
        let key = tape.textWhileBuilding(of: tape.nodes[tape.nodes.count - 1], source: source(input))
        guard key.isEqual(to: "items") else { return false }
        var next = position &+ 1
        while Self.isSpace(input.byte(at: next)) { next &+= 1 }
        if next >= input.count, !isComplete { throw .needsMoreInput }
        return input.byte(at: next) == 0x7B || input.byte(at: next) == 0x5D
    }

    // MARK: Scalars

    @inline(__always)
    private mutating func parseString(
        _ input: ByteView, kind: TapeNode.Kind, field: FieldID, into tape: inout RecordTape
    ) throws(ParseStop) {
        let start = position &+ 1
        var isASCII = true
        let end = input.firstIndex(of: JSONStringStop(), from: start, isASCII: &isASCII)
        guard input.byte(at: end) == 0x22, !copiesText else {
            return try parseStringInPieces(input, kind: kind, field: field, into: &tape)
        }
        if !isASCII, let bad = input.firstInvalidUTF8(from: start, to: end) { throw notUTF8(input, tape, at: bad) }
        tape.append(kind, at: start &- recordStart, count: end &- start, flags: .plain, field: field)
        position = end &+ 1
    }

    /// A string with escapes, decoded into the arena piece by piece.
    private mutating func parseStringInPieces(
        _ input: ByteView, kind: TapeNode.Kind, field: FieldID, into tape: inout RecordTape
    ) throws(ParseStop) {
        let start = position
        let arenaStart = tape.beginArenaText(source: start &- recordStart)
        var piece = start &+ 1
        while true {
            var isASCII = true
            let end = input.firstIndex(of: JSONStringStop(), from: piece, isASCII: &isASCII)
            let byte = input.byte(at: end)
            guard byte == 0x22 || byte == 0x5C else {
                position = end
                if end < input.count {
                    if let bad = input.firstInvalidUTF8(from: piece, to: end) { throw notUTF8(input, tape, at: bad) }
                    throw stop(input, tape, .unexpectedByte, expected: "an escape such as \\n inside a string")
                }
                throw stop(input, tape, .unexpectedEnd, expected: "the closing quote of the string")
            }
            if !isASCII, let bad = input.firstInvalidUTF8(from: piece, to: end) { throw notUTF8(input, tape, at: bad) }
            tape.text.append(input.slice(piece, count: end &- piece))
            if byte == 0x22 {
                position = end &+ 1
                tape.endArenaText(kind, from: arenaStart, field: field)
                return
            }
            position = end
            piece = try parseEscape(input, at: end, into: &tape)
        }
    }

    /// Decodes the escape at `start` into the arena; returns where it ends.
    private mutating func parseEscape(
        _ input: ByteView, at start: Int, into tape: inout RecordTape
    ) throws(ParseStop) -> Int {
        switch input.byte(at: start + 1) {
        case 0x22: tape.text.append(0x22)
        case 0x5C: tape.text.append(0x5C)
        case 0x2F:
            tape.text.append(0x2F)
            isCompact = false
        case 0x62: tape.text.append(0x08)
        case 0x66: tape.text.append(0x0C)
        case 0x6E: tape.text.append(0x0A)
        case 0x72: tape.text.append(0x0D)
        case 0x74: tape.text.append(0x09)
        case 0x75: return try parseUnicodeEscape(input, at: start, into: &tape)
        default:
            throw stop(
                input, tape, .invalidEscape, expected: "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", at: start + 1,
                found: { "the escape \\" + $0 })
        }
        return start + 2
    }

    private mutating func parseUnicodeEscape(
        _ input: ByteView, at start: Int, into tape: inout RecordTape
    ) throws(ParseStop) -> Int {
        guard let unit = JSONText.hexQuad(input, from: start + 2) else {
            var bad = start + 2
            while JSONText.hexValue(input.byte(at: bad)) != nil { bad += 1 }
            throw stop(input, tape, .invalidEscape, expected: "four hexadecimal digits after \\u", at: bad)
        }
        var scalar = unit
        var end = start + 6
        if (0xD800...0xDFFF).contains(unit) {
            guard unit < 0xDC00, input.byte(at: end) == 0x5C, input.byte(at: end + 1) == 0x75,
                let low = JSONText.hexQuad(input, from: end + 2), (0xDC00...0xDFFF).contains(low)
            else {
                // The other half may still be on its way.
                if unit < 0xDC00, !isComplete, input.count < end + 6 { throw .needsMoreInput }
                throw refusal(
                    input, tape, .invalidEscape, at: start, found: "the lone surrogate \\u\(hexadecimal(unit, digits: 4))",
                    expected: "a pair of surrogates, or another character")
            }
            scalar = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            end += 6
            isCompact = false
        } else {
            isCompact = isCompact && Self.isShortestEscape(unit, input, at: start)
        }
        forEachUTF8Byte(of: scalar) { tape.text.append($0) }
        return end
    }

    /// Whether `\uxxxx` at `start` is how the writer would put it: a control character without an escape of its own,
    /// lower-case digits.
    private static func isShortestEscape(_ unit: UInt32, _ input: ByteView, at start: Int) -> Bool {
        switch unit {
        case 0x08, 0x09, 0x0A, 0x0C, 0x0D: false
        case 0..<0x20: !(0x41...0x46).contains(input.byte(at: start + 5))
        default: false
        }
    }

    @inline(__always)
    private mutating func parseNumber(
        _ input: ByteView, field: FieldID, into tape: inout RecordTape
    ) throws(ParseStop) {
        guard let number = JSONText.scanNumber(input, from: position) else {
            let end = JSONText.endOfNumberPrefix(input, from: position)
            throw stop(input, tape, .invalidNumber, expected: "a digit", at: end)
        }
        let next = input.byte(at: number.end)
        // `01`, `1.2.3` and `1x` are one bad number to a reader of the message, not a number and something else.
        if JSONText.isDigit(next) || next == 0x2E || next | 0x20 >= 0x61 && next | 0x20 <= 0x7A {
            throw stop(input, tape, .invalidNumber, expected: "the end of the number", at: number.end)
        }
        let flags: TapeNode.Flags = number.isInteger ? [.plain, .isInteger] : .plain
        if copiesText {
            tape.appendInArena(
                .number, input.slice(position, count: number.end &- position), field: field, source: position)
        } else {
            tape.append(
                .number, at: position &- recordStart, count: number.end &- position, flags: flags, field: field)
        }
        position = number.end
    }

    @inline(__always)
    private mutating func parseLiteral(
        _ input: ByteView, _ literal: StaticString, _ tape: inout RecordTape
    ) throws(ParseStop) {
        let matching = input.matchingPrefix(of: literal, at: position)
        guard matching == literal.utf8CodeUnitCount else {
            throw stop(input, tape, .unexpectedByte, expected: "the value \(literal)", at: position &+ matching)
        }
        position &+= matching
    }

    // MARK: White space

    @inline(__always)
    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    @inline(__always)
    private mutating func skipSpace(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) {
        if input.byte(at: position) <= 0x20 { skipSpaceSlowly(input) }
    }

    private mutating func skipSpaceSlowly(_ input: ByteView) {
        let start = position
        while Self.isSpace(input.byte(at: position)) { position &+= 1 }
        if position != start { isCompact = false }
    }

    // MARK: Stopping

    /// The record's own bytes so far, for texts of nodes that point there.
    @_lifetime(copy input)
    @inline(__always)
    private mutating func source(_ input: ByteView) -> ByteView {
        input.slice(recordStart, count: input.count &- recordStart)
    }

    /// More input is needed, or what stands at the place is refused.
    @inline(never)
    private mutating func stop(
        _ input: ByteView, _ tape: borrowing RecordTape, _ code: SerializationError.Code, expected: String,
        at place: Int? = nil, found: ((String) -> String)? = nil
    ) -> ParseStop {
        let place = place ?? position
        if !isComplete, input.endsInsideCharacter(at: place) { return .needsMoreInput }
        if place >= input.count {
            return refusal(
                input, tape, .unexpectedEnd, at: input.count, found: "the end of the input", expected: expected)
        }
        let byte = describeCharacter(input, at: place)
        return refusal(input, tape, code, at: place, found: found.map { $0(byte) } ?? byte, expected: expected)
    }

    @inline(never)
    private mutating func refusal(
        _ input: ByteView, _ tape: borrowing RecordTape, _ code: SerializationError.Code, at place: Int, found: String,
        expected: String
    ) -> ParseStop {
        .refused(
            SerializationError(code, found: found, expected: expected, offset: place, path: path(input, tape)))
    }

    private mutating func path(_ input: ByteView, _ tape: borrowing RecordTape) -> String {
        let source = source(input)
        var path = tape.pathOfOpenContainer(under: place.path, schema: schema, source: source)
        guard isInsideChild, tape.open.count > 0 else { return path.text }
        if tape.nodes[Int(tape.open[tape.open.count - 1])].kind == .array {
            path.append(index: tape.elementCountOfOpenArray)
        } else if let name = schema.name(of: currentField) {
            path.append(key: name)
        } else if tape.nodes.count > 0, tape.nodes[tape.nodes.count - 1].kind == .key {
            path.append(key: tape.textWhileBuilding(of: tape.nodes[tape.nodes.count - 1], source: source))
        }
        return path.text
    }

    private mutating func tooDeep(_ input: ByteView, _ tape: borrowing RecordTape) -> ParseStop {
        refusal(
            input, tape, .depthLimit, at: position, found: "nesting deeper than \(limits.depth)",
            expected: "at most \(limits.depth) levels")
    }

    private mutating func notUTF8(_ input: ByteView, _ tape: borrowing RecordTape, at place: Int) -> ParseStop {
        refusal(
            input, tape, .invalidEncoding, at: place, found: describeInvalidUTF8(input, at: place),
            expected: "UTF-8")
    }

    private mutating func duplicate(_ field: FieldID, _ input: ByteView, _ tape: borrowing RecordTape) -> ParseStop {
        var path = tape.pathOfOpenContainer(under: place.path, schema: schema, source: source(input))
        var name = schema.name(of: field) ?? ""
        if field == .unknown {
            let key = tape.textWhileBuilding(of: tape.nodes[tape.nodes.count - 1], source: source(input))
            path.append(key: key)
            name = excerpt(key)
        } else {
            path.append(key: name)
        }
        return .refused(
            SerializationError(
                .duplicateField, found: "the name \"\(name)\" a second time", expected: "each name once in an object",
                offset: position, path: path.text))
    }
}

// MARK: - Describing what was found

extension ByteView {
    /// Whether more bytes may still change which character stands at `place`.
    func endsInsideCharacter(at place: Int) -> Bool {
        let lead = byte(at: place)
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
        return place + length > count
    }
}

/// The character at a place, in quotes, or the byte where it is none.
func describeCharacter(_ input: ByteView, at place: Int) -> String {
    let byte = input.byte(at: place)
    if byte == 0x22 { return "a quote" }
    if byte < 0x20 || byte == 0x7F { return "the control character U+00\(twoDigits(byte))" }
    if byte < 0x80 { return "\"\(Character(Unicode.Scalar(byte)))\"" }
    var length = 1
    while length < 4, place + length < input.count, input.byte(at: place + length) & 0xC0 == 0x80 { length += 1 }
    if input.firstInvalidUTF8(from: place, to: place + length) != nil { return describeInvalidUTF8(input, at: place) }
    return "\"\(input.slice(place, count: length).string())\""
}

/// The bytes that are no UTF-8.
func describeInvalidUTF8(_ input: ByteView, at place: Int) -> String {
    "the byte 0x\(twoDigits(input.byte(at: place))), which is not valid UTF-8 here"
}

private func twoDigits(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16, uppercase: true)
    return text.utf8.count == 1 ? "0" + text : text
}
