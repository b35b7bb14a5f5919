/// The form of a text: runs of characters, each with a class of characters and a length.
///
/// It suffices for identifiers. It can be matched in one pass, and written as a regular expression that means the same
/// in XML Schema and in JSON Schema.
public struct TextPattern: Sendable {
    package enum Characters: Sendable, CaseIterable {
        case lowercaseLettersAndDigits
        case hexadecimalDigits
        case hyphen

        func contains(_ byte: UInt8) -> Bool {
            switch self {
            case .lowercaseLettersAndDigits: (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
            case .hexadecimalDigits: ASCII.hexValue(byte) != nil
            case .hyphen: byte == 0x2D
            }
        }

        /// All characters of the class.
        package var all: [Unicode.Scalar] {
            (0..<0x80 as Range<UInt8>).filter(contains).map { Unicode.Scalar($0) }
        }

        var expression: String {
            switch self {
            case .lowercaseLettersAndDigits: "[a-z0-9]"
            case .hexadecimalDigits: "[0-9a-fA-F]"
            case .hyphen: "-"
            }
        }
    }

    package struct Run: Sendable {
        package let characters: Characters
        package let count: Int
    }

    package let runs: [Run]
    /// The name of a text of this form, with its article or number.
    let name: String
    /// The `format` that JSON Schema has for this form; nil if there is none.
    let jsonSchemaFormat: String?

    /// An identifier of 24 lower-case letters and digits.
    public static let objectIdentifier = TextPattern(
        runs: [Run(characters: .lowercaseLettersAndDigits, count: 24)], name: "24 lower-case letters or digits",
        jsonSchemaFormat: nil)

    /// A UUID (RFC 9562 section 4): hexadecimal digits of either case in groups of 8, 4, 4, 4 and 12.
    public static let uuid = TextPattern(
        runs: [8, 4, 4, 4, 12].enumerated().flatMap { index, count in
            let digits = Run(characters: .hexadecimalDigits, count: count)
            return index == 0 ? [digits] : [Run(characters: .hyphen, count: 1), digits]
        }, name: "a UUID, 8-4-4-4-12 hexadecimal digits", jsonSchemaFormat: "uuid")

    /// The number of characters in every text of this form.
    var length: Int { runs.reduce(0) { $0 + $1.count } }

    /// The form as a regular expression without anchors.
    var expression: String {
        runs.map { $0.characters.expression + ($0.count == 1 ? "" : "{\($0.count)}") }.joined()
    }

    /// Whether the whole text has this form.
    public func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return matches(ByteView(bytes.span))
    }

    /// Whether a text on a tape, as a whole, has this form.
    func matches(_ text: ByteView) -> Bool {
        guard text.count == length else { return false }
        var index = 0
        for run in runs {
            for _ in 0..<run.count {
                guard run.characters.contains(text.byte(at: index)) else { return false }
                index += 1
            }
        }
        return true
    }
}
