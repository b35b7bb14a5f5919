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
    /// Names that other members of a page cannot have, because the format uses them for what is around the records:
    /// `_embedded` in HAL.
    public var reservedPageMembers: [String]
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
    /// Whether the last bytes show that a document is a page, if its beginning is that of a list; nil if they never do.
    ///
    /// This can shorten the first pass to the beginning of the input.
    public var showsPageAtEnd: (@Sendable (Span<UInt8>, Schema) -> Bool)?
    /// Where the last complete record in the middle of a list ends, or the next one begins.
    ///
    /// The second span is the beginning of the document's first record. Returns nil where nothing shows without parsing. It
    /// may be wrong: a part that begins and ends at such places is joined only if the part before it ended there. Nil itself
    /// if documents of the format cannot be read in parts.
    public var endOfRecords: (@Sendable (Span<UInt8>, _ firstRecord: Span<UInt8>, Schema) -> Int?)?
    /// What is between the records of a list; nil if the format has nothing around the records.
    public var fragments: RecordFragments?
    /// Whether the format can carry links that are not derived from a record.
    public var carriesLinks: Bool
    /// Whether the format has texts only, so that the kind of a value that no schema knows is told from its text.
    ///
    /// Whoever asks for a value of another kind may then take the text instead.
    public var infersKinds: Bool
    /// Whether an empty text means no value where a number or a boolean is asked for.
    public var takesEmptyAsAbsent: Bool
    /// The format with an indented layout; nil if there is none.
    public var indented: (@Sendable () -> Format)?

    /// The format with documents written in the encoding of that name.
    ///
    /// Returns nil for an unknown encoding; nil itself if the format is always UTF-8.
    public var inEncoding: (@Sendable (_ encoding: String) -> Format?)?
    /// The format with documents read in the encoding that a protocol gives, such as the `charset` of HTTP.
    ///
    /// Returns nil for an unknown encoding; nil itself if the format is always UTF-8.
    public var fromEncoding: (@Sendable (_ encoding: String) -> Format?)?
    /// The format with tables in a layout; nil if the format is no table.
    public var inLayout: (@Sendable (TableLayout) -> Format)?

    /// Whether a page begins differently from a list, so that the shape has to be known before the first record.
    var beginsPagesApart: Bool { distinguishesShapes && !endsListsAsPages }

    /// The given traits; the defaults suit a format like JSON that has one layout.
    public init(
        aliases: [String] = [], otherMediaTypes: [MediaType] = [], keepsMemberOrder: Bool = true,
        reservedMembers: [String] = [], reservedPageMembers: [String] = [], distinguishesShapes: Bool = true,
        pageMembers: PageMembers = .all, endsListsAsPages: Bool = false, showsPagesAtEnd: Bool = false,
        fragments: RecordFragments? = nil, carriesLinks: Bool = false, infersKinds: Bool = false,
        takesEmptyAsAbsent: Bool = false,
        shapeAtEnd: (@Sendable (Span<UInt8>, Schema) -> DocumentShape?)? = nil,
        showsPageAtEnd: (@Sendable (Span<UInt8>, Schema) -> Bool)? = nil,
        endOfRecords: (@Sendable (Span<UInt8>, _ firstRecord: Span<UInt8>, Schema) -> Int?)? = nil,
        indented: (@Sendable () -> Format)? = nil,
        inEncoding: (@Sendable (_ encoding: String) -> Format?)? = nil,
        fromEncoding: (@Sendable (_ encoding: String) -> Format?)? = nil,
        inLayout: (@Sendable (TableLayout) -> Format)? = nil
    ) {
        self.aliases = aliases
        self.otherMediaTypes = otherMediaTypes
        self.keepsMemberOrder = keepsMemberOrder
        self.reservedMembers = reservedMembers
        self.reservedPageMembers = reservedPageMembers
        self.distinguishesShapes = distinguishesShapes
        self.pageMembers = pageMembers
        self.endsListsAsPages = endsListsAsPages
        self.showsPagesAtEnd = showsPagesAtEnd
        self.shapeAtEnd = shapeAtEnd
        self.showsPageAtEnd = showsPageAtEnd
        self.endOfRecords = endOfRecords
        self.fragments = fragments
        self.carriesLinks = carriesLinks
        self.infersKinds = infersKinds
        self.takesEmptyAsAbsent = takesEmptyAsAbsent
        self.indented = indented
        self.inEncoding = inEncoding
        self.fromEncoding = fromEncoding
        self.inLayout = inLayout
    }
}
