import ResourceFormats

/// A JSON value that can be changed anywhere; numbers keep their text, objects their order.
indirect enum JSONTree: Sendable {
    case object([(name: [UInt8], value: JSONTree)])
    case array([JSONTree])
    case string([UInt8])
    case number([UInt8])
    case bool(Bool)
    case null

    /// The value of a record, or of a part of it.
    init(_ view: RecordView, _ schema: Schema) {
        switch view.kind {
        case .object:
            var members: [(name: [UInt8], value: JSONTree)] = []
            var children = view.children
            while children.next() {
                let name: [UInt8]
                if let key = children.unknownKey {
                    name = Self.bytes(key)
                } else {
                    name = Array((schema.name(of: children.value.field) ?? "").utf8)
                }
                members.append((name, JSONTree(children.value, schema)))
            }
            self = .object(members)
        case .array:
            var elements: [JSONTree] = []
            var children = view.children
            while children.next() { elements.append(JSONTree(children.value, schema)) }
            self = .array(elements)
        case .string, .key: self = .string(Self.bytes(view.text))
        case .number: self = .number(Self.bytes(view.text))
        case .bool: self = .bool((try? view.bool()) ?? false)
        case .null: self = .null
        }
    }

    private static func bytes(_ span: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(span.count)
        for index in span.indices { bytes.append(span[index]) }
        return bytes
    }

    /// Writes the value as compact JSON.
    func write(to output: inout OutputBuffer) {
        switch self {
        case .object(let members):
            output.append(0x7B)
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(0x2C) }
                output.appendJSONString(String(decoding: member.name, as: UTF8.self))
                output.append(0x3A)
                member.value.write(to: &output)
            }
            output.append(0x7D)
        case .array(let elements):
            output.append(0x5B)
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(0x2C) }
                element.write(to: &output)
            }
            output.append(0x5D)
        case .string(let text): output.appendJSONString(String(decoding: text, as: UTF8.self))
        case .number(let text): output.append(text: String(decoding: text, as: UTF8.self))
        case .bool(let value): output.append(text: value ? "true" : "false")
        case .null: output.append(text: "null")
        }
    }

    /// What the value is, for sentences.
    var summary: String {
        switch self {
        case .object: "an object"
        case .array(let elements): "an array of \(elements.count)"
        case .string(let text): "the string \"\(ResourceResponder.excerpt(String(decoding: text, as: UTF8.self)))\""
        case .number(let text): "the number \(ResourceResponder.excerpt(String(decoding: text, as: UTF8.self)))"
        case .bool(let value): value ? "true" : "false"
        case .null: "null"
        }
    }

    // MARK: Equality

    /// Whether two values are equal as RFC 6902 section 4.6 has it: numbers by value, objects in any order.
    func isEqual(_ other: JSONTree) -> Bool {
        switch (self, other) {
        case (.object(let one), .object(let two)):
            return one.count == two.count
                && one.allSatisfy { member in
                    two.contains { $0.name == member.name && $0.value.isEqual(member.value) }
                }
        case (.array(let one), .array(let two)):
            return one.count == two.count && zip(one, two).allSatisfy { $0.isEqual($1) }
        case (.string(let one), .string(let two)): return one == two
        case (.number(let one), .number(let two)): return one == two || Decimal(one) == Decimal(two)
        case (.bool(let one), .bool(let two)): return one == two
        case (.null, .null): return true
        default: return false
        }
    }

    /// A number in the one form that all numbers of its value have.
    private struct Decimal: Equatable {
        var isNegative = false
        /// Without zeros at either end.
        var digits: [UInt8] = []
        /// The power of ten of the last digit; nil where the text's exponent is too large for this.
        var exponent: Int? = 0

        init(_ text: [UInt8]) {
            let parts = text.split(maxSplits: 1) { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
            var exponent = parts.count == 2 ? Int(String(decoding: parts[1], as: UTF8.self)) : 0
            var hasPoint = false
            for byte in parts.first ?? [] {
                switch byte {
                case UInt8(ascii: "-"): isNegative = true
                case UInt8(ascii: "."): hasPoint = true
                default:
                    if hasPoint { exponent = exponent.flatMap { $0 > Int.min / 2 ? $0 - 1 : nil } }
                    if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte) }
                }
            }
            while digits.last == UInt8(ascii: "0") {
                digits.removeLast()
                exponent = exponent.flatMap { $0 < Int.max / 2 ? $0 + 1 : nil }
            }
            self.exponent = exponent
            if digits.isEmpty { (isNegative, self.exponent) = (false, 0) }
        }

        static func == (one: Decimal, other: Decimal) -> Bool {
            guard let exponent = one.exponent, let otherExponent = other.exponent else { return false }
            return one.isNegative == other.isNegative && one.digits == other.digits && exponent == otherExponent
        }
    }
}
