public import ResourceFormats

/// The resources of this package by name: what a program that converts without types can be asked for.
public enum ResourceCatalog {
    /// The schema of a program that is asked for no other.
    public static var defaultSchema: Schema { LargeLanguageModel.schema }

    /// All schemas, the default first.
    public static let schemas: [Schema] = [defaultSchema, AnyRecord.schema]

    /// The schema whose singular or plural name is `name`, byte for byte.
    public static func schema(named name: String) -> Schema? {
        let bytes = Array(name.utf8)
        return schemas.first { Array($0.name.utf8) == bytes || Array($0.pluralName.utf8) == bytes }
    }
}
