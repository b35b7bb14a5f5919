public import ResourceFormats

/// The resources of this package by name, for programs that convert records without their types.
public enum ResourceCatalog {
    /// The schema that is used if no resource is named.
    public static var defaultSchema: Schema { LargeLanguageModel.schema }

    /// All schemas, the default first.
    public static let schemas: [Schema] = [defaultSchema, AnyRecord.schema]

    /// The schema whose singular or plural name is `name`, byte for byte.
    public static func schema(named name: String) -> Schema? {
        let bytes = Array(name.utf8)
        return schemas.first { Array($0.name.utf8) == bytes || Array($0.pluralName.utf8) == bytes }
    }
}
