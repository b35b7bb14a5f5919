/// A media type such as `text/csv;header=present`: type, subtype and parameters.
///
/// Type, subtype and parameter names are compared without case, and so are the values of `charset`. Other values are
/// compared byte for byte (RFC 9110 section 8.3.1). Parameters keep their order, which does not matter for equality.
public struct MediaType: Sendable {
    /// A `name=value` parameter of a media type.
    public struct Parameter: Hashable, Sendable {
        /// The name, in lower case.
        public let name: String
        /// The value, without quotes or escapes.
        public let value: String

        /// A parameter; its name is converted to lower case.
        public init(name: String, value: String) {
            self.name = lowercased(name)
            self.value = self.name == "charset" ? lowercased(value) : value
        }
    }

    /// The type, before the slash, in lower case.
    public let type: String
    /// The subtype, after the slash, in lower case.
    public let subtype: String
    /// The parameters in their order.
    public let parameters: [Parameter]

    /// A media type from its parts.
    public init(type: String, subtype: String, parameters: [Parameter] = []) {
        self.type = lowercased(type)
        self.subtype = lowercased(subtype)
        self.parameters = parameters
    }

    /// A media type from its text, such as `text/csv; header="present"`; nil if the text is not one (RFC 9110 section
    /// 8.3.1).
    public init?(_ text: String) {
        var scanner = MediaTypeScanner(Array(text.utf8))
        scanner.skipSpace()
        guard let type = scanner.token(), scanner.take(UInt8(ascii: "/")), let subtype = scanner.token() else {
            return nil
        }
        var parameters: [Parameter] = []
        scanner.skipSpace()
        while scanner.take(UInt8(ascii: ";")) {
            scanner.skipSpace()
            guard let name = scanner.token() else { continue }
            guard scanner.take(UInt8(ascii: "=")), let value = scanner.value() else { return nil }
            parameters.append(Parameter(name: name, value: value))
            scanner.skipSpace()
        }
        guard scanner.isAtEnd else { return nil }
        self.init(type: type, subtype: subtype, parameters: parameters)
    }

    /// The value of the parameter `name`, which must be in lower case; nil if there is none.
    public func value(of name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// Whether type and subtype are equal, regardless of parameters.
    public func hasSameEssence(as other: MediaType) -> Bool {
        type == other.type && subtype == other.subtype
    }

    /// The index of the offer that a `Content-Type` names; nil if there is none.
    ///
    /// It is the first offer with the same type and subtype whose parameters have the same values here, without regard
    /// to ASCII case. A parameter that is missing here is that of the first offer with this type and subtype.
    public func index(among offers: [MediaType]) -> Int? {
        let named = offers.indices.filter { offers[$0].hasSameEssence(as: self) }
        return named.first { index in
            offers[index].parameters.allSatisfy { offered in
                guard let given = value(of: offered.name) else { return index == named.first }
                return ContentNegotiation.lowercased(given).utf8.elementsEqual(
                    ContentNegotiation.lowercased(offered.value).utf8)
            }
        }
    }
}

extension MediaType: Hashable {
    /// Whether types, subtypes and parameters are equal, the parameters in any order.
    public static func == (one: MediaType, other: MediaType) -> Bool {
        guard one.hasSameEssence(as: other), one.parameters.count == other.parameters.count else { return false }
        return one.parameters == other.parameters || one.parameterCounts == other.parameterCounts
    }

    /// Hashes the parts that equality compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(subtype)
        hasher.combine(parameterCounts)
    }

    /// The number of occurrences of each parameter, because `a=1;a=1;b=2` does not equal `a=1;b=2;b=2`.
    private var parameterCounts: [Parameter: Int] {
        Dictionary(parameters.map { ($0, 1) }, uniquingKeysWith: +)
    }
}

extension MediaType.Parameter {
    /// Whether name and value have equal bytes; canonically equivalent Unicode texts differ.
    public static func == (one: Self, other: Self) -> Bool {
        one.name.utf8.elementsEqual(other.name.utf8) && one.value.utf8.elementsEqual(other.value.utf8)
    }

    /// Hashes the parts that equality compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(Array(name.utf8))
        hasher.combine(Array(value.utf8))
    }
}

extension MediaType: CustomStringConvertible {
    /// The media type as it is written in a field; values that are not tokens are quoted.
    public var description: String {
        var text = "\(type)/\(subtype)"
        for parameter in parameters {
            let isToken = !parameter.value.isEmpty && parameter.value.utf8.allSatisfy(isTokenByte)
            if isToken {
                text += ";\(parameter.name)=\(parameter.value)"
            } else {
                var quoted: [UInt8] = []
                for byte in parameter.value.utf8 {
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
                    quoted.append(byte)
                }
                text += ";\(parameter.name)=\"\(String(decoding: quoted, as: UTF8.self))\""
            }
        }
        return text
    }
}

// MARK: -

/// Scans the bytes of one media type.
private struct MediaTypeScanner {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skipSpace() {
        while position < bytes.count, isSpaceByte(bytes[position]) { position += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func token() -> String? {
        let start = position
        while position < bytes.count, isTokenByte(bytes[position]) { position += 1 }
        return position == start ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// A token or a quoted string (RFC 9110 section 5.6.4).
    mutating func value() -> String? {
        guard take(UInt8(ascii: "\"")) else { return token() }
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard position < bytes.count else { return nil }
                text.append(bytes[position])
                position += 1
            default:
                text.append(byte)
            }
        }
        return nil
    }
}

/// The text with ASCII letters in lower case; other characters are unchanged.
private func lowercased(_ text: String) -> String {
    String(
        decoding: text.utf8.map { lowercased($0) },
        as: UTF8.self)
}
