/// The kinds of value a schema can ask for.
public enum ValueKind: UInt8, BitwiseCopyable, Sendable {
    /// Text.
    case string
    /// A number of any size and form.
    case number
    /// True or false.
    case boolean
    /// Named members.
    case object
    /// Elements in order.
    case array

    /// Whether a node of this kind is what the schema asks for.
    @inline(__always)
    func matches(_ kind: TapeNode.Kind) -> Bool {
        switch self {
        case .string: kind == .string
        case .number: kind == .number
        case .boolean: kind == .bool
        case .object: kind == .object
        case .array: kind == .array
        }
    }
}

/// The fields of a resource: one case per field in schema order, and a declaration for each.
///
/// The raw values count from 0, so a `switch` over `Field(rawValue:)` is a jump table; and because `declaration` is an
/// exhaustive `switch`, a forgotten field does not compile.
public protocol SchemaField: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == UInt16 {
    /// Name, kind and parent of the field, and what its value has to be.
    var declaration: FieldDeclaration<Self> { get }

    /// What the kinds of record must have and must not have.
    static var scopes: [SchemaScope<Self>] { get }
}

extension SchemaField {
    /// All records are of one kind.
    public static var scopes: [SchemaScope<Self>] { [] }
}

extension SchemaField {
    /// The field's number on the tape.
    @inline(__always)
    public var id: FieldID { FieldID(rawValue: rawValue) }
}

/// What the schema says of one field.
public struct FieldDeclaration<Field: SchemaField>: Sendable {
    let name: String
    let kind: ValueKind
    let elements: ValueKind?
    let parent: Field?
    var constraints = ValueConstraints()

    /// A field that holds text.
    public static func string(_ name: String, in parent: Field? = nil) -> Self {
        Self(name: name, kind: .string, elements: nil, parent: parent)
    }

    /// A field that holds a number.
    public static func number(_ name: String, in parent: Field? = nil) -> Self {
        Self(name: name, kind: .number, elements: nil, parent: parent)
    }

    /// A field that holds true or false.
    public static func boolean(_ name: String, in parent: Field? = nil) -> Self {
        Self(name: name, kind: .boolean, elements: nil, parent: parent)
    }

    /// A field that holds an object; its members name it as their parent.
    public static func object(_ name: String, in parent: Field? = nil) -> Self {
        Self(name: name, kind: .object, elements: nil, parent: parent)
    }

    /// A field that holds an array; members of object elements name it as their parent.
    public static func array(_ name: String, of elements: ValueKind, in parent: Field? = nil) -> Self {
        Self(name: name, kind: .array, elements: elements, parent: parent)
    }
}
