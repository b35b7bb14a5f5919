import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TabSeparatedValues
import Testing

/// Tables of what is written and read.
@Suite struct TSVCellTests {
    private func write(_ json: String) -> String {
        Conversion(from: .json, to: .tabSeparated, schema: LargeLanguageModel.schema, shape: .list).run(json)
            .description
    }

    private func read(_ table: String, limits: Limits = .default) -> String {
        Conversion(from: .tabSeparated, to: .jsonLines, schema: LargeLanguageModel.schema, limits: limits).run(table)
            .description
    }

    @Test(arguments: [
        (#""a""#, "a"),
        (#""""#, #"\:"#),
        ("null", "null"),
        (#""null""#, #"\:null"#),
        (#""nullable""#, "nullable"),
        ("true", "true"),
        (#""true""#, #"\:true"#),
        (#""True""#, "True"),
        ("12", "12"),
        ("-1.50E+3", "-1.50E+3"),
        (#""12""#, #"\:12"#),
        (#""12 apples""#, "12 apples"),
        (#""2024-02-15""#, "2024-02-15"),
        (#""-""#, "-"),
        ("[]", "[]"),
        (#"{"a":"b\tc\\"}"#, #"{"a":"b\tc\\"}"#),
        (#""[x]""#, #"\:[x]"#),
        (#""\"quoted\"""#, #""quoted""#),
        (#""a\tb\r\nc\\d""#, #"a\tb\r\nc\\d"#),
        (#""\\:a""#, #"\\:a"#),
        (#""\uFEFFa""#, "\\:\u{FEFF}a"),
        (#"" a ""#, " a "),
    ])
    func saysEveryValueInItsOwnWay(value: String, cell: String) {
        for name in ["name", "other"] {
            #expect(Array(write("[{\"\(name)\":\(value)}]").utf8) == Array("\(name)\n\(cell)\n".utf8))
            let back = Conversion(from: .tabSeparated, to: .json, schema: LargeLanguageModel.schema, shape: .item)
                .run("\(name)\n\(cell)\n")
            let whole = Conversion(from: .json, to: .json, schema: LargeLanguageModel.schema)
                .run("{\"\(name)\":\(value)}")
            #expect(back.error == nil)
            #expect(back.output == whole.output)
        }
    }

    @Test func tellsAbsentFromEmptyAndNull() {
        let records = #"{"name":"","x":null}"# + "\n" + #"{"x":""}"# + "\n" + #"{"name":null}"# + "\n"
        let table = "name\tx\n\\:\tnull\n\t\\:\nnull\t\n"
        #expect(write(records) == table)
        #expect(read(table) == records)
    }

    @Test func putsColumnsOfTheSchemaFirst() {
        #expect(
            write(#"[{"z":1,"provider":"p"},{"a":2,"description":"d","name":"n"}]"#)
                == "name\tdescription\tprovider\tz\ta\n\t\tp\t1\t\nn\td\t\t\t2\n")
    }

    @Test func namesColumnsWithAnything() {
        let record = "{\"\":1,\"\\t\\\\\":2,\"[0]\":3,\"42\":4,\"\u{E9}\":5,\"e\u{301}\":6,\"\\\\:\":7}"
        let table = "\\:\t\\t\\\\\t[0]\t42\t\u{E9}\te\u{301}\t\\\\:\n1\t2\t3\t4\t5\t6\t7\n"
        #expect(Array(write(record).utf8) == Array(table.utf8))
        #expect(Array(read(table).utf8) == Array((record + "\n").utf8))
    }

    @Test(arguments: [
        ("[]", "\n"), ("[{}]", "\n\n"), ("[{},{}]", "\n\n\n"), (#"[{"a":1},{}]"#, "a\n1\n\n"),
    ])
    func keepsRecordsWithoutMembers(json: String, table: String) {
        #expect(write(json) == table)
        let back = Conversion(from: .tabSeparated, to: .json, schema: LargeLanguageModel.schema).run(table)
        #expect(back.text == json + "\n")
    }

    @Test func readsOtherLineEndsAndAByteOrderMark() {
        #expect(read("\u{FEFF}name\tx\r\na\t1\r\nb\t2\r\n") == "{\"name\":\"a\",\"x\":1}\n{\"name\":\"b\",\"x\":2}\n")
    }

    @Test(arguments: [
        ("", "1:1: found no header, expected a first line with the names of the columns ($)"),
        ("name", "1:5: found the end of the input, expected the end of the line ($)"),
        ("name\na", "2:2: found the end of the input, expected the end of the line ($[0])"),
        ("name\t\n", "1:6: found no name for column 2, expected a name, or \\: for the empty one ($)"),
        ("a\tb\ta\n", "1:5: found the name of another column for column 3, expected each name once ($)"),
        ("a\\x\n", "1:2: found a backslash that begins no escape, expected"),
        ("a\tb\n1\n", "2:2: found 1 cell in the line, expected 2, as many as the header has ($[0])"),
        ("a\n1\n1\t2\n", "3:3: found 2 cells in the line, expected 1, as many as the header has ($[1])"),
        ("\nx\n", "2:1: found 1 cell in the line, expected 0, as many as the header has ($[0])"),
        ("a\nx\\\n", "2:2: found a backslash that begins no escape, expected"),
        ("a\nx\\:\n", "2:2: found a backslash that begins no escape, expected"),
        ("a\n[1,]\n", "2:4: found \"]\", expected a JSON value ($[0].a[1])"),
        (
            "name\tfallbacks\né\t[{\"x\":01}]\n",
            "2:10: found \"1\", expected the end of the number ($[0].fallbacks[0].x)"
        ),
        ("a\n{\"x\":1,\"x\":2}\n", "2:8: found the name \"x\" a second time"),
    ])
    func refusesWithTheExactPlace(table: String, error: String) {
        #expect(read(table).hasPrefix("error: \(error)"), "\(read(table))")
    }

    @Test func refusesWhatIsNoUTF8() {
        let table = Array("a\tb\n1\té".utf8) + [0xFF, 0x0A]
        let outcome = Conversion(from: .tabSeparated, to: .json, schema: LargeLanguageModel.schema).run(table)
        #expect(outcome.code == .invalidEncoding)
        #expect(outcome.error?.hasPrefix("2:4: ") == true, "\(outcome)")
    }

    /// The record has long been read when it turns out that the document should have had only one.
    @Test func placesARecordThatTheConverterRefuses() {
        let outcome = Conversion(from: .tabSeparated, to: .json, schema: LargeLanguageModel.schema, shape: .item)
            .run("a\n1\n2\n")
        #expect(outcome.error == "3:1: found more than one record, expected exactly one for an item ($[1])")
    }
}
