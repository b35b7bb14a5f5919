public import ContentNegotiation

extension Format {
    /// The formats of this package, the default first.
    ///
    /// The tool, the tests and negotiation all use this list.
    public static let builtIn: [Format] = [.json, .jsonLines, .hal, .xml, .csv]

    /// The formats that a server offers by default, in its order of preference.
    ///
    /// XML is offered under both of its names, and CSV with and without a header row. Plain `text/csv` gets the header
    /// row, because that offer comes first.
    public static let negotiated: [Format] = [
        .json, .hal, .xml, .textXML, .csv, .csv(CSVOptions(hasHeader: false)),
    ]

    /// The media types of `negotiated`.
    public static let negotiationOffers: [MediaType] = negotiated.map(\.mediaType)
}
