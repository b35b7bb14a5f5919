/// Parses the records that are plain XML without libxml2, at several times its speed.
///
/// Plain is what writers of records write: elements in no namespace with ASCII names, the attributes `type` and
/// `xsi:nil` in their usual spelling, texts with references to the five predefined entities and to characters that need
/// them. Such a record means the same wherever it stands between others, so libxml2 need not see it. Anything else (a
/// comment, a CDATA section, another attribute, a tag that does not match, a number that is none, a name twice) makes
/// the parser step back: libxml2 then reads the record from its start, and refuses it if it has to. So this parser
/// never refuses anything, and whatever it takes is well-formed; tests hold both ways of reading against each other.
///
/// Texts without references stay where they are: the tape adopts the record's bytes.
struct XMLPlainParser: ~Copyable {
    /// Why a record was not parsed.
    enum Stop: Error {
        /// libxml2 has to look at it.
        case notPlain
        /// Its end is not there yet.
        case needsMoreInput
    }

    private let schema: Schema
    private let limits: Limits
    private let recordName: [UInt8]
    private let isUsable: Bool
    private var predictor: NamePredictor
    private var names = MemberNames()
    private var seenWords = SeenFieldWords()
    private var memberCount = 0
    var position = 0
    private(set) var recordStart = 0
    /// Whether `xsi` means what it usually means.
    var bindsSchemaInstance = false

    init(schema: Schema, limits: Limits) {
        self.schema = schema
        self.limits = limits
        recordName = Array(schema.name.utf8)
        predictor = NamePredictor(schema: schema, terminator: 0x3E)
        isUsable = schema.hasPlainXMLNames
    }

    /// Parses the record that begins at `start` with its `<`, and says where it ends.
    mutating func parseRecord(_ text: ByteView, from start: Int, into tape: inout RecordTape) throws(Stop) -> Int {
        guard isUsable else { throw .notPlain }
        recordStart = start
        position = start
        memberCount = 0
        names.removeAll()
        seenWords.removeAll()
        tape.removeAll()
        try expect(0x3C, text)
        try expectBytes(recordName.count, text)
        guard text.slice(position, count: recordName.count).isEqual(to: ByteView(recordName.span)) else {
            throw .notPlain
        }
        position &+= recordName.count
        tape.begin(.object, .record)
        if text.byte(at: position) == 0x2F {
            position &+= 1
            try expect(0x3E, text)
            tape.end()
        } else {
            try expect(0x3E, text)
            let tag = Tag(start: start, nameStart: start &+ 1, nameCount: recordName.count)
            try parseMembers(text, of: tag, field: .record, depth: 1, into: &tape)
        }
        tape.adoptSource(text.slice(start, count: position &- start), at: start)
        return position
    }

    /// A start tag whose end tag has to match.
    struct Tag {
        /// Where its `<` stands.
        let start: Int
        let nameStart: Int
        var nameCount: Int
        var kind: ValueKind?
        var isNil = false
        var isEmpty = false
    }

    // MARK: Members and elements

    /// Parses the members of an object, and the end tag.
    private mutating func parseMembers(
        _ text: ByteView, of tag: Tag, field: FieldID, depth: Int, into tape: inout RecordTape
    ) throws(Stop) {
        guard depth <= limits.depth else { throw .notPlain }
        let isScope = schema.isScope(field)
        let mark = names.mark
        var seen = SeenFields()
        var slot = isScope ? predictor.slot(forFirstOf: field) : -1
        while true {
            skipSpace(text)
            let start = position
            try expect(0x3C, text)
            if text.byte(at: position) == 0x2F { break }
            let member: FieldID
            var child: Tag
            if slot >= 0, let match = predictor.match(text, at: position, after: slot) {
                member = match.field
                child = Tag(start: start, nameStart: position, nameCount: match.count &- 1)
                position &+= match.count
                slot = member.index
            } else {
                child = Tag(start: start, nameStart: position, nameCount: 0)
                child.nameCount = try scanName(text)
                member =
                    isScope
                    ? schema.keys.find(text, from: child.nameStart, count: child.nameCount, in: field) : .unknown
                if member == .unknown {
                    try append(name: child, text, since: mark, into: &tape)
                } else {
                    if text.byte(at: position) == 0x3E { predictor.learn(member, after: slot) }
                    slot = member.index
                }
                try scanRestOfTag(text, &child)
            }
            if member != .unknown {
                guard seen.insert(schema.ordinal(of: member), &seenWords) else { throw .notPlain }
            }
            try parseValue(text, of: child, field: member, depth: depth, into: &tape)
        }
        try parseEndTag(text, of: tag)
        tape.end()
        names.close(mark)
        seen.close(&seenWords)
    }

    /// Parses the elements of an array, and the end tag.
    private mutating func parseItems(
        _ text: ByteView, of tag: Tag, field: FieldID, depth: Int, into tape: inout RecordTape
    ) throws(Stop) {
        guard depth <= limits.depth else { throw .notPlain }
        let element = schema.elements(of: field)
        while true {
            skipSpace(text)
            var child = Tag(start: position, nameStart: position &+ 1, nameCount: 4)
            try expect(0x3C, text)
            if text.byte(at: position) == 0x2F { break }
            try expectBytes(4, text)
            guard text.word(at: position, count: 4) == 0x6D65_7469 else { throw .notPlain }  // `item`
            position &+= 4
            try scanRestOfTag(text, &child)
            try parseValue(text, of: child, field: element, depth: depth, into: &tape)
        }
        try parseEndTag(text, of: tag)
        tape.end()
    }

    @inline(__always)
    private mutating func parseValue(
        _ text: ByteView, of tag: Tag, field: FieldID, depth: Int, into tape: inout RecordTape
    ) throws(Stop) {
        let source = tag.start &- recordStart
        if tag.isNil {
            tape.append(.null, field: field, source: source)
            return
        }
        switch tag.kind ?? schema.kind(of: field) {
        case .object:
            tape.begin(.object, field, source: source)
            if tag.isEmpty {
                guard depth < limits.depth else { throw .notPlain }
                tape.end()
            } else {
                try parseMembers(text, of: tag, field: field, depth: depth &+ 1, into: &tape)
            }
        case .array:
            tape.begin(.array, field, source: source)
            if tag.isEmpty {
                guard depth < limits.depth else { throw .notPlain }
                tape.end()
            } else {
                try parseItems(text, of: tag, field: field, depth: depth &+ 1, into: &tape)
            }
        case .string: try parseString(text, of: tag, field: field, into: &tape)
        case .number: try parseNumber(text, of: tag, field: field, into: &tape)
        case .boolean: try parseBoolean(text, of: tag, field: field, into: &tape)
        case nil: try parseAnything(text, of: tag, depth: depth, into: &tape)
        }
    }

    /// Parses an element that the schema does not know: members if its first child is an element, else text.
    private mutating func parseAnything(
        _ text: ByteView, of tag: Tag, depth: Int, into tape: inout RecordTape
    ) throws(Stop) {
        if !tag.isEmpty {
            let start = position
            skipSpace(text)
            guard position < text.count else { throw .needsMoreInput }
            let isElement = text.byte(at: position) == 0x3C && text.byte(at: position &+ 1) != 0x2F
            if isElement {
                guard position &+ 1 < text.count else { throw .needsMoreInput }
                tape.begin(.object, .unknown, source: tag.start &- recordStart)
                return try parseMembers(text, of: tag, field: .unknown, depth: depth &+ 1, into: &tape)
            }
            position = start
        }
        // Text that is not all there is no number yet; it then wants more as a string.
        if let number = NumberText.scanNumber(text, from: position), text.byte(at: number.end) == 0x3C {
            try parseNumber(text, of: tag, field: .unknown, into: &tape)
        } else if text.matchingPrefix(of: "true<", at: position) == 5
            || text.matchingPrefix(of: "false<", at: position) == 6
        {
            try parseBoolean(text, of: tag, field: .unknown, into: &tape)
        } else {
            try parseString(text, of: tag, field: .unknown, into: &tape)
        }
    }

    private mutating func append(
        name tag: Tag, _ text: ByteView, since mark: Int, into tape: inout RecordTape
    ) throws(Stop) {
        memberCount &+= 1
        guard memberCount <= XMLDocumentBuilder.mostMembers else { throw .notPlain }
        tape.append(.key, at: tag.nameStart &- recordStart, count: tag.nameCount, flags: .plain, field: .unknown)
        let source = text.slice(recordStart, count: text.count &- recordStart)
        guard names.insert(tape.nodes.count &- 1, since: mark, in: tape, source: source) else { throw .notPlain }
    }
}
