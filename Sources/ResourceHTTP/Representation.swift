public import ContentNegotiation
public import ResourceFormats

/// One form in which a server can send a resource: a format with its `Content-Type`.
public struct Representation: Sendable, Hashable {
    /// The format that reads and writes the representation.
    public let format: Format
    /// The value of `Content-Type`, such as `text/csv; charset=utf-8; header=present`.
    public let contentType: String
    /// Whether request bodies of the media type are accepted.
    public let isReadable: Bool
    /// The part of an entity tag that distinguishes the representations of one state.
    let tag: String

    /// A representation in a format.
    ///
    /// - Parameters:
    ///   - format: The format; its media type is the offer.
    ///   - contentType: The value of `Content-Type`. Nil stands for the media type; for text it then includes the
    ///     charset, which is always UTF-8 (RFC 9110 section 8.3.2).
    ///   - isReadable: Whether request bodies of the media type are accepted.
    public init(_ format: Format, contentType: String? = nil, isReadable: Bool = true) {
        self.format = format
        self.isReadable = isReadable
        self.contentType = contentType ?? format.mediaType.contentType
        tag = String(decoding: format.mediaType.description.utf8.flatMap(tagBytes), as: UTF8.self)
    }

    /// The media type of the offer.
    public var mediaType: MediaType { format.mediaType }

    /// The representations that the API offers, in its order of preference: `Format.negotiated`.
    ///
    /// CSV without a header row is sent but not accepted, because its columns would be unknown.
    public static let standard = Format.negotiated.map {
        Representation($0, isReadable: $0 != .csv(CSVOptions(hasHeader: false)))
    }
}

/// A byte of a media type in an entity tag, without separators, which confuse clients that split such fields.
///
/// Any other unusual byte becomes its number, so that different media types have different tags.
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
    /// The value of `Content-Type`: the media type with a space after each semicolon and, for `text`, the charset
    /// first.
    var contentType: String {
        var text = "\(type)/\(subtype)"
        if type.utf8.elementsEqual("text".utf8), value(of: "charset") == nil { text += "; charset=utf-8" }
        for parameter in parameters {
            // A media type with only this parameter spells its value as in a field.
            let alone = MediaType(type: "x", subtype: "x", parameters: [parameter])
            text += "; " + String(decoding: alone.description.utf8.dropFirst("x/x;".utf8.count), as: UTF8.self)
        }
        return text
    }
}
