import ContentNegotiation

/// Options for reading and writing HAL.
public struct HALOptions: Hashable, Sendable {
    /// The prefix of links, such as `https://api.example.com`; empty for links that are paths.
    ///
    /// A slash at its end is left out, because paths begin with one. For a reader, links with another prefix are
    /// foreign.
    public var baseURL: String
    /// Whether the output is indented by two spaces instead of compact.
    public var isPretty: Bool
    /// Whether a reader keeps `_links` in the records, as an ordinary member.
    public var keepsLinks: Bool

    /// The given options; by default links are paths, the layout is compact, and `_links` are not kept as a member.
    public init(baseURL: String = "", isPretty: Bool = false, keepsLinks: Bool = false) {
        self.baseURL = baseURL
        self.isPretty = isPretty
        self.keepsLinks = keepsLinks
    }
}

extension Format {
    /// `application/hal+json`: JSON with links (draft-kelly-json-hal-11).
    public static let hal = hal(HALOptions())

    /// `application/hal+json` with options.
    public static func hal(_ options: HALOptions) -> Format {
        Format(
            name: "hal", mediaType: MediaType(type: "application", subtype: "hal+json"), fileExtensions: ["hal"],
            traits: FormatTraits(
                reservedMembers: ["_links"], reservedPageMembers: ["items", "_links", "_embedded"],
                endsListsAsPages: true, showsPagesAtEnd: true, fragments: .separatedByCommas, carriesLinks: true,
                showsPageAtEnd: { HALTail.showsPage(ByteView($0), schema: $1) },
                endOfRecords: { bytes, first, _ in
                    JSONParts.startOfLastRecord(ByteView(bytes), firstRecord: ByteView(first))
                },
                indented: {
                    var indented = options
                    indented.isPretty = true
                    return hal(indented)
                }),
            reader: { HALReader(schema: $0, limits: $1, options: options) },
            writer: { HALWriter(schema: $0, limits: $1, options: options) })
    }
}
