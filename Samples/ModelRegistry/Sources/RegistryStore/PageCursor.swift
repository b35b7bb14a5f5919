import Foundation

/// Where a page of models begins, as opaque text: what a client hands back to get the next or the previous page.
///
/// It carries all of the query, so that a link with nothing but the cursor goes on with it, and a sequence number
/// instead of a record's identifier, so it stays true when the record that it was made from is deleted.
public struct PageCursor: Sendable {
    /// Which way the page lies.
    public enum Direction: UInt8, Sendable {
        /// The records after `sequence`.
        case next
        /// The records before it.
        case previous
    }

    /// Which way the page lies.
    public let direction: Direction
    /// The record that the page lies after or before; it need not exist.
    public let sequence: Int64
    /// How many records a page has.
    public let limit: Int
    /// The project that the records belong to; nil for all.
    public let projectId: String?
    /// The reference that the records have; nil for all.
    public let referenceId: String?

    init(_ direction: Direction, of sequence: Int64, limit: Int, projectId: String?, referenceId: String?) {
        self.direction = direction
        self.sequence = sequence
        self.limit = limit
        self.projectId = projectId
        self.referenceId = referenceId
    }
}

// MARK: - Text

extension PageCursor {
    // Version, direction, then sequence and limit (seven bits a byte, the low ones first), then the filters: each a
    // length plus one, 0 for none, and its UTF-8. Last the CRC-32 of all that. All as base64url (RFC 4648 section 5).
    private static let version: UInt8 = 1

    /// The text: letters, digits, `-` and `_`.
    public var text: String {
        var bytes: [UInt8] = [Self.version, direction.rawValue]
        Self.append(UInt64(max(0, sequence)), to: &bytes)
        Self.append(UInt64(limit), to: &bytes)
        for filter in [projectId, referenceId] {
            let text = filter.map { Array($0.utf8) }
            Self.append(text.map { UInt64($0.count) + 1 } ?? 0, to: &bytes)
            bytes += text ?? []
        }
        let checksum = Self.checksum(of: bytes[...])
        for shift in stride(from: 24, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: checksum >> shift)) }
        return Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// A cursor from its text; nil for every text that `text` does not give, edited ones too.
    public init?(parsing text: String) {
        let isURLSafe = text.utf8.allSatisfy { byte in
            switch UInt8(byte) {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
            default: false
            }
        }
        guard isURLSafe else { return nil }
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64 + padding), data.count > 6, data.first == Self.version else {
            return nil
        }
        let bytes = Array(data)
        var checksum: UInt32 = 0
        for byte in bytes.suffix(4) { checksum = checksum << 8 | UInt32(byte) }
        var rest = bytes.dropLast(4)
        guard Self.checksum(of: rest) == checksum else { return nil }
        rest = rest.dropFirst()
        guard let direction = rest.popFirst().flatMap(Direction.init(rawValue:)),
            let sequence = Self.takeNumber(from: &rest).flatMap({ Int64(exactly: $0) }),
            let limit = Self.takeNumber(from: &rest).flatMap({ Int(exactly: $0) }), PageQuery.limits.contains(limit),
            let projectId = Self.takeFilter(from: &rest), let referenceId = Self.takeFilter(from: &rest), rest.isEmpty
        else { return nil }
        self.init(direction, of: sequence, limit: limit, projectId: projectId.text, referenceId: referenceId.text)
        // The same bytes can be spelled in several ways; only one of them is ours.
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }

    private struct Filter {
        let text: String?
    }

    private static func takeFilter(from bytes: inout ArraySlice<UInt8>) -> Filter? {
        guard let count = takeNumber(from: &bytes) else { return nil }
        if count == 0 { return Filter(text: nil) }
        guard count - 1 <= bytes.count else { return nil }
        let text = bytes.prefix(Int(count - 1))
        bytes = bytes.dropFirst(text.count)
        return String(validating: text, as: UTF8.self).map { Filter(text: $0) }
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func takeNumber(from bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: 0, to: 63, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            number |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return number }
        }
        return nil
    }

    /// The CRC-32 of ISO 3309: it notices every change within four bytes in a row.
    private static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        var remainder = UInt32.max
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 { remainder = remainder & 1 == 0 ? remainder >> 1 : remainder >> 1 ^ 0xEDB8_8320 }
        }
        return ~remainder
    }
}
