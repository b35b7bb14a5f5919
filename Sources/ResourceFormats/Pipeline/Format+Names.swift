public import ContentNegotiation

/// Formats by their names, file extensions and media types: one table for the tool, servers and other programs.
extension Format {
    /// The format with a short name, such as `csv`, or another name, such as `ndjson`; nil if there is none.
    ///
    /// - Parameters:
    ///   - name: The name, compared without ASCII case.
    ///   - formats: The formats to choose from.
    public init?(name: String, among formats: [Format] = Format.known) {
        guard
            let format = formats.first(where: { format in
                ([format.name] + format.traits.aliases).contains { ASCII.isEqualIgnoringCase($0, name) }
            })
        else { return nil }
        self = format
    }

    /// The format of files with an extension; nil if there is none.
    ///
    /// - Parameters:
    ///   - fileExtension: The extension without the dot, compared without ASCII case.
    ///   - formats: The formats to choose from.
    public init?(fileExtension: String, among formats: [Format] = Format.known) {
        guard
            let format = formats.first(where: { format in
                format.fileExtensions.contains { ASCII.isEqualIgnoringCase($0, fileExtension) }
            })
        else { return nil }
        self = format
    }

    /// The format for reading a body with this `Content-Type`; nil if there is none.
    ///
    /// A parameter that distinguishes formats, such as `header` of CSV, chooses among them; without it the first format
    /// of that type is chosen. `charset` must be UTF-8, except for XML, which is then read in that encoding. Other
    /// parameters are ignored.
    ///
    /// - Parameters:
    ///   - contentType: The value of the field, such as `text/csv; header=absent`.
    ///   - formats: The formats to choose from.
    ///   - takesSuffixes: Whether a type that is not known is read as JSON or XML if its name ends in `+json` or `+xml`
    ///     (RFC 6839).
    public init?(contentType: String, among formats: [Format] = Format.known, takesSuffixes: Bool = false) {
        guard let mediaType = MediaType(contentType) else { return nil }
        self.init(mediaType: mediaType, among: formats, takesSuffixes: takesSuffixes)
    }

    /// The format for reading a body of this media type; nil if there is none.
    ///
    /// The rules are those of `init(contentType:among:takesSuffixes:)`.
    public init?(mediaType: MediaType, among formats: [Format] = Format.known, takesSuffixes: Bool = false) {
        let offers = formats.flatMap { format in
            ([format.mediaType] + format.traits.otherMediaTypes).map { (format: format, mediaType: $0) }
        }
        var wanted = mediaType
        var index = wanted.index(among: offers.map(\.mediaType))
        if index == nil, takesSuffixes, let plus = mediaType.subtype.utf8.lastIndex(of: UInt8(ascii: "+")) {
            let suffix = String(mediaType.subtype[mediaType.subtype.utf8.index(after: plus)...])
            wanted = MediaType(type: "application", subtype: suffix, parameters: mediaType.parameters)
            index = wanted.index(among: offers.map(\.mediaType))
        }
        guard let index else { return nil }
        guard let charset = mediaType.value(of: "charset") else {
            self = offers[index].format
            return
        }
        guard let format = offers[index].format.inCharset(charset) else { return nil }
        self = format
    }

    /// The format for reading documents in the charset that a protocol gives; nil if the format cannot be read in it.
    public func inCharset(_ charset: String) -> Format? {
        if let fromEncoding = traits.fromEncoding { return fromEncoding(charset) }
        let isUTF8 = ["utf-8", "utf8", "us-ascii"].contains { ASCII.isEqualIgnoringCase(charset, $0) }
        return isUTF8 ? self : nil
    }
}
