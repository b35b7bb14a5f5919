import ContentNegotiation
import HTTPTypes
import ResourceFormats
import ResourceHTTP
import Testing

@Suite struct EntityTagTests {
    private func tag(_ accept: String, _ record: StoredRecord, version: String? = nil) throws -> String {
        try #require(
            try Fixture.responder.response(to: Fixture.request(accept: accept), with: record, version: version)["ETag"])
    }

    @Test func differsByRepresentationAndByContent() throws {
        let one = try Fixture.record()
        let other = try Fixture.record(#"{"name":"other"}"#)
        let types = Format.negotiationOffers.map(\.description)
        let tags = try types.map { try tag($0, one) } + types.map { try tag($0, other) }
        #expect(Set(tags).count == 2 * types.count)
        #expect(try types.map { try tag($0, Fixture.record()) } == Array(tags.prefix(types.count)))
    }

    /// The hash is the same in every process: a known value.
    @Test func isStable() throws {
        let tag = try tag("application/json", Fixture.record(#"{"name":"a"}"#))
        #expect(tag == "\"lsnr95qs6c783fmq0it1bxs30-application.json\"")
    }

    @Test func isTheApplicationsVersionIfItHasOne() throws {
        #expect(try tag("text/csv", Fixture.record(), version: "12\"3\n") == "\"123-text.csv.header.present\"")
    }

    @Test(arguments: ["GET", "HEAD"])
    func answers304(method: String) throws {
        let record = try Fixture.record()
        let method = try #require(HTTPRequest.Method(method))
        for version in [nil, "7"] {
            for accept in ["application/json", "text/csv", "application/hal+json"] {
                let tag = try tag(accept, record, version: version)
                let request = Fixture.request(method, accept: accept, fields: [.ifNoneMatch: tag])
                let response = try Fixture.responder.response(
                    to: request, with: record, version: version, headerFields: [.cacheControl: "no-cache"])
                #expect(response.head.status == .notModified)
                #expect(
                    response.head.headerFields == [.cacheControl: "no-cache", .vary: "Accept", .eTag: tag])
                #expect(response.body.count == 0)
            }
        }
    }

    @Test func doesNotAnswer304ForAnotherRepresentation() throws {
        let record = try Fixture.record()
        let tag = try tag("application/json", record, version: "7")
        let request = Fixture.request(accept: "text/csv", fields: [.ifNoneMatch: tag])
        #expect(try Fixture.responder.response(to: request, with: record, version: "7").head.status == .ok)
    }

    @Test func doesNotAnswer304ToPOST() throws {
        let request = Fixture.request(.post, fields: [.ifNoneMatch: "*"])
        #expect(try Fixture.responder.response(to: request, with: Fixture.record()).head.status == .ok)
    }

    @Test(arguments: [
        (#""7-application.json""#, true),
        (#"W/"7-application.json""#, true),
        (#""a", "7-application.json""#, true),
        (#""a,b" , W/"c",,"7-application.json""#, true),
        ("*", true),
        (" * ", true),
        (#""7""#, false),
        (#"7-application.json"#, false),
        (#""7-application.json"#, false),
        (#"x, "7-application.json""#, false),
        ("", false),
        ("W/", false),
        ("W", false),
        ("\"", false),
    ])
    func readsIfNoneMatch(field: String, isNamed: Bool) throws {
        let response = try Fixture.responder.response(
            to: Fixture.request(fields: [.ifNoneMatch: field]), with: Fixture.record(), version: "7")
        #expect((response.head.status == .notModified) == isNamed)
    }

    @Test(arguments: [
        (nil, true), ("*", true), (#""7-text.xml""#, true), (#""6-text.xml", "7-application.json""#, true),
        (#"W/"7-application.json""#, false), (#""8-application.json""#, false), ("", false),
    ])
    func checksIfMatchAgainstEveryRepresentation(field: String?, mayGoOn: Bool) throws {
        var request = Fixture.request(.patch)
        request.headerFields[.ifMatch] = field
        let problem = problem { () throws(ProblemDetails) in
            try Fixture.responder.checkIfMatch(of: request, version: "7")
        }
        #expect((problem == nil) == mayGoOn)
        if let problem { #expect(problem.status == .preconditionFailed) }
    }
}
