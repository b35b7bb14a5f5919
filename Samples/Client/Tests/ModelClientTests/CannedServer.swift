import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Answers each request with the next of some texts, byte for byte, and closes the connection, unless the text ends with
/// `stillThere`.
///
/// For what no proper server says. Behind the last text it says nothing and keeps the connection.
final class CannedServer: Sendable {
    /// Behind a text: the connection stays open.
    static let stillThere = "\u{0}"

    /// The first page's URL.
    let url: URL
    private let log: Log

    /// The first lines of the requests so far.
    var requests: [String] { log.state.withLock { $0.requests } }

    private init(url: URL, log: Log) {
        self.url = url
        self.log = log
    }

    /// Runs `test` against a server.
    static func run(_ answers: String..., test: (CannedServer) async throws -> Void) async throws {
        try await run(answers, test: test)
    }

    /// Runs `test` against a server.
    static func run(_ answers: [String], test: (CannedServer) async throws -> Void) async throws {
        let log = Log(answers)
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(log))
                }
            }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let address = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/models?limit=2"
        guard let url = URL(string: address) else { throw URLError(.badURL) }
        do {
            try await test(CannedServer(url: url, log: log))
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    /// A response with its length.
    static func response(
        _ contentType: String, _ body: String, status: String = "200 OK", fields: String = ""
    ) -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: \(contentType)\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\(fields)\r\n\(body)"
    }

    private final class Log: Sendable {
        let state: Mutex<(answers: ArraySlice<String>, requests: [String])>

        init(_ answers: [String]) {
            state = Mutex((answers[...], []))
        }

        func answer(to request: String) -> String? {
            state.withLock {
                $0.requests.append(String(request.prefix { $0 != "\r\n" }))
                return $0.answers.popFirst()
            }
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let log: Log
        private var request = ""

        init(_ log: Log) {
            self.log = log
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            request += String(buffer: unwrapInboundIn(data))
            guard request.hasSuffix("\r\n\r\n"), let answer = log.answer(to: request) else { return }
            let channel = context.channel
            guard !answer.hasSuffix(CannedServer.stillThere) else {
                return channel.writeAndFlush(ByteBuffer(string: String(answer.dropLast())), promise: nil)
            }
            channel.writeAndFlush(ByteBuffer(string: answer)).whenComplete { _ in channel.close(promise: nil) }
        }
    }
}
