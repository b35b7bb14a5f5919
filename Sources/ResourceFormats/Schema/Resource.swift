/// A typed value for one record; it can be read from a tape and written onto one.
///
/// For implementers:
/// - Declare the fields in an enum and compile them once: `static let schema = Schema(…, fields: Field.self)`.
/// - In `init(_:)` walk the members once with a `switch` over `Field` without a `default`. Keep members that are not in
///   the schema in an `UnknownMembers`, so that the fields of a newer server survive. Treat `null` in an optional field
///   as absent.
/// - In `write(to:)` begin the object of the field `.record`, append the known members in schema order and then the
///   unknown ones, and end the object. Elements of an array have the field `schema.elements(of:)`.
/// - Let the errors of `RecordView`'s accessors pass: the caller adds path and position.
public protocol Resource: Sendable {
    /// The fields, one case each.
    associatedtype Field: SchemaField

    /// The fields, compiled for readers and writers.
    static var schema: Schema { get }

    /// Reads the resource from a record.
    ///
    /// - Throws: `.wrongKind` or `.missingField`.
    init(_ record: RecordView) throws(SerializationError)

    /// Writes the resource onto an empty tape.
    ///
    /// - Throws: `.duplicateField` or `.depthLimit`, if unknown members cannot be part of the record.
    func write(to tape: inout RecordTape) throws(SerializationError)
}

extension SchemaField {
    // Inlinable: unspecialised, it takes a fifth of a typed read.
    /// The field with this number; nil for unknown places, for the record and for elements of arrays.
    @inlinable
    public init?(_ id: FieldID) {
        self.init(rawValue: id.rawValue)
    }
}

// MARK: - Reading

extension RecordView {
    /// The members of an object, as a walk.
    ///
    /// - Throws: `.wrongKind` for every other value.
    @_lifetime(copy self)
    public func members() throws(SerializationError) -> RecordChildren {
        guard kind == .object else { throw wrongKind(expected: "an object") }
        return children
    }

    /// The elements of an array, as a walk.
    ///
    /// - Throws: `.wrongKind` for every other value.
    @_lifetime(copy self)
    public func elements() throws(SerializationError) -> RecordChildren {
        guard kind == .array else { throw wrongKind(expected: "an array") }
        return children
    }

    /// The texts of an array of strings.
    ///
    /// - Throws: `.wrongKind` for every other value, and for elements that are not strings.
    public func strings() throws(SerializationError) -> [String] {
        var elements = try self.elements()
        var strings: [String] = []
        while elements.next() { strings.append(try elements.value.string()) }
        return strings
    }

    /// The error for a required member that is missing in this object.
    public func missing<Field: SchemaField>(_ field: Field) -> SerializationError {
        let name = field.declaration.name
        return SerializationError(
            .missingField, found: "no value", expected: "the required member \"\(name)\"", at: self, missing: name)
    }

    /// The error for a value of another kind than `expected`, such as `a string or an array`.
    public func unexpectedKind(expected: String) -> SerializationError {
        wrongKind(expected: expected)
    }
}

// MARK: - Writing

extension RecordTape {
    /// Appends unknown members to the innermost open object.
    ///
    /// - Throws: `.duplicateField` if a name occurs twice or is a known field of this object in `schema`; `.depthLimit`
    ///   if the record would be deeper than `Limits.default` allows, so that readers would refuse it.
    public mutating func append(_ members: UnknownMembers, schema: Schema) throws(SerializationError) {
        guard !members.isEmpty else { return }
        let scope = open.count > 0 ? nodes[Int(open[open.count - 1])].field : .unknown
        var tape = RecordTape()
        try members.read(onto: &tape, insideLevel: open.count)
        guard let object = tape.record else { return }
        var children = object.children
        while children.next() {
            guard let key = children.key else { continue }
            guard schema.field(named: key.text, in: scope) == .unknown else {
                throw SerializationError(
                    .duplicateField, found: "the known name \"\(excerpt(key.bytes))\" among unknown members",
                    expected: "names that the schema does not know")
            }
            append(children)
        }
    }
}
