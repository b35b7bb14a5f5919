/// A JSON value that is written indented.
indirect enum PrintedJSON: Sendable {
    case string(String)
    /// A number as it is written.
    case number(String)
    case bool(Bool)
    case array([PrintedJSON])
    case object([(String, PrintedJSON)])

    static func integer(_ value: Int) -> Self { .number(String(value)) }

    static func texts(_ texts: [String]) -> Self { .array(texts.map { .string($0) }) }

    /// The value as a document of its own, with a line feed at its end.
    var document: String {
        var text = ""
        write(level: 0, to: &text)
        return text + "\n"
    }

    private func write(level: Int, to text: inout String) {
        switch self {
        case .string(let value): text += Self.quoted(value)
        case .number(let value): text += value
        case .bool(let value): text += value ? "true" : "false"
        case .array(let elements):
            Self.write(elements.map { (nil, $0) }, between: "[", "]", level: level, to: &text)
        case .object(let members):
            Self.write(members.map { ($0.0, $0.1) }, between: "{", "}", level: level, to: &text)
        }
    }

    private static func write(
        _ children: [(String?, PrintedJSON)], between open: String, _ close: String, level: Int,
        to text: inout String
    ) {
        if children.isEmpty { return text += open + close }
        let indent = String(repeating: "  ", count: level)
        text += open
        for (index, child) in children.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + indent + "  "
            if let name = child.0 { text += quoted(name) + ": " }
            child.1.write(level: level + 1, to: &text)
        }
        text += "\n" + indent + close
    }

    private static func quoted(_ value: String) -> String {
        var output = OutputBuffer(minimumCapacity: 64)
        output.appendJSONString(value)
        return output.bytes.view.string()
    }
}
