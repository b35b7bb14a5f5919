import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Links that do not follow from the record: kept for HAL, left out with a note for anything else.
@Suite struct HALForeignLinkTests {
    private static let collection = #""collection":{"href":"/v2.0/largelanguagemodels"}"#
    private static let ours = #"{"name":"llm","href":"/rels/{rel}","templated":true}"#
    private static let connection = #""llm:connection":{"href":"/v2.0/connections/c"}"#

    /// The links of an item as they come in, the rest of the item, and its links as they go out.
    @Test(arguments: links)
    func keepsThemInPlaceOrBehind(given: String, rest: String, expected: String) {
        let input = rest.isEmpty ? "{\"_links\":{\(given)}}" : "{\"_links\":{\(given)},\(rest)}"
        let output = rest.isEmpty ? "{\"_links\":{\(expected)}}" : "{\"_links\":{\(expected)},\(rest)}"
        #expect(convert(input, from: .hal, to: .hal) == output + "\n")
        #expect(convert(output, from: .hal, to: .hal) == output + "\n")
        // The same where the links are not first, and with white space.
        if !rest.isEmpty {
            let other = "{ \(rest) ,\n\"_links\" : { \(given) } }"
            #expect(convert(other, from: .hal, to: .hal) == output + "\n")
        }
    }

    static let links: [(String, String, String)] = [
        ("", "", collection),
        (collection, "", collection),
        (#""collection":{"href":"\/v2.0\/largelanguagemode\u006cs"}"#, "", collection),
        (#""collection":{"href":"/other"}"#, "", #""collection":{"href":"/other"}"#),
        (
            #""collection":{"href":"/v2.0/largelanguagemodels","title":"t"}"#, "",
            #""collection":{"href":"/v2.0/largelanguagemodels","title":"t"}"#
        ),
        (
            #""collection":[{"href":"/v2.0/largelanguagemodels"}]"#, "",
            #""collection":[{"href":"/v2.0/largelanguagemodels"}]"#
        ),
        (#""b":{"href":"1"},"a":[{"href":"2"}]"#, "", collection + #","b":{"href":"1"},"a":[{"href":"2"}]"#),
        (#""b":5,"a":null,"":"x","c":[]"#, "", collection + #","b":5,"a":null,"":"x","c":[]"#),
        (#""b":{"href":"1"}"#, #""x":1.0"#, collection + #","b":{"href":"1"}"#),
        (#""self":{"href":"me"}"#, "", collection + #","self":{"href":"me"}"#),
        (
            #""self":{"href":"me"}"#, #""_id":"i""#,
            #""self":{"href":"me"},"# + collection + #","curies":[\#(ours)],"#
                + #""llm:test":{"href":"/v2.0/largelanguagemodels/i/test"},"llm:clone":{"href":"/v2.0/largelanguagemodels/i/clone"}"#
        ),
        (
            #""llm:connection":{"href":"x"},"z":{}"#, #""connectionId":"c""#,
            collection + #","curies":[\#(ours)],"llm:connection":{"href":"x"},"z":{}"#
        ),
        // Curies merge by entry.
        (#""curies":[\#(ours)]"#, #""connectionId":"c""#, collection + #","curies":[\#(ours)],"# + connection),
        (
            #""curies":[{"templated":true,"href":"/rels/{rel}","name":"llm"}]"#, #""connectionId":"c""#,
            collection + #","curies":[\#(ours)],"# + connection
        ),
        (#""curies":[\#(ours)]"#, #""x":1"#, collection),
        (#""curies":[]"#, #""x":1"#, collection),
        (
            #""curies":[{"name":"a","href":"1"},\#(ours),{"name":"b","href":"2"}]"#, #""connectionId":"c""#,
            collection + #","curies":[\#(ours),{"name":"a","href":"1"},{"name":"b","href":"2"}],"# + connection
        ),
        (
            #""curies":[{"name":"a","href":"1"},{"name":"llm","href":"2"}]"#, #""connectionId":"c""#,
            collection + #","curies":[{"name":"llm","href":"2"},{"name":"a","href":"1"}],"# + connection
        ),
        (
            #""y":{},"curies":[{"name":"a","href":"1"},\#(ours)],"z":{}"#, #""x":1"#,
            collection + #","y":{},"curies":[{"name":"a","href":"1"}],"z":{}"#
        ),
        (#""curies":{"name":"a","href":"1"}"#, #""x":1"#, collection + #","curies":{"name":"a","href":"1"}"#),
        (
            #""curies":{"name":"a","href":"1"}"#, #""connectionId":"c""#,
            collection + #","curies":{"name":"a","href":"1"},"# + connection
        ),
        // A foreign relation of our own name uses our entry.
        (
            #""llm:new":{"href":"n"}"#, #""x":1"#, collection + #","curies":[\#(ours)],"llm:new":{"href":"n"}"#
        ),
        (
            #""llm:new":{"href":"n"},"curies":[{"name":"a","href":"1"}]"#, #""x":1"#,
            collection + #","curies":[\#(ours),{"name":"a","href":"1"}],"llm:new":{"href":"n"}"#
        ),
    ]

    /// The links of an embedded record, before and after.
    @Test(arguments: [
        (#""curies":[\#(ours)],"llm:new":{"href":"n"}"#, collection + #","llm:new":{"href":"n"}"#),
        (
            #""curies":[{"name":"a","href":"1"},\#(ours)],"a:b":{"href":"n"}"#,
            collection + #","curies":[{"name":"a","href":"1"}],"a:b":{"href":"n"}"#
        ),
        (#""curies":[{"name":"llm","href":"1"}]"#, collection + #","curies":[{"name":"llm","href":"1"}]"#),
        (#""x":{"href":"\u0041"}"#, collection + #","x":{"href":"A"}"#),
    ])
    func keepsThemInsideEmbedded(given: String, expected: String) {
        let list = convert(#"{"_embedded":{"m":[{"_links":{\#(given)},"q":1},{}]}}"#, from: .hal, to: .hal)
        #expect(
            list.hasPrefix(
                #"{"_embedded":{"largeLanguageModels":[{"_links":{\#(expected)},"q":1},{"_links":{\#(Self.collection)}}]},"#
            ))
        #expect(convert(list, from: .hal, to: .hal) == list)
    }

    private static let find = #""find":{"href":"/v2.0/largelanguagemodels/{largeLanguageModelId}","templated":true}"#
    private static let models = #"{"href":"/v2.0/largelanguagemodels"}"#

    @Test func keepsThoseOfLists() {
        let links =
            #""zz":[{"href":"1"}],"self":\#(Self.models),"find":{"href":"f"},"curies":[{"name":"a"},\#(Self.ours)]"#
        let expected =
            #""self":\#(Self.models),"find":{"href":"f"},"curies":[\#(Self.ours),{"name":"a"}],"zz":[{"href":"1"}]"#
        for input in [
            #"{"_embedded":{"m":[]},"_links":{\#(links)}}"#, #"{"_links":{\#(links)},"_embedded":{"m":[]}}"#,
        ] {
            let output = run(input, from: .hal, to: .hal)
            #expect(output.text == #"{"_embedded":{"largeLanguageModels":[]},"_links":{\#(expected)}}"# + "\n")
            #expect(output.notes == [])
        }
    }

    @Test func keepsThoseOfPages() {
        let links = #""next":{"href":"elsewhere"},"prev":{"href":"before"},"last":{"href":"l"}"#
        let output = run(#"{"_embedded":{"m":[]},"_links":{\#(links)},"nextCursor":"n"}"#, from: .hal, to: .hal)
        let expected =
            #""self":\#(Self.models),"first":\#(Self.models),"next":{"href":"elsewhere"},\#(Self.find),"#
            + #""curies":[\#(Self.ours)],"prev":{"href":"before"},"last":{"href":"l"}"#
        #expect(
            output.text == #"{"_embedded":{"largeLanguageModels":[]},"_links":{\#(expected)},"#
                + #""total":null,"nextCursor":"n","previousCursor":null}"# + "\n")
        let back = run(output.text, from: .hal, to: .hal)
        #expect(back.text == output.text)
    }

    /// Links back to the collection with any query say only where a document came from.
    @Test(arguments: [
        (#""self":{"href":"/v2.0/largelanguagemodels?limit=5&projectId=%C3%A4"}"#, true),
        (#""self":{"href":"/v2.0/largelanguagemodels?"}"#, true),
        (#""first":{"href":"/v2.0/largelanguagemodels?limit=5"}"#, true),
        (#""first":{"href":"/v2.0/largelanguagemodels"}"#, true),
        (
            #""prev":{"href":"/v2.0/largelanguagemodels?previous=a"},"next":{"href":"\/v2.0/largelanguagemodels?next=b"}"#,
            true
        ),
        (#""last":{"href":"/v2.0/largelanguagemodels?last=1"}"#, false),
        (#""self":{"href":"/v2.0/largelanguagemodels/?limit=5"}"#, false),
        (#""self":{"href":"/v2.0/largelanguagemodels?limit=5#top"}"#, false),
        (#""self":{"href":"/v2.0/largelanguagemodel"}"#, false),
        (#""self":{"href":"https://example.com/v2.0/largelanguagemodels?limit=5"}"#, false),
        (#""self":{"href":"/v2.0/largelanguagemodels?limit=5","title":"t"}"#, false),
        (#""self":[{"href":"/v2.0/largelanguagemodels?limit=5"}]"#, false),
        (#""self":{"href":5}"#, false), (#""self":{}"#, false), (#""self":"/v2.0/largelanguagemodels?a""#, false),
    ])
    func dropsLinksBackToTheCollection(links: String, areDropped: Bool) {
        for rest in ["", #","total":1"#] {
            let document = #"{"_embedded":{"m":[{"a":1}]},"_links":{\#(links)}\#(rest)}"#
            let toJSON = run(document, from: .hal, to: .jsonLines)
            #expect(toJSON.text == "{\"a\":1}\n")
            #expect(toJSON.notes.contains(Self.documentNote) == !areDropped)
            let without = run(#"{"_embedded":{"m":[{"a":1}]}\#(rest)}"#, from: .hal, to: .hal)
            let toHAL = run(document, from: .hal, to: .hal)
            #expect((toHAL.text == without.text) == areDropped)
            #expect(toHAL.notes == [])
        }
    }

    @Test func measuresLinksBackToTheCollectionByTheBaseURL() {
        let links = #"{"self":{"href":"https://example.com/v2.0/largelanguagemodels?limit=5"}}"#
        let document = #"{"_embedded":{"m":[]},"_links":\#(links)}"#
        let base = Format.hal(HALOptions(baseURL: "https://example.com/"))
        #expect(run(document, from: base, to: .jsonLines).notes == [])
        #expect(run(document, from: .hal, to: .jsonLines).notes == [Self.documentNote])
    }

    /// A record's own links are not those of a list.
    @Test func keepsALinkOfARecordToTheCollection() {
        let links = #""self":{"href":"/v2.0/largelanguagemodels?limit=5"}"#
        #expect(run(#"{"_links":{\#(links)},"a":1}"#, from: .hal, to: .hal).text.contains(links))
    }

    private static let note =
        "links that do not follow from the records are left out: only hal carries them"
    private static let documentNote = "links of the document itself are left out: only hal has a place for them"
    private static let shapeNote = "links of the document itself are left out: the output is another document"

    @Test(arguments: [
        (#"{"_links":{"x":1},"a":1}"#, Form.json, "{\"a\":1}\n", [note]),
        (#"{"_links":{"x":1},"a":1}{"_links":{"y":1}}"#, .json, "[{\"a\":1},{}]\n", [note]),
        (#"{"_links":{"collection":{"href":"/v2.0/largelanguagemodels"}},"a":1}"#, .json, "{\"a\":1}\n", []),
        (#"{"_embedded":{"m":[{"_links":{"x":1},"a":1}]}}"#, .csv, "a\r\n1\r\n", [note]),
        (#"{"_embedded":{"m":[{"a":1}]},"_links":{"x":1}}"#, .jsonLines, "{\"a\":1}\n", [documentNote]),
        (#"{"_embedded":{"m":[]},"_links":{"self":{"href":"/v2.0/largelanguagemodels"}}}"#, .json, "[]\n", []),
    ])
    func leavesThemOutWithANote(input: String, target: Form, expected: String, notes: [String]) {
        let outcome = run(input, from: .hal, to: target.format)
        #expect(outcome.description == expected)
        #expect(outcome.notes == notes)
    }

    @Test func leavesThoseOfTheDocumentOutWhenItsShapeChanges() {
        let item = run(#"{"_embedded":{"m":[{"a":1}]},"_links":{"x":1}}"#, from: .hal, to: .hal, shape: .item)
        #expect(item.text == #"{"_links":{\#(Self.collection)},"a":1}"# + "\n")
        #expect(item.notes == [Self.shapeNote])
        let list = run(#"{"_embedded":{"m":[]},"_links":{"x":1},"total":1}"#, from: .hal, to: .hal, shape: .list)
        #expect(list.text.contains("\"x\"") == false)
        #expect(list.notes.contains(Self.shapeNote))
    }

    @Test func leavesOutLinksThatHaveAnotherBase() {
        let based = Format.hal(HALOptions(baseURL: "https://example.com"))
        let written = run(#"{"_id":"i"}"#, to: based)
        #expect(run(written.text, from: based).notes == [])
        #expect(run(written.text, from: .hal).notes == [Self.note])
        #expect(run(written.text, from: .hal, to: .hal).text == written.text)
        #expect(run(written.text, from: based, to: .hal).text == run(#"{"_id":"i"}"#, to: .hal).text)
    }

    /// Hostile links cost no more than their length.
    @Test func comparesManyLinksInLinearTime() {
        let links = (0..<50_000).map { "\"r\($0)\":{\"href\":\"\($0)\"}" }.joined(separator: ",")
        let input = "{\"_links\":{\(links)},\"x\":1}"
        let time = processorTime {
            #expect(run(input, from: .hal, to: .hal).output.count > links.utf8.count)
        }
        #expect(time < .seconds(20))
        let deep = String(repeating: "[", count: 100_000)
        #expect(run("{\"_links\":{\"a\":\(deep)", from: .hal, to: .hal).code == .depthLimit)
    }
}
