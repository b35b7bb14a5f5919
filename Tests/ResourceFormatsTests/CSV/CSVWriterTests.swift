import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Which columns there are, in which order, and how they are called.
@Suite struct CSVWriterTests {
    @Test(arguments: documents)
    func laysOutColumns(input: String, expected: String) {
        #expect(convert(input, to: .csv) == expected)
    }

    static let documents: [(String, String)] = [
        ("[]", "name\r\n"),
        ("[{}]", #"name\#r\#n\a:\#r\#n"#),
        ("[{},{}]", #"name\#r\#n\a:\#r\#n\a:\#r\#n"#),
        (#"{"name":"a"}"#, "name\r\na\r\n"),
        (
            #"{"lastChangedBy":"u","name":"a","_id":"1","openAI":{"customModel":"m"},"isDefault":true,"createdAt":5}"#,
            "name,openAI.customModel,isDefault,_id,createdAt,lastChangedBy\r\na,m,true,1,5,u\r\n"
        ),
        (
            #"{"azureOpenAI":{"region":"eu","deploymentName":"d"},"x":1}"#,
            "azureOpenAI.deploymentName,azureOpenAI.region,x\r\nd,eu,1\r\n"
        ),
        (#"[{"x":1,"name":"a"},{"y":2,"x":3}]"#, "name,x,y\r\na,1,\r\n,3,2\r\n"),
        (
            #"{"azureOpenAI":{"baseCustomUrl":["u",{"a":1}]}}"#,
            "azureOpenAI.baseCustomUrl[0],azureOpenAI.baseCustomUrl[1].a\r\nu,1\r\n"
        ),
        (#"{"x":[[1,2],[3]]}"#, "x[0][0],x[0][1],x[1][0]\r\n1,2,3\r\n"),
        (
            #"[{"assignedToProjects":["a"]},{"assignedToProjects":["b","c"]}]"#,
            "assignedToProjects[0],assignedToProjects[1]\r\na,\r\nb,c\r\n"
        ),
        (#"{"x":{},"y":[],"z":null,"w":"","v":true}"#, #"x,y,z,w,v\#r\#n{},[],null,"",true\#r\#n"#),
        (#"{"name":{"x":1},"isDefault":[true]}"#, "name.x,isDefault[0]\r\n1,true\r\n"),
        (#"{"items":[{"name":"a"}],"total":1}"#, "name\r\na\r\n"),
        (#"{"b":1,"a":2}"#, "b,a\r\n1,2\r\n"),
        (#"[{"name":"a"},{"name":"b","x":null}]"#, "name,x\r\na,\r\nb,null\r\n"),
        (
            #"{"x":{"a":{"c":1},"b":2},"openAI":{"z":1,"customModel":2}}"#,
            #"openAI.customModel,openAI.z,x.a.c,x.b\#r\#n\j:2,1,1,2\#r\#n"#
        ),
        (#"[{"x":[1,2]},{"x":[3]},{"x":[null,[],{}]}]"#, "x[0],x[1],x[2]\r\n1,2,\r\n3,,\r\nnull,[],{}\r\n"),
    ]

    /// A key and the cell of the header that names it beside `name`.
    @Test(arguments: keys)
    func escapesKeys(key: String, header: String) {
        let record = SlowJSON.object([.init("name", .string("n")), .init(ExactText(key), .string("v"))])
        let written = run(record.bytes, to: .csv)
        #expect(written.output == Array("name,\(header)\r\nn,v\r\n".utf8))
        #expect(run(written.output, from: .csv).output == SlowJSON.array([record]).bytes + [0x0A])
    }

    static let keys: [(String, String)] = [
        ("", #"\e"#),
        (".", #"\."#),
        ("a.b", #"a\.b"#),
        ("[", #"\["#),
        ("a[0]", #"a\[0]"#),
        (#"\"#, #"\\"#),
        (#"\e"#, #"\\e"#),
        (#"""#, #""""""#),
        ("\n", #"\n"#),
        ("\r", #"\r"#),
        ("\t", #"\t"#),
        ("\u{0}", #"\u0000"#),
        ("\u{1B}", #"\u001b"#),
        ("\u{7F}", #"\u007f"#),
        (" ", #"\u0020"#),
        ("  ", #"\u0020\u0020"#),
        (" a ", #"\u0020a\u0020"#),
        ("a b", "a b"),
        ("\u{FEFF}", #"\ufeff"#),
        ("a\u{FEFF}b", #"a\ufeffb"#),
        ("=k", #"\=k"#),
        ("+k", #"\+k"#),
        ("-k", #"\-k"#),
        ("@k", #"\@k"#),
        ("\u{FF1D}k", #"\\#u{FF1D}k"#),
        ("\u{FF0B}", #"\\#u{FF0B}"#),
        ("\u{FF0D}k", #"\\#u{FF0D}k"#),
        ("\u{FF20}k", #"\\#u{FF20}k"#),
        ("=", #"\="#),
        ("k=", "k="),
        ("a,b", #""a,b""#),
        ("a;b", #""a;b""#),
        ("a|b", #""a|b""#),
        ("sep=;", #""sep=;""#),
        ("sep=ab", "sep=ab"),
        ("sep=", "sep="),
        ("sep=é", "sep=é"),
        (#"\=k"#, #"\\=k"#),
        ("'", "'"),
        ("é", "é"),
        ("null", "null"),
        ("\u{2028}", "\u{2028}"),
        ("\u{85}", "\u{85}"),
    ]

    /// The same where it is the only column.
    @Test(arguments: [
        ("sep=;", #""sep=;""#),
        ("sep=ab", "sep=ab"),
        ("sep=", "sep="),
        ("sep=é", #""sep=é""#),
        ("a", "a"),
        ("a b", "a b"),
        (#"""#, #""""""#),
        ("a,b", #""a,b""#),
    ])
    func quotesTheOnlyHeaderWhereItMust(key: String, header: String) {
        let record = SlowJSON.object([.init(ExactText(key), .string("v"))])
        let written = run(record.bytes, to: .csv)
        #expect(written.output == Array("\(header)\r\nv\r\n".utf8))
        #expect(run(written.output, from: .csv).output == SlowJSON.array([record]).bytes + [0x0A])
    }

    @Test(arguments: [
        (["name", "x"], "name,x\r\na,\r\n,1\r\n"),
        (["x", "name"], "x,name\r\n,a\r\n1,\r\n"),
        (["x"], "x\r\n\\a:\r\n1\r\n"),
        (["y.z", "list[1]", "name", "name"], "y.z,list[1],name\r\n,3,a\r\n,,\r\n"),
        (["Size [mm]"], "Size \\[mm]\r\n\\a:\r\n\\a:\r\n"),
    ])
    func writesOnlyTheColumnsAskedFor(columns: [String], expected: String) {
        let input = #"[{"name":"a","list":[2,3]},{"x":1}]"#
        #expect(convert(input, to: .csv(CSVOptions(columns: columns))) == expected)
    }

    @Test func saysWhenAChosenColumnLeavesSomethingOut() {
        let outcome = run(
            #"[{"openAI":{"customModel":"m"}},{"openAI":null}]"#, to: .csv(CSVOptions(columns: ["openAI"])))
        #expect(outcome.text == "openAI\r\n\\a:\r\nnull\r\n")
        let note = #"column "openAI" holds objects or arrays, whose values have columns of their own and are left out"#
        #expect(outcome.notes == [note])
    }

    @Test func leavesTheHeaderOut() {
        let headless = CSVOptions(hasHeader: false)
        #expect(convert(#"[{"name":"a","x":1},{"x":2}]"#, to: .csv(headless)) == "a,1\r\n,2\r\n")
        let named = CSVOptions(columns: ["name", "x"], hasHeader: false)
        #expect(convert("a,1\r\n,2\r\n", from: .csv(named)) == "[{\"name\":\"a\",\"x\":1},{\"x\":2}]\n")
    }

    /// What a reader looks for at the start of a document has to be no part of a cell.
    @Test(arguments: [
        // Input, columns, delimiter, for spreadsheets, table.
        (#"[{"name":"\uFEFFx"},{"name":"\uFEFFx"}]"#, "name", ",", false, "\"\u{FEFF}x\"\r\n\u{FEFF}x\r\n"),
        (#"{"name":"\uFEFFx"}"#, "name", ",", true, "\u{FEFF}\u{FEFF}x\r\n"),
        (#"[{"name":"sep="},{"name":"sep="}]"#, "name,description", ",", false, "\"sep=\",\r\nsep=,\r\n"),
        (#"{"name":"sep="}"#, "name,description", ",", true, "\u{FEFF}\"sep=\",\r\n"),
        (#"{"name":"sep=;"}"#, "name", ",", false, "\"sep=;\"\r\n"),
        (#"{"name":"sep=é"}"#, "name", ",", false, "\"sep=é\"\r\n"),
        (#"{"name":"sep","description":"x"}"#, "name,description", "=", false, "\"sep\"=x\r\n"),
        (#"{"name":"sep=xy"}"#, "name", ",", false, "sep=xy\r\n"),
        (#"{"name":"sep=","description":"x"}"#, "name,description", ",", false, "sep=,x\r\n"),
        (#"{"name":"a sep=;"}"#, "name", ",", false, "a sep=;\r\n"),
    ])
    func guardsTheFirstRow(
        input: String, columns: String, delimiter: String, isForSpreadsheets: Bool, table: String
    ) {
        let format = Format.csv(
            CSVOptions(
                columns: columns.split(separator: ",").map(String.init), delimiter: delimiter.utf8.first,
                hasHeader: false, isForSpreadsheets: isForSpreadsheets))
        #expect(run(input, to: format).output == Array(table.utf8))
        let list = input.utf8.first == UInt8(ascii: "[") ? input : "[\(input)]"
        #expect(run(table, from: format, to: .json).output == run(list, to: .json).output)
    }

    @Test(arguments: [":", "a", "\\", "=", ";", "\t"])
    func readsBackWithAnyDelimiter(delimiter: String) {
        let format = Format.csv(CSVOptions(delimiter: delimiter.utf8.first))
        for input in [#"[{},{"name":"x"}]"#, #"[{"sep":"1","x":"2"}]"#, #"[{"name":"a:b","x":"\\a:"}]"#] {
            let table = run(input, to: format).output
            #expect(
                run(String(decoding: table, as: UTF8.self), from: format, to: .json).output == Array("\(input)\n".utf8),
                "\(String(decoding: table, as: UTF8.self))")
        }
    }

    @Test(arguments: [
        (#"{"x":[1,"a"],"y":[]}"#, "x,y\r\n\"\\j:[1,\"\"a\"\"]\",[]\r\n"),
        (#"{"assignedToProjects":["a","b"]}"#, "assignedToProjects\r\n\"[\"\"a\"\",\"\"b\"\"]\"\r\n"),
        (
            #"{"fallbacks":[{"isFallbackEnabled":true}],"name":["\u007f"]}"#,
            "name,fallbacks\r\n\"\\j:[\"\"\\u007f\"\"]\",\"[{\"\"isFallbackEnabled\"\":true}]\"\r\n"
        ),
        (#"{"x":{"y":[[1,[2]]],"z":{"w":3}}}"#, "x.y,x.z.w\r\n\"\\j:[[1,[2]]]\",3\r\n"),
        (#"{"x":[{"y":[1]}]}"#, "x\r\n\"\\j:[{\"\"y\"\":[1]}]\"\r\n"),
    ])
    func writesArraysAsJSONWhenAsked(input: String, expected: String) {
        #expect(convert(input, to: .csv(CSVOptions(arrays: .json))) == expected)
        #expect(convert(convert(expected, from: .csv, shape: .item), to: .csv(CSVOptions(arrays: .json))) == expected)
    }

    @Test(arguments: [
        (UInt8(ascii: ";"), "name;x\r\n\"a;b\";c,d\r\n"),
        (UInt8(ascii: "\t"), "name\tx\r\na;b\tc,d\r\n"),
        (UInt8(ascii: "|"), "name|x\r\na;b|c,d\r\n"),
        (UInt8(ascii: ","), "name,x\r\na;b,\"c,d\"\r\n"),
        (UInt8(ascii: ":"), "name:x\r\na;b:c,d\r\n"),
    ])
    func separatesWithWhatIsAskedFor(delimiter: UInt8, expected: String) {
        let input = #"[{"name":"a;b","x":"c,d"}]"#
        #expect(convert(input, to: .csv(CSVOptions(delimiter: delimiter))) == expected)
        #expect(convert(expected, from: .csv(CSVOptions(delimiter: delimiter))) == input + "\n")
    }
}
