import ResourceFormats
import ResourceFormatsTesting
import Testing

/// What JSON documents mean: items, lists, pages, objects one after another, lines.
@Suite struct JSONReaderTests {
    @Test(arguments: shapes)
    func tellsItemsListsAndPages(input: String, expected: String) {
        #expect(convert(input) == expected)
    }

    static let shapes: [(String, String)] = [
        (#"{"name":"a"}"#, #"{"name":"a"}\#n"#),
        (#" {\#t"name" :\#r\#n "a" , "x" : [ 1 , { } ] } \#n"#, #"{"name":"a","x":[1,{}]}\#n"#),
        ("{}", "{}\n"),
        ("[]", "[]\n"),
        ("[ ]", "[]\n"),
        ("[{}]", "[{}]\n"),
        (#"[{"a":1},{"b":2}]"#, #"[{"a":1},{"b":2}]\#n"#),
        ("{}{}", "[{},{}]\n"),
        (#"{"a":1} {"b":2}\#n{"c":3}\#n"#, #"[{"a":1},{"b":2},{"c":3}]\#n"#),
        ("\u{FEFF}{}", "{}\n"),
        ("\u{FEFF} [ ]", "[]\n"),
        (#"{"items":[]}"#, #"{"items":[],"total":null,"nextCursor":null,"previousCursor":null}\#n"#),
        (#"{"items":[{}]}"#, #"{"items":[{}],"total":null,"nextCursor":null,"previousCursor":null}\#n"#),
        (
            #"{"items" : [ { } , {"name":"a"} ] , "total" : 2 }"#,
            #"{"items":[{},{"name":"a"}],"total":2,"nextCursor":null,"previousCursor":null}\#n"#
        ),
        (
            #"{"total":1,"items":[{"name":"a"}],"nextCursor":"x"}"#,
            #"{"items":[{"name":"a"}],"total":1,"nextCursor":"x","previousCursor":null}\#n"#
        ),
        (
            #"{"a":1,"items":[{}],"b":[2,{"items":[]}],"total":1e2,"previousCursor":""}"#,
            #"{"items":[{}],"total":1e2,"nextCursor":null,"previousCursor":"","a":1,"b":[2,{"items":[]}]}\#n"#
        ),
        (
            #"{"it\u0065ms":[],"tot\u0061l":null}"#,
            #"{"items":[],"total":null,"nextCursor":null,"previousCursor":null}\#n"#
        ),
        (#"{"items":[1]}"#, #"{"items":[1]}\#n"#),
        (#"{"items":[null,{}]}"#, #"{"items":[null,{}]}\#n"#),
        (#"{"items":{}}"#, #"{"items":{}}\#n"#),
        (#"{"items":null}"#, #"{"items":null}\#n"#),
        (#"{"items":"[]"}"#, #"{"items":"[]"}\#n"#),
        (#"{"name":"x","items":[{}]}"#, #"{"name":"x","items":[{}]}\#n"#),
        (#"{"openAI":{"items":[]}}"#, #"{"openAI":{"items":[]}}\#n"#),
        (#"{} {"items":[]}"#, #"[{},{"items":[]}]\#n"#),
        (#"[{"items":[{}]}]"#, #"[{"items":[{}]}]\#n"#),
        (#"{"items":[[]]}"#, #"{"items":[[]]}\#n"#),
        (#"{"Items":[]}"#, #"{"Items":[]}\#n"#),
    ]

    @Test(arguments: lines)
    func readsLinesOfObjects(input: String, expected: String) {
        #expect(convert(input, from: .jsonLines, to: .jsonLines) == expected)
    }

    static let lines: [(String, String)] = [
        ("", ""),
        ("\n\n", ""),
        (#"{"a":1}\#n{"b":2}\#n"#, #"{"a":1}\#n{"b":2}\#n"#),
        (#"{"a":1}\#n\#n\#r\#n{"b":2}"#, #"{"a":1}\#n{"b":2}\#n"#),
        (#"{"items":[]}\#n"#, #"{"items":[]}\#n"#),
        // A record is one line.
        ("{}{}", #"error: 1:3: found "{", expected the end of the line after the record ($[0])"#),
        (
            #"{}\#n{"a":1,\#n"b":2}"#,
            "error: 2:8: found the end of the line, expected a member name in quotes ($[1])"
        ),
    ]

    @Test(arguments: [
        ("", "[]\n"),
        (#"{"items":[]}"#, "[{\"items\":[]}]\n"),
        (#"{"a":1}"#, "[{\"a\":1}]\n"),
        ("{}\n{}", "[{},{}]\n"),
    ])
    func takesLinesForAList(input: String, expected: String) {
        #expect(convert(input, from: .jsonLines) == expected)
    }

    /// Names are compared by code points: these are two, however alike they look.
    @Test(arguments: [
        "{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{212B}\":1,\"\u{C5}\":2}", "{\"a\":1,\"A\":2}", "{\"\":1,\" \":2}",
        "{\"Name\":1,\"name\":2}",
    ])
    func keepsNamesApartThatOnlyLookAlike(input: String) {
        #expect(run(input).output == Array((input + "\n").utf8))
    }

    @Test(arguments: [
        ("{}", DocumentShape.item, "{}\n"),
        ("[{}]", .item, "{}\n"),
        (#"{"items":[{"a":1}]}"#, .item, "{\"a\":1}\n"),
        ("{}", .list, "[{}]\n"),
        (#"{"items":[{"a":1}],"total":1}"#, .list, "[{\"a\":1}]\n"),
        ("[]", .item, "error: 1:3: found no record, expected exactly one for an item ($)"),
        ("[{},{}]", .item, "error: 1:5: found more than one record, expected exactly one for an item ($[1])"),
    ])
    func makesWhatIsAskedFor(input: String, shape: DocumentShape, expected: String) {
        #expect(convert(input, shape: shape) == expected)
    }

    @Test func saysWhenAPageIsLeftOut() {
        let left =
            "the page's members (total, nextCursor, previousCursor and others) are left out: a list cannot carry them"
        #expect(run(#"{"items":[{}],"total":1}"#, to: .jsonLines).notes == [left])
        #expect(run(#"{"items":[],"total":1}"#, to: .csv).notes == [left])
        #expect(run(#"{"items":[{}],"total":1}"#).notes == [])
        #expect(run("[{}]", to: .csv).notes == [])
    }
}
