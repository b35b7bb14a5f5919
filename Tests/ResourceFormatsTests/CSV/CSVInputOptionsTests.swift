import ContentNegotiation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Tables as other programs leave them: with lines before the header, comments, blanks, words for null, odd names.
@Suite struct CSVInputOptionsTests {
    static let skipping = CSVOptions(skippedLines: 2)
    static let commented = CSVOptions(comment: 0x23)
    static let trimmed = CSVOptions(trimsCells: true)
    static let nulls = CSVOptions(nullTexts: ["NA", "\\N", "ü", ""])
    static let renamed = CSVOptions(renamesColumns: true)
    static let all = CSVOptions(
        skippedLines: 1, comment: 0x23, nullTexts: ["NA"], trimsCells: true, renamesColumns: true)

    /// Options, a table, and what it gives or the whole error.
    static let tables: [(options: CSVOptions, input: String, expected: String)] = [
        (skipping, "Report\r\n\r\nname,x\r\na,1\r\n", #"[{"name":"a","x":1}]"#),
        (skipping, "\u{FEFF}a\"b\rc\rname\r1\r", #"[{"name":"1"}]"#),
        (skipping, "a\nb\nsep=;\nname;x\n1;2", #"[{"name":"1","x":2}]"#),
        (skipping, "a\n", "error: 2:1: found no header, expected a first row with the names of the columns ($)"),
        (skipping, "a\nb", "error: 2:2: found no header, expected a first row with the names of the columns ($)"),
        (
            skipping, "\u{E9}\nb\nname\n\"a",
            "error: 4:1: found a quoted cell without an end, "
                + #"expected a closing quote in column "name" ($[0])"#
        ),
        (commented, "# a\n\n#\"\nname\n#b\r\n\n#\n1\n#c", #"[{"name":"1"}]"#),
        (
            commented, "name,x\n\"#a\",1\n#b,c,d\n #,2\n\"3\n#4\",5\n6,#7\n",
            ##"[{"name":"#a","x":1},{"name":" #","x":2},{"name":"3\n#4","x":5},{"name":"6","x":"#7"}]"##
        ),
        (
            commented, "#\u{E9}\nname,x\n# a\n# b\n1\n",
            #"error: 5:2: found 1 cell in the row, none for column "x", expected 2, as many as the header has ($[0])"#
        ),
        (CSVOptions(), "#a\n1\n", ##"[{"#a":1}]"##),
        (
            trimmed, " name ,\tx\n a b , \"c, \"\"d\" \n \"e\"\t,f \n",
            #"[{"name":"a b","x":"c, \"d"},{"name":"e","x":"f"}]"#
        ),
        (trimmed, " \"a;b\" ; createdAt \n  ; 5  \n", #"[{"createdAt":5}]"#),
        (trimmed, "name,x\n\u{A0}a, null \n", "[{\"name\":\"\u{A0}a\",\"x\":null}]"),
        (CSVOptions(delimiter: 0x09, trimsCells: true), "name\tx\n a \t\n", #"[{"name":"a"}]"#),
        (
            trimmed, "name,x\n1, \"2\" 3\n",
            #"error: 2:8: found "3" after a closing quote, "#
                + #"expected the delimiter or the end of the line in column "x" ($[0])"#
        ),
        (
            trimmed, "name, createdAt\n1, x \n",
            #"error: 2:4: found "x", expected a number in column "createdAt" ($[0].createdAt)"#
        ),
        (trimmed, "a, \n1,2\n", "error: 1:4: found a blank column name, expected a name for column 2 ($)"),
        (
            nulls, "name,x,y[0],createdAt\nNA,\\N,\u{FC},NA\nna,\"NA\",NA ,\n",
            #"[{"name":null,"x":null,"y":[null],"createdAt":null},"#
                + #"{"name":"na","x":"NA","y":["NA "]}]"#
        ),
        (nulls, "NA\nnull\n\"\"\n", #"[{"NA":null},{"NA":""}]"#),
        (CSVOptions(), "name\nNA\n", #"[{"name":"NA"}]"#),
        (
            renamed, "name,,name,name_2,,name\n1,2,3,4,5,6\n",
            #"[{"name":"1","column2":2,"name_3":3,"name_2":4,"column5":5,"name_4":6}]"#
        ),
        (renamed, "a,  ,\t\n1,2,3\n", #"[{"a":1,"column2":2,"column3":3}]"#),
        (renamed, ",column1,column1_2\n1,2,3\n", #"[{"column1_3":1,"column1":2,"column1_2":3}]"#),
        (renamed, "a.b,\"a.b\",x[0],x[0]\n1,2,3,4\n", #"[{"a":{"b":1,"b_2":2},"x":[3],"x[0]_2":4}]"#),
        (
            all, "Report\n# c\nname,,name, x ,name_2,\n# \"zz\n\"a, b\" , NA ,c,\"NA\",1 , \n  \"q\",,,,,\"\" \n",
            #"[{"name":"a, b","column2":null,"name_3":"c","x":"NA","name_2":1},{"name":"q","column6":""}]"#
        ),
    ]

    @Test(arguments: tables.indices)
    func readsTables(index: Int) {
        let (options, input, expected) = Self.tables[index]
        let outcome = run(input, from: .csv(options))
        #expect(outcome.description == (outcome.error == nil ? expected + "\n" : expected))
    }

    @Test(arguments: tables.indices)
    func givesTheSameWhereverItIsSplit(index: Int) {
        let (options, input, _) = Self.tables[index]
        let conformance = FormatConformance(of: .csv(options), schema: LargeLanguageModel.schema)
        #expect(conformance.splitFailures(of: Array(input.utf8), limits: .default) == [])
    }

    @Test(arguments: tables.indices)
    func givesTheSameInParts(index: Int) {
        let (options, input, _) = Self.tables[index]
        let bytes = Array((input + "\n" + input).utf8)
        let conversion = Conversion(from: .csv(options), to: .json, schema: LargeLanguageModel.schema)
        let whole = conversion.run(bytes)
        for start in stride(from: 1, to: bytes.count, by: Settings.isThorough ? 1 : 7) {
            for end in start..<bytes.count {
                #expect(conversion.run(bytes, parts: [start, end]).outcome == whole, "parts at \(start) and \(end)")
            }
        }
    }

    /// Lines that are skipped are as long as a row at the most, wherever the input is split.
    @Test(arguments: [skipping, commented])
    func refusesLinesThatAreTooLong(options: CSVOptions) {
        let limits = Limits(depth: 8, recordSize: 20)
        for length in [18, 19, 20, 21, 40] {
            let line = "#" + String(repeating: "x", count: length)
            let input = Array("\(line)\n\(line)\nname\n1\n".utf8)
            let outcome = run(input, from: .csv(options), limits: limits)
            if length < 20 {
                #expect(outcome.description == "[{\"name\":\"1\"}]\n")
            } else {
                #expect(outcome.error == "1:1: found a row larger than 20 bytes, expected at most 20 ($)")
            }
            let conformance = FormatConformance(of: .csv(options), schema: LargeLanguageModel.schema)
            #expect(conformance.splitFailures(of: input, limits: limits) == [])
        }
    }

    /// Rows whose first cell is empty would be left out without a word.
    @Test(arguments: [
        ("id,name\n1,a\n,b\n", UInt8(ascii: ",")), ("id;name\n1;a\n;b\n", UInt8(ascii: ";")),
        ("sep=|\nid|name\n|b\n", UInt8(ascii: "|")),
    ])
    func refusesCommentsThatBeginWithTheDelimiter(input: String, comment: UInt8) {
        let outcome = run(input, from: .csv(CSVOptions(comment: comment)))
        #expect(
            outcome.error?.contains(
                "found the delimiter as the start of comments, expected comments that begin with another character ($)")
                == true)
        #expect(outcome.output.isEmpty)
    }

    @Test func notesTheNamesItGives() {
        let outcome = run("name,,name\n1,2,3\n", from: .csv(Self.renamed))
        #expect(
            outcome.notes == [
                #"column 2 has no name and is read as "column2""#,
                #"column 3 has the name of an earlier one, "name", and is read as "name_2""#,
            ])
        let many = run(String(repeating: ",", count: 20) + "\n", from: .csv(Self.renamed))
        #expect(many.notes.count == 11)
        #expect(many.notes.last == "11 more columns are renamed")
    }

    /// A table with as many double names as it can hold is renamed in time.
    @Test func renamesManyColumns() {
        let count = 20_000
        let input = Array(repeating: "a", count: count).joined(separator: ",") + "\n"
        let outcome = run(input, from: .csv(Self.renamed), to: .csv)
        #expect(outcome.error == nil)
    }

    @Test func endsRowsWithLineFeeds() {
        let input = #"[{"name":"a\r\nb","x":1},{"x":"\r"}]"#
        let outcome = run(input, to: .csv(CSVOptions(lineEnd: .lf)))
        #expect(outcome.text == "name,x\n\"a\r\nb\",1\n,\"\r\"\n")
        #expect(run(outcome.output, from: .csv).text == input + "\n")
    }

    // MARK: TSV

    @Test func hasTabsInTSV() {
        let input = #"[{"name":"a, b","x":"c\td","y":[1,2]}]"#
        let outcome = run(input, to: .tsv)
        #expect(outcome.text == "name\tx\ty[0]\ty[1]\r\na, b\t\"c\td\"\t1\t2\r\n")
        #expect(run(outcome.output, from: .tsv).text == input + "\n")
        #expect(run("a,b;c\n1\n", from: .tsv).text == "[{\"a,b;c\":1}]\n")
        #expect(run("a\tb\n1\t2\n", from: .tsv(CSVOptions(delimiter: 0x2C))).text == "[{\"a\":1,\"b\":2}]\n")
    }

    @Test func isNotOfferedByDefault() {
        #expect(Format.named.contains(.tsv) && !Format.builtIn.contains(.tsv))
        #expect(!Format.negotiated.contains(.tsv))
        #expect(Format.tsv.mediaType.description == "text/tab-separated-values")
        #expect(Format.tsv.fileExtensions == ["tsv", "tab"])
    }
}
