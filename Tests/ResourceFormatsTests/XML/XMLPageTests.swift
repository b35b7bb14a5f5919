import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Lists and pages, which differ by their last child only.
@Suite struct XMLPageTests {
    @Test(arguments: documents)
    func writesListsAndPages(json: String, expected: String) {
        #expect(convert(json, to: .xml) == XMLTexts.written(list: expected))
        #expect(convert(XMLTexts.written(list: expected), from: .xml) == convert(json))
    }

    static let documents: [(String, String)] = [
        ("[]", ""),
        ("[{}]", "<largeLanguageModel/>"),
        ("[{},{}]", "<largeLanguageModel/><largeLanguageModel/>"),
        (
            #"[{"name":"a"},{"x":null}]"#,
            "<largeLanguageModel><name>a</name></largeLanguageModel><largeLanguageModel><x "
                + #"xsi:nil="true"/></largeLanguageModel>"#
        ),
        (#"{"items":[]}"#, "<page/>"),
        (#"{"items":[{}],"total":2}"#, #"<largeLanguageModel/><page total="2"/>"#),
        (
            #"{"items":[{"name":"a"},{}],"total":1.50e3,"nextCursor":"n","previousCursor":"p"}"#,
            "<largeLanguageModel><name>a</name></largeLanguageModel><largeLanguageModel/><page "
                + #"total="1.50e3" nextCursor="n" previousCursor="p"/>"#
        ),
        (#"{"items":[],"previousCursor":"p","total":0}"#, #"<page total="0" previousCursor="p"/>"#),
        (#"{"items":[],"total":null,"nextCursor":null,"previousCursor":null}"#, "<page/>"),
        (#"{"items":[],"nextCursor":""}"#, #"<page nextCursor=""/>"#),
        (#"{"items":[],"nextCursor":"a\tb\nc\rd"}"#, #"<page nextCursor="a&#9;b&#10;c&#13;d"/>"#),
        (#"{"items":[],"nextCursor":"<&>\"'é😀\\"}"#, #"<page nextCursor="&lt;&amp;&gt;&quot;'é😀\"/>"#),
        (#"{"items":[],"total":-1e-5}"#, #"<page total="-1e-5"/>"#),
    ]

    @Test(arguments: pages)
    func readsPages(document: String, expected: String) {
        #expect(convert(document, from: .xml) == expected)
    }

    static let pages: [(String, String)] = [
        (
            "<largeLanguageModels><page/></largeLanguageModels>",
            "{\"items\":[],\"total\":null,\"nextCursor\":null,\"previousCursor\":null}\n"
        ),
        (
            "<largeLanguageModels><largeLanguageModel/><page/></largeLanguageModels>",
            "{\"items\":[{}],\"total\":null,\"nextCursor\":null,\"previousCursor\":null}\n"
        ),
        (
            "<largeLanguageModels>\n  <page></page>\n</largeLanguageModels>\n",
            "{\"items\":[],\"total\":null,\"nextCursor\":null,\"previousCursor\":null}\n"
        ),
        (
            "<largeLanguageModels><page> </page> <!-- c --></largeLanguageModels>",
            "{\"items\":[],\"total\":null,\"nextCursor\":null,\"previousCursor\":null}\n"
        ),
        (
            #"<largeLanguageModels><page previousCursor="p" nextCursor='n' total="3"/></largeLanguageModels>"#,
            "{\"items\":[],\"total\":3,\"nextCursor\":\"n\",\"previousCursor\":\"p\"}\n"
        ),
        (
            "<largeLanguageModels><page total=\"1.0\" nextCursor=\"a&#10;&amp;&quot;&#9; b&#13;\tc\nd\" "
                + "previousCursor=''/></largeLanguageModels>",
            "{\"items\":[],\"total\":1.0,\"nextCursor\":\"a\\n&\\\"\\t b\\r c d\",\"previousCursor\":\"\"}\n"
        ),
        (
            #"<largeLanguageModels><page total="-1e400"/></largeLanguageModels>"#,
            "{\"items\":[],\"total\":-1e400,\"nextCursor\":null,\"previousCursor\":null}\n"
        ),
        (
            #"<largeLanguageModels xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><page xml:lang="en" "#
                + #"xsi:type="t"/></largeLanguageModels>"#,
            "{\"items\":[],\"total\":null,\"nextCursor\":null,\"previousCursor\":null}\n"
        ),
        (
            #"<largeLanguageModels><page nextCursor="&amp;#38;&#38;lt;"/></largeLanguageModels>"#,
            "{\"items\":[],\"total\":null,\"nextCursor\":\"&#38;&lt;\",\"previousCursor\":null}\n"
        ),
    ]

    @Test(arguments: refused)
    func refusesWhatIsNoPage(document: String, expected: String) {
        let outcome = run(document, from: .xml)
        #expect(outcome.error == expected)
        #expect(outcome.position != nil)
    }

    static let refused: [(String, String)] = [
        (
            "<largeLanguageModels><page/><largeLanguageModel/></largeLanguageModels>",
            "1:29: found the element <largeLanguageModel>, expected nothing after <page> ($)"
        ),
        (
            "<largeLanguageModels><page/><page/></largeLanguageModels>",
            "1:29: found the element <page>, expected nothing after <page> ($)"
        ),
        (
            "<largeLanguageModels><page/><x/></largeLanguageModels>",
            "1:29: found the element <x>, expected nothing after <page> ($)"
        ),
        (
            "<largeLanguageModels><page/>a</largeLanguageModels>",
            #"1:29: found the text "a", expected elements only ($)"#
        ),
        (
            "<largeLanguageModels><page>a</page></largeLanguageModels>",
            #"1:28: found the text "a", expected nothing inside <page> ($)"#
        ),
        (
            "<largeLanguageModels><page><x/></page></largeLanguageModels>",
            "1:28: found the element <x>, expected nothing inside ($)"
        ),
        (
            "<largeLanguageModels>\n<page total=\"x\"/></largeLanguageModels>",
            #"2:1: found total="x", expected a number ($.total)"#
        ),
        (
            #"<largeLanguageModels><page total=" 1 "/></largeLanguageModels>"#,
            #"1:22: found total=" 1 ", expected a number ($.total)"#
        ),
        (
            #"<largeLanguageModels><page total=""/></largeLanguageModels>"#,
            #"1:22: found total="", expected a number ($.total)"#
        ),
        (
            #"<largeLanguageModels><page foo="1"/></largeLanguageModels>"#,
            "1:22: found the attribute foo, expected total, nextCursor or previousCursor ($)"
        ),
        (
            #"<largeLanguageModels><page type="object"/></largeLanguageModels>"#,
            "1:22: found the attribute type, expected total, nextCursor or previousCursor ($)"
        ),
        (
            #"<largeLanguageModels><page escaped="true"/></largeLanguageModels>"#,
            "1:22: found the attribute escaped, expected total, nextCursor or previousCursor ($)"
        ),
        (
            #"<largeLanguageModels xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><page "#
                + #"xsi:nil="true"/></largeLanguageModels>"#,
            "1:76: found the attribute xsi:nil, expected total, nextCursor or previousCursor ($)"
        ),
        (
            #"<largeLanguageModels><page xmlns="u"/></largeLanguageModels>"#,
            "1:22: found the element <page> in a namespace, expected elements in none ($)"
        ),
        ("<page/>", "1:1: found the root element <page>, expected <largeLanguageModel> or <largeLanguageModels> ($)"),
        (
            "<largeLanguageModels><page/></largeLanguageModels><page/>",
            "1:51: found more behind the root element, expected only comments and white space there ($)"
        ),
        (
            #"<largeLanguageModels><page total="1" total="2"/></largeLanguageModels>"#,
            "1:47: found the attribute total a second time, expected each attribute once in a tag ($)"
        ),
    ]

    @Test(arguments: ["nextCursor", "previousCursor"], ["\\u0001", "a\\uffff", "\\u0000"])
    func refusesCursorsThatXMLCannotSay(name: String, cursor: String) {
        let outcome = run("{\"items\":[{}],\"\(name)\":\"\(cursor)\"}", to: .xml)
        #expect(outcome.code == .notRepresentable)
        #expect(outcome.path == "$.\(name)")
        #expect(outcome.position?.line == 1)
        #expect(outcome.error?.contains("found a character in the page's \(name) that XML forbids, expected ") == true)
    }

    @Test func saysWhatThePageLoses() {
        let outcome = run("{\"items\":[],\"x\":1}", to: .xml)
        #expect(outcome.text == XMLTexts.written(list: "<page/>"))
        #expect(
            outcome.notes == [
                "the page's members other than total, nextCursor and previousCursor are left out: there is no room"
            ])
    }
}
