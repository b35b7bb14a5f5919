#if XML
import ContentNegotiation

extension XMLOptions {
    /// Whether documents can be written in an encoding: libxml2 has a converter for it, and a reader can tell it from
    /// the first bytes of a document.
    public static func supports(encoding: String) -> Bool {
        EncodingName.isUTF8(encoding) || XMLOutputConverter(encoding: encoding) != nil
    }

    /// Whether documents in an encoding can be read: libxml2 has a converter for it.
    public static func supports(inputEncoding: String) -> Bool {
        EncodingName.isReadable(inputEncoding)
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
        let isUTF8 = EncodingName.isUTF8(options.encoding)
        var options = options
        if isUTF8 { options.encoding = "UTF-8" }
        let mediaType = MediaType(
            type: type, subtype: "xml", parameters: isUTF8 ? [] : [.init(name: "charset", value: options.encoding)])
        let settled = options
        @Sendable func with(_ change: (inout XMLOptions) -> Void) -> Format {
            var changed = settled
            change(&changed)
            return xml(type, changed)
        }
        let traits = FormatTraits(
            otherMediaTypes: [MediaType(type: type == "text" ? "application" : "text", subtype: "xml")],
            keepsMemberOrder: options.attributes.isEmpty, pageMembers: .documented, endsListsAsPages: true,
            showsPagesAtEnd: true,
            fragments: isUTF8 ? .adjacent : nil, infersKinds: true,
            shapeAtEnd: { XMLTail.shape(of: ByteView($0), XMLVocabulary(schema: $1, options: settled)) },
            endOfRecords: { bytes, _, schema in
                XMLTagSearch(endTagOf: settled.recordName ?? schema.name).lastEnd(in: ByteView(bytes))
            },
            indented: { with { $0.isPretty = true } },
            inEncoding: { name in XMLOptions.supports(encoding: name) ? with { $0.encoding = name } : nil },
            fromEncoding: { name in XMLOptions.supports(inputEncoding: name) ? with { $0.inputEncoding = name } : nil })
        let reader: @Sendable (Schema, Limits) -> XMLReader = { schema, limits in
            XMLReader(schema: schema, limits: limits, options: settled)
        }
        guard isUTF8 else {
            return Format(
                name: "xml", mediaType: mediaType, fileExtensions: ["xml"], traits: traits, reader: reader,
                writer: { XMLEncodedWriter(schema: $0, limits: $1, options: settled) })
        }
        return Format(
            name: "xml", mediaType: mediaType, fileExtensions: ["xml"], traits: traits, reader: reader,
            writer: { XMLWriter(schema: $0, limits: $1, options: settled) })
    }
}
#endif
