import ContentNegotiation
import HTTPTypes
import ResourceHTTP
import Testing

@testable import ResourceFormats

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

    @Test(arguments: [
        ("12", "12"), ("a-b_C.~", "a-b_C.~"), ("12\"3\n", "12%223%0A"), ("1%2", "1%252"), ("1 2", "1%202"),
        ("\u{E9}", "%C3%A9"), ("e\u{301}", "e%CC%81"), ("", ""),
    ])
    func isTheApplicationsVersionIfItHasOne(version: String, tag expected: String) throws {
        #expect(try tag("text/csv", Fixture.record(), version: version) == "\"\(expected)-text.csv.header.present\"")
    }

    @Test func tellsCustomMediaTypesApart() throws {
        let types = ["A", "a", "B", "\"", "a.b", "a/b"].map {
            MediaType(type: "application", subtype: "json", parameters: [.init(name: "profile", value: $0)])
        }
        let tags = try types.map { type in
            let format = Format(
                name: "json", mediaType: type, fileExtensions: [],
                reader: { JSONReader(schema: $0, limits: $1, form: .document) },
                writer: { JSONWriter(schema: $0, limits: $1, form: .document, options: JSONOptions()) })
            let responder = ResourceResponder(schema: Fixture.schema, representations: [Representation(format)])
            return try responder.response(to: Fixture.request(), with: Fixture.record(), version: "1")["ETag"] ?? ""
        }
        #expect(Set(tags.map { Array($0.utf8) }).count == types.count, "\(tags)")
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

    /// Links begin with it, so the bytes are others although the state is the same.
    @Test func differsByBaseURL() throws {
        let tags = try ["", "https://a.example", "https://b.example"].map { base in
            let responder = ResourceResponder(schema: Fixture.schema, baseURL: base)
            let response = try responder.response(to: Fixture.request(), with: Fixture.record(), version: "7")
            let tag = try #require(response["ETag"])
            var request = Fixture.request(.patch)
            request.headerFields[.ifMatch] = tag
            try responder.checkPreconditions(of: request, version: "7")
            return tag
        }
        #expect(Set(tags).count == 3)
        #expect(tags[0] == "\"7-application.json\"")
    }

    /// RFC 9110 section 13.2.2: `If-Match` comes first, also for who only reads.
    @Test(arguments: [nil, "7"])
    func refusesToReadAnotherStateThanIfMatchNames(version: String?) throws {
        let record = try Fixture.record()
        let tag = try tag("application/json", record, version: version)
        for method in [HTTPRequest.Method.get, .head] {
            for (field, status) in [(tag, 200), ("*", 200), ("\"x\"", 412), ("W/\(tag)", 412)] {
                let request = Fixture.request(method, fields: [.ifMatch: field])
                var answer =
                    problem { () throws(ProblemDetails) in
                        try Fixture.responder.response(to: request, with: record, version: version)
                    }?.status.code ?? 200
                #expect(answer == status, "\(field)")
                guard let version else { continue }
                let cache = RepresentationCache()
                let responder = ResourceResponder(schema: Fixture.schema, cache: cache)
                _ = try responder.response(to: Fixture.request(), with: record, version: version)
                answer =
                    problem { () throws(ProblemDetails) in try responder.response(to: request, keptFor: version) }?
                    .status.code ?? 200
                #expect(answer == status, "\(field)")
            }
        }
    }

    @Test(arguments: [
        (nil, true), ("*", false), (#""7-text.xml""#, false), (#"W/"7-text.csv.header.present", "x""#, false),
        (#""6-text.xml""#, true),
    ])
    func checksIfNoneMatchOfWhoChangesTheResource(field: String?, mayGoOn: Bool) throws {
        var request = Fixture.request(.delete)
        request.headerFields[.ifNoneMatch] = field
        let problem = problem { () throws(ProblemDetails) in
            try Fixture.responder.checkPreconditions(of: request, version: "7")
        }
        #expect((problem == nil) == mayGoOn)
        if let problem { #expect(problem.status == .preconditionFailed) }
    }

    @Test(arguments: [
        (nil, true), ("*", true), (#""7-text.xml""#, true), (#""6-text.xml", "7-application.json""#, true),
        (#"W/"7-application.json""#, false), (#""8-application.json""#, false), ("", false),
    ])
    func checksIfMatchAgainstEveryRepresentation(field: String?, mayGoOn: Bool) throws {
        var request = Fixture.request(.patch)
        request.headerFields[.ifMatch] = field
        let problem = problem { () throws(ProblemDetails) in
            try Fixture.responder.checkPreconditions(of: request, version: "7")
        }
        #expect((problem == nil) == mayGoOn)
        if let problem { #expect(problem.status == .preconditionFailed) }
    }
}
