import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Every table that is refused, with the whole sentence that it gets.
@Suite struct CSVErrorTests {
    @Test(arguments: rows)
    func refusesHeadersAndRowsWithPlaceAndPath(input: String, expected: String) {
        #expect(run(input, from: .csv).error == expected)
    }

    static let rows: [(String, String)] = [
        ("", "1:1: found no header, expected a first row with the names of the columns ($)"),
        ("\n\n", "3:1: found no header, expected a first row with the names of the columns ($)"),
        ("\u{FEFF}", "1:1: found no header, expected a first row with the names of the columns ($)"),
        ("sep=;\n", "2:1: found no header, expected a first row with the names of the columns ($)"),
        (#"sep="\#n"a"\#n"#, "1:5: found a quote as a delimiter, expected an ASCII character other than a quote ($)"),
        (
            #"name,x\#n"a"#,
            #"2:1: found a quoted cell without an end, expected a closing quote in column "name" ($[0])"#
        ),
        (
            #"name,x\#n"a"b,1\#n"#,
            #"2:4: found "b" after a closing quote, expected the delimiter or the end of the line in column "name" ($[0])"#
        ),
        (
            #"name,x\#na,"b"c\#n"#,
            #"2:6: found "c" after a closing quote, expected the delimiter or the end of the line in column "x" ($[0])"#
        ),
        (
            #"name,x\#na,"b" \#n"#,
            #"2:6: found " " after a closing quote, expected the delimiter or the end of the line in column "x" ($[0])"#
        ),
        (
            #"name,x\#n"a"é,1\#n"#,
            #"2:4: found "é" after a closing quote, expected the delimiter or the end of the line in column "name" ($[0])"#
        ),
        (
            "name,x\na\n",
            "2:2: found 1 cell in the row, none for column \"x\", expected 2, as many as the header has ($[0])"
        ),
        ("name,x\na,b,c\n", "2:5: found 3 cells in the row, expected 2, as many as the header has ($[0])"),
        ("name,x\n1,2\n\na,b,c,d\n", "4:5: found 4 cells in the row, expected 2, as many as the header has ($[1])"),
        ("name\na,b\n", "2:3: found 2 cells in the row, expected 1, as many as the header has ($[0])"),
        (
            "name,x\na;b\n",
            "2:4: found 1 cell in the row, none for column \"x\", expected 2, as many as the header has ($[0])"
        ),
        ("name,name\n1,2\n", #"1:6: found the column "name" a second time, expected each column once ($)"#),
        ("name,\n1,2\n", "1:6: found a blank column name, expected a name for column 2 ($)"),
        (",name\n1,2\n", "1:1: found a blank column name, expected a name for column 1 ($)"),
        (#"name,""\#n1,2\#n"#, "1:6: found a blank column name, expected a name for column 2 ($)"),
        (#"a\u002eb,a\.b\#n1,2\#n"#, #"1:10: found the column "a\.b" a second time, expected each column once ($)"#),
        (#"=k,\=k\#n1,2\#n"#, #"1:4: found the column "\=k" a second time, expected each column once ($)"#),
        ("a,b,a\n", #"1:5: found the column "a" a second time, expected each column once ($)"#),
        (#"x.y,x.\u0079\#n"#, #"1:5: found the column "x.\u0079" a second time, expected each column once ($)"#),
        (#""a"b,c\#n"#, #"1:4: found "b" after a closing quote, expected the delimiter or the end of the line ($)"#),
        (#""a,b\#n"#, "1:1: found a quoted cell without an end, expected a closing quote ($)"),
        (
            "x,x.y\n1,2\n",
            #"2:3: found a value beside one in column "x" in column "x.y", expected only one of them in a "#
                + "row ($[0].x.y)"
        ),
    ]

    @Test(arguments: cells)
    func refusesCellsWithPlaceAndColumn(input: String, expected: String) {
        #expect(run(input, from: .csv).error == expected)
    }

    static let cells: [(String, String)] = [
        (
            "x,x.y\n,2\n5,2\n",
            #"3:3: found a value beside one in column "x" in column "x.y", expected only one of them in a "#
                + "row ($[1].x.y)"
        ),
        (
            "x,x[0]\n[],1\n",
            #"2:4: found a value beside one in column "x" in column "x[0]", expected only one of them in a "#
                + "row ($[0].x[0])"
        ),
        (
            "x[0],x.a\n1,2\n",
            #"2:1: found members and elements of one place in column "x[0]", expected only one of them in a "#
                + "row ($[0].x[0])"
        ),
        (
            "x[1]\n1\n",
            #"2:1: found element 1 of an array that has 0 before it in column "x[1]", expected no hole in an "#
                + "array ($[0].x[1])"
        ),
        (
            "x[0],x[2]\n1,2\n",
            #"2:3: found element 2 of an array that has 1 before it in column "x[2]", expected no hole in an "#
                + "array ($[0].x[2])"
        ),
        (
            "x[0],x[1]\n,2\n",
            #"2:2: found element 1 of an array that has 0 before it in column "x[1]", expected no hole in an "#
                + "array ($[0].x[1])"
        ),
        (
            "fallbacks[0].isFallbackEnabled,fallbacks[1].isFallbackEnabled\n,true\n",
            "2:2: found element 1 of an array that has 0 before it in column "
                + #""fallbacks[1].isFallbackEnabled", expected no hole in an array "#
                + "($[0].fallbacks[1].isFallbackEnabled)"
        ),
        ("createdAt\nabc\n", #"2:1: found "abc", expected a number in column "createdAt" ($[0].createdAt)"#),
        ("createdAt\n01\n", #"2:1: found "01", expected a number in column "createdAt" ($[0].createdAt)"#),
        ("createdAt\n 1\n", #"2:1: found " 1", expected a number in column "createdAt" ($[0].createdAt)"#),
        ("createdAt\ntrue\n", #"2:1: found "true", expected a number in column "createdAt" ($[0].createdAt)"#),
        ("name,isDefault\na,1\n", #"2:3: found "1", expected true or false in column "isDefault" ($[0].isDefault)"#),
        ("isDefault\nyes\n", #"2:1: found "yes", expected true or false in column "isDefault" ($[0].isDefault)"#),
        ("fallbacks\nabc\n", #"2:1: found "abc", expected a JSON array in column "fallbacks" ($[0].fallbacks)"#),
        (
            #"fallbacks\#n"{""a"":1}"\#n"#,
            #"2:1: found "{"a":1}", expected a JSON array in column "fallbacks" ($[0].fallbacks)"#
        ),
        (
            "fallbacks\n[1\n",
            #"2:1: found the end of the input, expected "," or "]" after the element in the JSON of column "#
                + #""fallbacks" ($[0].fallbacks)"#
        ),
        (
            #"fallbacks\#n"[1,]"\#n"#,
            #"2:1: found "]", expected a JSON value in the JSON of column "fallbacks" ($[0].fallbacks[1])"#
        ),
        (
            "fallbacks\n[1]x\n",
            #"2:1: found "x", expected nothing after the value in the JSON of column "fallbacks" ($[0].fallbacks)"#
        ),
        (
            "openAI\nabc\n",
            #"2:1: found "abc", expected {} or null, or a column for each member in column "openAI" ($[0].openAI)"#
        ),
        (
            #"openAI\#n"{""customModel"":1}"\#n"#,
            #"2:1: found "{"customModel":1}", expected {} or null, or a column for each member in column "#
                + #""openAI" ($[0].openAI)"#
        ),
        (
            "openAI\n5\n",
            #"2:1: found "5", expected {} or null, or a column for each member in column "openAI" ($[0].openAI)"#
        ),
        (#"x\#n\j:\#n"#, #"2:1: found the end of the input, expected a JSON value in the JSON of column "x" ($[0].x)"#),
        (
            #"x\#n\j:nul\#n"#,
            #"2:1: found the end of the input, expected the value null in the JSON of column "x" ($[0].x)"#
        ),
        (
            #"x\#n"\j:{""a"":1,""a"":2}"\#n"#,
            #"2:1: found the name "a" a second time, expected each name once in an object in the JSON of "#
                + #"column "x" ($[0].x.a)"#
        ),
        (
            #"name,x\#na,\j:1 2\#n"#,
            #"2:3: found "2", expected nothing after the value in the JSON of column "x" ($[0].x)"#
        ),
        (
            #"name,x\#n1,2\#nb,"\j:[1,]"\#n"#,
            #"3:3: found "]", expected a JSON value in the JSON of column "x" ($[1].x[1])"#
        ),
        (
            #"fallbacks\#n"[{""isFallbackEnabled"":tru}]"\#n"#,
            #"2:1: found "}", expected the value true in the JSON of column "fallbacks" "#
                + "($[0].fallbacks[0].isFallbackEnabled)"
        ),
        ("é€,createdAt\né,x\n", #"2:3: found "x", expected a number in column "createdAt" ($[0].createdAt)"#),
        (
            "openAI.customModel,openAI.customModel\n",
            #"1:20: found the column "openAI.customModel" a second time, expected each column once ($)"#
        ),
        (#"x\#n1\#n"\#n"#, #"3:1: found a quoted cell without an end, expected a closing quote in column "x" ($[1])"#),
        (
            #"name,x\#r\#n"a\#r\#nb",1\#r\#na\#r\#n"#,
            "4:2: found 1 cell in the row, none for column \"x\", expected 2, as many as the header has ($[1])"
        ),
        (
            "fallbacks[0].immediateFallBack.failedRequests\nmany\n",
            #"2:1: found "many", expected a number in column "fallbacks[0].immediateFallBack.failedReq…" "#
                + "($[0].fallbacks[0].immediateFallBack.failedRequests)"
        ),
        (
            #""odd, key",createdAt\#n1,x\#n"#,
            #"2:3: found "x", expected a number in column "createdAt" ($[0].createdAt)"#
        ),
        (
            #"x\#n"a"\\#n"#,
            #"2:4: found "\" after a closing quote, expected the delimiter or the end of the line in column "x" ($[0])"#
        ),
    ]

    /// Each character of the input stands for one byte.
    @Test(arguments: bytes)
    func refusesWhatIsNotUTF8(input: String, offset: Int, expected: String) {
        let outcome = run(input.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, from: .csv)
        #expect(outcome.error == expected)
        #expect(outcome.position?.byteOffset == offset)
    }

    static let bytes: [(String, Int, String)] = [
        ("name\n\u{FF}\n", 5, "2:1: found the byte 0xFF, which is not valid UTF-8 here, expected UTF-8 ($[0])"),
        ("na\u{C3}me\na\n", 2, "1:3: found the byte 0xC3, which is not valid UTF-8 here, expected UTF-8 ($)"),
        (
            "name,x\na,\"b\u{E2}\u{82}\"\n", 11,
            "2:5: found the byte 0xE2, which is not valid UTF-8 here, expected UTF-8 ($[0])"
        ),
        (
            "name\na\n\u{ED}\u{A0}\u{80}\n", 7,
            "3:1: found the byte 0xED, which is not valid UTF-8 here, expected UTF-8 ($[1])"
        ),
        ("n\u{0}a\u{0}", 0, "1:1: found UTF-16 (little-endian), expected UTF-8 ($)"),
        ("\u{0}n\u{0}a", 0, "1:1: found UTF-16 (big-endian), expected UTF-8 ($)"),
        ("\u{0}\u{0}\u{0}n", 0, "1:1: found UTF-32 (big-endian), expected UTF-8 ($)"),
        (
            "name\n\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C3}\u{A9}\u{C0}\u{AF}\n",
            45,
            "2:21: found the byte 0xC0, which is not valid UTF-8 here, expected UTF-8 ($[0])"
        ),
        (
            "name\nabcdefghijklmnopqrstuvwxyz\n\u{F8}\n", 32,
            "3:1: found the byte 0xF8, which is not valid UTF-8 here, expected UTF-8 ($[1])"
        ),
    ]
}
