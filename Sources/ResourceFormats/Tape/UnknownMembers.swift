/// Members that are not in the schema, kept as compact JSON so that the fields of a newer server survive.
///
/// Order, number text and nesting are kept.
public struct UnknownMembers: Hashable, Sendable {
    /// `"name":value,"name":value` without the braces.
    private(set) var members: [UInt8] = []

    /// No members.
    public init() {}

    /// The members of a JSON object such as `{"region":"eu"}`.
    ///
    /// - Throws: The errors of the JSON reader, for text that is not an object.
    public init(json: String) throws(SerializationError) {
        let bytes = Array(json.utf8)
        var tape = RecordTape()
        try Self.read(bytes, limits: .default, onto: &tape)
        guard let record = tape.record else { return }
        var children = record.children
        while children.next() {
            if let key = children.key { append(key: key.bytes, value: children.value) }
        }
    }

    /// Reads the members onto a tape, as those of one object.
    func read(onto tape: inout RecordTape) throws(SerializationError) {
        try read(onto: &tape, insideLevel: 1)
    }

    /// Reads the members onto a tape of their own, as those of an object that is `level` deep in its record.
    ///
    /// - Throws: `.depthLimit` or `.duplicateField`, without a place, because there is no input that the user could
    ///   look at.
    func read(onto tape: inout RecordTape, insideLevel level: Int) throws(SerializationError) {
        do throws(SerializationError) {
            let depth = Limits.default.depth
            try Self.read([0x7B] + members + [0x7D], limits: Limits(depth: depth + 1 - level), onto: &tape)
        } catch {
            guard error.code == .depthLimit else {
                throw SerializationError(error.code, found: error.found, expected: error.expected)
            }
            throw SerializationError(
                .depthLimit, found: "unknown members nested too deeply",
                expected: "at most \(Limits.default.depth) levels in a record")
        }
    }

    private static func read(
        _ bytes: [UInt8], limits: Limits, onto tape: inout RecordTape
    ) throws(SerializationError) {
        var parser = JSONParser(schema: .withoutFields, limits: limits)
        parser.isComplete = true
        do throws(ParseStop) {
            let input = ByteView(bytes.span)
            guard input.byte(at: 0) == 0x7B else {
                throw .refused(
                    SerializationError(.wrongShape, found: "another value", expected: "a JSON object", offset: 0))
            }
            _ = try parser.parseRecord(input, mayBePage: false, into: &tape)
            guard parser.position == input.count else {
                throw .refused(
                    SerializationError(
                        .unexpectedByte, found: describeCharacter(input, at: parser.position),
                        expected: "nothing after the object", offset: parser.position))
            }
            tape.adoptSource(input, at: 0)
        } catch .refused(let error) {
            throw error
        } catch {
            throw SerializationError(.unexpectedEnd, found: "the end of the text", expected: "a JSON object")
        }
    }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The members as a JSON object.
    public var json: String { "{" + String(decoding: members, as: UTF8.self) + "}" }

    /// Adds the current child of a walk, if it is an unknown member.
    public mutating func append(_ member: RecordChildren) {
        guard let key = member.key else { return }
        append(key: key.bytes, value: member.value)
    }

    /// Adds one member; `value` may be on a tape of any schema.
    mutating func append(key: ByteView, value: RecordView, schema: Schema = .withoutFields) {
        var output = OutputBuffer(minimumCapacity: 256)
        if !members.isEmpty { output.append(0x2C) }
        JSONText.appendString(key, to: &output)
        output.append(0x3A)
        guard (try? JSONValueWriter(forCheckedRecordsOf: schema).write(value, to: &output)) != nil else { return }
        members += output.array()
    }

    /// Adds all members of `other`.
    mutating func append(_ other: UnknownMembers) {
        guard !other.isEmpty else { return }
        if !members.isEmpty { members.append(0x2C) }
        members += other.members
    }
}
