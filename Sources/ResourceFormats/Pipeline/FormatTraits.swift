public import ContentNegotiation

/// The properties of a format, as data that is available without making a reader or writer.
///
///     FormatTraits(keepsMemberOrder: false, distinguishesShapes: false, pageMembers: .none)
public struct FormatTraits: Sendable {
    /// The members of a page that a format can carry.
    public enum PageMembers: Sendable {
        /// None: a page is written as a list.
        case none
        /// The total and the cursors only.
        case documented
        /// The total, the cursors and all others.
        case all
    }

    /// Other short names, such as `ndjson` for `jsonl`.
    public var aliases: [String]
    /// Other media types for the same bytes, such as `text/xml`.
    public var otherMediaTypes: [MediaType]
    /// Whether the members of an object keep their order; if not, they come back in an order of the format's own.
    public var keepsMemberOrder: Bool
    /// Names that a record's members cannot have because the format uses them, such as `_links` in HAL.
    public var reservedMembers: [String]
    /// Whether an item, a list and a page can be told apart.
    public var distinguishesShapes: Bool
    /// The members of a page that the format can carry.
    public var pageMembers: PageMembers
    /// Whether a writer can decide at the end of the document whether it is a list or a page.
    ///
    /// If not, and the shape of the input is only known at its end, the input is read twice.
    public var endsListsAsPages: Bool
    /// Whether a document may show only at its end that it is a page.
    public var showsPagesAtEnd: Bool
    /// Determines the shape of such a document from its last bytes; returns nil if they do not show it.
    ///
    /// This can save the first pass over the input.
    public var shapeAtEnd: (@Sendable (Span<UInt8>, Schema) -> DocumentShape?)?
    /// Whether the format can carry links that are not derived from a record.
    public var carriesLinks: Bool
    /// The format with an indented layout; nil if there is none.
    public var indented: (@Sendable () -> Format)?

    /// Whether a page begins differently from a list, so that the shape has to be known before the first record.
    var beginsPagesApart: Bool { distinguishesShapes && !endsListsAsPages }

    /// The given traits; the defaults suit a format like JSON that has one layout.
    public init(
        aliases: [String] = [], otherMediaTypes: [MediaType] = [], keepsMemberOrder: Bool = true,
        reservedMembers: [String] = [], distinguishesShapes: Bool = true, pageMembers: PageMembers = .all,
        endsListsAsPages: Bool = false, showsPagesAtEnd: Bool = false, carriesLinks: Bool = false,
        shapeAtEnd: (@Sendable (Span<UInt8>, Schema) -> DocumentShape?)? = nil,
        indented: (@Sendable () -> Format)? = nil
    ) {
        self.aliases = aliases
        self.otherMediaTypes = otherMediaTypes
        self.keepsMemberOrder = keepsMemberOrder
        self.reservedMembers = reservedMembers
        self.distinguishesShapes = distinguishesShapes
        self.pageMembers = pageMembers
        self.endsListsAsPages = endsListsAsPages
        self.showsPagesAtEnd = showsPagesAtEnd
        self.shapeAtEnd = shapeAtEnd
        self.carriesLinks = carriesLinks
        self.indented = indented
    }
}
