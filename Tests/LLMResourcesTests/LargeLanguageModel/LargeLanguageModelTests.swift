import LLMResources
import ResourceFormats
import Testing

@Suite struct LargeLanguageModelTests {
    // MARK: Fields

    @Test(arguments: LargeLanguageModel.Field.allCases)
    func writesEveryField(_ field: LargeLanguageModel.Field) throws {
        var tape = RecordTape()
        try decode(completeModel).write(to: &tape)
        let isWritten = holds(field, tape)
        #expect(isWritten)
    }

    @Test(arguments: LargeLanguageModel.Field.allCases)
    func readsEveryField(_ field: LargeLanguageModel.Field) throws {
        let model = try decode(completeModel)
        let isRequired = [.name, .modelType, .provider, .connectionId].contains(field)
        #expect(isRequired ? try without(field, model) == nil : try without(field, model) != model)
    }

    @Test func writesTheTapeThatTheReaderMakes() throws {
        var tape = RecordTape()
        try decode(completeModel).write(to: &tape)
        let written = outline(tape)
        #expect(try written == ReaderOutline.of(completeModel))
    }

    @Test func decodesTheReferenceExample() throws {
        let model = try decode(referenceExample)
        let url = "https://<resourceName>.openai.azure.com/openai/deployments/<deploymentName>/"
        let version = "?api-version=<apiVersion>"
        #expect(
            model
                == LargeLanguageModel(
                    name: "Large language model for customer service",
                    description: "Large language model for customer-facing AI Agents.", modelType: .gpt35Turbo,
                    modelGroup: .chat, isCustomModel: true, provider: .azureOpenAI,
                    connectionId: "3c90c3cc-0d44-4b50-8888-8dd25736052a",
                    openAI: .init(customModel: "gpt-4-32k-0613"), anthropic: .init(customModel: "claude-opus-4-0"),
                    azureOpenAI: .init(
                        resourceName: "<string>", deploymentName: "<string>", apiVersion: "<string>",
                        baseCustomURL: .several([
                            url + "chat/completions" + version, url + "completions" + version,
                            url + "embeddings" + version,
                        ])),
                    googleVertexAI: .init(location: "<string>", apiEndpoint: "<string>", publisher: "<string>"),
                    googleGemini: .init(location: "<string>"),
                    alephAlpha: .init(customModel: "luminous-003", baseCustomURL: "https://api.aleph-alpha.com"),
                    openAICompatible: .init(
                        customModel: "luminous-003", baseCustomURL: "https://own-llm-deployment.company.com/openai/v1",
                        customAuthHeader: "Ocp-Apim-Subscription-Key"),
                    resourceLevel: .project, isDefault: false,
                    fallbacks: [
                        .init(
                            isEnabled: true, referenceId: "3c90c3cc-0d44-4b50-8888-8dd25736052a",
                            immediate: .init(
                                failedRequests: 123, durationInMinutes: 123, emailNotificationList: ["<string>"]))
                    ],
                    referenceId: "3c90c3cc-0d44-4b50-8888-8dd25736052a", id: "<string>", createdAt: 1_694_518_620,
                    lastChanged: 1_694_518_620, createdBy: "<string>", lastChangedBy: "<string>"))
    }

    // MARK: Round trips

    @Test(arguments: [
        completeModel,
        "{\(required)}\n",
        "{\(required),\"azureOpenAI\":{\"baseCustomUrl\":[\"https://a\",\"1\"]}}\n",
        "{\(required),\"azureOpenAI\":{\"baseCustomUrl\":[]}}\n",
        "{\(required),\"openAI\":{},\"fallbacks\":[],\"assignedToProjects\":[]}\n",
        "{\(required),\"fallbacks\":[{},{\"immediateFallBack\":{}}]}\n",
        #"{\#(required),"a\",\"name\":\"B":1,"\\":{"name":"B"}}"# + "\n",
        "{\(required),\"\":1,\"_links\":{},\"e\u{301}\":1,\"\u{E9}\":2}\n",
        #"{"name":"A","modelType":"gpt-9","modelGroup":"x","apiType":"y","provider":"z","connectionId":"c"}"# + "\n",
        #"{"name":"\"\\\u0000é😀","modelType":"","provider":"","connectionId":""}"# + "\n",
    ])
    func keepsEveryByteOfJSON(_ json: String) throws {
        #expect(text(try Format.json.encode(decode(json))) == json)
    }

    @Test(arguments: Format.builtIn + [.textXML], [completeModel, referenceExample, "{\(required)}"])
    func keepsEveryValue(in format: Format, of json: String) throws {
        let models = [try decode(json), smallModel, try decode(json)]
        let bytes = try format.encode(models)
        #expect(try format.decode([LargeLanguageModel].self, from: bytes.span) == models)
    }

    @Test(arguments: Format.builtIn)
    func keepsTheOnlyRecord(in format: Format) throws {
        let model = try decode(completeModel)
        let bytes = try format.encode(model)
        #expect(try format.decode(LargeLanguageModel.self, from: bytes.span) == model)
    }

    @Test func takesNullForAbsent() throws {
        let json = #"{\#(required),"description":null,"openAI":{"customModel":null},"fallbacks":null,"new":null}"#
        let expected = #"{\#(required),"openAI":{},"new":null}"# + "\n"
        #expect(text(try Format.json.encode(decode(json))) == expected)
    }

    @Test func writesPages() throws {
        let page = PageInfo(total: 3, nextCursor: "n", otherMembers: try UnknownMembers(json: #"{"took":1.0}"#))
        let json = #"{"items":[{\#(required)}],"total":3,"nextCursor":"n","previousCursor":null,"took":1.0}"# + "\n"
        #expect(text(try Format.json.encode([smallModel], page: page)) == json)
    }

    @Test(arguments: [
        ("[]", 0), ("{\(required)}", 1), ("{\(required)}{\(required)}", 2), ("[{\(required)}]", 1),
        (#"{"items":[],"total":0}"#, 0), (#"{"total":2,"items":[{\#(required)},{\#(required)}]}"#, 2),
    ])
    func decodesAllRecordsOfAnyDocument(_ json: String, count: Int) throws {
        #expect(try decodeAll(json) == Array(repeating: smallModel, count: count))
    }

    // MARK: Unknown members

    @Test func keepsUnknownMembersAtEveryLevel() throws {
        let model = try decode(completeModel)
        let fallback = model.fallbacks?.first
        #expect(
            [
                model.unknownMembers, model.openAI?.unknownMembers, model.anthropic?.unknownMembers,
                model.azureOpenAI?.unknownMembers, model.googleVertexAI?.unknownMembers,
                model.googleGemini?.unknownMembers, model.googleGenAI?.unknownMembers,
                model.alephAlpha?.unknownMembers, model.openAICompatible?.unknownMembers,
                fallback?.unknownMembers, fallback?.immediate?.unknownMembers,
            ].map { $0?.json } == [
                #"{"zeta":10000000000000000999,"alpha":{"b":1,"a":2}}"#, #"{"u1":1}"#,
                #"{"u2":[1.0,{"z":null,"a":"\u0001"}]}"#, #"{"u3":{}}"#, #"{"u4":[]}"#, #"{"u5":null}"#,
                #"{"u6":""}"#, #"{"u7":false}"#, #"{"u8":-0}"#, #"{"u10":true}"#, #"{"u9":"1"}"#,
            ])
    }

    @Test(arguments: [
        (
            #"{"name":"B"}"#, #"{}"#,
            #"found the known name "name" among unknown members, expected names that the schema does not know ($[1])"#
        ),
        (
            #"{"n\u0061me":"B"}"#, #"{}"#,
            #"found the known name "name" among unknown members, expected names that the schema does not know ($[1])"#
        ),
        (
            #"{}"#, #"{"a":1,"isFallbackEnabled":null}"#,
            #"found the known name "isFallbackEnabled" among unknown members, "#
                + #"expected names that the schema does not know ($[1].fallbacks[0])"#
        ),
        (
            #"{"a":\#(nested(127))}"#, #"{"a":\#(nested(126))}"#,
            "found unknown members nested too deeply, expected at most 128 levels in a record ($[1].fallbacks[0])"
        ),
    ])
    func refusesUnknownMembersThatDoNotFit(record: String, fallback: String, error: String) throws {
        var model = smallModel
        model.unknownMembers = try UnknownMembers(json: record)
        model.fallbacks = [.init(unknownMembers: try UnknownMembers(json: fallback))]
        let models = [smallModel, model]
        #expect(Refusal.of { () throws(SerializationError) in _ = try Format.json.encode(models) } == error)
        #expect(Refusal.of { () throws(SerializationError) in _ = try Format.csv.encode(models) } == error)
    }

    @Test func keepsUnknownMembersAsDeepAsARecordMayBe() throws {
        var model = smallModel
        model.unknownMembers = try UnknownMembers(json: #"{"a":\#(nested(127))}"#)
        model.fallbacks = [.init(unknownMembers: try UnknownMembers(json: #"{"a":\#(nested(125))}"#))]
        let bytes = try Format.json.encode(model)
        #expect(try Format.json.decode(LargeLanguageModel.self, from: bytes.span) == model)
    }

    @Test(arguments: [true, false])
    func locatesWhatAWriterRefuses(inFirstPass: Bool) throws {
        var model = smallModel
        model.isCustomModel = true
        model.azureOpenAI = .init(unknownMembers: try UnknownMembers(json: #"{"x y":[1,{"z":[2,true]}]}"#))
        let models = [smallModel, model]
        let format = Format.refusingUnknownTrue(inFirstPass: inFirstPass)
        let error = #"found true, expected anything else ($[1].azureOpenAI["x y"][1].z[1])"#
        #expect(Refusal.of { () throws(SerializationError) in _ = try format.encode(models) } == error)
    }

    @Test func takesAnObjectWithItemsForAPage() throws {
        let bytes = Array(#"{"items":[]}"#.utf8)
        let page = try Format.json.decode([LargeLanguageModel].self, from: bytes.span)
        #expect(page == [])
        #expect(throws: SerializationError.self) { try decode(#"{"items":[]}"#) }
    }
}

private func holds(_ field: LargeLanguageModel.Field, _ tape: borrowing RecordTape) -> Bool {
    tape.record?.holds(field.id) ?? false
}

private func outline(_ tape: borrowing RecordTape) -> String? {
    tape.record?.outline
}

/// The model read from a tape that lacks one field; nil if that is refused for being incomplete.
private func without(
    _ field: LargeLanguageModel.Field, _ model: LargeLanguageModel
) throws(SerializationError) -> LargeLanguageModel? {
    var tape = RecordTape()
    var rest = RecordTape()
    try model.write(to: &tape)
    guard let record = tape.record else { return nil }
    try rest.copy(record, except: field.id)
    guard let incomplete = rest.record else { return nil }
    do throws(SerializationError) {
        return try LargeLanguageModel(incomplete)
    } catch {
        guard error.code == .missingField else { throw error }
        return nil
    }
}

private func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
}
