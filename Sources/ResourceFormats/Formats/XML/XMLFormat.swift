import ContentNegotiation

/// How XML is laid out.
public struct XMLOptions: Hashable, Sendable {
    /// Indented by two spaces instead of on one line.
    public var isPretty: Bool

    /// The given layout, or all on one line.
    public init(isPretty: Bool = false) {
        self.isPretty = isPretty
    }
}

extension Format {
    /// `application/xml`: an item, a list or a page (XML 1.0).
    public static let xml = xml(XMLOptions())

    /// `application/xml` with options.
    public static func xml(_ options: XMLOptions) -> Format {
        xml("application", options)
    }

    /// `text/xml`: the same bytes under the other media type that RFC 7303 registers.
    public static let textXML = textXML(XMLOptions())

    /// `text/xml` with options.
    public static func textXML(_ options: XMLOptions) -> Format {
        xml("text", options)
    }

    private static func xml(_ type: String, _ options: XMLOptions) -> Format {
        Format(
            name: "xml", mediaType: MediaType(type: type, subtype: "xml"), fileExtensions: ["xml"],
            traits: FormatTraits(
                otherMediaTypes: [MediaType(type: type == "text" ? "application" : "text", subtype: "xml")],
                pageMembers: .documented, endsListsAsPages: true, showsPagesAtEnd: true, infersKinds: true,
                shapeAtEnd: { XMLTail.shape(of: ByteView($0), schema: $1) },
                indented: { xml(type, XMLOptions(isPretty: true)) }),
            reader: { XMLReader(schema: $0, limits: $1) },
            writer: { XMLWriter(schema: $0, limits: $1, options: options) })
    }
}
