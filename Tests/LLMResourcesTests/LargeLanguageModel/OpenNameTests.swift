import LLMResources
import ResourceFormats
import Testing

@Suite struct OpenNameTests {
    @Test func documentsTheModels() {
        let names = """
            gpt-3.5-turbo gpt-3.5-turbo-instruct gpt-4 gpt-4o gpt-4o-mini gpt-4.1 gpt-4.1-mini gpt-4.1-nano gpt-5 \
            gpt-5-nano gpt-5-mini gpt-5.4-mini gpt-5.4-nano gpt-5-chat-latest gpt-5.1 gpt-5.2 gpt-5.4 gpt-5.5 \
            text-embedding-ada-002 luminous-extended-control luminous-embedding-128 Pharia-1-Embedding-4608 \
            gemini-embedding-001 claude-3-opus-20240229 claude-sonnet-4-6 custom-model custom-embedding-model \
            gemini-2.0-flash gemini-2.0-flash-lite gemini-2.5-pro gemini-2.5-flash gemini-2.5-flash-lite \
            gemini-3.1-pro-preview gemini-3-flash-preview gemini-3.1-flash-lite-preview mistral-large-2411 \
            mistral-small-2503 pixtral-large-2411 pixtral-12b-2409
            """
        #expect(LargeLanguageModel.ModelType.documented.map(\.rawValue).joined(separator: " ") == names)
    }

    @Test func documentsTheOtherNames() {
        #expect(
            LargeLanguageModel.Provider.documented.map(\.rawValue) == [
                "azureOpenAI", "openAI", "anthropic", "googleVertexAI", "googleGemini", "googleGenAI", "alephAlpha",
                "awsBedrock", "mistral",
            ])
        #expect(LargeLanguageModel.ModelGroup.documented == ["chat", "completion", "embedding"])
        #expect(LargeLanguageModel.APIType.documented == ["chatCompletion", "responses"])
        #expect(LargeLanguageModel.ResourceLevel.documented == ["project", "organisation"])
    }

    @Test func keepsNamesThatNobodyDocumented() throws {
        let json = #"{"name":"A","modelType":"gpt-9","provider":"someone","connectionId":"c"}"#
        let model = try decode(json)
        #expect(model.modelType == "gpt-9")
        #expect(model.provider.description == "someone")
        #expect(text(try Format.json.encode(model)) == json + "\n")
    }
}
