import Foundation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// What a caller may rely on when it reads records into types.
@Suite struct TypedReadTests {
    private static func record(createdAt number: String) -> [UInt8] {
        let id = "00000000-0000-0000-0000-000000000000"
        return Array(
            #"{"name":"a","modelType":"m","provider":"p","connectionId":"\#(id)","createdAt":\#(number)}"#.utf8)
    }

    @Test(
        arguments: [
            ("1", 1), ("1.0", 1), ("1.7e9", 1_700_000_000), ("1e3", 1000), ("-0", 0), ("-0.0", 0), ("0e400", 0),
            ("100e-2", 1), ("0.0000001e7", 1), ("9223372036854775807.0", .max), ("-9223372036854775808.0", .min),
            ("-9.223372036854775808e18", .min),
        ] as [(String, Int)])
    func readsIntegersByTheirValue(number: String, expected: Int) throws {
        #expect(
            try Format.json.decode(LargeLanguageModel.self, from: Self.record(createdAt: number)).createdAt == expected)
    }

    @Test(arguments: [
        "1.5", "1e-1", "9223372036854775808", "9223372036854775808.0", "-9223372036854775809.0", "1e19", "1e400",
        "-1e400", "1e999999999999999999999", "1e-999999999999999999999",
    ])
    func refusesWhatIsNoIntegerOrDoesNotFit(number: String) {
        let error = #expect(throws: SerializationError.self) {
            try Format.json.decode(LargeLanguageModel.self, from: Self.record(createdAt: number))
        }
        #expect(error?.sentence == "found the number \(number), expected an integer of at most 64 bits ($.createdAt)")
    }

    /// What the validator lets pass can be read, in every profile and from every format.
    @Test(arguments: SchemaProfile.allCases, Format.builtIn)
    func neverFailsOnAValidRecord(profile: SchemaProfile, format: Format) throws {
        let schema = LargeLanguageModel.schema
        var generator = RecordGenerator(schema: schema, mood: .valid(profile), seed: 5)
        for _ in 0..<max(Settings.propertyRecords / 4, 50) {
            let document = SlowJSON.array([generator.nextRecord()])
            let written = Conversion(from: .json, to: format, schema: schema, shape: .list).run(document.bytes)
            #expect(written.error == nil)
            #expect(throws: Never.self, "\(document)") {
                try format.decode([LargeLanguageModel].self, from: written.output)
            }
        }
    }

    /// Arrays and other sequences of bytes are taken as they come, also straight from `encode`.
    @Test func takesArraysAndOtherSequencesOfBytes() throws {
        let model = LargeLanguageModel(name: "a", modelType: "m", provider: "p", connectionId: "c")
        #expect(try Format.json.decode(LargeLanguageModel.self, from: Format.json.encode(model)) == model)
        #expect(try Format.csv.decode([LargeLanguageModel].self, from: Format.csv.encode([model])) == [model])
        let data = Data(try Format.xml.encode(model))
        #expect(try Format.xml.decode(LargeLanguageModel.self, from: data) == model)
        #expect(try Format.xml.decode([LargeLanguageModel].self, from: data) == [model])
        let json = Data(try Format.json.encode(model))
        let kept = try StoredRecord(json: json, schema: LargeLanguageModel.schema)
        #expect(try StoredRecord(json: Array(json), schema: LargeLanguageModel.schema).json == kept.json)
        let both = try StoredRecord.records(in: json, from: .json, schema: LargeLanguageModel.schema)
        #expect(both.records.map(\.json) == [kept.json])
    }

    @Test func saysItsSentenceAsFoundationAsks() {
        do throws(SerializationError) {
            _ = try Format.json.decode(LargeLanguageModel.self, from: Self.record(createdAt: "true"))
            Issue.record("a boolean is no time")
        } catch {
            #expect(error.localizedDescription == error.description)
            #expect(error.localizedDescription.hasSuffix("found true, expected an integer ($.createdAt)"))
        }
    }
}
