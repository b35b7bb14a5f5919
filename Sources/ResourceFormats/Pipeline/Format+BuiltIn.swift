public import ContentNegotiation

extension Format {
    /// The formats of this package, the default first.
    ///
    /// The one list: tool, tests and negotiation read it.
    public static let builtIn: [Format] = [.json, .jsonLines, .hal, .xml, .csv]

    /// Names that one of these formats uses for what is around the records of a page.
    ///
    /// None of a page's other members can have one in any of them: HAL is told from JSON by its names alone.
    static let reservedPageMembers: [String] = builtIn.flatMap(\.traits.reservedPageMembers)

    /// The formats that a server offers if nobody says otherwise, in its order of preference.
    ///
    /// Both names of XML, and CSV with and without a header row: `text/csv` alone gets the header row, for it is first.
    public static let negotiated: [Format] = [
        .json, .hal, .xml, .textXML, .csv, .csv(CSVOptions(hasHeader: false)),
    ]

    /// The media types of `negotiated`.
    public static let negotiationOffers: [MediaType] = negotiated.map(\.mediaType)
}
