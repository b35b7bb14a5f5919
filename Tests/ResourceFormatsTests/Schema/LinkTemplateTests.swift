import ResourceFormatsTesting
import Testing

@testable import ResourceFormats

/// Templates in pieces (RFC 6570, simple expansion).
@Suite struct LinkTemplateTests {
    @Test(
        arguments: [
            ("", []), ("/a", [.literal("/a")]), ("{a}", [.value("a")]), ("/a/{b}", [.literal("/a/"), .value("b")]),
            ("{a}{b}", [.value("a"), .value("b")]), ("{a}/c", [.value("a"), .literal("/c")]),
            ("/a{?b}", [.literal("/a"), .query("b")]),
            ("{a.b}", [.value("a.b")]), ("{é}", [.value("é")]),
            // What is not an expression is text.
            ("{a", [.literal("{a")]), ("a}", [.literal("a}")]), ("}{", [.literal("}{")]),
            ("{a}{", [.value("a"), .literal("{")]),
            ("{a{b}", [.value("a{b")]), ("{}", [.value("")]), ("{?}", [.query("")]),
        ] as [(String, [LinkTemplate.Piece])])
    func takesTemplatesApart(template: String, pieces: [LinkTemplate.Piece]) {
        #expect(LinkTemplate("x", template).pieces == pieces)
    }

    @Test func keepsItsWords() {
        let template = LinkTemplate("llm:connection", "/v2.0/connections/{connectionId}")
        #expect(template.relation == "llm:connection")
        #expect(template.template == "/v2.0/connections/{connectionId}")
    }

    private enum Field: UInt16, SchemaField {
        case id, tags, tag, parts, part
        var declaration: FieldDeclaration<Self> {
            switch self {
            case .id: .string("id")
            case .tags: .array("tags", of: .string)
            case .tag: .string("tag")
            case .parts: .array("parts", of: .object)
            case .part: .string("part", in: .parts)
            }
        }
    }

    /// A template, a record, and the targets that the record gives it.
    @Test(
        arguments: [
            ("/a", "{}", #"{"href":"/a"}"#), ("/a{?id}", "{}", #"{"href":"/a"}"#),
            ("/a{?id}", #"{"id":"1 2"}"#, #"{"href":"/a?id=1%202"}"#), ("/{id}/{tag}", #"{"id":"1"}"#, nil),
            ("/{id}/{tag}", #"{"id":"1","tag":"t"}"#, #"{"href":"/1/t"}"#),
            ("{id}{id}", #"{"id":"1"}"#, #"{"href":"11"}"#),
            ("/{tags}", #"{"tags":["a","b"]}"#, #"[{"href":"/a"},{"href":"/b"}]"#), ("/{tags}", #"{"tags":[]}"#, nil),
            ("/{tags}/x", #"{"tags":["a"]}"#, #"[{"href":"/a/x"}]"#),
            (
                "/{parts.part}", #"{"parts":[{"part":"p"},{},{"part":null},{"part":7}]}"#,
                #"[{"href":"/p"},{"href":"/7"}]"#
            ),
            ("/{", "{}", #"{"href":"/{"}"#),
        ] as [(String, String, String?)])
    func expandsInARecord(template: String, record: String, target: String?) {
        let declared = ResourceLinks(
            item: [LinkTemplate("x", template)], collection: "/all", nextParameter: "n", previousParameter: "p")
        let schema = Schema("thing", plural: "things", fields: Field.self, links: declared)
        let outcome = Conversion(from: .jsonLines, to: .hal, schema: schema).run(record)
        let links = target.map { "\"x\":\($0)" } ?? ""
        #expect(outcome.text.hasPrefix("{\"_embedded\":{\"things\":[{\"_links\":{\(links)}"), "\(outcome)")
    }
}
