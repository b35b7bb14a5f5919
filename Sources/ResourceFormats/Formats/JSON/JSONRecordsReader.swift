/// Reads the records at a path of a JSON document, and checks the syntax of all that is around them.
///
/// It goes from token to token, so nothing of what is around the records has to fit into memory but single texts.
struct JSONRecordsReader: RecordReader, ~Copyable {
    private enum State {
        case start
        /// At a value.
        case value
        /// After the opening bracket or brace, or after a comma in an object.
        case firstElement
        case firstMember
        case member
        case colon
        case afterValue
        case afterDocument
    }

    private enum Refusal {
        /// A value where a record belongs.
        case record
        /// The end of an object without the member that the path names.
        case missingMember
    }

    private let path: RecordsPath
    private let nameField: FieldID
    private var parser: JSONParser
    private var envelope: JSONEnvelope
    private var state = State.start
    /// What was refused last, if reading can go on after it.
    private var refusal: Refusal?
    private var isInputComplete = false
    /// Whether the token at hand is a record.
    private var isInRecord = false

    var document: DocumentInfo {
        DocumentInfo(shape: .list, notes: envelope.note.map { [$0] } ?? [])
    }

    init(schema: Schema, limits: Limits, path: RecordsPath) {
        self.path = path
        nameField = path.nameMember.map { schema.field(named: $0.span, in: .record) } ?? .unknown
        parser = JSONParser(schema: schema, limits: limits)
        envelope = JSONEnvelope(path)
    }

    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        let bytes = ByteView(input)
        isInputComplete = isComplete
        refusal = nil
        do throws(ParseStop) {
            if state == .start { try begin(bytes, &position, &tape) }
            while true {
                isInRecord = false
                parser.isComplete = isComplete
                parser.position = bytes.indexAfterSpace(from: position)
                position = parser.position
                if state == .afterDocument {
                    guard position < bytes.count else {
                        if isComplete { return .end }
                        throw .needsMoreInput
                    }
                    throw unexpected(bytes, &tape, "nothing after the document")
                }
                let hasRecord = try readToken(bytes, &tape)
                position = parser.position
                if hasRecord { return .record }
            }
        } catch .refused(let error) {
            throw located(error)
        } catch {
            guard bytes.count - position > parser.limits.recordSize else { return .needsMoreInput }
            let noun = isInRecord ? "record" : "text"
            throw SerializationError(
                .recordLimit, found: "a \(noun) larger than \(parser.limits.recordSize) bytes",
                expected: "at most \(parser.limits.recordSize)", offset: position, path: pathOfToken)
        }
    }

    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        switch refusal {
        case nil: return .impossible
        case .missingMember:
            position += 1
            refusal = nil
            close()
            return .skippedBetweenRecords
        case .record:
            let skipper = RecordSkipper(
                ByteView(input), from: position, atMost: parser.limits.recordSize, isComplete: isComplete)
            let end = skipper.endOfChild(isMember: envelope.isInObject)
            guard case .found(let end, _) = end else { return end.progress }
            position = end
            refusal = nil
            state = .afterValue
            return .skipped
        }
    }

    // MARK: Tokens

    private mutating func begin(
        _ input: ByteView, _ position: inout Int, _ tape: inout RecordTape
    ) throws(ParseStop) {
        parser.position = position
        parser.isComplete = isInputComplete
        try parser.skipByteOrderMark(input)
        position = parser.position
        tape.removeAll()
        state = .value
    }

    /// Reads the token at the parser's position; true if it was a record.
    private mutating func readToken(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) -> Bool {
        let byte = input.byte(at: parser.position)
        switch state {
        case .firstElement where byte == 0x5D, .firstMember where byte == 0x7D:
            try readEnd(input, &tape)
        case .firstElement:
            // The bracket that closes an empty array may come.
            if parser.position == input.count, !isInputComplete { throw .needsMoreInput }
            envelope.moveToElement()
            state = .value
        case .value:
            return try readValue(input, &tape)
        case .firstMember, .member:
            try readName(input, &tape)
        case .colon:
            guard byte == 0x3A else { throw unexpected(input, &tape, "\":\" after the name") }
            parser.position += 1
            state = .value
        case .afterValue:
            if byte == (envelope.isInObject ? 0x7D : 0x5D) {
                try readEnd(input, &tape)
            } else if byte == 0x2C {
                parser.position += 1
                if envelope.isInObject {
                    state = .member
                } else {
                    envelope.moveToElement()
                    state = .value
                }
            } else {
                throw unexpected(
                    input, &tape,
                    envelope.isInObject ? "\",\" or \"}\" after the member" : "\",\" or \"]\" after the element")
            }
        case .start, .afterDocument: break
        }
        return false
    }

    private mutating func readName(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) {
        guard input.byte(at: parser.position) == 0x22 else { throw unexpected(input, &tape, "a member name in quotes") }
        let start = parser.position
        parser.start(&tape)
        try parser.parseString(input, kind: .key, field: .unknown, into: &tape)
        let isFirst = envelope.moveToMember(
            tape.textWhileBuilding(of: tape.nodes[0], source: input.slice(start, count: input.count - start)))
        guard isFirst else {
            state = .value  // For the path, which ends at the member.
            throw .refused(
                SerializationError(
                    .duplicateField, found: "the records' member a second time",
                    expected: "each name once in an object",
                    offset: start, path: "$"))
        }
        state = .colon
    }

    private mutating func readEnd(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) {
        if let error = envelope.missingMember {
            refusal = envelope.depth > path.countBeforeEach ? .missingMember : nil
            throw .refused(error.at(offset: parser.position, path: nil))
        }
        parser.position += 1
        close()
    }

    private mutating func close() {
        envelope.close()
        state = envelope.depth == 0 ? .afterDocument : .afterValue
    }

    private mutating func readValue(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) -> Bool {
        let byte = input.byte(at: parser.position)
        guard parser.position < input.count else { throw unexpected(input, &tape, "a JSON value") }
        switch envelope.place {
        case .outside:
            if byte == 0x7B || byte == 0x5B {
                try open(input, &tape)
            } else {
                try skipScalar(input, &tape)
                envelope.noteScalarOutside()
                state = .afterValue
            }
            return false
        case .container(let step):
            guard byte == (step == .eachElement ? 0x5B : 0x7B) else { throw wrongKind(input, step, &tape) }
            try open(input, &tape)
            return false
        case .records where byte == 0x5B:
            try open(input, &tape)
            return false
        case .records, .record:
            guard byte == 0x7B else { throw wrongKind(input, nil, &tape) }
            try readRecord(input, &tape)
            state = .afterValue
            return true
        }
    }

    private mutating func open(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) {
        guard envelope.depth < parser.limits.depth else {
            parser.start(&tape)
            throw parser.tooDeep(input, tape)
        }
        let isObject = input.byte(at: parser.position) == 0x7B
        envelope.open(isObject: isObject)
        parser.position += 1
        state = isObject ? .firstMember : .firstElement
    }

    private mutating func skipScalar(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) {
        let start = parser.position
        parser.start(&tape)
        try parser.parseValue(input, field: .unknown, depth: 1, into: &tape)
        // The digits may go on.
        if parser.position == input.count, !isInputComplete, tape.nodes[0].kind == .number {
            parser.position = start
            throw .needsMoreInput
        }
    }

    private mutating func readRecord(_ input: ByteView, _ tape: inout RecordTape) throws(ParseStop) {
        let start = parser.position
        refusal = .record
        isInRecord = true
        let end = min(input.count, start &+ parser.limits.recordSize)
        parser.isComplete = isInputComplete && end == input.count
        _ = try parser.parseRecord(input.slice(0, count: end), mayBePage: false, into: &tape)
        let source = input.slice(start, count: parser.position &- start)
        if let name = path.nameMember { try putName(name, onto: &tape, source) }
        tape.adoptSource(source, at: start)
        tape.path = envelope.pathOfChild
        refusal = nil
    }

    /// Gives a record the member with the name for which the last `*` stands.
    private mutating func putName(
        _ member: [UInt8], onto tape: inout RecordTape, _ source: ByteView
    ) throws(ParseStop) {
        let name = ByteView(member.span)
        if let other = tape.node(ofMember: nameField, named: name, source: source) {
            var path = RecordPath("$")
            path.append(key: name)
            throw .refused(
                SerializationError(
                    .duplicateField, found: "the member \"\(excerpt(name))\"",
                    expected: "a record without it: it gets its name in the document under this name",
                    offset: parser.recordStart + max(0, Int(tape.nodes[other].start) - 1), path: path.text))
        }
        let text = envelope.nameOfRecord
        tape.prepend(ByteView(text.span), to: nameField, named: name)
    }

    // MARK: Errors

    /// The path of the token at hand: of the value, or of the container around anything else.
    private var pathOfToken: String {
        state == .value || state == .colon ? envelope.pathOfChild : envelope.pathOfContainer
    }

    /// The error with its path in the document: the parser gives that in the value at hand.
    private func located(_ error: SerializationError) -> SerializationError {
        if error.code == .missingField { return error }
        return error.at(path: pathOfToken + (error.path ?? "$").dropFirst())
    }

    private mutating func unexpected(
        _ input: ByteView, _ tape: inout RecordTape, _ expected: String
    ) -> ParseStop {
        parser.start(&tape)
        return parser.stop(input, tape, .unexpectedByte, expected: expected)
    }

    /// The error for a value that does not lead to the records; `step` is the one that it lacks.
    private mutating func wrongKind(
        _ input: ByteView, _ step: RecordsPath.Step?, _ tape: inout RecordTape
    ) -> ParseStop {
        let byte = input.byte(at: parser.position)
        let found: String
        switch byte {
        case 0x7B: found = "an object"
        case 0x5B: found = "an array"
        case 0x22: found = "a string"
        case 0x2D, 0x30...0x39: found = "a number"
        case 0x74, 0x66: found = "a boolean"
        case 0x6E: found = "null"
        default: return unexpected(input, &tape, "a JSON value")
        }
        if envelope.depth > 0 { refusal = .record }
        var expected: String
        switch step {
        case .member(let name):
            expected = "an object with the member \"\(excerpt(ByteView(name.span)))\""
            if byte == 0x5B { expected += "; [*] in the path stands for each element" }
        case .eachMember: expected = byte == 0x5B ? "an object; [*] stands for each element" : "an object"
        case .eachElement: expected = byte == 0x7B ? "an array; * stands for each member" : "an array"
        case nil:
            if case .record = envelope.place {
                expected = "an object"
            } else {
                expected = "an object or an array of objects"
            }
        }
        return .refused(
            SerializationError(.wrongKind, found: found, expected: expected, offset: parser.position, path: "$"))
    }
}
