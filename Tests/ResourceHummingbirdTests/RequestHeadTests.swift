#if Hummingbird
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LLMResources
import Logging
import NIOCore
import NIOPosix
import ResourceFormats
import ResourceHTTP
import ResourceHummingbird
import Testing

/// Heads that no route sees, and what HTTP/1 has besides routes.
@Suite struct RequestHeadTests {
    private static let good = "GET /text HTTP/1.1\r\nHost: a\r\n\r\n"

    private func application() -> some ApplicationProtocol {
        let responder = ResourceResponder(schema: LargeLanguageModel.schema)
        let router = Router()
        router.get("/text") { _, _ in "text" }
        router.post("/text") { request, _ in
            let body = try await request.body.collect(upTo: 10)
            return String(buffer: body)
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Application(
            router: router, server: .http1(rules: RequestHeadRules(responder, targetLimit: 8000)),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)), logger: logger)
    }

    /// Sends pieces one after another, and gives what came until the server closed.
    private static func exchange(_ pieces: [String], port: Int) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
            var received = ""
            for try await buffer in inbound { received += String(buffer: buffer) }
            return received
        }
    }

    @Test(arguments: [
        ("GET /text HTTP/1.1\r\n\r\n", "400"), ("GET /text HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
        ("GET /\(String(repeating: "a", count: 8000)) HTTP/1.1\r\nHost: a\r\n\r\n", "414"),
        ("GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: a\r\n\r\n", "414"),
        ("GET /text HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n", "431"),
        ("BREW /text HTTP/1.1\r\nHost: a\r\n\r\n", "501"), ("LOCK /text HTTP/1.1\r\nHost: a\r\n\r\n", "501"),
        ("GET /text HTTP/2.7\r\nHost: a\r\n\r\n", "505"), ("GET /text\r\n\r\n", "400"),
        ("POST /text HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n", "417"),
    ])
    func refuses(head: String, status: String) async throws {
        try await application().test(.live) { client in
            let port = try #require(client.port)
            let received = try await Self.exchange([head], port: port)
            #expect(received.hasPrefix("HTTP/1.1 \(status) "))
            #expect(received.contains("application/problem+json"))
            #expect(received.contains("\"status\":\(status)"))
            // The answers to earlier requests come first.
            let after = try await Self.exchange([Self.good, head], port: port)
            #expect(after.hasPrefix("HTTP/1.1 200 OK"))
            #expect(after.contains("application/problem+json"))
        }
    }

    @Test func sendsOldClientsNoChunks() async throws {
        try await application().test(.live) { client in
            let port = try #require(client.port)
            let received = try await Self.exchange(["GET /text HTTP/1.0\r\n\r\n"], port: port)
            #expect(received.hasPrefix("HTTP/1.0 200 OK"))
            #expect(received.lowercased().contains("connection: close"))
            #expect(received.hasSuffix("\r\n\r\ntext"))
        }
    }

    @Test func asksForABodyThatItReads() async throws {
        let head =
            "POST /text HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        try await application().test(.live) { client in
            let port = try #require(client.port)
            let unread = try await Self.exchange([head.replacing("POST /text", with: "POST /nowhere")], port: port)
            #expect(unread.hasPrefix("HTTP/1.1 404 "))
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: head))
                var iterator = inbound.makeAsyncIterator()
                let first = try await iterator.next()
                #expect(first.map { String(buffer: $0) } == "HTTP/1.1 100 Continue\r\n\r\n")
                try await outbound.write(ByteBuffer(string: "ab"))
                var rest = ""
                while let buffer = try await iterator.next() { rest += String(buffer: buffer) }
                #expect(rest.hasPrefix("HTTP/1.1 200 OK"))
                #expect(rest.hasSuffix("\r\n\r\nab"))
            }
        }
    }
}
#endif
