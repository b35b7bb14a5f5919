import LLMResources
import ResourceFormats
import Testing

/// What HAL looks like, byte for byte.
@Suite struct HALWriterTests {
    private static let collection = #""collection":{"href":"/v2.0/largelanguagemodels"}"#
    private static let curies = #""curies":[{"name":"llm","href":"/rels/{rel}","templated":true}]"#
    private static let find = #""find":{"href":"/v2.0/largelanguagemodels/{largeLanguageModelId}","templated":true}"#
    private static let selfAndFind = #""self":{"href":"/v2.0/largelanguagemodels"},"# + find + "," + curies

    @Test func writesEveryLinkInOrder() {
        let record =
            #"{"name":"A","connectionId":"c","fallbacks":[{"fallbackLLMReferenceId":"f1"},{"fallbackLLMReferenceId":"f2"}],"#
            + #""assignedToProjects":["p1","p2"],"projectId":"p","_id":"i","createdBy":"u","lastChangedBy":"v"}"#
        let links =
            #""self":{"href":"/v2.0/largelanguagemodels/i"},"#
            + #""collection":{"href":"/v2.0/largelanguagemodels?projectId=p"},"# + Self.curies + ","
            + #""llm:connection":{"href":"/v2.0/connections/c"},"#
            + #""llm:project":{"href":"/v2.0/projects/p"},"#
            + #""llm:assignedProject":[{"href":"/v2.0/projects/p1"},{"href":"/v2.0/projects/p2"}],"#
            + #""llm:fallback":[{"href":"/v2.0/largelanguagemodels?referenceId=f1"},"#
            + #"{"href":"/v2.0/largelanguagemodels?referenceId=f2"}],"#
            + #""llm:test":{"href":"/v2.0/largelanguagemodels/i/test"},"#
            + #""llm:clone":{"href":"/v2.0/largelanguagemodels/i/clone"},"#
            + #""llm:createdBy":{"href":"/v2.0/users/u"},"llm:lastChangedBy":{"href":"/v2.0/users/v"}"#
        #expect(convert(record, to: .hal) == "{\"_links\":{\(links)},\(record.dropFirst())\n")
    }

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

    @Test(arguments: documents)
    func writesListsAndPages(input: String, expected: String) {
        #expect(convert(input, to: .hal) == expected + "\n")
    }

    static let documents: [(String, String)] = [
        ("[]", #"{"_embedded":{"largeLanguageModels":[]},"_links":{\#(selfAndFind)}}"#),
        (
            #"[{"_id":"i"},{}]"#,
            #"{"_embedded":{"largeLanguageModels":[{"_links":{"self":{"href":"/v2.0/largelanguagemodels/i"},\#(collection),"#
                + #""llm:test":{"href":"/v2.0/largelanguagemodels/i/test"},"llm:clone":{"href":"/v2.0/largelanguagemodels/i/clone"}},"#
                + #""_id":"i"},{"_links":{\#(collection)}}]},"_links":{\#(selfAndFind)}}"#
        ),
        (
            #"{"items":[]}"#,
            #"{"_embedded":{"largeLanguageModels":[]},"_links":{"self":{"href":"/v2.0/largelanguagemodels"},"#
                + #""first":{"href":"/v2.0/largelanguagemodels"},\#(find),\#(curies)},"#
                + #""total":null,"nextCursor":null,"previousCursor":null}"#
        ),
        (
            #"{"items":[{"x":1.0}],"total":1e2,"nextCursor":"a/b","previousCursor":"c","y":[],"z":{"a":1}}"#,
            #"{"_embedded":{"largeLanguageModels":[{"_links":{\#(collection)},"x":1.0}]},"#
                + #""_links":{"self":{"href":"/v2.0/largelanguagemodels"},"first":{"href":"/v2.0/largelanguagemodels"},"#
                + #""prev":{"href":"/v2.0/largelanguagemodels?previous=c"},"next":{"href":"/v2.0/largelanguagemodels?next=a%2Fb"},"#
                + #"\#(find),\#(curies)},"total":1e2,"nextCursor":"a/b","previousCursor":"c","y":[],"z":{"a":1}}"#
        ),
        (
            #"{"items":[],"nextCursor":"","previousCursor":""}"#,
            #"{"_embedded":{"largeLanguageModels":[]},"_links":{"self":{"href":"/v2.0/largelanguagemodels"},"#
                + #""first":{"href":"/v2.0/largelanguagemodels"},\#(find),\#(curies)},"#
                + #""total":null,"nextCursor":"","previousCursor":""}"#
        ),
    ]

    @Test func beginsLinksWithTheBaseURL() {
        for base in ["https://example.com", "https://example.com/"] {
            let output = convert(#"[{"_id":"i"}]"#, to: .hal(HALOptions(baseURL: base)))
            let plain = convert(#"[{"_id":"i"}]"#, to: .hal)
            #expect(output == plain.replacing("\"href\":\"/", with: "\"href\":\"https://example.com/"))
        }
        #expect(convert("{}", to: .hal(HALOptions(baseURL: "a\"b\\"))).contains(#""a\"b\\/v2.0/largelanguagemodels""#))
    }

    @Test func indents() {
        let item = convert(#"{"projectId":"p","x":[]}"#, to: .hal(HALOptions(isPretty: true)))
        #expect(
            item == """
                {
                  "_links": {
                    "collection": {
                      "href": "/v2.0/largelanguagemodels?projectId=p"
                    },
                    "curies": [
                      {
                        "name": "llm",
                        "href": "/rels/{rel}",
                        "templated": true
                      }
                    ],
                    "llm:project": {
                      "href": "/v2.0/projects/p"
                    }
                  },
                  "projectId": "p",
                  "x": []
                }

                """)
        let page = convert(#"{"items":[{},{"x":1}],"y":{"a":1}}"#, to: .hal(HALOptions(isPretty: true)))
        #expect(
            page == """
                {
                  "_embedded": {
                    "largeLanguageModels": [
                      {
                        "_links": {
                          "collection": {
                            "href": "/v2.0/largelanguagemodels"
                          }
                        }
                      },
                      {
                        "_links": {
                          "collection": {
                            "href": "/v2.0/largelanguagemodels"
                          }
                        },
                        "x": 1
                      }
                    ]
                  },
                  "_links": {
                    "self": {
                      "href": "/v2.0/largelanguagemodels"
                    },
                    "first": {
                      "href": "/v2.0/largelanguagemodels"
                    },
                    "find": {
                      "href": "/v2.0/largelanguagemodels/{largeLanguageModelId}",
                      "templated": true
                    },
                    "curies": [
                      {
                        "name": "llm",
                        "href": "/rels/{rel}",
                        "templated": true
                      }
                    ]
                  },
                  "total": null,
                  "nextCursor": null,
                  "previousCursor": null,
                  "y": {
                    "a": 1
                  }
                }

                """)
        #expect(
            convert("[]", to: .hal(HALOptions(isPretty: true))).hasPrefix(
                "{\n  \"_embedded\": {\n    \"largeLanguageModels\": []\n  },\n  \"_links\": {\n"))
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
