/// A strong entity tag (RFC 9110 section 8.8.3): what names one representation of one state of a resource.
///
/// The state is the application's own version, if it has one, or a hash of the bytes that are sent; the representation
/// is its media type. So the JSON and the CSV of one state have different tags, and equal tags mean equal bytes.
public struct EntityTag: Hashable, Sendable {
    /// The tag without its quotes.
    public let value: String

    /// The tag of a representation of the state `version`; characters that a tag cannot have are left out of it.
    init(version: String, _ representation: Representation) {
        let allowed = version.utf8.filter { $0 == 0x21 || (0x23...0x7E).contains($0) }
        value = "\(String(decoding: allowed, as: UTF8.self))-\(representation.tag)"
    }

    /// The tag of a representation's bytes.
    init(content: Span<UInt8>, _ representation: Representation) {
        let (one, other) = ContentHash.hash(content)
        self.init(version: String(one, radix: 36) + String(other, radix: 36), representation)
    }

    /// The tag as a field has it, in quotes.
    public var fieldValue: String { "\"\(value)\"" }

    /// Whether a field such as `If-None-Match` names the tag: it is in its list, or the field is `*`.
    ///
    /// - Parameters:
    ///   - field: The field's value, several lines joined by commas.
    ///   - isWeak: Whether `W/"x"` counts as `"x"`: it does for `If-None-Match`, and never for `If-Match` (RFC 9110
    ///     section 13.1).
    func isNamed(in field: String, isWeak: Bool) -> Bool {
        let bytes = Array(field.utf8)
        var index = 0
        func skipSeparators() {
            while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x2C {
                index += 1
            }
        }
        skipSeparators()
        if index < bytes.count, bytes[index] == UInt8(ascii: "*") { return true }
        while index < bytes.count {
            var isMarkedWeak = false
            if bytes[index] == UInt8(ascii: "W"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "/") {
                isMarkedWeak = true
                index += 2
            }
            // What is no tag ends the list: nothing behind it can be trusted.
            guard index < bytes.count, bytes[index] == 0x22,
                let end = bytes[(index + 1)...].firstIndex(of: 0x22)
            else { return false }
            if isWeak || !isMarkedWeak, bytes[(index + 1)..<end].elementsEqual(value.utf8) { return true }
            index = end + 1
            skipSeparators()
        }
        return false
    }
}

/// A hash of 128 bits, equal on every machine and in every process.
///
/// It is fast and spreads well, and keeps nobody out who wants two contents with one hash: an entity tag only tells a
/// server's own contents apart.
enum ContentHash {
    static func hash(_ bytes: Span<UInt8>) -> (UInt64, UInt64) {
        var one: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
        var other: UInt64 = 0xC2B2_AE3D_27D4_EB4F
        var index = 0
        while index &+ 16 <= bytes.count {
            one = mix(one ^ word(bytes, index), 0xA076_1D64_78BD_642F ^ word(bytes, index &+ 8))
            other = mix(other ^ word(bytes, index &+ 8), 0xE703_7ED1_A0B4_28DB ^ word(bytes, index))
            index &+= 16
        }
        var rest: (UInt64, UInt64) = (0, 0)
        while index < bytes.count {
            rest = (rest.0 << 8 | rest.1 >> 56, rest.1 << 8 | UInt64(bytes[index]))
            index &+= 1
        }
        one = mix(one ^ rest.0, 0x8EBC_6AF0_9C88_C6E3 ^ rest.1)
        other = mix(other ^ rest.1, 0x5899_65CC_7537_4CC3 ^ rest.0)
        return (mix(one, 0x1D8E_4E27_C47D_124F ^ other), mix(other, 0xEB44_ACCA_B455_D165 ^ one))
    }

    /// Both halves of the full product, folded.
    @inline(__always)
    private static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: other)
        return product.high ^ product.low
    }

    /// Eight bytes, the first one lowest.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ index: Int) -> UInt64 {
        var word: UInt64 = 0
        for offset in 0..<8 { word |= UInt64(bytes[index &+ offset]) << UInt64(8 &* offset) }
        return word
    }
}
