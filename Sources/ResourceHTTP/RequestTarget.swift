import ResourceFormats

/// The parts of a request's path and query that matter for negotiation (RFC 9110 section 4.1, RFC 3986 section 3.4).
enum RequestTarget {
    /// The path, without the query.
    static func path(_ target: String) -> String {
        String(decoding: target.utf8.prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self)
    }

    /// The query as received, without the question mark; nil if there is none or it is empty.
    static func query(_ target: String) -> String? {
        let query = target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
        return query.isEmpty ? nil : String(decoding: query, as: UTF8.self)
    }

    /// The first value of a query parameter, percent-decoded; nil if there is none or it is empty.
    ///
    /// A plus sign stands for itself, so that `format=application/hal+json` works without encoding.
    static func value(of name: String, in target: String) -> String? {
        guard let start = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        for pair in target.utf8[start...].dropFirst().split(separator: UInt8(ascii: "&")) {
            let key = pair.prefix { $0 != UInt8(ascii: "=") }
            guard decoded(key).elementsEqual(name.utf8) else { continue }
            let value = decoded(pair.dropFirst(key.count + 1))
            return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
        }
        return nil
    }

    /// Whether a query has a parameter, with or without a value.
    static func has(_ name: String, in target: String) -> Bool {
        guard let start = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return false }
        return target.utf8[start...].dropFirst().split(separator: UInt8(ascii: "&")).contains { pair in
            decoded(pair.prefix { $0 != UInt8(ascii: "=") }).elementsEqual(name.utf8)
        }
    }

    private static func decoded(_ text: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(text)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = ASCII.hexValue(bytes[index + 1]), let low = ASCII.hexValue(bytes[index + 2])
            {
                result.append(UInt8(truncatingIfNeeded: high << 4 | low))
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
