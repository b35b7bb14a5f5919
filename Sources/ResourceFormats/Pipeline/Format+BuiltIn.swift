public import ContentNegotiation

extension Format {
    /// The formats of this package, the default first.
    ///
    /// The tool and the tests use this list. XML is in it, and in the lists below, if the package is built with its trait
    /// `XML`, as it is by default.
    public static let builtIn: [Format] = [.json, .jsonLines, .hal] + xmlFormats.prefix(1) + [.csv]

    /// The formats that a user can ask for by name: those, and TSV, which is CSV with tabs.
    public static let named: [Format] = builtIn + [.tsv]

    #if XML
    /// XML under its names, the default first.
    private static let xmlFormats: [Format] = [.xml, .textXML]
    #else
    private static let xmlFormats: [Format] = []
    #endif

    private static let csvWithoutHeader = Format.csv(CSVOptions(hasHeader: false))

    /// The formats that are found by a name, a file extension or a media type: those with a name, and CSV without a header
    /// row, which has a media type of its own.
    public static let known: [Format] = named + [csvWithoutHeader]

    /// Names that one of these formats uses for what is around the records of a page.
    ///
    /// None of a page's other members can have one in any of them: HAL is told from JSON by its names alone.
    static let reservedPageMembers: [String] = builtIn.flatMap(\.traits.reservedPageMembers)

    /// The formats that a server offers by default, in its order of preference.
    ///
    /// XML is offered under both of its names, and CSV with and without a header row. Plain `text/csv` gets the header
    /// row, because that offer comes first.
    public static let negotiated: [Format] = [.json, .hal] + xmlFormats + [.csv, csvWithoutHeader]

    /// The media types of `negotiated`.
    public static let negotiationOffers: [MediaType] = negotiated.map(\.mediaType)
}
