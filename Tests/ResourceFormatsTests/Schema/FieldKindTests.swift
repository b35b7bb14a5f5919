import LLMResources
import ResourceFormatsTesting
import TestSupport
import Testing

@testable import ResourceFormats

/// Dates, decimal numbers, lengths, free names and references: what is valid, and how it is printed and read back.
@Suite struct FieldKindTests {
    private static let schema = KindField.schema

    private static func violations(
        _ json: String, _ schema: Schema = schema, profile: SchemaProfile = .resource
    ) throws -> [String] {
        let validator = RecordValidator(schema: schema, profile: profile)
        var stream = RecordStream(.json, schema: schema)
        var lines: [String] = []
        let bytes = Array("[\(json)]".utf8)
        while case .record = try stream.next(bytes.span, isComplete: true) {
            guard let record = stream.record else { continue }
            lines += validator.violations(in: record).map { "\($0.severity) \($0.path) \($0.sentence)" }
        }
        return lines
    }

    // MARK: Rules

    /// Members beside the required ones; the path of the violation and what was expected, or nil.
    static let members: [(String, String?)] = [
        (#""day":"2024-02-29""#, nil),
        (#""day":"2023-02-29""#, ".day a date such as 2026-11-26"),
        (#""day":"1900-02-29""#, ".day a date such as 2026-11-26"),
        (#""day":"2000-02-29""#, nil),
        (#""day":"2026-04-31""#, ".day a date such as 2026-11-26"),
        (#""day":"2026-13-01""#, ".day a date such as 2026-11-26"),
        (#""day":"0000-01-01""#, ".day a date such as 2026-11-26"),
        (#""day":"2026-11-26Z""#, ".day a date such as 2026-11-26"),
        (#""day":"2026-11-2""#, ".day a date such as 2026-11-26"),
        (#""day":"""#, ".day a date such as 2026-11-26"),
        (#""days":["2026-11-26","26.11.2026"]"#, ".days[1] a date such as 2026-11-26"),
        (#""moment":"2026-11-26T19:30:00Z""#, nil),
        (#""moment":"2026-11-26T19:30:00.123456789012-14:00""#, nil),
        (#""moment":"2026-11-26T19:30:00""#, ".moment a date and a time such as 2026-11-26T19:30:00Z"),
        (#""moment":"2026-11-26t19:30:00z""#, ".moment a date and a time such as 2026-11-26T19:30:00Z"),
        (#""moment":"2026-11-26T24:00:00Z""#, ".moment a date and a time such as 2026-11-26T19:30:00Z"),
        (#""moment":"2026-11-26T19:30:60Z""#, ".moment a date and a time such as 2026-11-26T19:30:00Z"),
        (#""moment":"2026-11-26T19:30:00.Z""#, ".moment a date and a time such as 2026-11-26T19:30:00Z"),
        (#""moment":"2026-11-26T19:30:00+14:01""#, ".moment a date and a time such as 2026-11-26T19:30:00Z"),
        (#""moment":"2026-11-26T19:30:00Z ""#, ".moment a date and a time such as 2026-11-26T19:30:00Z"),
        (#""price":0.01"#, nil), (#""price":1e-2"#, nil), (#""price":9999.990"#, nil),
        (#""price":0.009999999999999999999999"#, ".price a number from 0.01 to 9999.99"),
        (#""price":9999.9900000000000000001"#, ".price a number from 0.01 to 9999.99"),
        (#""price":-1"#, ".price a number from 0.01 to 9999.99"),
        (#""rate":0.001"#, nil), (#""rate":-1e400"#, nil), (#""rate":0"#, nil),
        (#""rate":0.0010001"#, ".rate a number up to 1e-3"),
        ("\"title\":\"\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\"", nil),
        ("\"title\":\"e\u{301}e\u{301}e\u{301}\"", ".title a text of at most 5 characters"),
        (#""labels":{"a":"x","":"12345678"}"#, nil),
        (#""labels":{"a":"x","b.c":""}"#, #"["b.c"] a text of 1 to 8 characters"#),
        (#""labels":{"a":7}"#, ".a a string"), (#""labels":{"a":null}"#, ".a a string"),
        (#""limits":{"a":9,"b":10}"#, ".b an integer from 0 to 9"),
        (#""limits":{"b":1.5}"#, ".b an integer from 0 to 9"),
        (#""home/~ address":{"city":"Bern"}"#, nil),
        (#""billing":{"city":"Bern","since":"2026-11-26","new":1}"#, nil),
        (#""billing":{"since":"2026-11-26"}"#, #".city the required member "city""#),
        (#""branches":[{"city":1}]"#, ".branches[0].city a string"),
        (
            #""parent":{"code":"ab","parent":{"code":"c","owner":"x"},"owner":"x"}"#,
            ".parent.parent.code a text of 2 to 4 characters"
        ),
        (#""children":[{"code":"ab","children":[{"owner":"x"}],"owner":"x"}]"#, #".code the required member "code""#),
        (#""group":[{"name":"a","parts":[{"name":"b","parts":[{"name":""}]}]}]"#, ".name a text of 1 to 3 characters"),
    ]

    @Test(arguments: members)
    func findsViolations(members: String, expected: String?) throws {
        let json = #"{"code":"ab",\#(members),"owner":"x"}"#
        let found = try Self.violations(json)
        #expect(found.count == (expected == nil ? 0 : 1), "\(found)")
        for format in Format.builtIn {
            #expect(try Self.converted(json, through: format) == json)
        }
        guard let expected, let line = found.first else { return }
        let parts = expected.split(separator: " ", maxSplits: 1)
        #expect(line.hasSuffix("expected \(parts[1])"))
        #expect(line.contains("\(parts[0]) found"), "\(line)")
    }

    private static func converted(_ json: String, through format: Format) throws -> String {
        var there = Converter(from: .json, to: format, schema: schema)
        var middle = OutputBuffer()
        try there.convert(Array("[\(json)]".utf8), from: .json, into: &middle)
        var back = Converter(from: format, to: .json, schema: schema)
        var output = OutputBuffer()
        try back.convert(middle.array(), from: format, into: &output)
        return String(String(decoding: output.array(), as: UTF8.self).dropFirst().dropLast(2))
    }

    // MARK: Documents

    @Test(arguments: SchemaProfile.allCases)
    func printedSchemasAreReadBack(profile: SchemaProfile) throws {
        let text = Self.schema.jsonSchema(profile: profile)
        let back = try Schema(jsonSchema: Array(text.utf8))
        for other in SchemaProfile.allCases {
            #expect(back.jsonSchema(profile: other) == Self.schema.jsonSchema(profile: other))
            #expect(
                back.jsonSchema(of: .item, profile: other) == Self.schema.jsonSchema(of: .item, profile: other))
        }
        #expect(back.xmlSchema == Self.schema.xmlSchema)
        #expect(back.fieldTable == Self.schema.fieldTable)
        #expect(back.csvHeader == Self.schema.csvHeader)
        #expect(back.tableSchema == Self.schema.tableSchema)
        #expect(back.openAPI() == Self.schema.openAPI())
        let item = Self.schema.jsonSchema(of: .item, profile: profile)
        #expect(try Schema(jsonSchema: Array(item.utf8)).jsonSchema(of: .item, profile: profile) == item)
        #expect(try Schema(jsonSchema: Array(item.utf8)).jsonSchema(profile: profile) == text)
    }

    @Test(arguments: SchemaProfile.allCases, SchemaProfile.allCases)
    func whatWasReadBackFindsTheSame(printed: SchemaProfile, profile: SchemaProfile) throws {
        let back = try Schema(jsonSchema: Array(Self.schema.jsonSchema(profile: printed).utf8))
        for mood in [RecordGenerator.Mood.realistic, .adversarial, .valid(profile)] {
            var generator = RecordGenerator(schema: Self.schema, mood: mood, seed: 12)
            for _ in 0..<Settings.propertyRecords {
                let json = generator.nextRecord().text
                let expected = try Self.violations(json, profile: profile)
                #expect(try Self.violations(json, back, profile: profile) == expected)
                if case .valid = mood { #expect(expected == []) }
            }
        }
    }

    @Test(arguments: Format.builtIn)
    func passesTheSuiteOfFormats(format: Format) {
        let suite = FormatConformance(of: format, schema: Self.schema, recordCount: 60, documentCount: 5, seed: 4)
        #expect(suite.failures() == [])
    }

    @Test func definitionsAreReadWhereTheyAreReferredTo() throws {
        let schema = try Schema(
            jsonSchema: Array(
                #"""
                {"type":"object","$defs":{
                  "sku":{"type":"string","pattern":"^[a-z]+$","description":"An article."},
                  "tree":{"type":"object","properties":{"sku":{"$ref":"#/$defs/sku","description":"This one."},
                    "parts":{"type":"array","items":{"$ref":"#/$defs/tree"}}}}},
                 "properties":{"top":{"$ref":"#/$defs/tree"},"also":{"$ref":"#/properties/top"},
                   "a%b":{"type":"object","properties":{}},"again":{"$ref":"#/properties/a%25b"}}}
                """#.utf8))
        #expect(
            schema.fieldTable.split(separator: "\n").dropFirst().map { $0.split(separator: " ")[0] } == [
                "top", "top.sku", "top.parts", "also", "a%b", "again",
            ])
        #expect(
            try Self.violations(#"{"top":{"parts":[{"parts":[{"sku":"1"}]}]},"also":{"sku":"2"}}"#, schema).count == 2)
        let text = schema.jsonSchema()
        #expect(try Schema(jsonSchema: Array(text.utf8)).jsonSchema() == text)
    }

    @Test func oldScopesAndNewOnesMeanTheSame() throws {
        let model = LargeLanguageModel.schema
        let back = try Schema(jsonSchema: Array(model.jsonSchema().utf8))
        #expect(back.jsonSchema(profile: .create) == model.jsonSchema(profile: .create))
        #expect(back.fieldTable == model.fieldTable)
    }

    /// Each title once, and each reference to one of them.
    @Test(arguments: JSONSchemaShape.allCases)
    func titlesAreUnique(shape: JSONSchemaShape) {
        for schema in [Self.schema, LargeLanguageModel.schema, TestSchema.wide.schema] {
            let lines = schema.jsonSchema(of: shape).split(separator: "\n").map { $0.drop { $0 == " " } }
            let titles = lines.filter { $0.hasPrefix("\"title\": \"") }
            #expect(Set(titles).count == titles.count)
            for line in lines where line.hasPrefix("\"$ref\": \"#/") {
                let name = line.dropFirst("\"$ref\": \"#/$defs/".count).prefix { $0 != "\"" }
                #expect(titles.contains { $0.hasPrefix("\"title\": \"\(name)\"") }, "\(name)")
            }
        }
    }

    // MARK: Faults

    private enum Wrong: UInt16, SchemaField {
        case a
        var declaration: FieldDeclaration<Self> { .string("a") }
    }

    static let faults: [(DeclaredField, String)] = [
        (DeclaredField(FieldDeclaration<Wrong>.number("a").length(1...2)), "a pattern, a length, names"),
        (DeclaredField(FieldDeclaration<Wrong>.string("a").decimal(from: "1")), "a range of numbers"),
        (DeclaredField(FieldDeclaration<Wrong>.number("a").decimal(from: "01")), "the bounds 01 and none"),
        (DeclaredField(FieldDeclaration<Wrong>.number("a").decimal(from: "2", to: "1.9")), "the bounds 2 and 1.9"),
        (DeclaredField(FieldDeclaration<Wrong>.map("a", of: .object("b"))), "values of the kind object"),
        (DeclaredField(FieldDeclaration<Wrong>.string("a").withMembersOfRecord()), "free names or another"),
        (DeclaredField(FieldDeclaration<Wrong>.object("a").withMembers(of: .a)), "a reference from the field"),
    ]

    @Test(arguments: faults)
    func declarationsThatCannotWorkAreRefused(field: DeclaredField, found: String) {
        do throws(SchemaFault) {
            _ = try Schema(checking: "x", plural: "xs", [field])
            Issue.record("no fault")
        } catch {
            #expect(error.found.hasPrefix(found))
        }
    }
}
