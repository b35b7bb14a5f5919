import ContentNegotiation
import Foundation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TabSeparatedValues
import Testing

/// What every format has to do, and what negotiation and samples make of this one.
@Suite struct TSVFormatTests {
    private static let schema = LargeLanguageModel.schema

    /// The suite that the formats of the package pass as well.
    @Test func passesTheConformanceSuite() {
        for seed in 1...3 as ClosedRange<UInt64> {
            let suite = FormatConformance(of: .tabSeparated, schema: Self.schema, seed: seed)
            #expect(suite.failures() == [])
        }
    }

    @Test(arguments: ["models.json", "model.json", "newer-server.json", "spreadsheet.json"], Format.builtIn)
    func keepsSamplesOnTheWayToOtherFormats(name: String, other: Format) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../Data/\(name)")
        let input = [UInt8](try Data(contentsOf: file))
        let records = try SlowJSON(parsing: convert(input, from: .json, to: .json))
        let back = try convert(
            convert(convert(input, from: .json, to: other), from: other, to: .tabSeparated), from: .tabSeparated,
            to: .json)
        #expect(try SlowJSON(parsing: back).sorted == records.sorted)
    }

    private func convert(_ input: [UInt8], from source: Format, to target: Format) throws -> [UInt8] {
        let outcome = Conversion(from: source, to: target, schema: Self.schema, shape: .list).run(input)
        #expect(outcome.error == nil)
        return outcome.output
    }

    @Test func servesTheStruct() throws {
        let input = #"[{"name":"a","modelType":"gpt-4o","provider":"openAI","connectionId":"c","x":[1]}]"#
        let models = try Format.json.decode([LargeLanguageModel].self, from: Array(input.utf8).span)
        let table = try Format.tabSeparated.encode(models)
        #expect(
            String(decoding: table, as: UTF8.self)
                == "name\tmodelType\tprovider\tconnectionId\tx\na\tgpt-4o\topenAI\tc\t[1]\n")
        #expect(try Format.tabSeparated.decode([LargeLanguageModel].self, from: table.span) == models)
    }

    @Test func isNegotiated() {
        let formats = Format.builtIn + [.tabSeparated]
        let negotiator = Negotiator(offers: formats.map(\.mediaType))
        func choice(_ accept: String) -> Format? {
            negotiator.bestOffer(accept: accept).map { formats[$0] }
        }
        #expect(choice("text/tab-separated-values") == .tabSeparated)
        #expect(choice("application/json;q=0.5, text/Tab-Separated-Values") == .tabSeparated)
        #expect(choice("text/tab-separated-values;q=0.5, text/csv;q=0.4, */*;q=0.1") == .tabSeparated)
        #expect(choice("*/*") == .json)
        #expect(choice("text/tab-separated-values;header=absent") == nil)
        #expect(Format.tabSeparated.fileExtensions == ["tsv"])
    }

    @Test func saysThatAPageBecomesAList() {
        let page = #"{"items":[{"name":"a"}],"total":7,"nextCursor":"n"}"#
        let outcome = Conversion(from: .json, to: .tabSeparated, schema: Self.schema).run(page)
        #expect(outcome.text == "name\na\n")
        #expect(outcome.notes.count == 1)
        #expect(outcome.notes.first?.hasPrefix("the page's members") == true)
    }
}
