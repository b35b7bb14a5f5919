#if Hummingbird
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LLMResources
import Logging
import NIOCore
import ResourceFormats
import ResourceHTTP
import ResourceHummingbird
import Testing

@Suite struct ContentCodingTests {
    private static let responder = ResourceResponder(schema: LargeLanguageModel.schema)
    private static let json = #"{"name":"a","modelType":"gpt-4o","provider":"openAI","connectionId":"c"}"#

    /// A server that counts what it decodes, and sends a short and a long list.
    private func application() throws -> some ApplicationProtocol {
        let responder = Self.responder
        let record = try StoredRecord(json: Array(Self.json.utf8).span, schema: responder.schema)
        let router = Router()
        router.add(middleware: ContentCodingMiddleware(responder, bodyLimit: 4096))
        router.add(middleware: ProblemMiddleware(responder))
        router.get("/list") { request, _ in
            try responder.response(to: request.head, with: Array(repeating: record, count: 100), version: "1")
        }
        router.get("/item") { request, _ in
            try responder.response(to: request.head, with: record, version: "1")
        }
        router.get("/stream") { request, _ in
            let source = DocumentSource(.json) {
                AsyncStream<[UInt8]> { continuation in
                    continuation.yield([0x5B])
                    for index in 0..<1000 { continuation.yield((index > 0 ? [0x2C] : []) + record.json) }
                    continuation.yield([0x5D])
                    continuation.finish()
                }
            }
            return try await responder.response(to: request.head, streaming: source, version: "1")
        }
        router.post("/record") { request, _ in
            let record = try await request.record(with: responder, limit: 4096)
            return try responder.response(to: request.head, with: record, status: .created)
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Application(router: router, logger: logger)
    }

    @Test(arguments: ["gzip", "deflate"]) func encodesWhatTheSameServerDecodes(coding: String) async throws {
        try await application().test(.live) { client in
            let plain = try await client.execute(uri: "/list", method: .get) { $0 }
            let coded = try await client.execute(
                uri: "/list", method: .get, headers: [.acceptEncoding: coding]
            ) { $0 }
            #expect(coded.headers[.contentEncoding] == coding)
            #expect(coded.headers[.eTag] == "\"1-application.json-\(coding)\"")
            #expect(coded.body.readableBytes * 4 < plain.body.readableBytes)
            #expect(coded.headers[.contentLength] == String(coded.body.readableBytes))
            let streamed = try await client.execute(
                uri: "/stream", method: .get, headers: [.acceptEncoding: coding]
            ) { $0 }
            #expect(streamed.headers[.contentEncoding] == coding)
            // What is decoded is more than the limit; the server says so, and nothing else is wrong with it.
            let refused = try await client.execute(
                uri: "/record", method: .post,
                headers: [.contentEncoding: coding, .contentType: "application/json"], body: coded.body
            ) { $0 }
            #expect(refused.status == .contentTooLarge)
        }
    }

    @Test func leavesSmallBodiesAlone() async throws {
        try await application().test(.live) { client in
            let item = try await client.execute(uri: "/item", method: .get, headers: [.acceptEncoding: "gzip"]) { $0 }
            #expect(item.headers[.contentEncoding] == nil)
            #expect(item.headers[.vary] == "Accept, Accept-Encoding")
            #expect(item.headers[.eTag] == "\"1-application.json\"")
        }
    }

    @Test func knowsTheTagsOfCodings() async throws {
        try await application().test(.live) { client in
            for (acceptEncoding, tag, status) in [
                ("gzip", "\"1-application.json-gzip\"", HTTPResponse.Status.notModified),
                ("deflate", "\"1-application.json-gzip\"", .ok), ("gzip", "*", .notModified),
            ] {
                let headers: HTTPFields = [.acceptEncoding: acceptEncoding, .ifNoneMatch: tag]
                let response = try await client.execute(uri: "/list", method: .get, headers: headers) { $0 }
                #expect(response.status == status)
                if status == .notModified {
                    #expect(response.headers[.eTag] == "\"1-application.json-gzip\"")
                    #expect(response.body.readableBytes == 0)
                }
            }
        }
    }

    @Test func refuses() async throws {
        try await application().test(.live) { client in
            let nothing = try await client.execute(
                uri: "/item", method: .get, headers: [.acceptEncoding: "identity;q=0"]
            ) { $0 }
            #expect(nothing.status == .notAcceptable)
            for (coding, status) in [("gzip", HTTPResponse.Status.badRequest), ("br", .unsupportedMediaType)] {
                let response = try await client.execute(
                    uri: "/record", method: .post,
                    headers: [.contentEncoding: coding, .contentType: "application/json"],
                    body: ByteBuffer(string: Self.json)
                ) { $0 }
                #expect(response.status == status)
                if status == .unsupportedMediaType { #expect(response.headers[.acceptEncoding] == "gzip, deflate") }
            }
        }
    }
}
#endif
