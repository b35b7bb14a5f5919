import ContentNegotiation

/// Negotiation as slow and plain as can be: copies everything, splits, sorts, and knows no places.
struct SlowNegotiation {
    /// An offer with its weight and the range it has it from.
    struct Ranked: Equatable {
        let index: Int
        /// As short as it can be written: such texts are in the order of what they say.
        let weight: String
        let range: [UInt8]?
    }

    private struct Parameter {
        let name: [UInt8]
        let value: [UInt8]
    }

    private struct Range {
        let number: Int
        let text: [UInt8]
        let type: [UInt8]
        let subtype: [UInt8]
        let parameters: [Parameter]
        let weight: String
    }

    private(set) var ranking: [Ranked] = []
    private(set) var ignored: [[UInt8]] = []

    init(_ field: [UInt8], _ offers: [MediaType], _ policy: NegotiationPolicy) {
        var ranges: [Range] = []
        for part in Self.split(field, at: UInt8(ascii: ",")) {
            let text = Self.trimmed(part)
            if text.isEmpty { continue }
            if let range = Self.range(text, number: ranges.count) { ranges.append(range) } else { ignored.append(text) }
        }
        let isBrowser =
            ranges.contains { Self.text($0.type) == "text" && Self.text($0.subtype) == "html" }
            && ranges.contains { Self.text($0.type) == "*" }
        var all: String?
        if ranges.isEmpty { all = "1" }
        if !ignored.isEmpty, policy.malformedElements == .ignoringField { all = "1" }
        if !ignored.isEmpty, policy.malformedElements == .refusingField { all = "0" }

        var candidates: [(ranked: Ranked, specificity: [Int], number: Int)] = []
        for (index, offer) in offers.enumerated() {
            var found: [(range: Range, specificity: [Int])] = []
            for range in ranges where all == nil {
                let skipsXML = isBrowser && policy.browsers == .withoutXML
                if let specificity = Self.specificity(range, offer, policy, skipsXML) {
                    found.append((range, specificity))
                }
            }
            let best = found.max { one, other in
                if one.specificity != other.specificity {
                    return one.specificity.lexicographicallyPrecedes(other.specificity)
                }
                if one.range.weight != other.range.weight {
                    return one.range.weight < other.range.weight
                }
                return one.range.number > other.range.number
            }
            candidates.append(
                (
                    Ranked(index: index, weight: all ?? best?.range.weight ?? "0", range: best?.range.text),
                    best?.specificity ?? [], best?.range.number ?? 0
                ))
        }
        candidates.sort { one, other in
            if one.ranked.weight != other.ranked.weight {
                return one.ranked.weight > other.ranked.weight
            }
            if one.ranked.weight != "0", policy.ties != .serverOrder {
                if policy.ties == .moreSpecificRange, one.specificity != other.specificity {
                    return other.specificity.lexicographicallyPrecedes(one.specificity)
                }
                if one.number != other.number { return one.number < other.number }
            }
            return one.ranked.index < other.ranked.index
        }
        ranking = candidates.map(\.ranked)
    }

    // MARK: Comparing

    private static func specificity(
        _ range: Range, _ offer: MediaType, _ policy: NegotiationPolicy, _ skipsXML: Bool
    ) -> [Int]? {
        let type = text(range.type)
        let subtype = text(range.subtype)
        let isAlias = policy.aliases.contains {
            $0.name.type == type && $0.name.subtype == subtype && $0.offer.hasSameEssence(as: offer)
        }
        let level: Int
        if type == "*" {
            level = 0
        } else if subtype == "*" {
            guard type == offer.type else { return nil }
            level = 1
        } else if type == offer.type, subtype == offer.subtype {
            if skipsXML, ["application/xml", "text/xml"].contains(type + "/" + subtype) { return nil }
            level = 3
        } else if isAlias {
            level = 2
        } else {
            return nil
        }
        for parameter in range.parameters {
            let name = text(parameter.name)
            let named = offer.parameters.filter { $0.name == name }
            let isMet = named.contains {
                policy.parameterValues == .exact && name != "charset"
                    ? Array($0.value.utf8) == parameter.value
                    : lowered(Array($0.value.utf8)) == lowered(parameter.value)
            }
            let isUnderstood =
                policy.charset == .utf8IsUnderstood && name == "charset" && named.isEmpty
                && text(lowered(parameter.value)) == "utf-8"
            guard isMet || isUnderstood else { return nil }
        }
        return [level, range.parameters.count]
    }

    // MARK: Reading

    private static func range(_ text: [UInt8], number: Int) -> Range? {
        var parts = split(text, at: UInt8(ascii: ";")).map(trimmed)
        var names = parts.removeFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map(Array.init)
        if names.count == 1, Self.text(names[0]) == "*" { names.append(names[0]) }
        guard names.count == 2, names.allSatisfy(isToken) else { return nil }
        if Self.text(names[0]) == "*", Self.text(names[1]) != "*" { return nil }
        var parameters: [Parameter] = []
        var weight: String?
        for part in parts where !part.isEmpty {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = Array(part[..<equals])
            let raw = Array(part[(equals + 1)...])
            guard isToken(name) else { return nil }
            if Self.text(lowered(name)) == "q" {
                guard weight == nil, let given = Self.weight(Self.text(raw)) else { return nil }
                weight = given
            } else {
                guard let value = isToken(raw) ? raw : unquoted(raw) else { return nil }
                parameters.append(Parameter(name: lowered(name), value: value))
            }
        }
        // A semicolon at the end belongs to the range, as it does to the element.
        return Range(
            number: number, text: text, type: lowered(names[0]), subtype: lowered(names[1]), parameters: parameters,
            weight: weight ?? "1")
    }

    private static func weight(_ text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts[0]
        let decimals = parts.count > 1 ? parts[1] : ""
        guard parts.count <= 2, ["", "0", "1"].contains(whole), !(whole + decimals).isEmpty,
            decimals.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        var digits = decimals
        while digits.last == "0" { digits.removeLast() }
        if whole == "1" { return digits.isEmpty ? "1" : nil }
        // What rounds to 1.000 counts as 1.
        if digits >= "9995" { return "1" }
        return digits.isEmpty ? "0" : "0." + digits
    }

    private static func unquoted(_ raw: [UInt8]) -> [UInt8]? {
        guard raw.count >= 2, raw.first == UInt8(ascii: "\""), raw.last == UInt8(ascii: "\"") else { return nil }
        var value: [UInt8] = []
        var rest = raw.dropFirst().dropLast()
        while var byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return nil }
            if byte == UInt8(ascii: "\\") {
                guard let next = rest.popFirst() else { return nil }
                byte = next
            }
            if byte != 0x09 && byte < 0x20 || byte == 0x7F { return nil }
            value.append(byte)
        }
        return value
    }

    private static func split(_ bytes: [UInt8], at separator: UInt8) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        for byte in bytes {
            if byte == separator, !isQuoted {
                parts.append([])
                continue
            }
            parts[parts.count - 1].append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), isQuoted {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            }
        }
        return parts
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        return Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    private static let tokenBytes = Set(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    private static func isToken(_ bytes: [UInt8]) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(tokenBytes.contains)
    }

    private static func lowered(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
