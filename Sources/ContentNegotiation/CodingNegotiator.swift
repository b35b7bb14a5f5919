/// The choice between a server's content codings by `Accept-Encoding` (RFC 9110 section 12.5.3), with the same function
/// as that between media types.
///
/// A coding is weighed as an offer of its own, and so is `identity`, which is no coding. What the RFC adds is this:
/// `identity` is acceptable, after all others, unless the field names it or has `*`. Without the field, with an empty
/// one, and with one that has nothing well-formed, nothing but `identity` is acceptable. The RFC would allow everything
/// without a field, but clients that do not send it often cannot decode.
public struct CodingNegotiator: Sendable {
    /// The name that stands for no coding.
    public static let identity = "identity"

    /// The codings that the server can make, in its order of preference, without `identity`.
    public let codings: [String]
    private let negotiator: Negotiator

    /// The type that the names of codings get, because the function weighs media types.
    private static let type = "coding"

    /// A negotiator for some codings, such as `gzip`; `x-gzip` in a field means the same (RFC 9110 section 8.4.1.3).
    public init(codings: [String]) {
        self.codings = codings
        var policy = NegotiationPolicy.standard
        policy.aliases = codings.map { name in
            NegotiationPolicy.Alias(Self.mediaType("x-\(name)"), for: Self.mediaType(name))
        }
        negotiator = Negotiator(offers: (codings + [Self.identity]).map(Self.mediaType), policy: policy)
    }

    /// The names of what a client accepts, the best first, `identity` among them; empty if nothing on offer is
    /// acceptable.
    ///
    /// - Parameter acceptEncoding: The value of the field, several lines joined by commas; nil if there is no such
    ///   field.
    public func acceptable(acceptEncoding: String?) -> [String] {
        guard let acceptEncoding else { return [Self.identity] }
        let ranking = negotiator.decision(accept: Self.field(acceptEncoding).span).ranking
        var names: [String] = []
        var isIdentityNamed = false
        for ranked in ranking where ranked.range != nil {
            let isIdentity = ranked.index == codings.count
            if isIdentity { isIdentityNamed = true }
            if ranked.quality.isAcceptable { names.append(isIdentity ? Self.identity : codings[ranked.index]) }
        }
        if !isIdentityNamed { names.append(Self.identity) }
        return names
    }

    private static func mediaType(_ coding: String) -> MediaType {
        MediaType(type: type, subtype: coding)
    }

    /// The field as one of media ranges: `gzip;q=0.5, *` becomes `coding/gzip;q=0.5, *`.
    private static func field(_ acceptEncoding: String) -> [UInt8] {
        let bytes = Array(acceptEncoding.utf8)
        var field: [UInt8] = []
        field.reserveCapacity(bytes.count + 32)
        var isAtStart = true
        var isQuoted = false
        for (index, byte) in bytes.enumerated() {
            if isAtStart, !isSpaceByte(byte), byte != UInt8(ascii: ",") {
                isAtStart = false
                let hasSlash = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "/")
                if byte != UInt8(ascii: "*") || hasSlash { field += "\(type)/".utf8 }
            }
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: ","), !isQuoted { isAtStart = true }
            field.append(byte)
        }
        return field
    }
}
