/// A document without its records: its shape, and the parts around the records.
///
/// A reader fills it as it reads. A writer receives one at the beginning, with the shape and the query, and one at the
/// end, with the page and the links.
public struct DocumentInfo: Sendable {
    /// The shape of the document; nil until a reader can determine it.
    public var shape: DocumentShape?
    /// Whether a document that is a list so far may still turn out to be a page.
    ///
    /// This is possible in formats that tell the two apart only after the records.
    public var mayBecomePage: Bool
    /// The members of a page; complete at the end.
    public var page: PageInfo?
    /// The links of the document itself that are not derived; complete at the end.
    public var links: UnknownMembers
    /// The query of the request that the document answers, without the question mark; nil for none.
    public var query: String?
    /// Notes for the user so far.
    public var notes: [Note]

    /// A document with the given parts; by default one of which nothing is known.
    public init(
        shape: DocumentShape? = nil, mayBecomePage: Bool = false, page: PageInfo? = nil,
        links: UnknownMembers = UnknownMembers(), query: String? = nil, notes: [Note] = []
    ) {
        self.shape = shape
        self.mayBecomePage = mayBecomePage
        self.page = page
        self.links = links
        self.query = query
        self.notes = notes
    }
}
