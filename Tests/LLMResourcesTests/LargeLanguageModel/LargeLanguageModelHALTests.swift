import LLMResources
import ResourceFormats
import Testing

/// The struct in HAL.
@Suite struct LargeLanguageModelHALTests {
    private let json = #"{"name":"A","modelType":"gpt-4o","provider":"openAI","connectionId":"c"}"#

    @Test func hasLinksAndLosesThem() throws {
        let model = try Format.json.decode(LargeLanguageModel.self, from: json.utf8Span.span)
        let bytes = try Format.hal.encode(model)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"_links":{"collection":{"href":"/v2.0/largelanguagemodels"},"#
                + #""curies":[{"name":"llm","href":"/rels/{rel}","templated":true}],"#
                + #""llm:connection":{"href":"/v2.0/connections/c"}},"# + json.dropFirst() + "\n")
        #expect(try Format.hal.decode(LargeLanguageModel.self, from: bytes.span) == model)
        let list = try Format.hal.encode([model, model], page: PageInfo(total: 2, nextCursor: "n"))
        #expect(try Format.hal.decode([LargeLanguageModel].self, from: list.span) == [model, model])
        #expect(String(decoding: list, as: UTF8.self).contains(#""next":{"href":"/v2.0/largelanguagemodels?next=n"}"#))
    }

    @Test func refusesLinksAmongUnknownMembers() throws {
        var model = try Format.json.decode(LargeLanguageModel.self, from: json.utf8Span.span)
        model.unknownMembers = try UnknownMembers(json: #"{"_links":{}}"#)
        let error = #expect(throws: SerializationError.self) { try Format.hal.encode([model]) }
        #expect(error?.code == .notRepresentable)
        #expect(error?.path == "$[0]._links")
    }

    @Test func givesErrorsTheirPlaceBehindLinks() {
        let collection = #"{"_links":{"collection":{"href":"/v2.0/largelanguagemodels"}}"#
        let missing = "[\(collection),\"name\":\"A\"}]"
        let error = #expect(throws: SerializationError.self) {
            try Format.hal.decode([LargeLanguageModel].self, from: missing.utf8Span.span)
        }
        #expect(error?.position?.column == 2)
        let wrong = "[\(collection),\"name\":\"A\",\"modelType\":\"m\",\"provider\":\"p\",\"connectionId\":7}]"
        let other = #expect(throws: SerializationError.self) {
            try Format.hal.decode([LargeLanguageModel].self, from: wrong.utf8Span.span)
        }
        #expect(other?.path == "$[0].connectionId")
        #expect(other?.position?.byteOffset == wrong.utf8.count - 3)
    }
}
