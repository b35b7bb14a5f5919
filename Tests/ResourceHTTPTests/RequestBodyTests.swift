import ContentNegotiation
import HTTPTypes
import LLMResources
import ResourceFormats
import ResourceHTTP
import Testing

@Suite struct RequestBodyTests {
    private func read(
        _ body: String, _ contentType: String?, validator: RecordValidator? = nil
    ) throws(ProblemDetails) -> StoredRecord {
        var request = Fixture.request(.post)
        request.headerFields[.contentType] = contentType
        return try Fixture.responder.record(in: Array(body.utf8).span, of: request, validator: validator)
    }

    @Test(arguments: Representation.standard.filter(\.isReadable))
    func readsEveryFormatThatIsSent(_ representation: Representation) throws {
        let format = representation.format
        let body = String(decoding: try format.encode(Fixture.record(), schema: Fixture.schema), as: UTF8.self)
        for contentType in [representation.mediaType.description, representation.contentType] {
            let record = try read(body, contentType)
            let text = String(decoding: record.json, as: UTF8.self)
            if format == .csv {
                #expect(try text == String(decoding: read(body, "text/csv").json, as: UTF8.self))
                #expect(text.utf8.count == Fixture.json.utf8.count)
            } else {
                #expect(text == Fixture.json)
            }
        }
    }

    @Test(arguments: [
        "APPLICATION/JSON", "application/json; charset=UTF-8", "application/json;charset=\"utf8\"",
        "application/json;v=1", " application/json ",
    ])
    func readsContentTypesAsTheyAreMeant(contentType: String) throws {
        #expect(try String(decoding: read(Fixture.json, contentType).json, as: UTF8.self) == Fixture.json)
    }

    @Test(arguments: [
        (nil, "the request does not say in \"Content-Type\" what its body is"),
        ("", "the request does not say in \"Content-Type\" what its body is"),
        ("json", "\"json\" is not a media type"),
        ("application/yaml", "\"application/yaml\" is not read here"),
        ("application/x-www-form-urlencoded", "\"application/x-www-form-urlencoded\" is not read here"),
        ("application/*", "\"application/*\" is not read here"),
        ("text/csv;header=absent", "\"text/csv;header=absent\" is not read here"),
        (
            "application/json;charset=iso-8859-1",
            "the charset \"iso-8859-1\" is not read here, only UTF-8 is"
        ),
        (
            "application/xml;charset=klingon", "the charset \"klingon\" is not read here"
        ),
    ])
    func refusesOtherContentTypes(contentType: String?, detail: String) throws {
        let problem = try #require(
            problem { () throws(ProblemDetails) in try read(Fixture.json, contentType) })
        #expect(problem.status == .unsupportedMediaType)
        #expect(problem.detail == detail)
        #expect(
            problem.headerFields[.accept]
                == "application/json, application/hal+json, application/xml, text/xml, text/csv;header=present")
    }

    /// RFC 7303 section 3: the charset goes before the declaration.
    @Test(arguments: [
        ("text/xml", "ISO-8859-1"), ("text/xml; charset=iso-8859-1", "ISO-8859-1"),
        ("application/xml; charset=ISO-8859-1", "UTF-8"), ("text/xml;charset=\"windows-1252\"", "US-ASCII"),
    ])
    func readsXMLInItsCharsetOrInTheEncodingThatItDeclares(contentType: String, declared: String) throws {
        let xml =
            "<?xml version=\"1.0\" encoding=\"\(declared)\"?><largeLanguageModel><name>Größe</name></largeLanguageModel>"
        let latin = xml.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        var request = Fixture.request(.post)
        request.headerFields[.contentType] = contentType
        let record = try Fixture.responder.record(in: latin.span, of: request)
        #expect(String(decoding: record.json, as: UTF8.self) == #"{"name":"Größe"}"#)
    }

    @Test func refusesContentCodings() throws {
        let request = Fixture.request(.post, fields: [.contentType: "application/json", .contentEncoding: "gzip"])
        let problem = try #require(
            problem { () throws(ProblemDetails) in try Fixture.responder.format(ofBodyOf: request) })
        #expect(problem.status == .unsupportedMediaType)
        #expect(problem.headerFields[.acceptEncoding] == "identity")
    }

    @Test func readsOtherMediaTypesIfTold() throws {
        let mergePatch = try #require(MediaType("application/merge-patch+json"))
        let request = Fixture.request(.patch, fields: [.contentType: "application/merge-patch+json"])
        let format = try Fixture.responder.format(ofBodyOf: request, or: [mergePatch: .json])
        #expect(format == .json)
    }

    @Test(arguments: [
        (
            #"{"name":1e}"#, 400, "1:11: found \"}\", expected a digit ($.name)",
            "invalidNumber", Optional("$.name"), Optional(11)
        ),
        ("[]", 422, "found no record, expected exactly one ($)", "wrongShape", "$", nil),
        (
            #"[{"name":"a"},{"name":"b"}]"#, 422, "found more than one record, expected exactly one ($[1])",
            "wrongShape", "$[1]", nil
        ),
    ])
    func saysWhereABodyIsWrong(
        body: String, status: Int, detail: String, code: String, path: String?, column: Int?
    ) throws {
        let problem = try #require(
            problem { () throws(ProblemDetails) in try read(body, "application/json") })
        #expect(problem.status.code == status)
        #expect(problem.detail == detail)
        #expect(problem.details.contains(.init("code", .text(code))))
        if let path { #expect(problem.details.contains(.init("path", .text(path)))) }
        if let column { #expect(problem.details.contains(.init("column", .number(column)))) }
    }

    @Test func tellsAllViolations() throws {
        let validator = RecordValidator(schema: Fixture.schema, profile: .create)
        let body = #"{"name":1,"modelType":"gpt-4o","provider":"openAI","connectionId":"x"}"#
        let problem = try #require(
            problem { () throws(ProblemDetails) in try read(body, "application/json", validator: validator) })
        #expect(problem.status == .unprocessableContent)
        #expect(
            problem.detail
                == "1:1: found no value, expected for a project's resource the member \"projectId\" ($.projectId), and 2 more"
        )
        guard case .list(let violations)? = problem.details.first(where: { $0.name == "violations" })?.value else {
            Issue.record("there is no list of violations")
            return
        }
        #expect(violations.count == 3)
        #expect(
            violations[1]
                == .object([
                    .init("code", "wrongKind"), .init("path", "$.name"), .init("line", .number(1)),
                    .init("column", .number(9)), .init("found", "the number 1"), .init("expected", "a string"),
                ]))
    }

    @Test func refusesWhatIsTooLong() throws {
        let request = Fixture.request(.post, fields: [.contentLength: "1001"])
        let problem = try #require(
            problem { () throws(ProblemDetails) in
                try Fixture.responder.checkBodyLength(of: request, limit: 1000)
            })
        #expect(problem.status == .contentTooLarge)
        try Fixture.responder.checkBodyLength(of: request, limit: 1001)
    }

    @Test func refusesRecordsBeyondTheLimits() throws {
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        let problem = try #require(
            problem { () throws(ProblemDetails) in try read("{\"a\":\(deep)}", "application/json") })
        #expect(problem.status == .contentTooLarge)
    }

    @Test func decodesResources() throws {
        let request = Fixture.request(.post, fields: [.contentType: "application/json"])
        let model = try Fixture.responder.resource(
            LargeLanguageModel.self, in: Array(Fixture.json.utf8), of: request)
        #expect(model.id == Fixture.id)
        let problem = try #require(
            problem { () throws(ProblemDetails) in
                try Fixture.responder.resource(LargeLanguageModel.self, in: Array("{}".utf8).span, of: request)
            })
        #expect(problem.status == .unprocessableContent)
        #expect(problem.details.contains(.init("path", "$.name")))
    }
}
