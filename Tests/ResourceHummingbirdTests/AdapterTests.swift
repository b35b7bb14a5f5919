#if Hummingbird
import ContentNegotiation
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

@Suite struct AdapterTests {
    private static let responder = ResourceResponder(schema: LargeLanguageModel.schema)
    private static let json = #"{"name":"a","modelType":"gpt-4o","provider":"openAI","connectionId":"c"}"#

    private struct Secret: Error {}

    /// A server with a route for each thing that the adapter does.
    private func application() throws -> some ApplicationProtocol {
        let responder = Self.responder
        let record = try StoredRecord(json: Array(Self.json.utf8).span, schema: responder.schema)
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware(responder))
        router.on("/item", method: .get) { request, _ in
            try responder.response(to: request.head, with: record, version: "1")
        }
        router.on("/item", method: .head) { request, _ in
            try responder.response(to: request.head, with: record, version: "1")
        }
        router.on("/item", method: .delete) { _, _ in ResourceResponse.empty(.noContent) }
        router.get("/many/:count") { request, context in
            let count = try context.parameters.require("count", as: Int.self)
            let source = DocumentSource(.json) { Self.pieces(of: record, count: count) }
            return try await responder.response(to: request.head, streaming: source)
        }
        router.get("/broken") { request, _ in
            let source = DocumentSource(.jsonLines) {
                AsyncStream<[UInt8]> { continuation in
                    for _ in 0..<10_000 { continuation.yield(record.json + [0x0A]) }
                    continuation.yield([0x7B, 0x5D])
                    continuation.finish()
                }
            }
            return try await responder.response(to: request.head, streaming: source)
        }
        router.post("/record") { request, _ in
            let record = try await request.record(with: responder, limit: 200)
            return try responder.response(to: request.head, with: record, status: .created)
        }
        router.post("/resource") { request, _ in
            let model: LargeLanguageModel = try await request.resource(with: responder, limit: 200)
            return try responder.response(to: request.head, with: model, status: .created)
        }
        router.get("/secret") { _, _ -> Response in throw Secret() }
        router.get("/teapot") { _, _ -> Response in
            throw HTTPError(.init(code: 418), headers: [.retryAfter: "9"], message: "short and stout")
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Application(router: router, logger: logger)
    }

    /// A list with the record `count` times, in pieces of a record.
    private static func pieces(of record: StoredRecord, count: Int) -> AsyncStream<[UInt8]> {
        AsyncStream { continuation in
            continuation.yield([0x5B])
            for index in 0..<count { continuation.yield((index > 0 ? [0x2C] : []) + record.json) }
            continuation.yield([0x5D])
            continuation.finish()
        }
    }

    private func text(_ response: TestResponse) -> String { String(buffer: response.body) }

    @Test func respondsInTheFormatAskedFor() async throws {
        try await application().test(.live) { client in
            try await client.execute(uri: "/item", method: .get) { response in
                #expect(text(response) == Self.json + "\n")
                #expect(response.headers[.contentType] == "application/json")
                #expect(response.headers[.contentLength] == String(Self.json.utf8.count + 1))
                #expect(response.headers[.vary] == "Accept")
            }
            try await client.execute(uri: "/item", method: .get, headers: [.accept: "text/csv"]) { response in
                #expect(
                    text(response) == "name,modelType,provider,connectionId\r\na,gpt-4o,openAI,c\r\n")
            }
        }
    }

    @Test func leavesLengthsAsTheyAreToBe() async throws {
        try await application().test(.live) { client in
            try await client.execute(uri: "/item", method: .head) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentLength] == String(Self.json.utf8.count + 1))
                #expect(response.body.readableBytes == 0)
            }
            let headers: HTTPFields = [.ifNoneMatch: "\"1-application.json\""]
            try await client.execute(uri: "/item", method: .get, headers: headers) { response in
                #expect(response.status == .notModified)
                #expect(response.headers[.contentLength] == nil)
                #expect(response.headers[.eTag] == "\"1-application.json\"")
            }
            try await client.execute(uri: "/item", method: .delete) { response in
                #expect(response.status == .noContent)
                #expect(response.headers[.contentLength] == nil)
            }
        }
    }

    @Test(arguments: ["application/json", "application/hal+json", "text/xml", "text/csv"])
    func streamsLongLists(accept: String) async throws {
        try await application().test(.live) { client in
            try await client.execute(uri: "/many/20000", method: .get, headers: [.accept: accept]) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentLength] == nil)
                let format = try #require(
                    Format.negotiated.first { $0.mediaType.description.hasPrefix(accept) })
                let models = try format.decode([LargeLanguageModel].self, from: Array(buffer: response.body).span)
                #expect(models.count == 20000)
            }
        }
    }

    @Test func breaksOffWhatCannotBeFinished() async throws {
        try await application().test(.live) { client in
            _ = await #expect(throws: (any Error).self) {
                try await client.execute(uri: "/broken", method: .get) { _ in }
            }
        }
    }

    @Test(arguments: ["/record", "/resource"])
    func readsBodies(uri: String) async throws {
        try await application().test(.live) { client in
            let xml =
                "<largeLanguageModel><name>a</name><modelType>gpt-4o</modelType><provider>openAI</provider>"
                + "<connectionId>c</connectionId></largeLanguageModel>"
            try await client.execute(
                uri: uri, method: .post, headers: [.contentType: "text/xml"], body: ByteBuffer(string: xml)
            ) { response in
                #expect(response.status == .created)
                #expect(text(response) == Self.json + "\n")
            }
            for (contentType, body, status) in [
                ("image/png", "x", 415), ("application/json", "{", 400), ("application/json", "[]", 422),
                ("application/json", String(repeating: " ", count: 201), 413),
            ] {
                try await client.execute(
                    uri: uri, method: .post, headers: [.contentType: contentType], body: ByteBuffer(string: body)
                ) { response in
                    #expect(response.status.code == status)
                    #expect(response.headers[.contentType] == "application/problem+json")
                    if status == 415 { #expect(response.headers[.accept]?.contains("application/json") == true) }
                }
            }
        }
    }

    @Test(arguments: [
        ("/item", "image/png", 406, "nothing on offer"), ("/nowhere", "*/*", 404, "\"status\":404"),
        ("/secret", "*/*", 500, "\"status\":500"), ("/teapot", "*/*", 418, "short and stout"),
        ("/many/x", "*/*", 400, "\"status\":400"),
    ])
    func tellsProblems(uri: String, accept: String, status: Int, part: String) async throws {
        try await application().test(.router) { client in
            try await client.execute(uri: uri, method: .get, headers: [.accept: accept]) { response in
                #expect(response.status.code == status)
                #expect(response.headers[.contentType] == "application/problem+json")
                #expect(response.headers[.vary] == "Accept")
                #expect(text(response).contains(part))
                #expect(!text(response).contains("Secret"))
                if status == 418 { #expect(response.headers[.retryAfter] == "9") }
            }
        }
    }
}
#endif
