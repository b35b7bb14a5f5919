import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Objects with more members than a word has bits, all of them required, inside one another.
@Suite struct ManyFieldsTests {
    /// 130 members of a record, as many of an object in it, and as many of an array's elements.
    struct Many: SchemaField {
        let rawValue: UInt16

        static let allCases = (0..<390).map { Many(number: $0) }

        private init(number: UInt16) { rawValue = number }
        init?(rawValue: UInt16) {
            guard rawValue < 390 else { return nil }
            self.rawValue = rawValue
        }

        var declaration: FieldDeclaration<Self> {
            let place = rawValue % 130
            let declaration: FieldDeclaration<Self> =
                switch rawValue {
                case 128: .object("object")
                case 129: .array("array", of: .object)
                case 0..<130: .number("f\(place)")
                case 130..<260: .number("f\(place)", in: Many(number: 128))
                default: .number("f\(place)", in: Many(number: 129))
                }
            return declaration.required(in: .resource)
        }
    }

    private static let schema = Schema("many", plural: "manies", fields: Many.self)
    private static let inner = "{" + (0..<130).map { #""f\#($0)":\#($0)"# }.joined(separator: ",") + "}"
    /// A record whose wide objects stand before, between and after members beyond the 64th.
    private static let record =
        "{" + (0..<127).map { #""f\#($0)":\#($0)"# }.joined(separator: ",")
        + #","object":\#(inner),"array":[\#(inner),\#(inner)],"f127":127}"#

    private static func run(_ text: String, from source: Format, to target: Format) -> Conversion.Outcome {
        Conversion(from: source, to: target, schema: schema).run(text)
    }

    @Test(arguments: Format.builtIn)
    func comesBackInEveryFormat(format: Format) throws {
        let written = Self.run(Self.record, from: .json, to: format)
        #expect(written.error == nil)
        let back = Conversion(from: format, to: .json, schema: Self.schema, shape: .item).run(written.output)
        let (expected, result) = (
            try SlowJSON(parsing: Array(Self.record.utf8)), try SlowJSON(parsing: back.output)
        )
        #expect(format.traits.keepsMemberOrder ? result == expected : result.sorted == expected.sorted)
    }

    @Test(arguments: [0, 1, 63, 64, 65, 126, 127])
    func findsEachNameASecondTime(number: Int) {
        let json = String(Self.record.dropLast()) + ",\"f\(number)\":0}"
        let error = Self.run(json, from: .json, to: .json).error ?? ""
        #expect(error.hasSuffix("expected each name once in an object ($.f\(number))"))
        let xml = Self.run(Self.record, from: .json, to: .xml).text
        let end = "</many>\n"
        let twice = xml.dropLast(end.count) + "<f\(number)>0</f\(number)>" + end
        #expect(
            Self.run(String(twice), from: .xml, to: .json).error?.contains(
                "found the element <f\(number)> a second time")
                == true)
    }

    @Test func isNoPageAfterAFieldBeyondTheSixtyFourth() {
        let json = #"{"f100":1,"items":[{"f1":1}]}"#
        #expect(Self.run(json, from: .json, to: .json).text == json + "\n")
    }

    @Test(arguments: [("{}", 130), (#"{"f64":1,"f127":2}"#, 128), (record, 0)])
    func findsEveryMissingMember(json: String, count: Int) throws {
        let validator = RecordValidator(schema: Self.schema)
        var scanner = RecordStream(.json, schema: Self.schema)
        let bytes = Array(json.utf8)
        _ = try scanner.next(bytes.span, isComplete: true)
        var violations: [Violation]?
        if let record = scanner.record { violations = validator.violations(in: record) }
        #expect(violations?.filter { $0.code == .missingField }.count == count)
        #expect(violations?.count == count)
    }
}
