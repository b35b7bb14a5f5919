import ResourceFormats
import Testing

@Suite struct FormatNameTests {
    private static let csvWithoutHeader = Format.csv(CSVOptions(hasHeader: false))

    @Test(
        arguments: [
            ("application/json", .json), ("Application/JSON; charset=UTF-8", .json), ("application/hal+json", .hal),
            ("application/x-ndjson", .jsonLines), ("text/xml", .xml), ("application/xml", .xml), ("text/csv", .csv),
            ("text/csv; header=absent", csvWithoutHeader), ("text/csv;header=PRESENT", .csv), ("text/csv; x=y", .csv),
            ("application/json; charset=latin1", nil), ("text/csv; header=other", nil), ("text/html", nil),
            ("application/vnd.acme+json", nil), ("json", nil), ("", nil),
        ] as [(String, Format?)])
    func findsFormatsByContentType(_ text: String, expected: Format?) {
        #expect(Format(contentType: text) == expected)
    }

    @Test(
        arguments: [
            ("application/vnd.acme+json", .json), ("application/atom+xml; charset=utf-8", .xml),
            ("application/hal+json", .hal), ("application/vnd.acme+json; charset=utf-16", nil),
            ("application/vnd.acme+yaml", nil), ("application/json+", nil), ("text/html", nil),
        ] as [(String, Format?)])
    func takesSuffixesIfAsked(_ text: String, expected: Format?) {
        #expect(Format(contentType: text, takesSuffixes: true) == expected)
    }

    @Test func readsXMLInTheCharsetOfTheField() throws {
        let format = try #require(Format(contentType: "application/xml; charset=iso-8859-1"))
        let schema = Schema("record", plural: "records")
        let bytes = Array("<record><a>".utf8) + [0xE9] + Array("</a></record>".utf8)
        let records = try StoredRecord.records(in: bytes, from: format, schema: schema).records
        #expect(String(decoding: records[0].json, as: UTF8.self) == #"{"a":"é"}"#)
        #expect(Format(contentType: "application/xml; charset=none-such") == nil)
    }

    @Test(
        arguments: [
            ("json", .json), ("JSON", .json), ("jsonl", .jsonLines), ("ndjson", .jsonLines), ("hal", .hal),
            ("xml", .xml),
            ("csv", .csv), (".csv", nil), ("txt", nil), ("", nil),
        ] as [(String, Format?)])
    func findsFormatsByExtension(_ text: String, expected: Format?) {
        #expect(Format(fileExtension: text) == expected)
    }

    @Test(arguments: [("CSV", .csv), ("ndjson", .jsonLines), ("yaml", nil)] as [(String, Format?)])
    func findsFormatsByName(_ text: String, expected: Format?) {
        #expect(Format(name: text) == expected)
    }

    @Test func choosesAmongTheFormatsGiven() {
        #expect(Format(contentType: "text/csv", among: [.json]) == nil)
        #expect(Format(fileExtension: "csv", among: [.json, Self.csvWithoutHeader]) == Self.csvWithoutHeader)
    }
}
