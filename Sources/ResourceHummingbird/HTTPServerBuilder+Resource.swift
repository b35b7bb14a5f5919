#if Hummingbird
import HTTPTypes
public import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

extension HTTPServerBuilder {
    /// An HTTP/1 server that tells problems of a request's head as `RequestHeadRules` have it, answers
    /// `Expect: 100-continue` when a route begins to read the body, and sends HTTP/1.0 no chunks.
    ///
    ///     Application(router: router, server: .http1(rules: RequestHeadRules(responder)))
    ///
    /// - Parameters:
    ///   - rules: What a request's head has to be.
    ///   - configuration: Hummingbird's own settings.
    public static func http1(
        rules: RequestHeadRules, configuration: HTTP1Channel.Configuration = .init()
    ) -> HTTPServerBuilder {
        var configuration = configuration
        let others = configuration.additionalChannelHandlers
        configuration.additionalChannelHandlers = { [RequestHeadInstaller(rules)] + others() }
        return HTTPServerBuilder { [configuration] responder in
            HTTP1Channel(
                responder: { request, writer, channel in
                    var request = request
                    if request.headers.contains(.expect) {
                        request.body = RequestBody(asyncSequence: ExpectedBody(body: request.body, channel: channel))
                    }
                    try await responder(request, writer, channel)
                }, configuration: configuration)
        }
    }
}

/// Puts the handlers where Hummingbird's configuration does not reach: before the codec, and before the parser.
private final class RequestHeadInstaller: ChannelInboundHandler, RemovableChannelHandler {
    // A pipeline takes no handler that handles nothing; what comes in goes on.
    typealias InboundIn = Any

    private let rules: RequestHeadRules

    init(_ rules: RequestHeadRules) {
        self.rules = rules
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        let bytes = RequestBytesHandler()
        do {
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(bytes, position: .before(parser))
            try pipeline.addHandler(RequestHeadHandler(rules, bytes: bytes), position: .before(codec))
        } catch {
            // It is in a pipeline of another kind, which would not be as the rules promise.
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }
}

/// The body of a client that waits for a 100: it is asked for when it is read.
private struct ExpectedBody: AsyncSequence, Sendable {
    let body: RequestBody
    let channel: any Channel

    func makeAsyncIterator() -> Iterator {
        Iterator(body: body.makeAsyncIterator(), channel: channel)
    }

    struct Iterator: AsyncIteratorProtocol {
        var body: RequestBody.AsyncIterator
        var channel: (any Channel)?

        mutating func next() async throws -> ByteBuffer? {
            if let channel {
                self.channel = nil
                try await channel.triggerUserOutboundEvent(RequestHeadHandler.Continue())
            }
            return try await body.next()
        }
    }
}
#endif
