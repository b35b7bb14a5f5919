import Foundation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The printed schema of the model, read back, does what the model's own schema does.
@Suite struct JSONSchemaReadingTests {
    private static let model = LargeLanguageModel.schema

    private static func readBack(_ profile: SchemaProfile) throws -> Schema {
        try Schema(jsonSchema: Array(model.jsonSchema(profile: profile).utf8))
    }

    @Test(arguments: SchemaProfile.allCases, [true, false])
    func printsTheSameDocuments(profile: SchemaProfile, isStrict: Bool) throws {
        let text = Self.model.jsonSchema(profile: profile, isStrict: isStrict)
        let schema = try Schema(jsonSchema: Array(text.utf8))
        #expect(schema.jsonSchema(profile: profile, isStrict: isStrict) == text)
        #expect(schema.csvHeader == Self.model.csvHeader)
        #expect(schema.name == Self.model.name)
        if !isStrict { #expect(schema.xmlSchema == Self.model.xmlSchema) }
        if !isStrict { #expect(schema.fieldTable == Self.model.fieldTable) }
    }

    @Test(arguments: [RecordGenerator.Mood.realistic, .adversarial, .valid(.create)], Format.builtIn)
    func writesTheSameBytes(mood: RecordGenerator.Mood, format: Format) throws {
        let schema = try Self.readBack(.create)
        var generator = RecordGenerator(schema: Self.model, mood: mood, seed: 31)
        for _ in 0..<Settings.propertyRecords / 4 {
            let json = Array(generator.nextRecord().text.utf8)
            let expected = Self.convert(json, from: .json, to: format, Self.model)
            #expect(Self.convert(json, from: .json, to: format, schema) == expected)
            guard case .success(let bytes) = expected else { continue }
            #expect(
                Self.convert(bytes, from: format, to: .json, schema)
                    == Self.convert(bytes, from: format, to: .json, Self.model))
        }
    }

    /// The output, or the error.
    private enum Outcome: Equatable {
        case success([UInt8])
        case failure(String)
    }

    private static func convert(_ bytes: [UInt8], from source: Format, to target: Format, _ schema: Schema) -> Outcome {
        var converter = Converter(from: source, to: target, schema: schema)
        var output = OutputBuffer()
        do throws(SerializationError) {
            try converter.convert(bytes, from: source, into: &output)
            return .success(output.array())
        } catch {
            return .failure(error.description)
        }
    }

    @Test(arguments: SchemaProfile.allCases)
    func findsTheSameViolations(profile: SchemaProfile) throws {
        let schema = try Self.readBack(profile)
        for mood in [RecordGenerator.Mood.realistic, .adversarial, .valid(profile)] {
            var generator = RecordGenerator(schema: Self.model, mood: mood, seed: 77)
            for _ in 0..<Settings.propertyRecords {
                // In an array: a lone object with an array named "items" would be a page.
                let json = Array("[\(generator.nextRecord().text)]".utf8)
                #expect(try Self.violations(json, schema, profile) == Self.violations(json, Self.model, profile))
            }
        }
    }

    private static func violations(_ json: [UInt8], _ schema: Schema, _ profile: SchemaProfile) throws -> [String] {
        let validator = RecordValidator(schema: schema, profile: profile)
        var stream = RecordStream(.json, schema: schema)
        var lines: [String] = []
        while case .record = try stream.next(json.span, isComplete: true) {
            guard let record = stream.record else { continue }
            lines += validator.violations(in: record).map { "\($0.severity) \($0.path) \($0.sentence)" }
        }
        return lines
    }

    @Test func findsTheSameInTheSamples() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples/Data")
        for profile in SchemaProfile.allCases {
            let schema = try Self.readBack(profile)
            for name in ["model.json", "models.json", "newer-server.json", "page.json", "spreadsheet.json"] {
                let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
                #expect(try Self.violations(bytes, schema, profile) == Self.violations(bytes, Self.model, profile))
                for format in Format.builtIn {
                    #expect(
                        Self.convert(bytes, from: .json, to: format, schema)
                            == Self.convert(bytes, from: .json, to: format, Self.model))
                }
            }
        }
    }

    @Test func anyRecordIsReadBack() throws {
        let text = AnyRecord.schema.jsonSchema()
        let schema = try Schema(jsonSchema: Array(text.utf8))
        #expect(schema.jsonSchema() == text)
        #expect(schema.placeCount == 0)
        #expect(try Schema(jsonSchema: Array(#"{"type":"object"}"#.utf8)).pluralName == "records")
    }
}
