import Foundation
import Testing

/// `llmfmt negotiate` and `convert --accept`: exact lines and exit codes.
@Suite struct NegotiateToolTests {
    @Test(arguments: [
        ([], "application/json"), ([""], "application/json"), (["*/*"], "application/json"),
        (["text/csv"], "text/csv;header=present"), (["text/csv;header=absent"], "text/csv;header=absent"),
        (["text/xml"], "text/xml"), (["text/*"], "text/xml"), (["application/hal+json"], "application/hal+json"),
        (["text/csv;q=0.5, application/xml"], "application/xml"), (["nothing"], "application/json"),
        (["text/html", "--offers", "text/plain, Text/HTML; Level=1 ,x/y"], "Text/HTML; Level=1"),
        (["x/y", "--offers", "text/plain;a=\"1,2\",x/y"], "x/y"),
    ])
    func printsTheChosenOfferAsItWasWritten(arguments: [String], expected: String) throws {
        let result = try Tool.run(["negotiate"] + arguments)
        #expect(result.output == expected + "\n")
        #expect(result.errors == "")
        #expect(result.exitCode == 0)
    }

    @Test(arguments: [
        ("image/png", "no range takes a/b, c/d, c/e"),
        ("a/b;q=0", "'a/b;q=0' excludes a/b; no range takes c/d, c/e"),
        ("c/*;q=0, a/b;q=0.0", "'a/b;q=0.0' excludes a/b; 'c/*;q=0' excludes c/d, c/e"),
    ])
    func saysWhyNothingIsAcceptable(accept: String, expected: String) throws {
        let result = try Tool.run(["negotiate", accept, "--offers", "a/b,c/d,c/e"])
        #expect(result.output == "")
        #expect(result.errors == "llmfmt: nothing on offer is acceptable: \(expected)\n")
        #expect(result.exitCode == 1)
    }

    @Test func explainsItself() throws {
        let result = try Tool.run([
            "negotiate", "c/d;q=.25, \u{7}bell , a/*", "--offers", "c/d,a/b,e/f", "--explain",
        ])
        #expect(
            result.output == """
                a/b

                OFFER  WEIGHT  RANGE
                a/b    1       a/*
                c/d    0.25    c/d;q=.25
                e/f    0       -
                ignored: \u{FFFD}bell

                """)
        #expect(result.exitCode == 0)
    }

    @Test func speaksJSON() throws {
        let short = try Tool.run(["negotiate", "text/csv", "--format", "json"])
        #expect(short.output == "{\"choice\":\"text/csv;header=present\"}\n")
        let long = try Tool.run([
            "negotiate", "a/b;q=0, \"x\"", "--offers", "a/b,c/d", "--explain", "--format", "json",
        ])
        #expect(
            long.output
                == #"{"choice":null,"ranking":[{"offer":"a/b","weight":0,"range":"a/b;q=0"},"#
                + #"{"offer":"c/d","weight":0,"range":null}],"ignored":["\"x\""]}"# + "\n")
        #expect(long.exitCode == 1)
    }

    @Test(arguments: [
        ["negotiate", "a", "b"], ["negotiate", "--offers", "json"], ["negotiate", "--offers", "a/b,"],
        ["negotiate", "--offers", "a/*"], ["negotiate", "--offers", ""], ["negotiate", "--format", "xml"],
        ["--accept", "image/png"], ["--accept", "application/json;q=0"], ["--accept", "*/*", "--to", "csv"],
    ])
    func refusesWrongUsage(arguments: [String]) throws {
        let result = try Tool.run(arguments, input: "{}")
        #expect(result.exitCode == 64)
        #expect(result.output == "")
        #expect(result.errors != "")
    }

    @Test(arguments: [
        ("", "{\"name\":\"x\",\"n\":1}\n"), ("text/csv", "name,n\r\nx,1\r\n"),
        ("text/csv;header=absent", "x,1\r\n"), ("text/csv;q=0.5, application/json;q=0.1", "name,n\r\nx,1\r\n"),
        ("application/x-ndjson", "{\"name\":\"x\",\"n\":1}\n"),
        (
            "*/*;q=0.1, application/json;q=0.01, application/hal+json;q=0, text/xml;q=0, application/xml;q=0",
            "name,n\r\nx,1\r\n"
        ),
    ])
    func choosesTheTargetByNegotiation(accept: String, expected: String) throws {
        let result = try Tool.run(["--accept", accept], input: #"{"name":"x","n":1}"#)
        #expect(result.output == expected)
        #expect(result.errors == "")
        #expect(result.exitCode == 0)
    }
}
