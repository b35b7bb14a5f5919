import HTTPTypes
import ResourceFormats
import ResourceHTTP
import Testing

/// The examples of RFC 6902 appendix A, and what else its rules say.
@Suite struct JSONPatchTests {
    private static let schema = Fixture.schema

    private func apply(_ patch: String, to document: String) throws(ProblemDetails) -> String {
        let patch = try JSONPatch(Array(patch.utf8), schema: Self.schema)
        return String(decoding: try patch.applied(to: Array(document.utf8), schema: Self.schema), as: UTF8.self)
    }

    @Test(arguments: [
        (#"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"foo":"bar"}"#, #"{"foo":"bar","baz":"qux"}"#),
        (#"[{"op":"add","path":"/foo/1","value":"qux"}]"#, #"{"foo":["bar","baz"]}"#, #"{"foo":["bar","qux","baz"]}"#),
        (#"[{"op":"remove","path":"/baz"}]"#, #"{"baz":"qux","foo":"bar"}"#, #"{"foo":"bar"}"#),
        (#"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["bar","qux","baz"]}"#, #"{"foo":["bar","baz"]}"#),
        (#"[{"op":"replace","path":"/baz","value":"boo"}]"#, #"{"baz":"qux","foo":1e2}"#, #"{"baz":"boo","foo":1e2}"#),
        (
            #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#, #"{"foo":{"bar":1,"waldo":2},"qux":{"c":3}}"#,
            #"{"foo":{"bar":1},"qux":{"c":3,"thud":2}}"#
        ),
        (#"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#, #"{"foo":[0,1,2,3]}"#, #"{"foo":[0,2,3,1]}"#),
        (
            #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
            #"{"baz":"qux","foo":["a",2,"c"]}"#, #"{"baz":"qux","foo":["a",2,"c"]}"#
        ),
        (#"[{"op":"add","path":"/child","value":{"g":{}}}]"#, #"{"foo":"bar"}"#, #"{"foo":"bar","child":{"g":{}}}"#),
        (#"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#, #"{"foo":1}"#, #"{"foo":1,"baz":"qux"}"#),
        (#"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#, #"{"/":9,"~1":10}"#),
        (#"[{"op":"add","path":"/foo/-","value":["a"]}]"#, #"{"foo":["b"]}"#, #"{"foo":["b",["a"]]}"#),
        (#"[{"op":"copy","from":"/a","path":"/a/b"}]"#, #"{"a":{"c":1}}"#, #"{"a":{"c":1,"b":{"c":1}}}"#),
        (#"[{"op":"replace","path":"","value":{"name":"a"}}]"#, #"{"b":1}"#, #"{"name":"a"}"#),
        (#"[{"op":"add","path":"/","value":null}]"#, "{}", #"{"":null}"#),
        (#"[{"op":"remove","path":"/name"}]"#, #"{"name":"a","isDefault":true}"#, #"{"isDefault":true}"#),
        ("[]", #"{"a":[1.50,"ä\u0000"]}"#, #"{"a":[1.50,"ä\u0000"]}"#),
    ])
    func applies(patch: String, document: String, result: String) throws {
        #expect(try apply(patch, to: document) == result)
    }

    @Test(arguments: [
        ("1", "1.0", true), ("100", "1e2", true), ("0", "-0.0", true), ("1", "-1", false), ("0.1", "1E-1", true),
        ("1e400", "10e399", true), ("1e99999999999999999999", "2e99999999999999999999", false), ("1", "\"1\"", false),
        ("{\"a\":1,\"b\":[2]}", "{\"b\":[2.0],\"a\":1}", true), ("{\"a\":1}", "{\"a\":1,\"b\":2}", false),
        ("[1,2]", "[2,1]", false), ("null", "false", false), ("\"\\u00e9\"", "\"é\"", true),
        ("\"e\\u0301\"", "\"é\"", false),
    ])
    func comparesByValue(one: String, other: String, isEqual: Bool) {
        let refusal = problem { () throws(ProblemDetails) in
            try apply(#"[{"op":"test","path":"/x","value":\#(one)}]"#, to: #"{"x":\#(other)}"#)
        }
        #expect((refusal == nil) == isEqual)
        if !isEqual { #expect(refusal?.status == .conflict) }
    }

    @Test(arguments: [
        (#"[{"op":"test","path":"/a","value":2}]"#, 409), (#"[{"op":"remove","path":"/b"}]"#, 409),
        (#"[{"op":"replace","path":"/b","value":2}]"#, 409), (#"[{"op":"add","path":"/b/c","value":2}]"#, 409),
        (#"[{"op":"add","path":"/a/c","value":2}]"#, 409), (#"[{"op":"move","from":"/b","path":"/c"}]"#, 409),
        (#"[{"op":"add","path":"/l/3","value":2}]"#, 409), (#"[{"op":"add","path":"/l/01","value":2}]"#, 409),
        (#"[{"op":"remove","path":"/l/-"}]"#, 409), (#"[{"op":"move","from":"/o","path":"/o/p"}]"#, 409),
        (#"[{"op":"jump","path":"/a"}]"#, 422), (#"[{"path":"/a"}]"#, 422), (#"[{"op":"remove"}]"#, 422),
        (#"[{"op":"remove","path":"a"}]"#, 422), (#"[{"op":"remove","path":"/~"}]"#, 422),
        (#"[{"op":"add","path":"/a"}]"#, 422), (#"[{"op":"copy","path":"/a"}]"#, 422),
        (#"{"op":"remove","path":"/a"}"#, 422), (#"[{"op":"remove","path":""}]"#, 422),
        (#"[{"op":"remove","path":"/a"}"#, 400), ("", 400), ("null", 422),
    ])
    func refuses(patch: String, status: Int) {
        let refusal = problem { () throws(ProblemDetails) in
            try apply(patch, to: #"{"a":1,"l":[0,1],"o":{}}"#)
        }
        #expect(refusal?.status.code == status)
    }

    @Test func saysWhere() {
        let patch = "[{\"op\":\"test\",\"path\":\"/a\",\"value\":1},\n {\"op\":\"remove\",\"path\":\"/x/y\"}]"
        let refusal = problem { () throws(ProblemDetails) in try apply(patch, to: #"{"a":1}"#) }
        #expect(refusal?.detail?.hasPrefix("2:2: operation 2: found no \"x\" in an object") == true)
        #expect(refusal?.details.contains(.init("operation", .number(1))) == true)
        #expect(refusal?.details.contains(.init("path", .text("/x/y"))) == true)
        #expect(refusal?.details.contains(.init("line", .number(2))) == true)
    }

    @Test func boundsCopies() {
        let list = (0..<99).map { _ in "0" }.joined(separator: ",")
        let copies = (0..<40).map { _ in #"{"op":"copy","from":"/l","path":"/l/-"}"# }.joined(separator: ",")
        let refusal = problem { () throws(ProblemDetails) in try apply("[\(copies)]", to: "{\"l\":[\(list)]}") }
        #expect(refusal?.status == .contentTooLarge)
    }
}
