import ResourceFormats

/// A JSON value whose objects keep their order, to be written down as literals.
indirect enum JSONNode {
    case string(String)
    case number(Int)
    case bool(Bool)
    case array([JSONNode])
    case object([(String, JSONNode)])
    /// A value that is JSON text already.
    case text(String)

    func write(to output: inout OutputBuffer) {
        switch self {
        case .string(let text): output.appendJSONString(text)
        case .number(let number): output.append(text: String(number))
        case .bool(let value): output.append(text: value ? "true" : "false")
        case .text(let json): output.append(text: json)
        case .array(let elements):
            output.append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(",") }
                element.write(to: &output)
            }
            output.append("]")
        case .object(let members):
            output.append("{")
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(",") }
                output.appendJSONString(member.0)
                output.append(":")
                member.1.write(to: &output)
            }
            output.append("}")
        }
    }
}

extension JSONNode: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONNode: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(arrayLiteral elements: JSONNode...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONNode)...) { self = .object(elements) }
}

extension JSONNode {
    /// A reference to a part of the document, `components/…`.
    static func reference(_ path: String) -> JSONNode {
        ["$ref": "#/\(path)"]
    }

    /// The object with more members after its own; other values stay as they are.
    func adding(_ members: [(String, JSONNode)]) -> JSONNode {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }
}
