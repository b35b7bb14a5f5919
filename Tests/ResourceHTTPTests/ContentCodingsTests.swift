import HTTPTypes
import ResourceHTTP
import Testing

@Suite struct ContentCodingsTests {
    private static let codings = ContentCodings(["gzip", "deflate"], minimumSize: 100)

    private func exchange(
        _ acceptEncoding: String?, _ fields: HTTPFields = [:], method: HTTPRequest.Method = .get
    ) throws -> ContentCodings.Exchange {
        var fields = fields
        fields[.acceptEncoding] = acceptEncoding
        return try #require(Self.codings.exchange(for: Fixture.request(method, fields: fields)))
    }

    private func head(_ status: HTTPResponse.Status = .ok, _ fields: HTTPFields = [:]) -> HTTPResponse {
        var head = HTTPResponse(
            status: status,
            headerFields: [
                .contentType: "application/json", .eTag: "\"1-json\"", .vary: "Accept", .contentLength: "200",
            ])
        for field in fields { head.headerFields[field.name] = field.value }
        return head
    }

    @Test func givesEachCodingATag() throws {
        for (field, coding, tag) in [
            ("gzip", "gzip", "\"1-json-gzip\""), ("deflate", "deflate", "\"1-json-deflate\""),
            ("br", nil, "\"1-json\""),
        ] {
            var head = head()
            #expect(try exchange(field).finish(&head, length: 200) == coding)
            #expect(head.headerFields[.eTag] == tag)
            #expect(head.headerFields[.contentEncoding] == coding)
            #expect(head.headerFields[.contentLength] == (coding == nil ? "200" : nil))
            #expect(head.headerFields[.vary] == "Accept, Accept-Encoding")
        }
    }

    private static let untouched: [(HTTPResponse.Status, HTTPFields, Int?)] = [
        (.ok, [:], 99), (.ok, [.contentType: "image/png"], 200), (.noContent, [:], nil),
        (.ok, [.contentEncoding: "br"], 200), (.ok, [.cacheControl: "public, no-transform"], 200), (.ok, [:], 0),
        (.partialContent, [:], 200),
    ]

    @Test(arguments: untouched)
    func leavesBodiesAlone(status: HTTPResponse.Status, fields: HTTPFields, length: Int?) throws {
        var head = head(status, fields)
        let before = head.headerFields[.eTag]
        #expect(try exchange("gzip").finish(&head, length: length) == nil)
        #expect(head.headerFields[.eTag] == before)
    }

    @Test func encodesStreamsAndWhatHasNoOtherForm() throws {
        var streamed = head()
        #expect(try exchange("gzip").finish(&streamed, length: nil) == "gzip")
        var small = head()
        #expect(try exchange("gzip, identity;q=0").finish(&small, length: 9) == "gzip")
    }

    private static let conditions: [(String?, String, String?)] = [
        ("gzip", "\"1-gzip\"", "\"1\""), ("gzip", "\"1-deflate\"", nil), ("gzip", "\"1\"", "\"1\""),
        ("gzip, identity;q=0", "\"1\"", nil), (nil, "\"1-gzip\"", nil),
        ("gzip", "W/\"1-gzip\", \"2\"", "W/\"1\", \"2\""),
        ("gzip", "*", nil), ("gzip", "x", nil), ("gzip", "\"-gzip\"", "\"-gzip\""),
    ]

    @Test(arguments: conditions)
    func readsTagsOfWhatIsAcceptable(acceptEncoding: String?, field: String, plain: String?) throws {
        let read = try exchange(acceptEncoding, [.ifNoneMatch: field]).request
        #expect(read.headerFields[.ifNoneMatch] == plain)
    }

    @Test func writesMayNameAnyRepresentation() throws {
        let fields: HTTPFields = [.ifMatch: "\"1-gzip\", \"2-deflate\"", .ifNoneMatch: "*"]
        let request = try exchange(nil, fields, method: .put).request
        #expect(request.headerFields[.ifMatch] == "\"1\", \"2\"")
        #expect(request.headerFields[.ifNoneMatch] == "*")
    }

    @Test(arguments: [
        ("\"1-json-gzip\"", "\"1-json-gzip\""), ("\"1-json\"", "\"1-json\""),
        ("\"1-json\", \"1-json-gzip\"", "\"1-json-gzip\""),
    ])
    func aNotModifiedHasATagThatWasNamed(field: String, tag: String) throws {
        var head = head(.notModified)
        #expect(try exchange("gzip", [.ifNoneMatch: field]).finish(&head, length: 0) == nil)
        #expect(head.headerFields[.eTag] == tag)
    }

    @Test func anyTagIsComparedAfterwards() throws {
        var head = head()
        #expect(try exchange("gzip", [.ifNoneMatch: "*"]).finish(&head, length: 200) == nil)
        #expect(head.status == .notModified)
        #expect(head.headerFields[.eTag] == "\"1-json-gzip\"")
        #expect(head.headerFields[.contentType] == nil)
    }

    @Test func refusesWhereNothingIsAcceptable() {
        let request = Fixture.request(fields: [.acceptEncoding: "identity;q=0"])
        #expect(Self.codings.exchange(for: request) == nil)
        #expect(Self.codings.notAcceptable(request).status == .notAcceptable)
    }

    private static let bodyCodings: [(String, String?)] = [
        ("gzip", "gzip"), ("X-GZIP", "gzip"), ("identity, deflate", "deflate"), ("gzip, gzip", nil), ("br", nil),
        ("identity", nil),
    ]

    @Test(arguments: bodyCodings)
    func readsTheCodingOfABody(field: String, coding: String?) {
        #expect(Self.codings.codingOfBody(of: Fixture.request(.post, fields: [.contentEncoding: field])) == coding)
    }
}
