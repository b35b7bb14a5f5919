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

/// What comes with the adapter for every route: HEAD, 405, CORS.
@Suite struct RouteTests {
    private func application() -> some ApplicationProtocol {
        let responder = ResourceResponder(schema: LargeLanguageModel.schema)
        let router = Router()
        router.add(middleware: CrossOriginMiddleware())
        router.add(middleware: ProblemMiddleware(responder))
        router.resource(
            "/text",
            [
                .get: { @Sendable _, _ in Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "a")))
                }
            ])
        router.resource(
            "/stream",
            [
                .get: { @Sendable _, _ in
                    Response(
                        status: .ok,
                        body: ResponseBody { writer in
                            try await writer.write(ByteBuffer(string: "a"))
                            try await writer.finish(nil)
                        })
                }
            ])
        router.resource("/item", [.delete: { @Sendable _, _ in ResourceResponse.empty(.noContent) }])
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Application(router: router, logger: logger)
    }

    @Test(arguments: [("/text", "1"), ("/stream", nil)])
    func answersHEADAsGETWithoutTheBody(uri: String, length: String?) async throws {
        try await application().test(.router) { client in
            try await client.execute(uri: uri, method: .head) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentLength] == length)
                #expect(response.body.readableBytes == 0)
            }
        }
    }

    @Test(arguments: [
        ("/text", HTTPRequest.Method.put, "GET, HEAD"), ("/item", .get, "DELETE"), ("/item", .head, "DELETE"),
        ("/item", .options, "DELETE"),
    ])
    func refusesOtherMethods(uri: String, method: HTTPRequest.Method, allowed: String) async throws {
        try await application().test(.router) { client in
            try await client.execute(uri: uri, method: method) { response in
                #expect(response.status == .methodNotAllowed)
                #expect(response.headers[.allow] == allowed)
                #expect(response.headers[.accessControlAllowOrigin] == "*")
                #expect(response.headers[.accessControlExposeHeaders]?.contains("ETag") == true)
            }
        }
    }

    @Test(arguments: [("/text", "GET, HEAD"), ("/item", "DELETE"), ("/nowhere", "PATCH")])
    func answersPreflights(uri: String, methods: String) async throws {
        let fields: HTTPFields = [.origin: "null", .accessControlRequestMethod: "PATCH"]
        try await application().test(.router) { client in
            try await client.execute(uri: uri, method: .options, headers: fields) { response in
                #expect(response.status == .noContent)
                #expect(response.headers[.accessControlAllowOrigin] == "*")
                #expect(response.headers[.accessControlAllowMethods] == methods)
                #expect(response.headers[.accessControlAllowHeaders]?.contains("x-cxone-authorization") == true)
                #expect(response.headers[.accessControlMaxAge] == "600")
            }
        }
    }
}
#endif
