import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// What the end of a HAL collection tells of its shape: the first pass may then stop at the beginning.
@Suite struct HALTailTests {
    /// The ends of documents, and whether they show a page of what begins as a list.
    @Test(arguments: [
        (#"]},"total":3}"#, true), (#"]} , "total" : 3 } "#, true),
        (#"]},"_links":{"self":{"href":"/"}},"total":3}"#, true),
        (#"]},"total":3,"_links":{"self":{"href":"/}]\\\""}}}"#, true),
        (#"]},"x":[{"a":"]"},["\"",{}]],"_links":{}}"#, true),
        (#"]},"x":"\\","_links":{}}"#, true), (#"]},"nextCursor":null}"#, true), (#"]},"ü":"}"}"#, true),
        // Nothing but the records and their links.
        (#"]},"_links":{"self":{"href":"/"}}}"#, false), (#"]}}"#, false), ("", false), ("]", false), ("}", false),
        // A name with an escape may be any; one of a record's makes no page.
        (#"]},"_l\u0069nks":{}}"#, false), (#"]},"provider":"x"}"#, false), (#"]},"_embedded":{}}"#, false),
        // A member that begins before the bytes, and what is no JSON.
        (#"a","b":1]}"#, false), (#""a":"b"}"#, false), (#"]},"total":}"#, false), (#"]},"total"3}"#, false),
        (#"]}total":3}"#, false),
    ])
    func showsAPageOrNothing(end: String, isPage: Bool) throws {
        let showsPage = try #require(Format.hal.traits.showsPageAtEnd)
        #expect(showsPage(Array(end.utf8).span, LargeLanguageModel.schema) == isPage)
    }

    /// More records than the beginning has that is looked at, as a page and as a list.
    @Test(arguments: [#""total":3,"#, ""])
    func readsNoMoreThanTheBeginning(members: String) throws {
        let record = "{\"name\":\"\(String(repeating: "n", count: 900))\"}"
        let records = Array(repeating: record, count: 400).joined(separator: ",")
        let document = Array("{\"_embedded\":{\"x\":[\(records)]},\(members)\"_links\":{}}".utf8)
        var converter = Converter(from: .hal, to: .json, schema: LargeLanguageModel.schema)
        converter.lookAtEnd(document.span.extracting(last: Converter.tailLength))
        let needsFirstPass = converter.needsFirstPass
        #expect(needsFirstPass)
        var used = 0
        let beginning = document.span.extracting(first: Converter.tailLength * 3)
        let progress = try converter.prepare(beginning, isComplete: false, used: &used)
        switch progress {
        case .endOfInput: #expect(members != "")
        case .needsMoreInput: #expect(members == "")
        case .outputIsFull: Issue.record("a first pass has no output")
        }
        let whole = run(document, from: .hal)
        #expect(whole.error == nil)
        #expect(whole.text.hasPrefix(members == "" ? "[" : "{\"items\":["))
        #expect(
            whole == Conversion(from: .hal, to: .json, schema: LargeLanguageModel.schema).run(document, cuts: [1_000]))
    }

    /// An object that is not a collection, or not only one, although it ends as a page does.
    @Test(arguments: [
        #"{"name":"a","x":{"y":[{}]},"total":3}"#, #"[{"total":1},{"total":3}]"#, #"{"a":1} {"x":[{}],"total":3}"#,
        #"{"_embedded":{"x":[{}],"y":[{}]},"total":3}"#,
    ])
    func isNotMisledByOtherObjects(document: String) {
        let conversion = Conversion(from: .hal, to: .json, schema: LargeLanguageModel.schema)
        let whole = conversion.run(Array(document.utf8))
        #expect(whole.error == nil)
        #expect(whole.text.hasPrefix("{\"items\"") == false)
        #expect(whole == conversion.run(Array(document.utf8), cuts: Array(1..<document.utf8.count)))
    }
}
