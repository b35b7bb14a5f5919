/// A document without its records: its shape, and what stands around them.
///
/// A reader fills it as it reads. A writer gets one at the beginning, with the shape and the query, and one at the end,
/// with the page and the links.
public struct DocumentInfo: Sendable {
    /// What the document is; nil while a reader cannot tell.
    public var shape: DocumentShape?
    /// Whether a document that is a list so far may still turn out to be a page.
    ///
    /// In formats that tell the two apart only after the records.
    public var mayBecomePage: Bool
    /// What a page says about the collection; complete at the end.
    public var page: PageInfo?
    /// The links of the document itself that it does not imply; complete at the end.
    public var links: UnknownMembers
    /// The query of the request that the document answers, without the question mark; nil for none.
    public var query: String?
    /// What a user may want to know so far.
    public var notes: [Note]

    /// The given parts; without any, those of a document of which nothing is known.
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
