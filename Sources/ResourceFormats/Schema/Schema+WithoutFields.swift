extension Schema {
    /// A schema that knows no field and no link: every member of a record is unknown.
    ///
    /// - Parameters:
    ///   - name: The name of one record, which is that of its XML element.
    ///   - pluralName: The name of several.
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

    /// The schema of objects that are not records, such as links and the members of a page.
    static let withoutFields = Schema("object", plural: "objects")

    /// Whether HAL links a record to anything.
    package var hasLinks: Bool { links != nil }

    /// An enum with a raw type has at least one case; here it is not among all cases.
    private enum NoField: UInt16, SchemaField {
        case none

        var declaration: FieldDeclaration<Self> { .string("") }

        static var allCases: [NoField] { [] }
    }
}
