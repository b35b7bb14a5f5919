public import ResourceFormats

extension Book {
    /// The fields, in the order of the columns of a table.
    public enum Field: UInt16, SchemaField {
        case id, title, authors, language, pages, isLent
        case publisher, publisherName, publisherCity
        case copies, copyShelf, copyCondition

        /// Name, kind and parent, and the rules for the value.
        public var declaration: FieldDeclaration<Self> {
            switch self {
            case .id: .string("id").setByServer().required(in: .resource)
            case .title: .string("title").required(in: .resource, .create).described("The title on the cover.")
            case .authors: .array("authors", of: .string)
            case .language: .string("language").usuallyOneOf(["de", "en", "fr"])
            case .pages: .number("pages").integer(1...100_000)
            case .isLent: .boolean("isLent")
            case .publisher: .object("publisher")
            case .publisherName: .string("name", in: .publisher)
            case .publisherCity: .string("city", in: .publisher)
            case .copies: .array("copies", of: .object)
            case .copyShelf: .string("shelf", in: .copies)
            case .copyCondition: .string("condition", in: .copies).oneOf(["new", "used", "damaged"])
            }
        }
    }
}
