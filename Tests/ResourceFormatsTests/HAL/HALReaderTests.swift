import ResourceFormats
import ResourceFormatsTesting
import Testing

/// What counts as HAL's own, and what is a record's.
@Suite struct HALReaderTests {
    @Test(arguments: documents)
    func readsAsJSON(input: String, expected: String) {
        #expect(convert(input, from: .hal) == expected + "\n")
    }

    static let documents: [(String, String)] = [
        // All that JSON reads.
        ("{}", "{}"), ("[]", "[]"), (#"{"a":1}"#, #"{"a":1}"#), (#"[{"a":1},{}]"#, #"[{"a":1},{}]"#),
        (#"{"a":1}{"b":2}"#, #"[{"a":1},{"b":2}]"#),
        (
            #"{"items":[{"a":1}],"total":3}"#,
            #"{"items":[{"a":1}],"total":3,"nextCursor":null,"previousCursor":null}"#
        ),
        // Links are representation.
        (#"{"_links":{}}"#, "{}"), (#"{"_links":{},"a":1}"#, #"{"a":1}"#), (#"{"a":1,"_links":{}}"#, #"{"a":1}"#),
        (#"{"a":1,"_links":{"collection":{"href":"/v2.0/largelanguagemodels"}},"b":2}"#, #"{"a":1,"b":2}"#),
        (#"[{"_links":{},"a":1},{"b":2,"_links":{}}]"#, #"[{"a":1},{"b":2}]"#),
        (#"{"_links":{}}{"_links":{},"b":2}"#, #"[{},{"b":2}]"#),
        (#"{"x":{"_links":{"a":1}}}"#, #"{"x":{"_links":{"a":1}}}"#),
        (#"{"_l\u0069nks":{},"a":1}"#, #"{"a":1}"#),
        (
            #"{"items":[{"_links":{}}],"_links":{}}"#,
            #"{"items":[{}],"total":null,"nextCursor":null,"previousCursor":null}"#
        ),
        // Lists and pages.
        (#"{"_embedded":{"x":[]}}"#, "[]"), (#"{"_embedded":{"x":[]},"_links":{}}"#, "[]"),
        (#"{"_links":{},"_embedded":{"x":[]}}"#, "[]"),
        (#"{"_embedded":{"":[{"a":1},{"_links":{},"b":2}]}}"#, #"[{"a":1},{"b":2}]"#),
        (#" { "_embedded" : { "x\"y" : [ { "a" : 1 } , { } ] } , "_links" : { } } "#, #"[{"a":1},{}]"#),
        (#"{"_emb\u0065dded":{"x":[{}]}}"#, "[{}]"),
        (
            #"{"_embedded":{"x":[{}]},"total":1}"#,
            #"{"items":[{}],"total":1,"nextCursor":null,"previousCursor":null}"#
        ),
        (
            #"{"y":1,"_embedded":{"x":[{}]}}"#,
            #"{"items":[{}],"total":null,"nextCursor":null,"previousCursor":null,"y":1}"#
        ),
        (
            #"{"_links":{},"nextCursor":"n","_embedded":{"x":[]},"previousCursor":null,"z":[1]}"#,
            #"{"items":[],"total":null,"nextCursor":"n","previousCursor":null,"z":[1]}"#
        ),
        // Any other `_embedded` is state.
        (#"{"_embedded":{}}"#, #"{"_embedded":{}}"#), (#"{"_embedded":[]}"#, #"{"_embedded":[]}"#),
        (#"{"_embedded":null,"_links":{}}"#, #"{"_embedded":null}"#),
        (#"{"_embedded":{"x":{}}}"#, #"{"_embedded":{"x":{}}}"#),
        (#"{"_embedded":{"x":[1]}}"#, #"{"_embedded":{"x":[1]}}"#),
        (#"{"_embedded":{"x":[],"y":[]}}"#, #"{"_embedded":{"x":[],"y":[]}}"#),
        (#"{"_embedded":{"x":[{}] , "y":1},"_links":{}}"#, #"{"_embedded":{"x":[{}],"y":1}}"#),
        (#"{"name":"n","_embedded":{"x":[{}]}}"#, #"{"name":"n","_embedded":{"x":[{}]}}"#),
        (#"[{"_embedded":{"x":[{}]}}]"#, #"[{"_embedded":{"x":[{}]}}]"#),
        (#"{"_embedded":{"x":[{"_embedded":{"y":[{"_links":{}}]}}]}}"#, #"[{"_embedded":{"y":[{"_links":{}}]}}]"#),
    ]

    @Test func keepsLinksAsAMember() {
        let keeping = Format.hal(HALOptions(keepsLinks: true))
        let item = #"{"_links":{"self":{"href":"x"},"collection":{"href":"/v2.0/largelanguagemodels"}},"a":1}"#
        #expect(convert(item, from: keeping) == item + "\n")
        let list = run(#"{"_embedded":{"x":[\#(item)]},"_links":{"a":1}}"#, from: keeping)
        #expect(list.text == "[\(item)]\n")
        #expect(list.notes == ["links of the document itself are left out: only hal has a place for them"])
        #expect(
            convert(item, from: keeping, to: .csv) == "_links.self.href,_links.collection.href,a\r\n"
                + "x,/v2.0/largelanguagemodels,1\r\n")
    }

    @Test(arguments: refused)
    func refusesWithPlaceAndPath(input: String, expected: String) {
        #expect(run(input, from: .hal, to: .hal).error == expected)
    }

    static let refused: [(String, String)] = [
        (#"{"_links":[]}"#, "1:11: found an empty array, expected an object of links ($._links)"),
        (#"{"a":1,"_links":null}"#, "1:17: found null, expected an object of links ($._links)"),
        (#"[{},{"_links":"x"}]"#, #"1:15: found the string "x", expected an object of links ($[1]._links)"#),
        (
            #"{"_embedded":{"x":[{},{"a":1,"_links":7}]}}"#,
            "1:39: found the number 7, expected an object of links ($[1]._links)"
        ),
        (#"{"_embedded":{"x":[]},"_links":1}"#, "1:32: found the number 1, expected an object of links ($._links)"),
        (#"{"_links":1,"_embedded":{"x":[]}}"#, "1:11: found the number 1, expected an object of links ($._links)"),
        (#"{"items":[],"_links":1}"#, "1:22: found the number 1, expected an object of links ($._links)"),
        (
            #"{"_links":{},"_links":{}}"#,
            #"1:14: found the name "_links" a second time, expected each name once in an object ($._links)"#
        ),
        (
            #"[{},{"_links":{},"a":1,"_links":{}}]"#,
            #"1:24: found the name "_links" a second time, expected each name once in an object ($[1]._links)"#
        ),
        (
            #"{"_embedded":{"x":[]},"_links":{},"_links":{}}"#,
            #"1:35: found the name "_links" a second time, expected each name once in an object ($._links)"#
        ),
        (
            #"{"_embedded":{"x":[]},"_embedded":{}}"#,
            #"1:23: found the name "_embedded" a second time, expected each name once in an object ($._embedded)"#
        ),
        (
            #"{"_embedded":{"x":[]},"name":"n"}"#,
            #"1:30: found the field "name" beside "_embedded", expected a page without fields of a record ($.name)"#
        ),
        (#"{"_embedded":{"x":[{},1]}}"#, #"1:23: found "1", expected an object ($[1])"#),
        (#"{"total":1,"_embedded":{"x":[{},1]}}"#, #"1:33: found "1", expected an object ($.items[1])"#),
        (
            #"{"_embedded":{"x":[{}]"#,
            #"1:23: found the end of the input, expected "}" after the only member of "_embedded" ($)"#
        ),
        (#"{"_embedded":{"x":[{}]]"#, #"1:23: found "]", expected "}" after the only member of "_embedded" ($)"#),
        (#"{"_embedded":{"x":[{}]}"#, #"1:24: found the end of the input, expected "," or "}" after the member ($)"#),
        (#"{"_embedded":{"x":[{}]}}{}"#, #"1:25: found "{", expected nothing after the page ($)"#),
        (#"{"_embedded":{"x":[{"a":01}]}}"#, #"1:26: found "1", expected the end of the number ($[0].a)"#),
        (
            #"{"_embedded":{"\x":[{}]}}"#,
            #"1:17: found the escape \"x", expected one of \" \\ \/ \b \f \n \r \t \u ($._embedded)"#
        ),
        (#"{"_embedded":{"x":[]},"total":"1"}"#, #"1:31: found the string "1", expected a number or null ($.total)"#),
        (
            #"{"_embedded":{"x":[]},"nextCursor":1}"#,
            "1:36: found the number 1, expected a string or null ($.nextCursor)"
        ),
        (#"{"_links":{"self":{"href":01}}}"#, #"1:28: found "1", expected the end of the number ($._links.self.href)"#),
        (#"{"_links":{"self":{"href":"a"},}}"#, #"1:32: found "}", expected a member name in quotes ($._links)"#),
        (
            #"{"_embedded":{"x":[]},"items":1}"#,
            #"1:33: found the page member "items", expected a name that pages do not use for something else ($.items)"#
        ),
        (
            #"{"items":[],"_embedded":1}"#,
            #"1:27: found the page member "_embedded", expected a name that pages do not use for something else ($._embedded)"#
        ),
    ]

    @Test(arguments: [
        (#"{"_links":{}}"#, "1:11", "$"), (#"{"a":1,"_links":7}"#, "1:17", "$"), (#"[{"_links":[1]}]"#, "1:12", "$[0]"),
        (#"{"items":[{},{"_links":null}]}"#, "1:24", "$.items[1]"),
    ])
    func refusesLinksFromOtherFormats(input: String, place: String, path: String) {
        #expect(
            run(input, to: .hal).error
                == "\(place): found the member \"_links\", expected a record without it (\(path)._links)")
    }

    @Test(arguments: [
        (#"{"items":[]}"#, "a record whose \"items\" would be read back as a page", "page"),
        (#"{"a":1,"items":[{}],"name":1}"#, "a record whose \"items\" would be read back as a page", "page"),
        (#"{"_embedded":{"x":[]}}"#, "a record whose \"_embedded\" would be read back as a list", "list"),
        (#"{"a":1,"_embedded":{"x":[{}]}}"#, "a record whose \"_embedded\" would be read back as a list", "list"),
    ])
    func refusesAnItemThatWouldComeBackAsMore(input: String, found: String, kind: String) {
        let refused = "error: 1:1: found \(found), expected a record that is not a \(kind), or several records ($[0])"
        #expect(convert(input, from: .jsonLines, to: .hal, shape: .item) == refused)
        let list = run(input, from: .jsonLines, to: .hal)
        #expect(list.error == nil)
        #expect(convert(list.text, from: .hal) == "[\(input)]\n")
    }

    @Test(arguments: [
        #"{"name":1,"items":[{}]}"#, #"{"items":[1]}"#, #"{"_embedded":{"x":[{}],"y":1}}"#, #"{"_embedded":{}}"#,
        #"{"_embedded":[{}]}"#, #"{"name":1,"_embedded":{"x":[]}}"#, #"{"_embedded":{"x":[1,{}]}}"#,
    ])
    func bringsItemsBackThatOnlyLookLikeMore(input: String) {
        for form in [Form.hal, .prettyHAL] {
            let written = run(input, from: .jsonLines, to: form.format, shape: .item)
            #expect(written.error == nil)
            #expect(convert(written.text, from: .hal) == input + "\n")
        }
    }

    /// A second member of `_embedded` that comes too late shows that the beginning was taken wrongly.
    @Test func refusesASecondMemberOfEmbeddedFarAway() {
        let records = String(repeating: #"{"a":"xxxxxxxxxxxxxxxxxxxxxxxx"},"#, count: 3_000)
        let input = #"{"_embedded":{"x":[\#(records){}],"y":1}}"#
        let error = run(input, from: .hal).error
        #expect(error?.hasSuffix(#"found ",", expected "}" after the only member of "_embedded" ($)"#) == true)
        let item = run("{\"_embedded\":{\"x\":[\(records){}],\"y\":1}}", from: .jsonLines, to: .hal, shape: .item)
        #expect(item.code == .notRepresentable)
    }

    @Test func tellsPagesFromListsHoweverLongTheyAre() {
        for count in [1, 3_000, 30_000] {
            let records = Array(repeating: #"{"name":"xxxxxxxxxxxxxx]}\\\"[{"}"#, count: count).joined(separator: ",")
            let list = #"{"_embedded":{"largeLanguageModels":[\#(records)]},"_links":{}"#
            #expect(convert(list + "}", from: .hal) == "[\(records)]\n")
            #expect(
                convert(list + ",\"total\":1}", from: .hal)
                    == "{\"items\":[\(records)],\"total\":1,\"nextCursor\":null,\"previousCursor\":null}\n")
        }
    }
}
