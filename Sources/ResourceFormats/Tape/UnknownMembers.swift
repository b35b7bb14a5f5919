/// Members that the schema does not know, kept as compact JSON so that a newer server's fields survive.
///
/// Order, number text and nesting stay as they were.
public struct UnknownMembers: Hashable, Sendable {
    /// `"name":value,"name":value` without the braces.
    private(set) var members: [UInt8] = []

    /// No members.
    public init() {}

    /// The members of a JSON object, `{"region":"eu"}`.
    ///
    /// - Throws: What the JSON reader throws for text that is no object.
    public init(json: String) throws(SerializationError) {
        let bytes = Array(json.utf8)
        var tape = RecordTape()
        try Self.read(bytes, onto: &tape)
        guard let record = tape.record else { return }
        var children = record.children
        while children.next() {
            if let key = children.key { append(key: key.bytes, value: children.value) }
        }
    }

    /// Puts the members, as those of one object, onto a tape.
    func read(onto tape: inout RecordTape) throws(SerializationError) {
        try Self.read([0x7B] + members + [0x7D], onto: &tape)
    }

    private static func read(_ bytes: [UInt8], onto tape: inout RecordTape) throws(SerializationError) {
        var parser = JSONParser(schema: .withoutFields, limits: .default)
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

    /// Whether there are none.
    public var isEmpty: Bool { members.isEmpty }

    /// The members as a JSON object.
    public var json: String { "{" + String(decoding: members, as: UTF8.self) + "}" }

    /// Adds one member; `value` stands on a tape of any schema.
    mutating func append(key: ByteView, value: RecordView, schema: Schema = .withoutFields) {
        var output = OutputBuffer(minimumCapacity: 256)
        if !members.isEmpty { output.append(0x2C) }
        JSONText.appendString(key, to: &output)
        output.append(0x3A)
        guard (try? JSONValueWriter(schema: schema).write(value, to: &output)) != nil else { return }
        members += output.bytes.view.array()
    }

    /// Adds all of `other`.
    mutating func append(_ other: UnknownMembers) {
        guard !other.isEmpty else { return }
        if !members.isEmpty { members.append(0x2C) }
        members += other.members
    }
}

extension Schema {
    private enum NoField: UInt16, SchemaField, CaseIterable {
        case none
        var declaration: FieldDeclaration<Self> { .string("") }
        static var allCases: [NoField] { [] }
    }

    /// A schema that knows no field.
    static let withoutFields = Schema("object", plural: "objects", fields: NoField.self)
}
