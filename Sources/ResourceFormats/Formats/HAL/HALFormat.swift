import ContentNegotiation

/// How HAL is read and written.
public struct HALOptions: Hashable, Sendable {
    /// What links begin with, such as `https://api.example.com`; empty for links that are paths.
    ///
    /// A slash at its end is left out, because paths begin with one. A reader takes links with another beginning for
    /// foreign ones.
    public var baseURL: String
    /// Indented by two spaces instead of compact.
    public var isPretty: Bool
    /// A reader leaves `_links` in the records, as members like any other.
    public var keepsLinks: Bool

    /// The given options, or paths, compact, and links taken for what they are.
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
                endsListsAsPages: true, showsPagesAtEnd: true, carriesLinks: true,
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
