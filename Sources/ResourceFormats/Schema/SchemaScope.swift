/// The required and excluded fields of one kind of record, chosen by the value of a field, when a client creates it.
///
/// Declared as data next to the fields, in `SchemaField.scopes`.
public struct SchemaScope<Field: SchemaField>: Sendable {
    let discriminator: Field
    let value: String
    let isDefault: Bool
    let name: String
    let required: [Field]
    let excluded: [Field]
    let foreign: [Field]

    /// A scope.
    ///
    /// - Parameters:
    ///   - name: The name of a record of this scope, with its article: `a global resource`.
    ///   - discriminator: The field that selects the scope.
    ///   - value: The value of that field.
    ///   - isDefault: Whether a record without the field is of this scope.
    ///   - required: Fields that the record must have.
    ///   - excluded: Fields that the record must not have.
    ///   - foreign: Fields that are documented for other scopes only.
    public init(
        _ name: String, where discriminator: Field, is value: String, isDefault: Bool = false, required: [Field] = [],
        excluded: [Field] = [], foreign: [Field] = []
    ) {
        self.name = name
        self.discriminator = discriminator
        self.value = value
        self.isDefault = isDefault
        self.required = required
        self.excluded = excluded
        self.foreign = foreign
    }
}

extension Schema {
    /// A scope with its fields by number.
    package struct Scope: Sendable {
        package let name: String
        package let discriminator: FieldID
        package let value: String
        package let isDefault: Bool
        package let required: [FieldID]
        package let excluded: [FieldID]
        package let foreign: [FieldID]
    }
}

extension Schema.Scope {
    init<Field: SchemaField>(_ scope: SchemaScope<Field>) {
        name = scope.name
        discriminator = scope.discriminator.id
        value = scope.value
        isDefault = scope.isDefault
        required = scope.required.map(\.id)
        excluded = scope.excluded.map(\.id)
        foreign = scope.foreign.map(\.id)
    }
}
