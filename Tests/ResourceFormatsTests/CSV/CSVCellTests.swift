import ResourceFormats
import ResourceFormatsTesting
import Testing

/// What stands in a cell: plain text, a tag, quotes; and that it comes back.
@Suite struct CSVCellTests {
    /// A value and its cell in an unknown column, a string, a number, a boolean, an array and an object column.
    @Test(arguments: cells)
    func tagsAndQuotes(_ row: Row) {
        let value = row.value
        expectCell(row.unknown, for: value, in: "x")
        expectCell(row.string, for: value, in: "name")
        expectCell(row.number, for: value, in: "createdAt")
        expectCell(row.boolean, for: value, in: "isDefault")
        expectCell(row.array, for: value, in: "assignedToProjects")
        expectCell(row.object, for: value, in: "openAI")
    }

    typealias Row = (
        value: String, unknown: String, string: String, number: String, boolean: String, array: String, object: String
    )

    private func expectCell(_ cell: String, for value: String, in column: String) {
        let input = "[{\"\(column)\":\(value),\"provider\":\"p\"}]"
        let expected =
            column == "name" ? "name,provider\r\n\(cell),p\r\n" : "provider,\(column)\r\np,\(cell)\r\n"
        let written = run(input, to: .csv)
        #expect(written.output == Array(expected.utf8))
        #expect(sorted(run(written.output, from: .csv).output) == sorted(Array(input.utf8)))
    }

    static let cells: [Row] = [
        (#""a""#, "a", "a", #"\s:a"#, #"\s:a"#, #"\s:a"#, #"\s:a"#),
        (#""""#, #""""#, #""""#, #"\s:"#, #"\s:"#, #"\s:"#, #"\s:"#),
        (#"" a""#, #"" a""#, #"" a""#, #"\s: a"#, #"\s: a"#, #"\s: a"#, #"\s: a"#),
        (#""a ""#, #""a ""#, #""a ""#, #""\s:a ""#, #""\s:a ""#, #""\s:a ""#, #""\s:a ""#),
        (#""\ta""#, #""\#ta""#, #""\#ta""#, #"\s:\#ta"#, #"\s:\#ta"#, #"\s:\#ta"#, #"\s:\#ta"#),
        (#""a,b""#, #""a,b""#, #""a,b""#, #""\s:a,b""#, #""\s:a,b""#, #""\s:a,b""#, #""\s:a,b""#),
        (#""a;b""#, "a;b", "a;b", #"\s:a;b"#, #"\s:a;b"#, #"\s:a;b"#, #"\s:a;b"#),
        (#""a|b""#, "a|b", "a|b", #"\s:a|b"#, #"\s:a|b"#, #"\s:a|b"#, #"\s:a|b"#),
        (#""a\tb""#, "a\tb", "a\tb", #"\s:a\#tb"#, #"\s:a\#tb"#, #"\s:a\#tb"#, #"\s:a\#tb"#),
        (#""a\"b""#, #""a""b""#, #""a""b""#, #""\s:a""b""#, #""\s:a""b""#, #""\s:a""b""#, #""\s:a""b""#),
        (#""a\nb""#, #""a\#nb""#, #""a\#nb""#, #""\s:a\#nb""#, #""\s:a\#nb""#, #""\s:a\#nb""#, #""\s:a\#nb""#),
        (#""a\rb""#, #""a\#rb""#, #""a\#rb""#, #""\s:a\#rb""#, #""\s:a\#rb""#, #""\s:a\#rb""#, #""\s:a\#rb""#),
        (#""null""#, #"\s:null"#, #"\s:null"#, #"\s:null"#, #"\s:null"#, #"\s:null"#, #"\s:null"#),
        (#""[]""#, #"\s:[]"#, #"\s:[]"#, #"\s:[]"#, #"\s:[]"#, #"\s:[]"#, #"\s:[]"#),
        (#""{}""#, #"\s:{}"#, #"\s:{}"#, #"\s:{}"#, #"\s:{}"#, #"\s:{}"#, #"\s:{}"#),
        (#""NULL""#, "NULL", "NULL", #"\s:NULL"#, #"\s:NULL"#, #"\s:NULL"#, #"\s:NULL"#),
        (#""1""#, #"\s:1"#, "1", #"\s:1"#, #"\s:1"#, #"\s:1"#, #"\s:1"#),
        (#""1.0""#, #"\s:1.0"#, "1.0", #"\s:1.0"#, #"\s:1.0"#, #"\s:1.0"#, #"\s:1.0"#),
        (#""01""#, "01", "01", #"\s:01"#, #"\s:01"#, #"\s:01"#, #"\s:01"#),
        (#""1e5""#, #"\s:1e5"#, "1e5", #"\s:1e5"#, #"\s:1e5"#, #"\s:1e5"#, #"\s:1e5"#),
        (#""-""#, "-", "-", #"\s:-"#, #"\s:-"#, #"\s:-"#, #"\s:-"#),
        (#""true""#, #"\s:true"#, "true", #"\s:true"#, #"\s:true"#, #"\s:true"#, #"\s:true"#),
        (#""TRUE""#, #"\s:TRUE"#, "TRUE", #"\s:TRUE"#, #"\s:TRUE"#, #"\s:TRUE"#, #"\s:TRUE"#),
        (#""True""#, "True", "True", #"\s:True"#, #"\s:True"#, #"\s:True"#, #"\s:True"#),
        (#""false""#, #"\s:false"#, "false", #"\s:false"#, #"\s:false"#, #"\s:false"#, #"\s:false"#),
        (#""\\s:x""#, #"\s:\s:x"#, #"\s:\s:x"#, #"\s:\s:x"#, #"\s:\s:x"#, #"\s:\s:x"#, #"\s:\s:x"#),
        (#""\\j:1""#, #"\s:\j:1"#, #"\s:\j:1"#, #"\s:\j:1"#, #"\s:\j:1"#, #"\s:\j:1"#, #"\s:\j:1"#),
        (#""\\a:""#, #"\s:\a:"#, #"\s:\a:"#, #"\s:\a:"#, #"\s:\a:"#, #"\s:\a:"#, #"\s:\a:"#),
        (#""\\a:x""#, #"\s:\a:x"#, #"\s:\a:x"#, #"\s:\a:x"#, #"\s:\a:x"#, #"\s:\a:x"#, #"\s:\a:x"#),
        (#""\\""#, #"\"#, #"\"#, #"\s:\"#, #"\s:\"#, #"\s:\"#, #"\s:\"#),
        (#""\\x""#, #"\x"#, #"\x"#, #"\s:\x"#, #"\s:\x"#, #"\s:\x"#, #"\s:\x"#),
        (
            #""\u0000""#,
            #""\j:""\u0000""""#,
            #""\j:""\u0000""""#,
            #""\j:""\u0000""""#,
            #""\j:""\u0000""""#,
            #""\j:""\u0000""""#,
            #""\j:""\u0000""""#
        ),
        (
            #""a\u001bb""#,
            #""\j:""a\u001bb""""#,
            #""\j:""a\u001bb""""#,
            #""\j:""a\u001bb""""#,
            #""\j:""a\u001bb""""#,
            #""\j:""a\u001bb""""#,
            #""\j:""a\u001bb""""#
        ),
        (
            #""\u007f""#,
            #""\j:""\u007f""""#,
            #""\j:""\u007f""""#,
            #""\j:""\u007f""""#,
            #""\j:""\u007f""""#,
            #""\j:""\u007f""""#,
            #""\j:""\u007f""""#
        ),
        (
            #""\u0001,\"\n\u007f""#,
            #""\j:""\u0001,\""\n\u007f""""#,
            #""\j:""\u0001,\""\n\u007f""""#,
            #""\j:""\u0001,\""\n\u007f""""#,
            #""\j:""\u0001,\""\n\u007f""""#,
            #""\j:""\u0001,\""\n\u007f""""#,
            #""\j:""\u0001,\""\n\u007f""""#
        ),
        ("null", "null", "null", "null", "null", "null", "null"),
        ("true", "true", #"\j:true"#, #"\j:true"#, "true", #"\j:true"#, #"\j:true"#),
        ("false", "false", #"\j:false"#, #"\j:false"#, "false", #"\j:false"#, #"\j:false"#),
        ("0", "0", #"\j:0"#, "0", #"\j:0"#, #"\j:0"#, #"\j:0"#),
        ("-0", "-0", #"\j:-0"#, "-0", #"\j:-0"#, #"\j:-0"#, #"\j:-0"#),
        ("1.0", "1.0", #"\j:1.0"#, "1.0", #"\j:1.0"#, #"\j:1.0"#, #"\j:1.0"#),
        ("1e400", "1e400", #"\j:1e400"#, "1e400", #"\j:1e400"#, #"\j:1e400"#, #"\j:1e400"#),
        (
            "12345678901234567",
            "12345678901234567",
            #"\j:12345678901234567"#,
            "12345678901234567",
            #"\j:12345678901234567"#,
            #"\j:12345678901234567"#,
            #"\j:12345678901234567"#
        ),
        ("[]", "[]", "[]", "[]", "[]", "[]", "[]"),
        ("{}", "{}", "{}", "{}", "{}", "{}", "{}"),
        (#""=1""#, "=1", "=1", #"\s:=1"#, #"\s:=1"#, #"\s:=1"#, #"\s:=1"#),
        (#""-1""#, #"\s:-1"#, "-1", #"\s:-1"#, #"\s:-1"#, #"\s:-1"#, #"\s:-1"#),
        (#""\n=1""#, #""\#n=1""#, #""\#n=1""#, #""\s:\#n=1""#, #""\s:\#n=1""#, #""\s:\#n=1""#, #""\s:\#n=1""#),
        (
            #""2024-01-02""#,
            "2024-01-02",
            "2024-01-02",
            #"\s:2024-01-02"#,
            #"\s:2024-01-02"#,
            #"\s:2024-01-02"#,
            #"\s:2024-01-02"#
        ),
        (#""1E3""#, #"\s:1E3"#, "1E3", #"\s:1E3"#, #"\s:1E3"#, #"\s:1E3"#, #"\s:1E3"#),
        (#"" 1""#, #"" 1""#, #"" 1""#, #"\s: 1"#, #"\s: 1"#, #"\s: 1"#, #"\s: 1"#),
        ("1.50", "1.50", #"\j:1.50"#, "1.50", #"\j:1.50"#, #"\j:1.50"#, #"\j:1.50"#),
        (
            "1234567890123456",
            "1234567890123456",
            #"\j:1234567890123456"#,
            "1234567890123456",
            #"\j:1234567890123456"#,
            #"\j:1234567890123456"#,
            #"\j:1234567890123456"#
        ),
    ]

    /// The same where there is one column and no delimiter to go by.
    @Test(arguments: [
        (#""a""#, "a"),
        (#""""#, #""""#),
        (#"" a""#, #"" a""#),
        (#""a,b""#, #""a,b""#),
        (#""a;b""#, "a;b"),
        (#""a|b""#, "a|b"),
        (#""a\tb""#, "a\tb"),
        (#""\\a:""#, #"\s:\a:"#),
        (#""\\a:x""#, #"\s:\a:x"#),
        (#""null""#, #"\s:null"#),
        ("1", "1"),
        ("null", "null"),
        ("[]", "[]"),
        ("{}", "{}"),
        (#""a\nb""#, #""a\#nb""#),
        (#""\n""#, #""\#n""#),
    ])
    func quotesCommasInTheOnlyColumn(value: String, cell: String) {
        let input = "[{\"x\":\(value)}]"
        let written = run(input, to: .csv)
        #expect(written.output == Array("x\r\n\(cell)\r\n".utf8))
        #expect(sorted(run(written.output, from: .csv).output) == sorted(Array(input.utf8)))
    }

    @Test func marksTheEmptyRecordOnlyWhereItsLineWouldBeEmpty() {
        #expect(convert(#"[{},{"x":1},{}]"#, to: .csv) == "x\r\n\\a:\r\n1\r\n\\a:\r\n")
        #expect(convert(#"[{},{"x":1,"y":2},{}]"#, to: .csv) == "x,y\r\n,\r\n1,2\r\n,\r\n")
        #expect(convert("x\r\n\\a:\r\n1\r\n", from: .csv) == "[{},{\"x\":1}]\n")
    }
}
