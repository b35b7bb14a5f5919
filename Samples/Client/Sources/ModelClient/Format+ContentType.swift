import ContentNegotiation
import ResourceFormats

extension Format {
    /// The format of a body with a `Content-Type`.
    ///
    /// - Throws: For a type that is missing or unknown, for CSV without a header row, whose columns nobody knows, and
    ///   for a charset other than UTF-8; XML says itself what it is in.
    init(contentType: String?) throws(ClientError) {
        guard let contentType, let mediaType = MediaType(contentType),
            let format = (Format.builtIn + Format.negotiated).first(where: {
                $0.mediaType.hasSameEssence(as: mediaType)
            }),
            format != .csv || mediaType.value(of: "header")?.lowercased() != "absent"
        else { throw ClientError.unknownFormat(contentType) }
        let charset = mediaType.value(of: "charset") ?? "utf-8"
        guard format == .xml || format == .textXML || ["utf-8", "us-ascii"].contains(charset) else {
            throw ClientError.unknownFormat(contentType)
        }
        self = format
    }
}
