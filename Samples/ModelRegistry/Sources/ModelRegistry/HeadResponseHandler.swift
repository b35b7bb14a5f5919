import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Keeps the end of a chunked body away from the response to HEAD, which has no body (RFC 9112 section 6.3).
///
/// SwiftNIO's encoder does not know the request. For a response without `Content-Length` it would write the last chunk,
/// and the client would take that for the beginning of the next response.
final class HeadResponseHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// For each request without a complete response, whether it is HEAD.
    private var requests = CircularBuffer<Bool>(initialCapacity: 4)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) { requests.append(head.method == .head) }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data), requests.popFirst() == true {
            promise?.succeed()
            return
        }
        context.write(data, promise: promise)
    }
}
