import LLMResources
import ResourceCodable
import ResourceFormats
import ResourceHTTP
import Testing

/// The libraries without the trait XML.
@Suite struct WithoutXMLTests {
    struct Desk: Codable, Equatable {
        struct Model: Codable, Equatable {
            var name: String
        }

        var title: String
        var model: Model
        var tier: Int?
    }

    private static let desks = [Desk(title: "Hilfe ü", model: Desk.Model(name: "gpt-4o"), tier: 1)]
    private static let json = #"[{"title":"Hilfe ü","model":{"name":"gpt-4o"},"tier":1}]"#
    private static let table = "title,model.name,tier\r\nHilfe ü,gpt-4o,1\r\n"

    @Test func convertsJSONToCSVAndBack() throws {
        let desks = try Format.json.decode([Desk].self, from: Array(Self.json.utf8))
        #expect(desks == Self.desks)
        let table = try Format.csv.encode(desks)
        #expect(String(decoding: table, as: UTF8.self) == Self.table)
        let again = try Format.csv.decode([Desk].self, from: table)
        #expect(String(decoding: try Format.json.encode(again), as: UTF8.self) == Self.json + "\n")
    }

    @Test func hasEveryFormatButXML() {
        #expect(Format.builtIn.map(\.name) == ["json", "jsonl", "hal", "csv"])
        #expect(!Format.negotiated.contains { $0.name == "xml" })
        #expect(Format(name: "xml") == nil)
        #expect(Format(fileExtension: "xml") == nil)
        #expect(Format(contentType: "application/xml") == nil)
    }

    @Test func printsTheXMLSchemaAllTheSame() {
        #expect(LargeLanguageModel.schema.xmlSchema.contains("largeLanguageModel"))
    }

    @Test(arguments: ["UTF-16", "UTF-16BE", "UTF-32", "ISO-8859-1"])
    func writesAndReadsTablesOfAFewEncodings(encoding: String) throws {
        let table = try Format.csv(CSVOptions(encoding: encoding)).encode(Self.desks)
        #expect(table != Array(Self.table.utf8))
        #expect(try Format.csv(CSVOptions(inputEncoding: encoding)).decode([Desk].self, from: table) == Self.desks)
    }

    @Test func refusesOtherEncodingsByTheTrait() {
        let expectation =
            "found the encoding \"windows-1252\", "
            + "expected UTF-8, UTF-16, UTF-32, ISO-8859-1 or US-ASCII; other encodings take the package trait XML"
        let reading = #expect(throws: SerializationError.self) {
            try Format.csv(CSVOptions(inputEncoding: "windows-1252"))
                .decode([LargeLanguageModel].self, from: Array("name\na\n".utf8))
        }
        #expect(reading?.description == "1:1: \(expectation) ($)")
        let writing = #expect(throws: SerializationError.self) {
            try Format.csv(CSVOptions(encoding: "windows-1252")).encode([LargeLanguageModel]())
        }
        #expect(writing?.description == expectation)
        #expect(!CSVOptions.supports(encoding: "windows-1252"))
    }
}
