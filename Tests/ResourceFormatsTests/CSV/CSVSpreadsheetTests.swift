import ResourceFormats
import ResourceFormatsTesting
import Testing

/// The dialect that spreadsheet programs neither run nor rewrite.
@Suite struct CSVSpreadsheetTests {
    private static let spreadsheet = Format.csv(CSVOptions(isForSpreadsheets: true))

    /// A value and its cell in an unknown column, a string and a number column.
    @Test(arguments: cells)
    func guardsCells(value: String, unknown: String, string: String, number: String) {
        for (column, cell) in [("x", unknown), ("name", string), ("createdAt", number)] {
            let input = "[{\"\(column)\":\(value),\"provider\":\"p\"}]"
            let expected =
                column == "name" ? "name,provider\r\n\(cell),p\r\n" : "provider,\(column)\r\np,\(cell)\r\n"
            let written = run(input, to: Self.spreadsheet)
            #expect(written.output == Array("\u{FEFF}\(expected)".utf8))
            #expect(sorted(run(written.output, from: .csv).output) == sorted(Array(input.utf8)))
        }
    }

    static let cells: [(String, String, String, String)] = [
        (#""a""#, "a", "a", #"\s:a"#),
        (#""""#, #"\s:"#, #"\s:"#, #"\s:"#),
        (#"" a""#, #"" a""#, #"" a""#, #"\s: a"#),
        (#""a ""#, #""a ""#, #""a ""#, #""\s:a ""#),
        (#""\ta""#, #"\s:\#ta"#, #"\s:\#ta"#, #"\s:\#ta"#),
        (#""a,b""#, #""a,b""#, #""a,b""#, #""\s:a,b""#),
        (#""a\"b""#, #""a""b""#, #""a""b""#, #""\s:a""b""#),
        (#""a\nb""#, #""a\#nb""#, #""a\#nb""#, #""\s:a\#nb""#),
        (#""a\rb""#, #""\j:""a\rb""""#, #""\j:""a\rb""""#, #""\j:""a\rb""""#),
        (#""=\r\n1""#, #""\j:""=\r\n1""""#, #""\j:""=\r\n1""""#, #""\j:""=\r\n1""""#),
        (#""null""#, #"\s:null"#, #"\s:null"#, #"\s:null"#),
        (#""1""#, #"\s:1"#, #"\s:1"#, #"\s:1"#),
        (#""1.0""#, #"\s:1.0"#, #"\s:1.0"#, #"\s:1.0"#),
        (#""01""#, #"\s:01"#, #"\s:01"#, #"\s:01"#),
        (#""1e5""#, #"\s:1e5"#, #"\s:1e5"#, #"\s:1e5"#),
        (#""-""#, #"\s:-"#, #"\s:-"#, #"\s:-"#),
        (#""true""#, #"\s:true"#, #"\s:true"#, #"\s:true"#),
        (#""TRUE""#, #"\s:TRUE"#, #"\s:TRUE"#, #"\s:TRUE"#),
        (#""True""#, #"\s:True"#, #"\s:True"#, #"\s:True"#),
        (#""\\s:x""#, #"\s:\s:x"#, #"\s:\s:x"#, #"\s:\s:x"#),
        (#""\\a:""#, #"\s:\a:"#, #"\s:\a:"#, #"\s:\a:"#),
        (#""\u0000""#, #""\j:""\u0000""""#, #""\j:""\u0000""""#, #""\j:""\u0000""""#),
        (#""a\u001bb""#, #""\j:""a\u001bb""""#, #""\j:""a\u001bb""""#, #""\j:""a\u001bb""""#),
        (#""\u007f""#, #""\j:""\u007f""""#, #""\j:""\u007f""""#, #""\j:""\u007f""""#),
        (
            #""\u0001,\"\n\u007f""#,
            #""\j:""\u0001,\""\n\u007f""""#,
            #""\j:""\u0001,\""\n\u007f""""#,
            #""\j:""\u0001,\""\n\u007f""""#
        ),
        ("null", "null", "null", "null"),
        ("true", "true", #"\j:true"#, #"\j:true"#),
        ("false", "false", #"\j:false"#, #"\j:false"#),
        ("0", "0", #"\j:0"#, "0"),
        ("-0", #"\j:-0"#, #"\j:-0"#, #"\j:-0"#),
        ("1.0", #"\j:1.0"#, #"\j:1.0"#, #"\j:1.0"#),
        ("1e400", #"\j:1e400"#, #"\j:1e400"#, #"\j:1e400"#),
        ("12345678901234567", #"\j:12345678901234567"#, #"\j:12345678901234567"#, #"\j:12345678901234567"#),
        ("[]", "[]", "[]", "[]"),
        ("{}", "{}", "{}", "{}"),
        (#""=1""#, #"\s:=1"#, #"\s:=1"#, #"\s:=1"#),
        (#""+1""#, #"\s:+1"#, #"\s:+1"#, #"\s:+1"#),
        (#""-1""#, #"\s:-1"#, #"\s:-1"#, #"\s:-1"#),
        (#""@x""#, #"\s:@x"#, #"\s:@x"#, #"\s:@x"#),
        (#""\t=1""#, #"\s:\#t=1"#, #"\s:\#t=1"#, #"\s:\#t=1"#),
        (#""\r=1""#, #""\j:""\r=1""""#, #""\j:""\r=1""""#, #""\j:""\r=1""""#),
        (#""\n=1""#, #""\s:\#n=1""#, #""\s:\#n=1""#, #""\s:\#n=1""#),
        (#""\#u{FF1D}1""#, #"\s:\#u{FF1D}1"#, #"\s:\#u{FF1D}1"#, #"\s:\#u{FF1D}1"#),
        (#""2024-01-02""#, #"\s:2024-01-02"#, #"\s:2024-01-02"#, #"\s:2024-01-02"#),
        (#""Sept 3""#, #"\s:Sept 3"#, #"\s:Sept 3"#, #"\s:Sept 3"#),
        (#""MAY 5""#, #"\s:MAY 5"#, #"\s:MAY 5"#, #"\s:MAY 5"#),
        (#""March""#, "March", "March", #"\s:March"#),
        (#""1:30 PM""#, #"\s:1:30 PM"#, #"\s:1:30 PM"#, #"\s:1:30 PM"#),
        (#""5 apples""#, "5 apples", "5 apples", #"\s:5 apples"#),
        (#""$5""#, #"\s:$5"#, #"\s:$5"#, #"\s:$5"#),
        (#""€5""#, #"\s:€5"#, #"\s:€5"#, #"\s:€5"#),
        (#""00123""#, #"\s:00123"#, #"\s:00123"#, #"\s:00123"#),
        (#""1E3""#, #"\s:1E3"#, #"\s:1E3"#, #"\s:1E3"#),
        (#""tRuE""#, #"\s:tRuE"#, #"\s:tRuE"#, #"\s:tRuE"#),
        (#"" 1""#, #"\s: 1"#, #"\s: 1"#, #"\s: 1"#),
        ("1.50", #"\j:1.50"#, #"\j:1.50"#, #"\j:1.50"#),
        ("0.1", #"\j:0.1"#, #"\j:0.1"#, #"\j:0.1"#),
        ("100", "100", #"\j:100"#, "100"),
        ("123456789012345", "123456789012345", #"\j:123456789012345"#, "123456789012345"),
        ("1234567890123456", #"\j:1234567890123456"#, #"\j:1234567890123456"#, #"\j:1234567890123456"#),
        ("-5", "-5", #"\j:-5"#, "-5"),
        ("1E5", #"\j:1E5"#, #"\j:1E5"#, #"\j:1E5"#),
        ("-0.0", #"\j:-0.0"#, #"\j:-0.0"#, #"\j:-0.0"#),
        ("0.0", #"\j:0.0"#, #"\j:0.0"#, #"\j:0.0"#),
        (#""5 Dec 2024""#, #"\s:5 Dec 2024"#, #"\s:5 Dec 2024"#, #"\s:5 Dec 2024"#),
        (#""january 1""#, #"\s:january 1"#, #"\s:january 1"#, #"\s:january 1"#),
        (#""1 June""#, #"\s:1 June"#, #"\s:1 June"#, #"\s:1 June"#),
        (#""12/31/99""#, #"\s:12/31/99"#, #"\s:12/31/99"#, #"\s:12/31/99"#),
        (#""(5)""#, #"\s:(5)"#, #"\s:(5)"#, #"\s:(5)"#),
        (#""50%""#, #"\s:50%"#, #"\s:50%"#, #"\s:50%"#),
        (#""1,000.50 €""#, #""\s:1,000.50 €""#, #""\s:1,000.50 €""#, #""\s:1,000.50 €""#),
        (#""£5""#, #"\s:£5"#, #"\s:£5"#, #"\s:£5"#),
        (#""a1""#, "a1", "a1", #"\s:a1"#),
        (#""E5""#, #"\s:E5"#, #"\s:E5"#, #"\s:E5"#),
        (#""E""#, "E", "E", #"\s:E"#),
        (#""1st""#, #"\s:1st"#, #"\s:1st"#, #"\s:1st"#),
        (#""1sts""#, "1sts", "1sts", #"\s:1sts"#),
        (#""May""#, "May", "May", #"\s:May"#),
        (#"".""#, ".", ".", #"\s:."#),
        (#""/""#, "/", "/", #"\s:/"#),
        (#""12 am""#, #"\s:12 am"#, #"\s:12 am"#, #"\s:12 am"#),
        (#""3pm""#, #"\s:3pm"#, #"\s:3pm"#, #"\s:3pm"#),
        (#""Juneau 5""#, "Juneau 5", "Juneau 5", #"\s:Juneau 5"#),
        (#""5:""#, #"\s:5:"#, #"\s:5:"#, #"\s:5:"#),
        (#""1\n2""#, #""\s:1\#n2""#, #""\s:1\#n2""#, #""\s:1\#n2""#),
        (#""=\"a\"""#, #""\s:=""a""""#, #""\s:=""a""""#, #""\s:=""a""""#),
        (#""+\u0001""#, #""\j:""+\u0001""""#, #""\j:""+\u0001""""#, #""\j:""+\u0001""""#),
        (#""\#u{FF0B}x""#, #"\s:\#u{FF0B}x"#, #"\s:\#u{FF0B}x"#, #"\s:\#u{FF0B}x"#),
        (#""\#u{FF0D}x""#, #"\s:\#u{FF0D}x"#, #"\s:\#u{FF0D}x"#, #"\s:\#u{FF0D}x"#),
        (#""\#u{FF20}x""#, #"\s:\#u{FF20}x"#, #"\s:\#u{FF20}x"#, #"\s:\#u{FF20}x"#),
        ("0.10", #"\j:0.10"#, #"\j:0.10"#, #"\j:0.10"#),
        ("0.123456789012345", #"\j:0.123456789012345"#, #"\j:0.123456789012345"#, #"\j:0.123456789012345"#),
        ("0.1234567890123456", #"\j:0.1234567890123456"#, #"\j:0.1234567890123456"#, #"\j:0.1234567890123456"#),
        ("-1.5", #"\j:-1.5"#, #"\j:-1.5"#, #"\j:-1.5"#),
        ("-123456789012345", "-123456789012345", #"\j:-123456789012345"#, "-123456789012345"),
        ("-1234567890123456", #"\j:-1234567890123456"#, #"\j:-1234567890123456"#, #"\j:-1234567890123456"#),
        ("123456789012345.5", #"\j:123456789012345.5"#, #"\j:123456789012345.5"#, #"\j:123456789012345.5"#),
        ("1e2", #"\j:1e2"#, #"\j:1e2"#, #"\j:1e2"#),
    ]

    @Test func takesAnotherDelimiter() {
        let format = Format.csv(CSVOptions(delimiter: 0x3B, isForSpreadsheets: true))
        let expected = "\u{FEFF}name;x\r\na,b;\\s:=1\r\n"
        #expect(run(#"{"name":"a,b","x":"=1"}"#, to: format).output == Array(expected.utf8))
        #expect(convert(expected, from: .csv) == "[{\"name\":\"a,b\",\"x\":\"=1\"}]\n")
    }

    @Test func beginsWithAByteOrderMarkEvenWithoutAHeader() {
        let format = Format.csv(CSVOptions(hasHeader: false, isForSpreadsheets: true))
        #expect(run(#"{"name":"a"}"#, to: format).output == Array("\u{FEFF}a\r\n".utf8))
    }

    /// The name of a column, and its cell in the header.
    @Test(arguments: [
        ("", #"\e"#), ("a", "a"), ("1", #"\u0031"#), ("1.5", #"\u0031\.5"#), ("-1", #"\u002d1"#), ("=x", #"\=x"#),
        ("=1", #"\u003d1"#), ("\u{FF1D}1", "\\\u{FF1D}1"), ("\u{FF20}1", #"\uff201"#), ("\u{FF1D}x", "\\\u{FF1D}x"),
        ("true", #"\u0074rue"#),
        ("WAHR", #"\u0057AHR"#), ("Mai 5", #"\u004dai 5"#), ("août 1", #"\u0061oût 1"#), ("\\1", #"\u005c1"#),
        (".1", #"\u002e1"#), ("[1]", #"\u005b1]"#), ("\t1", #"\u00091"#), ("\n1", #"\n1"#), (" 1", #"\u00201"#),
        ("1 ", #"1\u0020"#), ("€ 5", #"\u20ac 5"#), ("\u{10100}1", "\u{10100}\\u0031"), ("\u{FEFF}1", #"\ufeff1"#),
        ("1,2", #""\u0031,2""#), ("1\"2", #""\u0031""2""#), ("\u{A0}1", #"\u00a01"#), ("1a", "1a"), ("v1", "v1"),
    ])
    func guardsHeaders(name: String, cell: String) {
        let member = String(decoding: SlowJSON.string(ExactText(name)).bytes, as: UTF8.self)
        let input = "[{\(member):\"x\"}]"
        let written = run(input, to: Self.spreadsheet)
        #expect(written.output == Array("\u{FEFF}\(cell)\r\nx\r\n".utf8))
        #expect(run(written.output, from: .csv).output == Array("\(input)\n".utf8))
        #expect(run(written.output, from: .csv).notes == [])
    }

    /// Below a name: the first character that can be escaped, of whichever key.
    @Test(arguments: [
        (#"{"may":["x"]}"#, #"\u006day[0]"#), (#"{"e":{"1":"x"}}"#, #"\u0065.1"#), (#"{"":{"1":"x"}}"#, #"\e.\u0031"#),
        (#"{"":["x"]}"#, #"\e[0]"#), (#"{"":[{"t":"x"}]}"#, #"\e[0].\u0074"#), (#"{"a":["x"]}"#, "a[0]"),
        ("{\"\u{10100}\":[\"x\"]}", "\u{10100}[0]"), (#"{"de":{"5":"x"}}"#, #"\u0064e.5"#),
        (#"{"\\":{"5":"x"}}"#, #"\u005c.5"#), (#"{"fallbacks":["x"]}"#, "fallbacks[0]"),
    ])
    func guardsNestedHeaders(record: String, cell: String) {
        let written = run(record, to: Self.spreadsheet)
        // An element of a known array of objects is tagged.
        let value = record.contains("fallbacks") ? #"\s:x"# : "x"
        #expect(written.output == Array("\u{FEFF}\(cell)\r\n\(value)\r\n".utf8))
        #expect(run(written.output, from: .csv).output == Array("[\(record)]\n".utf8))
    }

    /// Spreadsheet programs leave out a row of empty cells.
    @Test func marksARecordWithoutCells() {
        let input = #"[{},{"name":"a","x":1},{},{"x":2}]"#
        let written = run(input, to: Self.spreadsheet)
        #expect(written.output == Array("\u{FEFF}name,x\r\n\\a:,\r\na,1\r\n\\a:,\r\n,2\r\n".utf8))
        #expect(run(written.output, from: .csv).output == Array("\(input)\n".utf8))
        let chosen = Format.csv(CSVOptions(columns: ["name", "provider"], isForSpreadsheets: true))
        #expect(run(#"[{"x":1}]"#, to: chosen).output == Array("\u{FEFF}name,provider\r\n\\a:,\r\n".utf8))
    }

    /// The mark of an empty record counts alone in its row, wherever it stands; beside other cells it is a text.
    @Test(arguments: [
        ("\\a:,", "{}"), (",\\a:", "{}"), ("\"\\a:\",", "{}"), ("\\a:,\"\"", #"{"name":"\\a:","x":""}"#),
        ("\\a:,\\a:", #"{"name":"\\a:","x":"\\a:"}"#), ("\\a:,1", #"{"name":"\\a:","x":1}"#),
        ("b,\\a:", #"{"name":"b","x":"\\a:"}"#), ("\\a:x,", #"{"name":"\\a:x"}"#),
    ])
    func readsTheMarkOfAnEmptyRecord(row: String, record: String) {
        #expect(convert("name,x\r\n\(row)\r\n", from: .csv) == "[\(record)]\n")
    }
}
