extension Format {
    /// The formats of this package, the default first.
    ///
    /// The one list: tool, tests and negotiation read it.
    public static let builtIn: [Format] = [.json, .jsonLines, .hal, .xml, .csv]
}
