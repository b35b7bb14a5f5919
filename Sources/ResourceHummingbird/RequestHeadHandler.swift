#if Hummingbird
import HTTPTypes
import NIOCore
import NIOHTTP1
import ResourceHTTP

/// Refuses heads that are not as `RequestHeadRules` want them, and speaks HTTP/1.0 and `Expect: 100-continue`.
///
/// It stands between SwiftNIO's decoder and the codec that makes HTTPTypes of its parts, because the latter knows neither
/// the version nor a missing `Host`. A refusal waits for the answers to earlier requests of the connection, and ends it.
final class RequestHeadHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Asks for a 100: a route begins to read the body.
    struct Continue: Sendable {}

    /// How long the end of a connection waits for a client to read what was sent, and to close its side.
    private static let linger = TimeAmount.seconds(2)

    private let rules: RequestHeadRules
    private let bytes: RequestBytesHandler
    /// Whether a request's head was passed on, and its end was not.
    private var isInRequest = false
    /// How many requests have been passed on that are not answered to their end.
    private var answersDue = 0
    /// Whether the newest request is of HTTP/1.0.
    private var isOld = false
    /// Whether the client of the newest request waits for a 100.
    private var isExpecting = false
    /// Whether the connection ends after the answers that are due.
    private var isLast = false
    /// What is told when no answer is due any more.
    private var refusal: (problem: ProblemDetails, head: HTTPRequestHead?)?
    private var timer: Scheduled<Void>?

    init(_ rules: RequestHeadRules, bytes: RequestBytesHandler) {
        self.rules = rules
        self.bytes = bytes
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !bytes.isDeaf else { return }
        switch unwrapInboundIn(data) {
        case .head(var head):
            bytes.headEnds()
            if let problem = rules.problem(with: head) { return refuse(problem, head, context) }
            isInRequest = true
            answersDue += 1
            isExpecting = head.expectsContinue
            isOld = head.isOld
            guard isOld else { break }
            // Such a client is told nothing of the body's end but the end of the connection.
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            head.headers.remove(name: "Expect")
            return context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body:
            isExpecting = false
        case .end:
            isInRequest = false
            isExpecting = false
            bytes.headBegins()
            if isOld { bytes.isDeaf = true }
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let parserError = error as? HTTPParserError, !isInRequest else { return context.fireErrorCaught(error) }
        guard !bytes.isDeaf else { return }
        refuse(rules.problem(with: parserError, after: bytes.start), nil, context)
    }

    private func refuse(_ problem: ProblemDetails, _ head: HTTPRequestHead?, _ context: ChannelHandlerContext) {
        bytes.isDeaf = true
        refusal = (problem, head)
        if answersDue == 0 { tell(context) }
    }

    /// Tells the refusal and ends the connection.
    private func tell(_ context: ChannelHandlerContext) {
        guard let (problem, head) = refusal else { return }
        refusal = nil
        let response = rules.response(telling: problem, to: head)
        let status = response.head.status
        let fields = response.head.headerFields.map { ($0.name.rawName, $0.value) }
        let answer = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status.code, reasonPhrase: status.reasonPhrase),
            headers: HTTPHeaders(fields))
        context.write(wrapOutboundOut(.head(answer)), promise: nil)
        if case .bytes(let content) = response.body {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(content)))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        end(context)
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200 && answersDue == 1 && (isOld || isExpecting):
            // A body that was not asked for may come or not, and what comes next could not be told from it.
            isLast = true
            if isOld { head.version = .http1_0 }
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            answersDue -= 1
            context.write(data, promise: promise)
            guard answersDue == 0 else { return }
            if refusal != nil {
                tell(context)
            } else if isLast {
                context.flush()
                end(context)
            }
        default: context.write(data, promise: promise)
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Continue else { return context.triggerUserOutboundEvent(event, promise: promise) }
        if isExpecting, answersDue == 1 {
            isExpecting = false
            context.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
        }
        promise?.succeed()
    }

    // MARK: The end

    /// Ends the connection from this side, and drops what still comes: a connection that is closed with bytes unread
    /// takes back what its client has not read yet.
    private func end(_ context: ChannelHandlerContext) {
        bytes.isDeaf = true
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: Self.linger) { bound.value.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        if timer != nil, let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopTimer()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopTimer()
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }
}
#endif
