import LLMResources
import ResourceFormatsTesting
import Testing

@testable import ResourceFormats

@Suite struct StoredRecordTests {
    private let schema = LargeLanguageModel.schema

    private func texts(_ count: Int, _ mood: RecordGenerator.Mood, seed: UInt64) -> [[UInt8]] {
        var generator = RecordGenerator(schema: schema, mood: mood, seed: seed)
        return (0..<count).map { _ in generator.nextText() }
    }

    private func document(_ texts: [[UInt8]]) -> [UInt8] {
        [0x5B] + texts.joined(separator: [0x2C]) + [0x5D]
    }

    /// Kept records are written as the converter writes their document, or refused with the same code and path.
    @Test(arguments: Format.builtIn, [RecordGenerator.Mood.realistic, .adversarial])
    func isWrittenAsTheConverterWrites(_ format: Format, mood: RecordGenerator.Mood) throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            let texts = texts(3, mood, seed: seed)
            let outcome = Conversion(from: .json, to: format, schema: schema).run(document(texts))
            let records = try texts.map { try StoredRecord(json: $0.span, schema: schema) }
            do {
                let bytes = try format.encode(records, schema: schema)
                #expect(bytes == outcome.output)
                #expect(outcome.error == nil)
            } catch {
                #expect(error.code == outcome.code)
                #expect(error.path == outcome.path)
            }
        }
    }

    @Test(arguments: Format.builtIn)
    func keepsWhatAFormatHolds(_ format: Format) throws {
        let texts = texts(20, .realistic, seed: 9)
        let bytes = Conversion(from: .json, to: format, schema: schema).run(document(texts)).output
        let kept = try StoredRecord.records(in: bytes.span, from: format, schema: schema)
        let outcome = Conversion(from: format, to: .jsonLines, schema: schema).run(bytes)
        let lines = kept.records.map { $0.json + [0x0A] }.joined()
        #expect(Array(lines) == outcome.output)
        #expect(kept.records.count == 20)
    }

    @Test func keepsThePage() throws {
        let page = Array(#"{"items":[{"name":"a"}],"total":7,"nextCursor":"n","previousCursor":null}"#.utf8)
        let kept = try StoredRecord.records(in: page.span, from: .json, schema: schema)
        #expect(kept.page == PageInfo(total: 7, nextCursor: "n"))
        #expect(try Format.json.encode(kept.records, page: kept.page, schema: schema) == page + [0x0A])
    }

    @Test func isCompactJSONThatIsCopied() throws {
        let record = try StoredRecord(
            json: Array(#" { "name" : "\u0061" , "x" : [ 1 , 2e3 ] } "#.utf8).span, schema: schema)
        #expect(String(decoding: record.json, as: UTF8.self) == #"{"name":"a","x":[1,2e3]}"#)
        #expect(record.withRecord { $0.isCompactJSON } == true)
    }

    @Test(arguments: ["", "{}{}", "[]", "{"])
    func refusesWhatIsNotOneRecord(json: String) {
        #expect(throws: SerializationError.self) { try StoredRecord(json: Array(json.utf8).span, schema: schema) }
    }

    @Test func isMadeOfResources() throws {
        let model = LargeLanguageModel(
            name: "a", modelType: .gpt4o, provider: .openAI, connectionId: "3c90c3cc-0d44-4b50-8888-8dd25736052a")
        let record = try StoredRecord(model)
        #expect(try Format.xml.encode(record, schema: schema) == Format.xml.encode(model))
    }
}
