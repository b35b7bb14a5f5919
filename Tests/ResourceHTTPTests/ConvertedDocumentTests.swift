import ContentNegotiation
import HTTPTypes
import ResourceFormats
import ResourceFormatsTesting
import ResourceHTTP
import Testing

@Suite struct ConvertedDocumentTests {
    /// Pieces of a text, each of `size` bytes.
    private func source(_ text: [UInt8], size: Int, format: Format = .json) -> DocumentSource {
        DocumentSource(format) {
            AsyncStream<[UInt8]> { continuation in
                for start in stride(from: 0, to: text.count, by: size) {
                    continuation.yield(Array(text[start..<min(start + size, text.count)]))
                }
                continuation.finish()
            }
        }
    }

    private func collect(_ response: ResourceResponse) async throws -> (bytes: [UInt8], pieces: Int) {
        guard case .stream(let document) = response.body else { return ([], -1) }
        var bytes: [UInt8] = []
        var pieces = 0
        for try await piece in document {
            bytes += piece
            pieces += 1
        }
        return (bytes, pieces)
    }

    @Test(arguments: Representation.standard, [7, 4096, 1 << 20])
    func streamsWhatWouldBeSentWhole(_ representation: Representation, size: Int) async throws {
        let records = try Fixture.records(size == 7 ? 3 : 300, seed: 5)
        let page = PageInfo(total: 1000, nextCursor: "n")
        let request = Fixture.request(
            .get, "/v2.0/largelanguagemodels?limit=2&next=o", accept: representation.mediaType.description)
        let whole = try Fixture.responder.response(to: request, with: records, page: page)
        let json = try Format.json.encode(records, page: page, schema: Fixture.schema)
        let response = try await Fixture.responder.response(
            to: request, streaming: source(json, size: size), page: page, version: "3")
        let (bytes, pieces) = try await collect(response)
        #expect(String(decoding: bytes, as: UTF8.self) == whole.text)
        #expect(response["Content-Type"] == representation.contentType)
        #expect(response["Content-Length"] == nil)
        #expect(response["Link"] == whole["Link"])
        #expect(response["X-Total-Count"] == whole["X-Total-Count"])
        #expect(response["ETag"]?.hasPrefix("\"3-") == true)
        if size > 7 { #expect(pieces > 2) }
    }

    @Test func answersHEADAnd304WithoutReading() async throws {
        let broken = source(Array("nonsense".utf8), size: 3)
        let head = try await Fixture.responder.response(to: Fixture.request(.head), streaming: broken, version: "1")
        #expect(head.head.status == .ok)
        #expect(head.body.count == 0)
        let tag = try #require(head["ETag"])
        let unchanged = try await Fixture.responder.response(
            to: Fixture.request(fields: [.ifNoneMatch: tag]), streaming: broken, version: "1")
        #expect(unchanged.head.status == .notModified)
    }

    @Test(arguments: ["application/json", "text/csv"])
    func tellsWhatIsWrongBeforeTheFirstPiece(accept: String) async throws {
        let broken = source(Array("[{\"name\":\"a\"},{]".utf8), size: 3)
        await #expect {
            try await Fixture.responder.response(to: Fixture.request(accept: accept), streaming: broken)
        } throws: { error in
            let problem = error as? ProblemDetails
            return problem?.status == .internalServerError
                && problem?.details.contains(.init("path", "$[1]")) == true
        }
    }

    @Test func throwsInTheMiddle() async throws {
        let records = try Fixture.records(300, seed: 8)
        var json = try Format.json.encode(records, schema: Fixture.schema)
        json.removeLast(20)
        let response = try await Fixture.responder.response(to: Fixture.request(), streaming: source(json, size: 4096))
        #expect(response["ETag"] == nil)
        await #expect(throws: SerializationError.self) { _ = try await collect(response) }
    }

    private struct Interruption: Error {}

    @Test func passesTheSourcesErrorsOn() async throws {
        let source = DocumentSource(.json) {
            AsyncThrowingStream<[UInt8], any Error> { $0.finish(throwing: Interruption()) }
        }
        await #expect(throws: Interruption.self) {
            try await Fixture.responder.response(to: Fixture.request(), streaming: source)
        }
    }
}
