/// What one kind of record, told by the value of a field, must have and must not have when a client makes it.
///
/// Declared as data beside the fields, in `SchemaField.scopes`.
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
    ///   - name: What a record of this scope is called, with its article: `a global resource`.
    ///   - discriminator: The field that tells the scope.
    ///   - value: What the field says.
    ///   - isDefault: Whether a record without the field is of this scope.
    ///   - required: Fields that it must have.
    ///   - excluded: Fields that it must not have.
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
    /// A scope with fields by number.
    package struct Scope: Sendable {
        package let name: String
        package let discriminator: FieldID
        package let value: String
        package let isDefault: Bool
        package let required: [FieldID]
        package let excluded: [FieldID]
        package let foreign: [FieldID]

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
}
