public import ResourceFormats

/// A book of a library, as its API returns it.
public struct Book: Hashable, Sendable {
    /// The identifier, which the server sets.
    public var id: String?
    /// The title on the cover.
    public var title: String
    /// The names of the authors.
    public var authors: [String]?
    /// The language, as a code of two letters.
    public var language: String?
    /// The number of pages.
    public var pages: Number?
    /// Whether somebody has it.
    public var isLent: Bool?
    /// Who published it.
    public var publisher: Publisher?
    /// The copies on the shelves.
    public var copies: [Copy]?
    /// Members that the fields do not cover, such as those of a newer server.
    public var unknownMembers = UnknownMembers()

    /// Who published a book.
    public struct Publisher: Hashable, Sendable {
        /// The name.
        public var name: String?
        /// The city.
        public var city: String?
        /// Other members.
        public var unknownMembers = UnknownMembers()
    }

    /// One copy of a book.
    public struct Copy: Hashable, Sendable {
        /// The shelf that it stands on.
        public var shelf: String?
        /// `new`, `used` or `damaged`.
        public var condition: String?
        /// Other members.
        public var unknownMembers = UnknownMembers()

        /// A copy.
        public init(shelf: String? = nil, condition: String? = nil) {
            self.shelf = shelf
            self.condition = condition
        }
    }

    /// A book with a title alone.
    public init(title: String) {
        self.title = title
    }
}
