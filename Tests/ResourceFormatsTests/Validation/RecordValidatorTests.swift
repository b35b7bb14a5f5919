import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Every rule, with what keeps it and what breaks it.
@Suite struct RecordValidatorTests {
    @Test func acceptsTheLeastThatIsAskedFor() throws {
        #expect(try validate(record()) == [])
        #expect(try validate(record(without: "projectId")) == [])
        #expect(try validate(record(), profile: .create) == [])
        #expect(try validate(record(), profile: .create, isStrict: true) == [])
    }

    @Test(arguments: ["name", "modelType", "provider", "connectionId"])
    func missesRequiredMembers(name: String) throws {
        for profile in SchemaProfile.allCases {
            #expect(
                try validate(record(without: name), profile: profile)
                    == ["1:1 found no value, expected the required member \"\(name)\" ($.\(name))"])
        }
    }

    @Test(arguments: [
        #""description":"""#, #""modelGroup":"chat""#, #""modelGroup":"completion""#, #""modelGroup":"embedding""#,
        #""apiType":"responses""#, #""isCustomModel":true"#, #""openAI":{}"#, #""openAI":{"customModel":""}"#,
        #""azureOpenAI":{"baseCustomUrl":"x"}"#, #""azureOpenAI":{"baseCustomUrl":["x","y"]}"#,
        #""azureOpenAI":{"baseCustomUrl":[]}"#, #""fallbacks":[]"#, #""fallbacks":[{}]"#,
        #""fallbacks":[{"fallbackLLMReferenceId":"3C90C3CC-0D44-4B50-8888-8DD25736052A"}]"#,
        #""fallbacks":[{"immediateFallBack":{"failedRequests":-1.5e99,"emailNotificationList":["",""]}}]"#,
        #""assignedToProjects":["68edf5dd4c931f68d31111"]"#, #""resourceLevel":"organisation""#,
        #""resourceLevel":"project""#, #""createdAt":0"#, #""createdAt":-0"#, #""createdAt":1.0"#,
        #""createdAt":1e3"#, #""createdAt":1.5e1"#, #""createdAt":2147483647"#, #""createdAt":2147483647.000"#,
        #""createdAt":21474836470e-1"#, #""createdAt":0e999999999999999999999"#, #""_id":"5ce7c2d833ea1e04d7e6c432""#,
        #""unknown":null"#, #""openAI":{"unknown":[{"x":1}]}"#, #""fallbacks":[{"unknown":1e999}]"#,
    ])
    func acceptsWhatTheSchemaAllows(member: String) throws {
        #expect(try validate(record(member)) == [])
        #expect(try validate(record(member), isStrict: true) == [])
    }

    @Test(arguments: [
        (#""description":null"#, "null", "a string", "description"),
        (#""description":5"#, "the number 5", "a string", "description"),
        (#""modelGroup":"vision""#, "the string \"vision\"", #""chat", "completion" or "embedding""#, "modelGroup"),
        (#""modelGroup":"Chat""#, "the string \"Chat\"", #""chat", "completion" or "embedding""#, "modelGroup"),
        (#""apiType":"""#, "the string \"\"", #""chatCompletion" or "responses""#, "apiType"),
        (#""isCustomModel":"true""#, "the string \"true\"", "true or false", "isCustomModel"),
        (#""openAI":[]"#, "an empty array", "an object", "openAI"),
        (#""openAI":{"customModel":1}"#, "the number 1", "a string", "openAI.customModel"),
        (
            #""azureOpenAI":{"baseCustomUrl":5}"#, "the number 5", "a string or an array of strings",
            "azureOpenAI.baseCustomUrl"
        ),
        (#""azureOpenAI":{"baseCustomUrl":["a",5]}"#, "the number 5", "a string", "azureOpenAI.baseCustomUrl[1]"),
        (#""fallbacks":{}"#, "an empty object", "an array", "fallbacks"),
        (#""fallbacks":[{},5]"#, "the number 5", "an object", "fallbacks[1]"),
        (
            #""fallbacks":[{"fallbackLLMReferenceId":"x"}]"#, "the string \"x\"",
            "a UUID, 8-4-4-4-12 hexadecimal digits", "fallbacks[0].fallbackLLMReferenceId"
        ),
        (
            #""fallbacks":[{"immediateFallBack":{"emailNotificationList":["a",null]}}]"#, "null", "a string",
            "fallbacks[0].immediateFallBack.emailNotificationList[1]"
        ),
        (#""assignedToProjects":"x""#, "the string \"x\"", "an array", "assignedToProjects"),
        (#""resourceLevel":"global""#, "the string \"global\"", #""project" or "organisation""#, "resourceLevel"),
        (#""createdAt":-1"#, "the number -1", "an integer from 0 to 2147483647", "createdAt"),
        (#""createdAt":2147483648"#, "the number 2147483648", "an integer from 0 to 2147483647", "createdAt"),
        (#""createdAt":1.5"#, "the number 1.5", "an integer from 0 to 2147483647", "createdAt"),
        (#""createdAt":-0.1"#, "the number -0.1", "an integer from 0 to 2147483647", "createdAt"),
        (#""createdAt":1.25e1"#, "the number 1.25e1", "an integer from 0 to 2147483647", "createdAt"),
        (#""createdAt":1e99"#, "the number 1e99", "an integer from 0 to 2147483647", "createdAt"),
        (
            #""createdAt":99999999999999999999"#, "the number 99999999999999999999",
            "an integer from 0 to 2147483647", "createdAt"
        ),
        (
            #""createdAt":1e99999999999999999999"#, "the number 1e99999999999999999999",
            "an integer from 0 to 2147483647", "createdAt"
        ),
        (#""lastChanged":"1""#, "the string \"1\"", "a number", "lastChanged"),
        (
            #""_id":"5CE7C2D833EA1E04D7E6C432""#, "the string \"5CE7C2D833EA1E04D7E6C432\"",
            "24 lower-case letters or digits", "_id"
        ),
        (
            #""createdBy":"é00000000000000000000000""#, "the string \"é00000000000000000000000\"",
            "24 lower-case letters or digits", "createdBy"
        ),
    ])
    func findsWhatTheSchemaDoesNotAllow(member: String, found: String, expected: String, path: String) throws {
        let lines = try validate(record(member))
        #expect(lines.count == 1)
        #expect(lines.first?.contains(" found \(found), expected \(expected) ($.\(path))") == true, "\(lines)")
        #expect(try validate(record(member), isStrict: true) == lines)
    }

    @Test func warnsOfNamesThatOnlyANewerServerHas() throws {
        let json =
            #"{"name":"n","modelType":"gpt-9","provider":"acme","connectionId":"3c90c3cc-0d44-4b50-8888-8dd25736052a"}"#
        let providers =
            #""azureOpenAI", "openAI", "anthropic", "googleVertexAI", "googleGemini", "googleGenAI", "alephAlpha", "awsBedrock" or "mistral""#
        let sentences = [
            ("1:25", "found the string \"gpt-9\", expected one of the 39 documented names ($.modelType)"),
            ("1:44", "found the string \"acme\", expected \(providers) ($.provider)"),
        ]
        #expect(try validate(json) == sentences.map { "\($0.0) warning: \($0.1)" })
        #expect(try validate(json, isStrict: true) == sentences.map { "\($0.0) \($0.1)" })
    }

    @Test(arguments: [
        (
            "", ["projectId"],
            ["found no value, expected for a project's resource the member \"projectId\" ($.projectId)"]
        ),
        (
            #""resourceLevel":"project""#, ["projectId"],
            ["found no value, expected for a project's resource the member \"projectId\" ($.projectId)"]
        ),
        (#""resourceLevel":"organisation""#, ["projectId"], []),
        (
            #""resourceLevel":"organisation","isDefault":false,"fallbacks":[]"#, ["projectId"],
            [
                "found the field \"isDefault\", expected none in a global resource ($.isDefault)",
                "found the field \"fallbacks\", expected none in a global resource ($.fallbacks)",
            ]
        ),
        (
            #""resourceLevel":"organisation""#, [],
            ["warning: found the field \"projectId\", expected none in a global resource ($.projectId)"]
        ),
        (
            #""assignedToProjects":[]"#, [],
            [
                "warning: found the field \"assignedToProjects\", expected none in a project's resource ($.assignedToProjects)"
            ]
        ),
        (
            #""_id":"5ce7c2d833ea1e04d7e6c432""#, [],
            ["warning: found the field \"_id\", expected none in a new record: the server sets it ($._id)"]
        ),
        (
            #""resourceLevel":"galaxy""#, ["projectId"],
            ["found the string \"galaxy\", expected \"project\" or \"organisation\" ($.resourceLevel)"]
        ),
    ])
    func knowsWhatAScopeAsksForWhenCreating(members: String, without: [String], expected: [String]) throws {
        let json = without.isEmpty ? record(members) : record(members, without: "projectId")
        let lines = try validate(json, profile: .create)
        #expect(lines.map { String($0.drop { $0 != " " }.dropFirst()) } == expected)
    }

    @Test func asksNothingOfScopesWhenReturned() throws {
        #expect(try validate(record(#""resourceLevel":"organisation","isDefault":true,"fallbacks":[]"#)) == [])
        #expect(try validate(record(#""assignedToProjects":[]"#, without: "projectId")) == [])
    }

    @Test func findsEverythingInDocumentOrder() throws {
        let json = """
            [
              {"createdAt": "x", "openAI": {"customModel": 1}, "name": null, "provider": "openAI"},
              {},
              {"fallbacks": [5, {"isFallbackEnabled": 0}], "name": "é\\u0041",
               "modelGroup": "x"}
            ]
            """
        #expect(
            try validate(json) == [
                "2:3 found no value, expected the required member \"modelType\" ($[0].modelType)",
                "2:3 found no value, expected the required member \"connectionId\" ($[0].connectionId)",
                "2:17 found the string \"x\", expected a number ($[0].createdAt)",
                "2:48 found the number 1, expected a string ($[0].openAI.customModel)",
                "2:60 found null, expected a string ($[0].name)",
                "3:3 found no value, expected the required member \"name\" ($[1].name)",
                "3:3 found no value, expected the required member \"modelType\" ($[1].modelType)",
                "3:3 found no value, expected the required member \"provider\" ($[1].provider)",
                "3:3 found no value, expected the required member \"connectionId\" ($[1].connectionId)",
                "4:3 found no value, expected the required member \"modelType\" ($[2].modelType)",
                "4:3 found no value, expected the required member \"provider\" ($[2].provider)",
                "4:3 found no value, expected the required member \"connectionId\" ($[2].connectionId)",
                "4:18 found the number 5, expected an object ($[2].fallbacks[0])",
                "4:43 found the number 0, expected true or false ($[2].fallbacks[1].isFallbackEnabled)",
                "5:18 found the string \"x\", expected \"chat\", \"completion\" or \"embedding\" ($[2].modelGroup)",
            ])
    }

    @Test func placesWhatItFindsInEveryFormat() throws {
        let csv =
            "name,modelType,provider,connectionId,modelGroup\r\nn,gpt-4o,openAI,3c90c3cc-0d44-4b50-8888-8dd25736052a,vision\r\n"
        #expect(
            try validate(csv, from: .csv) == [
                "2:54 found the string \"vision\", expected \"chat\", \"completion\" or \"embedding\" ($[0].modelGroup)"
            ])
        let lines = record() + "\n" + record(#""createdAt":-1"#)
        #expect(
            try validate(lines, from: .jsonLines) == [
                "2:159 found the number -1, expected an integer from 0 to 2147483647 ($[1].createdAt)"
            ])
        let page = #"{"items":[\#(record(#""createdAt":-1"#))],"total":1}"#
        #expect(try validate(page).first?.hasSuffix("($.items[0].createdAt)") == true)
    }

    /// What stands in the JSON of a cell has the cell's place: nothing inside is anywhere in the input as it is.
    @Test func placesWhatStandsInTheJSONOfACell() throws {
        let csv =
            "name,modelType,provider,connectionId,fallbacks,isDefault\r\n"
            + "n,gpt-4o,openAI,3c90c3cc-0d44-4b50-8888-8dd25736052a,"
            + #""[{""isFallbackEnabled"":7,""fallbackLLMReferenceId"":3},null]",\j:[1]"# + "\r\n"
        #expect(
            try validate(csv, from: .csv) == [
                "2:54 found the number 7, expected true or false ($[0].fallbacks[0].isFallbackEnabled)",
                "2:54 found the number 3, expected a string ($[0].fallbacks[0].fallbackLLMReferenceId)",
                "2:54 found null, expected an object ($[0].fallbacks[1])",
                "2:118 found an array, expected true or false ($[0].isDefault)",
            ])
    }

    @Test(arguments: SchemaProfile.allCases)
    func acceptsGeneratedValidRecords(profile: SchemaProfile) throws {
        var generator = RecordGenerator(
            schema: LargeLanguageModel.schema, mood: .valid(profile), seed: Settings.propertySeed)
        for _ in 0..<max(Settings.propertyRecords / 2, 100) {
            let text = String(decoding: generator.nextText(), as: UTF8.self)
            let lines = try validate(text, profile: profile).filter { !$0.contains(" warning: ") }
            #expect(lines == [], "\(text)")
        }
    }

    /// Whatever a record is, the validator says something or nothing, and does not trap.
    @Test func survivesHostileRecords() throws {
        var generator = RecordGenerator(
            schema: LargeLanguageModel.schema, mood: .adversarial, seed: Settings.propertySeed)
        for _ in 0..<max(Settings.propertyRecords / 2, 100) {
            // In an array, for a record alone that has an array named "items" is a page, or refused as one.
            let text = "[\(String(decoding: generator.nextText(), as: UTF8.self))]"
            for profile in SchemaProfile.allCases { _ = try validate(text, profile: profile, isStrict: true) }
        }
    }
}
