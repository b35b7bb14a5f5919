/// A kind of value that a schema can require.
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

    /// Whether a node of kind `kind` is a value of this kind.
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
    /// The field's name, kind and parent, and the rules for its value.
    var declaration: FieldDeclaration<Self> { get }

    /// The kinds of record that differ in their required and excluded fields.
    static var scopes: [SchemaScope<Self>] { get }
}

extension SchemaField {
    /// No scopes: all records have the same fields.
    public static var scopes: [SchemaScope<Self>] { [] }
}

extension SchemaField {
    /// The field's number on the tape.
    @inline(__always)
    public var id: FieldID { FieldID(rawValue: rawValue) }
}

/// The declaration of one field.
public struct FieldDeclaration<Field: SchemaField>: Sendable {
    let name: String
    let kind: ValueKind
    let elements: ValueKind?
    let parent: Field?
    var constraints = ValueConstraints()
    /// The constraints of an array's elements.
    var elementConstraints = ValueConstraints()
    /// The values of an object whose names are free.
    var values: MapValues?
    /// The object whose members this object, or each element of this array, has too.
    var likeness: Likeness?

    /// Whose members an object has.
    enum Likeness: Sendable {
        case record
        case field(Field)
    }

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

    /// A field that holds an object; the members of the object name this field as their parent.
    public static func object(_ name: String, in parent: Field? = nil) -> Self {
        Self(name: name, kind: .object, elements: nil, parent: parent)
    }

    /// A field that holds an array; if the elements are objects, their members name this field as their parent.
    public static func array(_ name: String, of elements: ValueKind, in parent: Field? = nil) -> Self {
        Self(name: name, kind: .array, elements: elements, parent: parent)
    }

    /// A field that holds an array whose elements follow the rules of `elements`; the name of that declaration is not
    /// used.
    ///
    ///     .array("tags", of: .string("tag").length(1...20))
    public static func array(_ name: String, of elements: Self, in parent: Field? = nil) -> Self {
        var declaration = Self(name: name, kind: .array, elements: elements.kind, parent: parent)
        declaration.elementConstraints = elements.constraints
        return declaration
    }

    /// A field that holds a date, such as `2026-11-26`, as text.
    public static func date(_ name: String, in parent: Field? = nil) -> Self {
        string(name, in: parent).changing { $0.dateForm = .date }
    }

    /// A field that holds a date and a time with its offset, such as `2026-11-26T19:30:00Z`, as text.
    public static func dateTime(_ name: String, in parent: Field? = nil) -> Self {
        string(name, in: parent).changing { $0.dateForm = .dateTime }
    }

    /// A field that holds an object whose names are free, and whose values follow the rules of `values`; the name of that
    /// declaration is not used.
    ///
    ///     .map("labels", of: .string("label").length(1...63))
    ///
    /// The validator checks the values, which are strings, numbers or booleans. Formats carry them as they carry unknown
    /// members, so CSV and XML tag a string that reads as a number.
    public static func map(_ name: String, of values: Self, in parent: Field? = nil) -> Self {
        var declaration = Self(name: name, kind: .object, elements: nil, parent: parent)
        declaration.values = MapValues(kind: values.kind, constraints: values.constraints)
        return declaration
    }

    /// The same object, or array of objects, with the members of another object or of another array's elements.
    ///
    /// The other field may be one that contains this one, so that objects are inside objects of the same form.
    public func withMembers(of field: Field) -> Self {
        var declaration = self
        declaration.likeness = .field(field)
        return declaration
    }

    /// The same object, or array of objects, with the members of a record.
    public func withMembersOfRecord() -> Self {
        var declaration = self
        declaration.likeness = .record
        return declaration
    }
}

/// The kind of an object's values, and the rules for them, where the names are free.
package struct MapValues: Sendable {
    package let kind: ValueKind
    package let constraints: ValueConstraints
}

/// A declaration whose parent is the index of another one, so that it does not depend on the type of the fields.
struct DeclaredField {
    let name: String
    let kind: ValueKind
    let elements: ValueKind?
    /// The index of the object, or of the array of objects, that the field is in; nil for the record.
    let parent: Int?
    var constraints = ValueConstraints()
    /// The constraints of an array's elements.
    var elementConstraints = ValueConstraints()
    /// The values of the object, or of the array's elements, where their names are free.
    var values: MapValues?
    /// The object whose members this one has too.
    var likeness: Likeness?

    /// Whose members an object has.
    enum Likeness {
        case record
        /// An object, or the elements of an array, by its index.
        case field(Int)
    }
}

extension DeclaredField {
    init<Field>(_ declaration: FieldDeclaration<Field>) {
        self.init(
            name: declaration.name, kind: declaration.kind, elements: declaration.elements,
            parent: declaration.parent.map { Int($0.rawValue) }, constraints: declaration.constraints,
            elementConstraints: declaration.elementConstraints, values: declaration.values,
            likeness: declaration.likeness.map { likeness in
                switch likeness {
                case .record: .record
                case .field(let field): .field(Int(field.rawValue))
                }
            })
    }
}
