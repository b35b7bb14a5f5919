/// JSON as a plain tree, against which the fast reader and writer are checked.
///
/// It keeps everything that a round trip has to keep: the order of members, the text of numbers, the code points of
/// strings. It shares no code with the library and reads one code point at a time, without regard to speed.
public indirect enum SlowJSON: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number with its text as written.
    case number(String)
    /// A string.
    case string(ExactText)
    /// An array.
    case array([SlowJSON])
    /// An object with its members in order.
    case object([Member])

    /// A name and a value.
    public struct Member: Hashable, Sendable {
        /// The name.
        public var name: ExactText
        /// The value.
        public var value: SlowJSON

        /// A member.
        public init(_ name: ExactText, _ value: SlowJSON) {
            self.name = name
            self.value = value
        }
    }

    /// The same value with the members of every object sorted by name, for formats that do not keep their order.
    public var sorted: SlowJSON {
        switch self {
        case .null, .bool, .number, .string: self
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let members):
            .object(
                members.map { Member($0.name, $0.value.sorted) }
                    .sorted { $0.name.scalars.lexicographicallyPrecedes($1.name.scalars) })
        }
    }

    /// The depth of the value: 0 for a scalar, 1 for an object or array of scalars.
    public var depth: Int {
        switch self {
        case .null, .bool, .number, .string: 0
        case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
        case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
        }
    }

    /// The value of the member `name`; nil if this is not an object or has no such member.
    public subscript(name: ExactText) -> SlowJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

// MARK: - Writing

extension SlowJSON {
    /// Compact JSON with the fewest escapes.
    public var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let digits): digits
        case .string(let text): Self.quoted(text)
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }

    /// The bytes of `text`.
    public var bytes: [UInt8] { Array(text.utf8) }

    private static func quoted(_ text: ExactText) -> String {
        var quoted = "\"".unicodeScalars
        for scalar in text.scalars {
            switch scalar {
            case "\"": quoted.append(contentsOf: "\\\"".unicodeScalars)
            case "\\": quoted.append(contentsOf: "\\\\".unicodeScalars)
            case "\u{8}": quoted.append(contentsOf: "\\b".unicodeScalars)
            case "\u{C}": quoted.append(contentsOf: "\\f".unicodeScalars)
            case "\n": quoted.append(contentsOf: "\\n".unicodeScalars)
            case "\r": quoted.append(contentsOf: "\\r".unicodeScalars)
            case "\t": quoted.append(contentsOf: "\\t".unicodeScalars)
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                let zeros = String(repeating: "0", count: 4 - digits.count)
                quoted.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
            default: quoted.append(scalar)
            }
        }
        quoted.append("\"")
        return String(quoted)
    }
}

extension SlowJSON: CustomStringConvertible {
    /// Compact JSON.
    public var description: String { text }
}
