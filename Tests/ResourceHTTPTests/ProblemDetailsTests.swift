import HTTPTypes
import LLMResourcesHTTP
import ResourceHTTP
import Testing

@Suite struct ProblemDetailsTests {
    /// With the error responses of the API of large language models.
    private static let api = ResourceResponder(schema: Fixture.schema, problems: .largeLanguageModels)

    private var problem: ProblemDetails {
        var problem = ProblemDetails(
            .badRequest, "a < b & \"c\"\u{1}",
            details: [
                .init("path", "$.a"), .init("line", .number(3)),
                .init("available", .list(["x", .object([.init("y", .number(-1))])])), .init("none", .object([])),
            ], headerFields: [.allow: "GET"])
        problem.traceId = "api--1"
        return problem
    }

    @Test func writesTheAPIsMembersAsJSON() {
        let response = Self.api.response(to: Fixture.request(.get, "/a?b=c"), telling: problem)
        #expect(response.head.status == .badRequest)
        #expect(
            response.head.headerFields == [
                .allow: "GET", .contentType: "application/problem+json",
                .contentLength: String(response.text?.utf8.count ?? 0), .vary: "Accept",
            ])
        #expect(
            response.text == #"""
                {"type":"about:blank","title":"Bad Request","status":400,"detail":"a < b & \"c\"\u0001",\#
                "instance":"/a","code":"1000","traceId":"api--1","details":{"path":"$.a","line":3,\#
                "available":["x",{"y":-1}],"none":{}}}

                """#)
    }

    @Test func writesTheNamespaceOfTheRFCAsXML() {
        let response = Self.api.response(
            to: Fixture.request(.get, "/a", accept: "application/xml"), telling: problem)
        #expect(response["Content-Type"] == "application/problem+xml")
        #expect(
            response.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <problem xmlns="urn:ietf:rfc:7807"><type>about:blank</type><title>Bad Request</title>\
                <status>400</status><detail>a &lt; b &amp; "c"\u{FFFD}</detail><instance>/a</instance>\
                <code>1000</code><traceId>api--1</traceId><details><path>$.a</path><line>3</line>\
                <available><i>x</i><i><y>-1</y></i></available><none/></details></problem>

                """)
    }

    @Test(arguments: [
        (nil, "/", "json"), ("*/*", "/", "json"), ("text/csv", "/", "json"), ("image/png", "/", "json"),
        ("application/hal+json", "/", "json"), ("application/problem+json", "/", "json"), ("text/xml", "/", "xml"),
        ("application/xml;q=0.1, text/csv", "/", "xml"), ("application/problem+xml", "/", "xml"),
        ("application/json;q=0, */*", "/", "json"), ("application/xml, application/json;q=0.5", "/", "xml"),
        ("application/json", "/?format=xml", "xml"), ("application/xml", "/?format=csv", "json"),
        ("application/xml", "/?format=nothing", "xml"),
    ])
    func speaksTheClientsFormat(accept: String?, path: String, format: String) {
        let response = Fixture.responder.response(
            to: Fixture.request(.get, path, accept: accept), telling: ProblemDetails(.notFound))
        #expect(response.head.status == .notFound)
        #expect(response["Content-Type"] == "application/problem+\(format)")
    }

    @Test func tellsHEADWithoutABody() {
        let get = Fixture.responder.response(to: Fixture.request(.get), telling: problem)
        let head = Fixture.responder.response(to: Fixture.request(.head), telling: problem)
        #expect(get.head == head.head)
        #expect(head.body.count == 0)
    }

    @Test func hasTheAPIsCodes() {
        let codes = [400, 401, 402, 403, 404, 409, 413, 500, 501].map {
            Self.api.response(to: Fixture.request(), telling: ProblemDetails(.init(code: $0))).problem?.code
        }
        #expect(codes == ["1000", "401", "402", "1000", "1000", "1004", "1000", "1000", "1009"])
        let plain = Self.api.response(to: Fixture.request(.get, "/a"), telling: ProblemDetails(.notFound))
        #expect(plain.text?.contains(#""code":"1000","traceId":"api--"#) == true)
        #expect(plain.text?.hasSuffix(",\"details\":{}}\n") == true)
    }

    @Test func namesEveryResponse() throws {
        let one = Self.api.response(to: Fixture.request(), telling: ProblemDetails(.notFound))
        let other = Self.api.response(to: Fixture.request(), telling: ProblemDetails(.notFound))
        let identifier = try #require(one.problem?.traceId)
        #expect(identifier != other.problem?.traceId)
        let pattern = /api--[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        #expect(try pattern.wholeMatch(in: identifier) != nil)
    }

    // MARK: Policies

    @Test func hasNoMembersOfAnAPIUnlessToldSo() {
        let responder = ResourceResponder(schema: Fixture.schema)
        let plain = responder.response(to: Fixture.request(.get, "/a"), telling: ProblemDetails(.notFound, "gone"))
        #expect(
            plain.text == """
                {"type":"about:blank","title":"Not Found","status":404,"detail":"gone","instance":"/a"}

                """)
        #expect(plain.problem?.traceId == nil)
        var problem = ProblemDetails(.conflict, details: [.init("limit", .number(1))])
        problem.code = "own"
        let own = responder.response(to: Fixture.request(.get, "/a", accept: "text/xml"), telling: problem)
        #expect(own.text?.contains("<code>own</code><details><limit>1</limit></details></problem>") == true)
    }

    @Test func hasTheMembersOfItsPolicy() throws {
        let policy = ProblemPolicy(
            codes: [409: "busy"], traceIDPrefix: "x-", codeMember: "kind", traceIDMember: "trace",
            detailsMember: "more")
        let responder = ResourceResponder(schema: Fixture.schema, problems: policy)
        let problem = ProblemDetails(.conflict, details: [.init("limit", .number(1))])
        let response = responder.response(to: Fixture.request(.get, "/a"), telling: problem)
        let trace = try #require(response.problem?.traceId)
        #expect(trace.hasPrefix("x-"))
        #expect(
            response.text == """
                {"type":"about:blank","title":"Conflict","status":409,"instance":"/a","kind":"busy",\
                "trace":"\(trace)","more":{"limit":1}}

                """)
        let other = responder.response(to: Fixture.request(.get, "/a"), telling: ProblemDetails(.notFound))
        #expect(other.problem?.code == nil)
    }

    /// A record that cannot be sent is the server's fault, and its code is that of the status that is sent.
    @Test func takesTheCodeOfTheStatusThatIsSent() throws {
        let policy = ProblemPolicy(codes: [422: "theirs", 500: "ours"])
        let responder = ResourceResponder(schema: Fixture.schema, problems: policy)
        let record = try Fixture.record(#"{"_links":{}}"#)
        let request = Fixture.request(accept: "application/hal+json")
        let error = try #require(throws: ProblemDetails.self) { try responder.response(to: request, with: record) }
        let response = responder.response(to: Fixture.request(), telling: error)
        #expect(response.problem?.code == "ours")
        #expect(response.text?.contains("found the member \\\"_links\\\", expected a record without it (") == true)
    }
}
