extension Schema {
    /// A schema without fields and links: every member of a record is unknown.
    ///
    /// - Parameters:
    ///   - name: The name of one record, which is also that of its XML element.
    ///   - pluralName: The plural of that name.
    public init(_ name: String, plural pluralName: String) {
        self.init(name, plural: pluralName, fields: NoField.self)
    }

    /// The same for names that a user has chosen.
    ///
    /// - Throws: `.notRepresentable` for names that XML's elements cannot have.
    package init(
        chosenName name: String, plural pluralName: String, hasPages: Bool
    ) throws(SerializationError) {
        do throws(SchemaFault) {
            try self.init(checking: name, plural: pluralName, fields: NoField.self)
        } catch {
            throw error.asError
        }
        self.hasPages = hasPages
    }

    /// The schema for objects that are not records, such as links and the members of a page.
    static let withoutFields = Schema("object", plural: "objects")

    /// Whether the schema declares links.
    package var hasLinks: Bool { links != nil }

    /// A fields' enum without fields: a raw type requires a case, but `allCases` is empty.
    private enum NoField: UInt16, SchemaField {
        case none

        var declaration: FieldDeclaration<Self> { .string("") }

        static var allCases: [NoField] { [] }
    }
}
