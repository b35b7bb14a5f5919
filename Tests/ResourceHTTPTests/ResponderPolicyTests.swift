import ContentNegotiation
import HTTPTypes
import LLMResources
import ResourceFormats
import ResourceHTTP
import Testing

/// What a responder decides otherwise than the plain function, and what it takes from the application.
@Suite struct ResponderPolicyTests {
    private static let hal = "application/hal+json"

    @Test(arguments: [
        ("application/hal+json, application/json", hal, "application/json"),
        ("application/json, application/hal+json", "application/json", "application/json"),
        ("*/*, application/hal+json", hal, "application/json"),
        ("application/*, application/hal+json", hal, "application/json"),
        ("application/xml, application/json", "application/xml", "application/json"),
        ("application/hal+json;q=0.9, application/json", "application/json", "application/json"),
        ("application/json, text/plain, */*", "application/json", "application/json"),
        ("*/*", "application/json", "application/json"),
        ("text/*", "text/xml; charset=utf-8", "text/xml; charset=utf-8"),
    ])
    func prefersWhatTheClientNames(accept: String, contentType: String, standard: String) throws {
        let request = Fixture.request(accept: accept)
        #expect(
            try Fixture.responder.response(to: request, with: Fixture.record())["Content-Type"] == contentType)
        let plain = ResourceResponder(schema: Fixture.schema, policy: .standard)
        #expect(try plain.response(to: request, with: Fixture.record())["Content-Type"] == standard)
    }

    @Test func tellsProblemsByTheSamePolicy() throws {
        let request = Fixture.request(accept: "application/xml, application/json")
        let problem = ProblemDetails(.notFound)
        #expect(Fixture.responder.response(to: request, telling: problem)["Content-Type"] == "application/problem+xml")
        let plain = ResourceResponder(schema: Fixture.schema, policy: .standard)
        #expect(plain.response(to: request, telling: problem)["Content-Type"] == "application/problem+json")
    }

    // MARK: Vary

    @Test(arguments: [
        ("Origin", "Origin, Accept"), ("accept", "accept"), ("Origin ,Accept", "Origin, Accept"), ("*", "*"),
        ("", "Accept"), ("Accept-Encoding", "Accept-Encoding, Accept"),
    ])
    func mergesVary(own: String, merged: String) throws {
        let fields: HTTPFields = [.vary: own]
        let responses = [
            try Fixture.responder.response(to: Fixture.request(), with: Fixture.record(), headerFields: fields),
            try Fixture.responder.response(
                to: Fixture.request(fields: [.ifNoneMatch: "*"]), with: Fixture.record(), headerFields: fields),
            ResourceResponse.empty(.noContent, headerFields: fields),
            Fixture.responder.response(
                to: Fixture.request(), telling: ProblemDetails(.notFound, headerFields: fields)),
        ]
        for response in responses { #expect(response["Vary"] == merged, "\(response.head.status)") }
    }

    @Test func mergesSeveralLinesOfVary() {
        var fields = HTTPFields()
        fields.append(HTTPField(name: .vary, value: "Origin"))
        fields.append(HTTPField(name: .vary, value: "Accept-Language"))
        fields.addVary("Accept")
        #expect(fields[values: .vary] == ["Origin, Accept-Language, Accept"])
    }

    // MARK: Tags

    @Test(arguments: [
        (#"W/"7-application.json""#, false, true), (#""7-application.json-gzip""#, false, true),
        (#"W/"7-application.json--br""#, false, true), (#""7-application.json""#, true, true),
        (#""7-application.json-x""#, false, false), (#""7-application.jso""#, false, false),
        (#""8-application.json-gzip""#, false, false),
    ])
    func acceptsAProxysFormsOfATagByPolicy(field: String, isExact: Bool, isForm: Bool) throws {
        let proxied = ResourceResponder(schema: Fixture.schema, tags: .behindCompressingProxy)
        for (responder, mayGoOn) in [(Fixture.responder, isExact), (proxied, isForm)] {
            let write = Fixture.request(.patch, fields: [.ifMatch: field])
            let refusal = problem { () throws(ProblemDetails) in
                try responder.checkPreconditions(of: write, version: "7")
            }
            #expect((refusal == nil) == mayGoOn, "\(field)")
            let read = Fixture.request(fields: [.ifNoneMatch: field])
            let isWeakForm = field.utf8.starts(with: "W/\"7-application.json\"".utf8)
            let response = try responder.response(to: read, with: Fixture.record(), version: "7")
            #expect((response.head.status == .notModified) == (mayGoOn || isWeakForm), "\(field)")
        }
    }

    // MARK: Bodies

    /// A typed body is as good as a raw one, and no better.
    @Test(arguments: ["{\"name\":\"\"}", "{\"name\":\"a\",\"isDefault\":1}"])
    func validatesTypedBodies(body: String) throws {
        let validator = RecordValidator(schema: Fixture.schema, profile: .create)
        let request = Fixture.request(.post, fields: [.contentType: "application/json"])
        let bytes = Array(body.utf8)
        let raw = try #require(
            problem { () throws(ProblemDetails) in
                try Fixture.responder.record(in: bytes, of: request, validator: validator)
            })
        let typed = try #require(
            problem { () throws(ProblemDetails) in
                try Fixture.responder.resource(LargeLanguageModel.self, in: bytes, of: request, validator: validator)
            })
        #expect(typed.status == .unprocessableContent)
        #expect(typed.detail == raw.detail)
        #expect(typed.details == raw.details)
    }
}
