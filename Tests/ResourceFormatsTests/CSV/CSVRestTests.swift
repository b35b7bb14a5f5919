import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Tables with the columns of the schema, and one for the rest.
@Suite struct CSVRestTests {
    private static let schema = LargeLanguageModel.schema
    private static let format = Format.csv(CSVOptions(restColumn: "rest"))

    private static func text(_ records: [String], _ format: Format = format) throws -> String {
        let kept = try records.map { try StoredRecord(json: Array($0.utf8).span, schema: schema) }
        var output = OutputBuffer()
        try format.encode(kept, schema: schema, into: &output)
        return String(decoding: output.array(), as: UTF8.self)
    }

    /// The filled cells of the only row, by column.
    private static func row(_ record: String) throws -> [String: String] {
        let lines = try text([record]).split(separator: "\r\n").map(String.init)
        let names = lines[0].split(separator: ",", omittingEmptySubsequences: false)
        // The values of these tests have no commas but in the last cell.
        let cells = lines[1].split(separator: ",", maxSplits: names.count - 1, omittingEmptySubsequences: false)
        return Dictionary(
            uniqueKeysWithValues: zip(names, cells).filter { !$1.isEmpty }.map { (String($0), String($1)) })
    }

    @Test(arguments: [
        (#"{"name":"a"}"#, ["name": "a"]),
        ("{}", [:]),
        (#"{"name":"a","x":1}"#, ["name": "a", "rest": #""{""x"":1}""#]),
        (#"{"rest":"x"}"#, ["rest": #""{""rest"":""x""}""#]),
        (#"{"azureOpenAI":{"region":1.0}}"#, ["rest": #""{""azureOpenAI"":{""region"":1.0}}""#]),
        (
            #"{"azureOpenAI":{"apiVersion":"v","region":null}}"#,
            ["azureOpenAI.apiVersion": "v", "rest": #""{""azureOpenAI"":{""region"":null}}""#]
        ),
        (#"{"openAI":{}}"#, ["rest": #""{""openAI"":{}}""#]),
        (#"{"openAI":null}"#, ["rest": #""{""openAI"":null}""#]),
        (#"{"name":{"de":"a"}}"#, ["rest": #""{""name"":{""de"":""a""}}""#]),
        (#"{"name":null,"description":[]}"#, ["name": "null", "description": "[]"]),
        (#"{"assignedToProjects":["p"]}"#, ["assignedToProjects": #""[""p""]""#]),
        (#"{"fallbacks":[]}"#, ["fallbacks": "[]"]),
    ])
    func putsWhatHasNoColumnIntoTheLast(record: String, cells: [String: String]) throws {
        #expect(try Self.row(record) == cells)
    }

    /// Whatever the records hold, two documents fit together, and the parts of a record are all there.
    @Test func hasTheSameColumnsForAllRecords() throws {
        var generator = RecordGenerator(schema: Self.schema, mood: .realistic, seed: 7)
        let records = (0..<200).map { _ in String(decoding: generator.nextRecord().bytes, as: UTF8.self) }
        let header = try Self.text([])
        var joined = header
        for record in records {
            let document = try Self.text([record])
            #expect(document.utf8.starts(with: header.utf8))
            joined += String(decoding: document.utf8.dropFirst(header.utf8.count), as: UTF8.self)
        }
        #expect(try joined == Self.text(records))
        let hasRest = try records.map { try Self.text([$0]).utf8.suffix(3).first != UInt8(ascii: ",") }
        #expect(hasRest.contains(true) && hasRest.contains(false))
    }

    @Test func keepsTheColumnsInEveryLayout() throws {
        let inLayout = try #require(Format.csv.traits.inLayout)
        let record = #"{"name":"a","fallbacks":[{"isFallbackEnabled":true}],"x":1}"#
        #expect(try Self.text([record], inLayout(TableLayout(columns: .named(["x", "name"])))) == "x,name\r\n1,a\r\n")
        #expect(
            try Self.text([record], inLayout(TableLayout(columns: .named(["fallbacks"]))))
                == "fallbacks\r\n\"[{\"\"isFallbackEnabled\"\":true}]\"\r\n")
        #expect(
            try Self.text([record], inLayout(TableLayout(columns: .named(["fallbacks[0].isFallbackEnabled"]))))
                == "fallbacks[0].isFallbackEnabled\r\ntrue\r\n")
        #expect(try Self.text([record], inLayout(TableLayout())) == Self.text([record], .csv))
        #expect(try Self.text([record], inLayout(TableLayout(columns: .ofSchema(rest: "rest")))) == Self.text([record]))
        #expect(
            try Self.text([record], inLayout(TableLayout(isForSpreadsheets: true)))
                == Self.text([record], .csv(CSVOptions(isForSpreadsheets: true))))
        #expect(Format.json.traits.inLayout == nil)
    }
}
