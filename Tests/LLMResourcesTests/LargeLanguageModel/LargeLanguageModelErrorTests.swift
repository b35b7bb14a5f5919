import LLMResources
import ResourceFormats
import Testing

@Suite struct LargeLanguageModelErrorTests {
    @Test(arguments: [
        (#"{"name":1}"#, "1:9: found the number 1, expected a string ($.name)"),
        (#"[{\#(required),"isDefault":[]}]"#, "1:85: found an empty array, expected true or false ($[0].isDefault)"),
        (
            #"{\#(required),"createdAt":1.5}"#,
            "1:84: found the number 1.5, expected an integer of at most 64 bits ($.createdAt)"
        ),
        (#"{\#(required),"openAI":[]}"#, "1:81: found an empty array, expected an object ($.openAI)"),
        (#"{\#(required),"fallbacks":{}}"#, "1:84: found an empty object, expected an array ($.fallbacks)"),
        (#"{\#(required),"fallbacks":[null]}"#, "1:85: found null, expected an object ($.fallbacks[0])"),
        (
            #"{\#(required),"assignedToProjects":["a",1]}"#,
            "1:98: found the number 1, expected a string ($.assignedToProjects[1])"
        ),
        (
            #"{\#(required),"azureOpenAI":{"baseCustomUrl":true}}"#,
            "1:103: found true, expected a string or an array of strings ($.azureOpenAI.baseCustomUrl)"
        ),
        (
            #"{\#(required),"azureOpenAI":{"baseCustomUrl":["a",{}]}}"#,
            "1:108: found an empty object, expected a string ($.azureOpenAI.baseCustomUrl[1])"
        ),
        (
            """
            {"total":2,"items":[{\(required)},
             {"fallbacks":[{"immediateFallBack":
               {"emailNotificationList":[], "failedRequests":false}}]}]}
            """,
            "3:50: found false, expected a number ($.items[1].fallbacks[0].immediateFallBack.failedRequests)"
        ),
    ])
    func refusesAnotherKind(_ json: String, error: String) {
        #expect(Refusal.of { () throws(SerializationError) in _ = try decodeAll(json) } == error)
    }

    @Test(arguments: [
        ("{}", #"1:1: found no value, expected the required member "name" ($.name)"#),
        (#" {"name":"A"}"#, #"1:2: found no value, expected the required member "modelType" ($.modelType)"#),
        (
            "[{\(required)},\n{\"name\":\"A\",\"modelType\":\"\",\"connectionId\":\"\"}]",
            #"2:1: found no value, expected the required member "provider" ($[1].provider)"#
        ),
        (
            #"{"items":[{"name":"A","modelType":"","provider":"","connectionId":null}]}"#,
            #"1:11: found no value, expected the required member "connectionId" ($.items[0].connectionId)"#
        ),
        ("{\(required)}\n{}", #"2:1: found no value, expected the required member "name" ($[1].name)"#),
    ])
    func refusesMissingFields(_ json: String, error: String) {
        #expect(Refusal.of { () throws(SerializationError) in _ = try decodeAll(json) } == error)
    }

    @Test(arguments: [
        (
            "name,modelType,provider\r\nA,gpt-4,openAI\r\n",
            #"2:1: found no value, expected the required member "connectionId" ($[0].connectionId)"#
        ),
        (
            "openAI.x,name\r\n1,A\r\n",
            #"2:1: found no value, expected the required member "modelType" ($[0].modelType)"#
        ),
        ("name.x.y,modelType\r\n1,B\r\n", "2:1: found an object, expected a string ($[0].name)"),
        ("openAI.customModel.x\r\n1\r\n", "2:1: found an object, expected a string ($[0].openAI.customModel)"),
        ("name,name2,openAI[0].a\r\nA,,1\r\n", "2:4: found an array, expected an object ($[0].openAI)"),
        (
            "name,modelType,provider,connectionId,createdAt\r\nA,gpt-4,openAI,c,1\r\nB,gpt-4,openAI,c,1.5\r\n",
            "3:18: found the number 1.5, expected an integer of at most 64 bits ($[1].createdAt)"
        ),
    ])
    func placesErrorsInCSV(_ csv: String, error: String) {
        #expect(Refusal.of { () throws(SerializationError) in _ = try decodeAll(csv, .csv) } == error)
    }

    @Test(arguments: [
        ("[]", "1:3: found no record, expected exactly one for an item"),
        ("[{\(required)},\n {\(required)}]", "2:2: found more than one record, expected exactly one for an item"),
        ("[{\(required)},\n {}]", "2:2: found more than one record, expected exactly one for an item"),
    ])
    func decodesExactlyOneItem(_ json: String, error: String) {
        #expect(Refusal.of { () throws(SerializationError) in _ = try decode(json) } == error)
    }

    @Test(arguments: [
        ("", "1:1: found the end of the input, expected an object or an array of objects ($)"),
        ("[{\(required)},\n1]", "2:1: found \"1\", expected an object ($[1])"),
        ("{\(required)} x", "1:73: found \"x\", expected another object, or the end of the input ($)"),
    ])
    func placesErrorsOfTheReader(_ json: String, error: String) {
        #expect(Refusal.of { () throws(SerializationError) in _ = try decode(json) } == error)
    }
}
