import ContentNegotiation
import HTTPTypes
import LLMResources
import ResourceFormats
import ResourceHTTP
import Testing

@Suite struct RepresentationCacheTests {
    private let cache = RepresentationCache()
    private var responder: ResourceResponder { ResourceResponder(schema: Fixture.schema, cache: cache) }
    private let page = PageInfo(total: 3, nextCursor: "a b")

    /// What no one would call the same state: so it shows whether a response was made anew.
    private func record(_ name: String) throws -> StoredRecord {
        try Fixture.record(#"{"name":"\#(name)","_id":"\#(Fixture.id)"}"#)
    }

    /// What is kept is what would be made, in each format: head and body.
    @Test(arguments: Representation.standard)
    func sendsTheSameAgain(_ representation: Representation) throws {
        let request = Fixture.request(accept: representation.mediaType.description)
        let made = try Fixture.responder.response(to: request, with: [record("a")], page: page, version: "1")
        for _ in 0..<3 {
            let response = try responder.response(to: request, with: [record("a")], page: page, version: "1")
            #expect(response.text == made.text)
            #expect(response.head == made.head)
        }
        let kept = try #require(try responder.response(to: request, keptFor: "1"))
        #expect(kept.text == made.text)
        #expect(kept.head == made.head)
        // Nothing was encoded: the bytes are those of the first.
        #expect(try responder.response(to: request, with: [record("b")], page: page, version: "1").text == made.text)
    }

    @Test func tellsStatesTargetsAndRepresentationsApart() throws {
        func body(_ name: String, _ path: String = "/m", accept: String = "application/json", version: String = "1")
            throws -> String?
        {
            try responder.response(
                to: Fixture.request(.get, path, accept: accept), with: [record(name)], version: version
            ).text
        }
        let first = try body("a")
        #expect(try body("b") == first)
        #expect(try body("b", version: "2")?.contains(#""b""#) == true)
        #expect(try body("b", "/m?limit=2")?.contains(#""b""#) == true)
        #expect(try body("b", accept: "text/csv")?.hasPrefix("name,_id\r\nb,") == true)
        #expect(try body("b", accept: "text/csv;header=absent")?.hasPrefix("b,") == true)
        var elsewhere = Fixture.request(.get, "/m", accept: "application/json")
        elsewhere.authority = "other"
        #expect(try responder.response(to: elsewhere, with: [record("b")], version: "1").text != first)
        // Canonically equivalent and not the same.
        #expect(try body("a", "/\u{E9}") == first)
        #expect(try body("b", "/e\u{301}") != first)
        #expect(try body("b") == first)
        // Versions that a tag cannot have as they are.
        #expect(try body("a", version: "\u{E8}")?.contains(#""a""#) == true)
        #expect(try body("b", version: "\u{E9}")?.contains(#""b""#) == true)
        #expect(try body("a", version: "1 2")?.contains(#""a""#) == true)
        #expect(try body("b", version: "12")?.contains(#""b""#) == true)
    }

    @Test func keepsNothingWithoutAVersionOrForAnotherStatus() throws {
        let request = Fixture.request(accept: "application/json")
        _ = try responder.response(to: request, with: record("a"))
        _ = try responder.response(to: request, with: record("a"), status: .created, version: "1")
        _ = try responder.response(to: Fixture.request(.patch), with: record("a"), version: "1")
        #expect(cache.size == 0)
        #expect(try responder.response(to: request, keptFor: "1") == nil)
    }

    @Test func answersHeadWithoutABody() throws {
        let get = Fixture.request(accept: "text/csv")
        let head = Fixture.request(.head, accept: "text/csv")
        let made = try responder.response(to: head, with: [record("a")], page: page, version: "1")
        let kept = try #require(try responder.response(to: head, keptFor: "1"))
        #expect(kept.head == made.head)
        #expect(kept.text == nil)
        #expect(kept["Content-Length"] == made["Content-Length"])
        #expect(
            try responder.response(to: get, keptFor: "1")?.text?.utf8.count == kept["Content-Length"].flatMap(Int.init))
    }

    @Test func saysThatNothingChangedWithoutACache() throws {
        let request = Fixture.request(accept: "application/json")
        let tag = try #require(try responder.response(to: request, with: record("a"), version: "1")["ETag"])
        let again = Fixture.request(accept: "application/json", fields: [.ifNoneMatch: tag])
        for responder in [responder, Fixture.responder] {
            let unchanged = try responder.response(to: again, keptFor: "1", headerFields: [.cacheControl: "no-cache"])
            #expect(unchanged?.head.status == .notModified)
            #expect(unchanged?["Cache-Control"] == "no-cache")
            #expect(try responder.response(to: again, keptFor: "2") == nil)
        }
    }

    @Test func addsTheFieldsOfEachResponse() throws {
        let request = Fixture.request(accept: "application/json")
        _ = try responder.response(to: request, with: record("a"), version: "1", headerFields: [.cacheControl: "a"])
        let kept = try responder.response(to: request, keptFor: "1", headerFields: [.server: "b"])
        #expect(kept?["Cache-Control"] == nil)
        #expect(kept?["Server"] == "b")
    }

    @Test func refusesWhatIsNotAcceptable() {
        let refused = problem { () throws(ProblemDetails) in
            try responder.response(to: Fixture.request(accept: "image/png"), keptFor: "1")
        }
        #expect(refused?.status == .notAcceptable)
    }

    // MARK: Room

    @Test func staysBelowItsLimit() throws {
        let cache = RepresentationCache(byteLimit: 16_000)
        let responder = ResourceResponder(schema: Fixture.schema, cache: cache)
        let popular = Fixture.request(.get, "/popular", accept: "application/json")
        let seldom = Fixture.request(.get, "/seldom", accept: "application/json")
        for request in [popular, seldom] { _ = try responder.response(to: request, with: record("a"), version: "1") }
        for number in 0..<200 {
            let request = Fixture.request(.get, "/\(number)", accept: "application/json")
            _ = try responder.response(to: request, with: record("a"), version: "1")
            #expect(cache.size <= 16_000)
            #expect(try responder.response(to: request, keptFor: "1") != nil)
            #expect(try responder.response(to: popular, keptFor: "1") != nil)
        }
        #expect(cache.size > 13_000)
        #expect(try responder.response(to: seldom, keptFor: "1") == nil)
    }

    @Test func keepsNoBodyThatWouldDriveOutAllOthers() throws {
        let cache = RepresentationCache(byteLimit: 12_000)
        let responder = ResourceResponder(schema: Fixture.schema, cache: cache)
        let request = Fixture.request(accept: "application/json")
        _ = try responder.response(to: request, with: record(String(repeating: "a", count: 900)), version: "1")
        #expect(cache.size == 0)
        _ = try responder.response(to: request, with: record(String(repeating: "a", count: 100)), version: "2")
        #expect(cache.size > 0)
    }

    @Test func servesManyAtOnce() async throws {
        let responder = ResourceResponder(
            schema: Fixture.schema, cache: RepresentationCache(byteLimit: 20_000))
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var wrong = 0
                    for turn in 0..<500 {
                        let number = (turn &* 7 &+ worker &* 13) % 60
                        let response = try responder.response(
                            to: Fixture.request(.get, "/\(number)", accept: "application/json"),
                            with: try Fixture.record(#"{"name":"\#(number)"}"#), version: "1")
                        if response.text != "{\"name\":\"\(number)\"}\n" { wrong += 1 }
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
