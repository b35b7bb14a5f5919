import ContentNegotiation
import ResourceFormats

/// A strong entity tag (RFC 9110 section 8.8.3), which identifies one representation of one state of a resource.
///
/// The state is identified by the application's own version, if it has one, or by a hash of the bytes that are sent.
/// The representation is identified by its media type, so the JSON and the CSV of one state have different tags. Equal
/// tags mean equal bytes, provided that an application's version identifies the whole state and that the same program
/// writes the bytes.
public struct EntityTag: Hashable, Sendable {
    /// The tag without its quotes.
    public let value: String

    /// The tag of a representation of the state `version`.
    ///
    /// Bytes that are not allowed in a tag are percent-encoded, so that different versions have different tags.
    init(version: String, _ representation: Representation) {
        var value: [UInt8] = []
        for byte in version.utf8 {
            switch byte {
            case 0x21, 0x23, 0x24, 0x26...0x7E: value.append(byte)
            default: value += "%\(hexadecimal(byte, digits: 2).uppercased())".utf8
            }
        }
        self.value = "\(String(decoding: value, as: UTF8.self))-\(representation.tag)"
    }

    /// The tag of a representation's bytes.
    init(content: Span<UInt8>, _ representation: Representation) {
        let hash = ContentHash(content)
        self.init(version: String(hash.high, radix: 36) + String(hash.low, radix: 36), representation)
    }

    /// The tag as it is written in a field, in quotes.
    public var fieldValue: String { "\"\(value)\"" }

    /// Whether a field such as `If-None-Match` names the tag: the tag is in its list, or the field is `*`.
    ///
    /// - Parameters:
    ///   - field: The value of the field, several lines joined by commas.
    ///   - isWeak: Whether `W/"x"` counts as `"x"`: it does for `If-None-Match`, and for `If-Match` by policy alone
    ///     (RFC 9110 section 13.1).
    ///   - policy: Which forms of the tag are accepted too.
    func isNamed(in field: String, isWeak: Bool, _ policy: EntityTagPolicy) -> Bool {
        let bytes = Array(field.utf8)
        var index = 0
        func skipSeparators() {
            while index < bytes.count, isSpaceByte(bytes[index]) || bytes[index] == 0x2C { index += 1 }
        }
        skipSeparators()
        if index < bytes.count, bytes[index] == UInt8(ascii: "*") { return true }
        while index < bytes.count {
            var isMarkedWeak = false
            if bytes[index] == UInt8(ascii: "W"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "/") {
                isMarkedWeak = true
                index += 2
            }
            // A malformed tag ends the list, because nothing after it is reliable.
            guard index < bytes.count, bytes[index] == 0x22,
                let end = bytes[(index + 1)...].firstIndex(of: 0x22)
            else { return false }
            if isWeak || !isMarkedWeak, policy.accepts(bytes[(index + 1)..<end], for: value) { return true }
            index = end + 1
            skipSeparators()
        }
        return false
    }
}
