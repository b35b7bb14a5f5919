import LLMResources
import ResourceFormats

/// A schema that has in it what the large language model's does not: an object with 130 fields, 40 levels of objects,
/// names that XML, CSV and JSON escape, arrays of arrays, and objects whose members are the users' own.
struct WideField: SchemaField {
    let rawValue: UInt16

    /// Names that XML, CSV or JSON cannot have as they are.
    static let oddNames = [
        "a b", "a.b", "1st", "", "xmlName", "_x0041_", "a:b", "<&>\"'", "[0]", "=1", "\\s:", "\u{E9}", "e\u{301}",
        "\r\n", "\u{0}", "\u{1F600}", "\u{FFFF}", "item", "type", "page",
    ]

    /// What a record has at its top, in schema order.
    private static let top: [FieldDeclaration<Self>] =
        oddNames.map { .string($0) } + [
            .number("count"), .boolean("isOn"), .object("wide"), .object("level1"), .array("matrix", of: .array),
            .array("rows", of: .object), .object("labels"), .array("maps", of: .object),
        ]
    private static let wide = Self(number: oddNames.count + 2)
    private static let level1 = Self(number: oddNames.count + 3)
    private static let rows = Self(number: oddNames.count + 5)

    private static let firstOfWide = top.count
    private static let firstOfLevels = firstOfWide + 130
    private static let firstOfRows = firstOfLevels + 39
    private static let count = firstOfRows + 5

    static let allCases = (0..<count).map { Self(number: $0) }

    private init(number: Int) { rawValue = UInt16(number) }
    init?(rawValue: UInt16) {
        guard rawValue < Self.count else { return nil }
        self.rawValue = rawValue
    }

    var declaration: FieldDeclaration<Self> {
        let number = Int(rawValue)
        switch number {
        case ..<Self.firstOfWide: return Self.top[number]
        case ..<Self.firstOfLevels: return Self.memberOfWide(number - Self.firstOfWide)
        case ..<Self.firstOfRows:
            let level = number - Self.firstOfLevels + 2
            let parent = level == 2 ? Self.level1 : Self(number: number - 1)
            return level == 40 ? .number("level40", in: parent) : .object("level\(level)", in: parent)
        default:
            return switch number - Self.firstOfRows {
            case 0: .object("a", in: Self.rows)
            case 1: .object("b", in: Self(number: Self.firstOfRows))
            case 2: .object("a.b", in: Self.rows)
            case 3: .array("cells", of: .number, in: Self.rows)
            default: .object("", in: Self.rows)
            }
        }
    }

    private static func memberOfWide(_ number: Int) -> FieldDeclaration<Self> {
        switch number {
        case 64: .object("f64", in: wide)
        case 127: .array("f127", of: .string, in: wide)
        case 128: .boolean("f 128", in: wide)
        case 129: .string("f.129", in: wide)
        default: .number("f\(number)", in: wide)
        }
    }
}

/// The schemas that properties are tried with.
enum TestSchema: String, CaseIterable {
    case largeLanguageModel, wide, kinds

    var schema: Schema {
        switch self {
        case .largeLanguageModel: LargeLanguageModel.schema
        case .wide: Self.wideOne
        case .kinds: KindField.schema
        }
    }

    private static let wideOne = Schema("wide-record", plural: "wide-records", fields: WideField.self)
}
