import Foundation
import LLMResources
import ResourceFormats
import Testing

@Suite struct LargeLanguageModelCodableTests {
    /// What these protocols can carry: no number whose text is not the shortest, unknown names in order.
    private let portable = #"""
        {\#(required),"openAI":{"customModel":"m","u":[1,-2.5,18446744073709551615,"",true,null,{"a":[]}]},\#
        "azureOpenAI":{"baseCustomUrl":["a","b"]},"fallbacks":[{"isFallbackEnabled":true,"immediateFallBack":\#
        {"failedRequests":3,"emailNotificationList":["x"],"u":{}}}],"createdAt":1,"alpha":{"a":1,"b":0.1},"zeta":[]}
        """#

    @Test func carriesUnknownMembers() throws {
        let model = try decode(portable)
        let bytes = try JSONEncoder().encode(model)
        #expect(try JSONDecoder().decode(LargeLanguageModel.self, from: bytes) == model)
    }

    @Test func usesTheNamesOfJSON() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var model = smallModel
        model.id = "i"
        model.azureOpenAI = .init(baseCustomURL: "https://a")
        let json =
            #"{"_id":"i","azureOpenAI":{"baseCustomUrl":"https://a"},"connectionId":"c","modelType":"gpt-4","#
            + #""name":"A","provider":"openAI"}"#
        #expect(String(decoding: try encoder.encode(model), as: UTF8.self) == json)
    }

    @Test func decodesTheReferenceExample() throws {
        let model = try JSONDecoder().decode(LargeLanguageModel.self, from: Data(referenceExample.utf8))
        #expect(try model == decode(referenceExample))
    }

    @Test func changesNumbersThatHaveNoType() throws {
        var model = smallModel
        model.unknownMembers = try UnknownMembers(json: #"{"x":1.0,"y":10000000000000000000999}"#)
        let bytes = try JSONEncoder().encode(model)
        let decoded = try JSONDecoder().decode(LargeLanguageModel.self, from: bytes)
        #expect(decoded.unknownMembers.json == #"{"x":1,"y":1e+22}"#)
    }

    /// A value of another type than the schema's, and its coding path.
    @Test(arguments: [
        (#"{"name":1}"#, ["name"]), (#"{"isCustomModel":"true"}"#, ["isCustomModel"]),
        (#"{"createdAt":"1"}"#, ["createdAt"]), (#"{"openAI":[]}"#, ["openAI"]),
        (#"{"openAI":{"customModel":{}}}"#, ["openAI", "customModel"]),
        (#"{"azureOpenAI":{"baseCustomUrl":7}}"#, ["azureOpenAI", "baseCustomUrl"]),
        (#"{"assignedToProjects":["a",1]}"#, ["assignedToProjects", "1"]),
        (
            #"{"fallbacks":[{},{"immediateFallBack":{"failedRequests":"3"}}]}"#,
            ["fallbacks", "1", "immediateFallBack", "failedRequests"]
        ),
        (#"{"fallbacks":[{},[]]}"#, ["fallbacks", "1"]),
    ])
    func namesTheWholePathToAValueOfAnotherType(json: String, path: [String]) throws {
        for (text, outer) in [(json, []), ("[\(json)]", ["0"])] {
            let error = #expect(throws: DecodingError.self) {
                if outer.isEmpty {
                    _ = try JSONDecoder().decode(LargeLanguageModel.self, from: Data(text.utf8))
                } else {
                    _ = try JSONDecoder().decode([LargeLanguageModel].self, from: Data(text.utf8))
                }
            }
            guard case .typeMismatch(_, let context) = error else {
                Issue.record("another error: \(String(describing: error))")
                return
            }
            #expect(context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue } == outer + path)
        }
    }

    @Test(arguments: [
        (
            #"{"a":\#(String(repeating: "[", count: 128) + String(repeating: "]", count: 128))}"#,
            "found nesting deeper than 128, expected at most 128 levels", 128
        ),
        (#"{"name":"A"}"#, #"found no value, expected the required member "modelType" (.modelType)"#, 0),
        (#"{"createdAt":1.5}"#, "found the number 1.5, expected an integer of at most 64 bits", 1),
    ])
    func explainsWhatItRefuses(_ json: String, message: String, pathLength: Int) throws {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(LargeLanguageModel.self, from: Data(json.utf8))
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.debugDescription == message)
        #expect(context.underlyingError is SerializationError)
        #expect(context.codingPath.count == pathLength)
    }

    /// The text of a number, and of what comes back.
    @Test(arguments: [
        ("0", "0"), ("-1", "-1"), ("9007199254740993", "9007199254740993"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("18446744073709551615", "18446744073709551615"), ("1.5", "1.5"), ("1e3", "1000"), ("0.1", "0.1"), ("1.0", "1"),
        ("18446744073709551616", "1.8446744073709552e+19"), ("9007199254740992", "9007199254740992"),
    ])
    func keepsTheValueOfNumbers(text: String, expected: String) throws {
        let json = #"{"name":"A","modelType":"m","provider":"p","connectionId":"c","x":\#(text)}"#
        let model = try JSONDecoder().decode(LargeLanguageModel.self, from: Data(json.utf8))
        #expect(model.unknownMembers.json == #"{"x":\#(expected)}"#)
    }

    @Test func refusesNumbersBeyondDouble() throws {
        var model = smallModel
        model.unknownMembers = try UnknownMembers(json: #"{"x":1e999}"#)
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(model) }
    }

    @Test func carriesOpenNamesAsText() throws {
        let names: [LargeLanguageModel.Provider] = [.mistral, "new"]
        let bytes = try JSONEncoder().encode(names)
        #expect(String(decoding: bytes, as: UTF8.self) == #"["mistral","new"]"#)
        #expect(try JSONDecoder().decode([LargeLanguageModel.Provider].self, from: bytes) == names)
    }
}
