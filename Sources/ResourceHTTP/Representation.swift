public import ContentNegotiation
public import ResourceFormats

/// One way in which a server can send a resource: a format, and what the response says about it.
public struct Representation: Sendable, Hashable {
    /// What reads and writes it.
    public let format: Format
    /// The value of `Content-Type`, such as `text/csv; charset=utf-8; header=present`.
    public let contentType: String
    /// Whether request bodies of the media type are read.
    public let isReadable: Bool
    /// What sets its entity tags apart from those of other representations of the same state.
    let tag: String

    /// A representation in a format.
    ///
    /// - Parameters:
    ///   - format: The format; its media type is what is offered.
    ///   - contentType: The value of `Content-Type`; nil for the media type, text with its charset (RFC 9110 section
    ///     8.3.2), which is always UTF-8.
    ///   - isReadable: Whether request bodies of the media type are read.
    public init(_ format: Format, contentType: String? = nil, isReadable: Bool = true) {
        self.format = format
        self.isReadable = isReadable
        self.contentType = contentType ?? format.mediaType.contentType
        tag = String(decoding: format.mediaType.description.utf8.flatMap(tagBytes), as: UTF8.self)
    }

    /// The media type that is offered.
    public var mediaType: MediaType { format.mediaType }

    /// What a server offers if nobody says otherwise, in its order of preference: `Format.negotiated`.
    ///
    /// CSV without a header row is sent and not read: nobody could say what its columns are.
    public static let standard = Format.negotiated.map {
        Representation($0, isReadable: $0 != .csv(CSVOptions(hasHeader: false)))
    }
}

/// A byte of a media type in an entity tag; separators confuse clients that split such fields.
///
/// What is neither usual nor a separator becomes its number, so that different media types have different tags.
private func tagBytes(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"),
        UInt8(ascii: "-"), UInt8(ascii: "_"):
        [byte]
    case UInt8(ascii: "/"), UInt8(ascii: ";"), UInt8(ascii: "="): [UInt8(ascii: ".")]
    default: Array("~\(byte)~".utf8)
    }
}

extension MediaType {
    /// The media type as it is sent: with a space after each semicolon, and for `text` with the charset first.
    var contentType: String {
        var text = "\(type)/\(subtype)"
        if type.utf8.elementsEqual("text".utf8), value(of: "charset") == nil { text += "; charset=utf-8" }
        for parameter in parameters {
            // A media type with one parameter spells its value as a field has it.
            let alone = MediaType(type: "x", subtype: "x", parameters: [parameter])
            text += "; " + String(decoding: alone.description.utf8.dropFirst("x/x;".utf8.count), as: UTF8.self)
        }
        return text
    }
}
