public import ContentNegotiation

extension Format {
    /// The formats of this package, the default first.
    ///
    /// The one list: tool, tests and negotiation read it.
    public static let builtIn: [Format] = [.json, .jsonLines, .hal, .xml, .csv]

    /// The formats that a server offers if nobody says otherwise, in its order of preference.
    ///
    /// Both names of XML, and CSV with and without a header row: `text/csv` alone gets the header row, for it is first.
    public static let negotiated: [Format] = [
        .json, .hal, .xml, .textXML, .csv, .csv(CSVOptions(hasHeader: false)),
    ]

    /// The media types of `negotiated`.
    public static let negotiationOffers: [MediaType] = negotiated.map(\.mediaType)
}
