/// The query of the request that a list or page answers, for the links that lead back to that list or page.
///
/// Its percent-encoding is kept as received. Characters that no URI may contain are percent-encoded, so that a query
/// cannot end the link that contains it.
struct CollectionQuery: Sendable {
    private let text: [UInt8]

    /// - Parameter text: The query without its question mark.
    init(_ text: String) {
        var output = OutputBuffer()
        for byte in text.utf8 {
            if Self.mayStand(byte) { output.append(byte) } else { output.append(percentEncoded: byte) }
        }
        self.text = output.array()
    }

    /// The whole query with its question mark; empty without a query.
    var whole: String { text.isEmpty ? "" : "?" + String(decoding: text, as: UTF8.self) }

    /// The query without some parameters and with one added; begins with a question mark unless it is empty.
    ///
    /// - Parameters:
    ///   - names: The names of the parameters to remove.
    ///   - parameter: The parameter to add, as it is written in a query; nil for none.
    func without(_ names: [String], adding parameter: String? = nil) -> String {
        let names = names.map { Array($0.utf8) }
        var kept: [UInt8] = []
        for pair in text.split(separator: UInt8(ascii: "&")) {
            if names.contains(Self.name(of: pair)) { continue }
            kept.append(kept.isEmpty ? UInt8(ascii: "?") : UInt8(ascii: "&"))
            kept += pair
        }
        if let parameter {
            kept.append(kept.isEmpty ? UInt8(ascii: "?") : UInt8(ascii: "&"))
            kept += parameter.utf8
        }
        return String(decoding: kept, as: UTF8.self)
    }

    /// The name of a parameter, percent-decoded.
    private static func name(of pair: ArraySlice<UInt8>) -> [UInt8] {
        var name: [UInt8] = []
        var rest = pair.prefix { $0 != UInt8(ascii: "=") }
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count > 1,
                let high = ASCII.hexValue(rest[rest.startIndex]), let low = ASCII.hexValue(rest[rest.startIndex + 1])
            {
                name.append(UInt8(high << 4 | low))
                rest = rest.dropFirst(2)
            } else {
                name.append(byte)
            }
        }
        return name
    }

    /// Whether a byte is allowed in a query (RFC 3986 section 3.4).
    ///
    /// Brackets count as allowed, because clients do not encode them.
    private static func mayStand(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x22, 0x23, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x7F...: false
        default: true
        }
    }
}
