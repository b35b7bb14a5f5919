import LLMResources
import ResourceFormats
import Testing

/// What HAL looks like, byte for byte.
@Suite struct HALWriterTests {
    private static let collection = #""collection":{"href":"/v2.0/largelanguagemodels"}"#
    private static let curies = #""curies":[{"name":"llm","href":"/rels/{rel}","templated":true}]"#

    /// A record, and the links that it has besides `collection`.
    @Test(arguments: links)
    func writesLinksOfWhatIsThere(record: String, links: String) {
        let all = links.isEmpty ? Self.collection : links.replacing("…", with: Self.collection + "," + Self.curies)
        let rest = record == "{}" ? "}" : "," + record.dropFirst()
        #expect(convert(record, to: .hal) == "{\"_links\":{\(all)}\(rest)\n")
    }

    static let links: [(String, String)] = [
        ("{}", ""),
        (#"{"name":"x"}"#, ""),
        (#"{"connectionId":"c"}"#, #"…,"llm:connection":{"href":"/v2.0/connections/c"}"#),
        (#"{"connectionId":""}"#, ""),
        (#"{"connectionId":null}"#, ""),
        (#"{"connectionId":true}"#, ""),
        (#"{"connectionId":["c"]}"#, ""),
        (#"{"connectionId":{"a":"c"}}"#, ""),
        (#"{"connectionId":17}"#, #"…,"llm:connection":{"href":"/v2.0/connections/17"}"#),
        (#"{"connectionId":-1.50e+3}"#, #"…,"llm:connection":{"href":"/v2.0/connections/-1.50e%2B3"}"#),
        (#"{"assignedToProjects":["a"]}"#, #"…,"llm:assignedProject":[{"href":"/v2.0/projects/a"}]"#),
        (
            #"{"assignedToProjects":["",null,"a",{},5,true,["b"],"a"]}"#,
            #"…,"llm:assignedProject":[{"href":"/v2.0/projects/a"},{"href":"/v2.0/projects/5"},{"href":"/v2.0/projects/a"}]"#
        ),
        (#"{"assignedToProjects":[]}"#, ""),
        (#"{"assignedToProjects":["",null]}"#, ""),
        (#"{"assignedToProjects":"a"}"#, ""),
        (
            #"{"fallbacks":[{"fallbackLLMReferenceId":"f"}]}"#,
            #"…,"llm:fallback":[{"href":"/v2.0/largelanguagemodels?referenceId=f"}]"#
        ),
        (#"{"fallbacks":[{},{"fallbackLLMReferenceId":null},"f",{"x":{"fallbackLLMReferenceId":"f"}}]}"#, ""),
        (#"{"fallbacks":{"fallbackLLMReferenceId":"f"}}"#, ""),
        (#"{"x":{"_id":"i","connectionId":"c"}}"#, ""),
        (#"{"_embedded":{"a":1}}"#, ""),
    ]

    /// The value of `connectionId` as JSON, and what becomes of it in a URI.
    @Test(arguments: [
        (#""a b""#, "a%20b"), (#""a/b?c#d""#, "a%2Fb%3Fc%23d"), (#""-._~""#, "-._~"),
        (#""ü€😀""#, "%C3%BC%E2%82%AC%F0%9F%98%80"),
        (#""%20""#, "%2520"), (#""\u0000\u007f\"\\""#, "%00%7F%22%5C"), (#""{x}""#, "%7Bx%7D"),
        (#""AZaz09""#, "AZaz09"),
        (#""@[`{/:^_""#, "%40%5B%60%7B%2F%3A%5E_"), (#""0123456789abcdef ghij""#, "0123456789abcdef%20ghij"),
        (#"1E400"#, "1E400"),
    ])
    func encodesValues(value: String, encoded: String) {
        let output = convert("{\"connectionId\":\(value)}", to: .hal)
        #expect(output.contains("\"llm:connection\":{\"href\":\"/v2.0/connections/\(encoded)\"}"))
    }

    @Test func beginsLinksWithTheBaseURL() {
        for base in ["https://example.com", "https://example.com/"] {
            let output = convert(#"[{"_id":"i"}]"#, to: .hal(HALOptions(baseURL: base)))
            let plain = convert(#"[{"_id":"i"}]"#, to: .hal)
            #expect(output == plain.replacing("\"href\":\"/", with: "\"href\":\"https://example.com/"))
        }
        #expect(convert("{}", to: .hal(HALOptions(baseURL: "a\"b\\"))).contains(#""a\"b\\/v2.0/largelanguagemodels""#))
    }

    /// Whatever a record spelled out, its members come as JSON writes them.
    @Test func writesMembersAsJSONDoes() {
        let output = convert(#"{ "n\u0061me" : "\u0041\/" , "x" : 1.0 }"#, to: .hal)
        #expect(output == #"{"_links":{\#(Self.collection)},"name":"A/","x":1.0}"# + "\n")
    }

    private enum NoLinks: UInt16, SchemaField {
        case id
        var declaration: FieldDeclaration<Self> { .string("_id") }
    }

    @Test func writesEmptyLinksForASchemaWithoutAny() {
        let schema = Schema("thing", plural: "things", fields: NoLinks.self)
        var converter = Converter(from: .json, to: .hal, schema: schema)
        var output = OutputBuffer()
        let input = Array(#"[{"_id":"i"},{}]"#.utf8)
        #expect(throws: Never.self) { try converter.convert(input.span, from: .json, into: &output) }
        let expected = #"{"_embedded":{"things":[{"_links":{},"_id":"i"},{"_links":{}}]},"_links":{}}"# + "\n"
        #expect((0..<output.count).map { output.span[$0] } == Array(expected.utf8))
    }
}
