import NIOCore

/// Closes a connection whose client takes nothing of what is sent to it.
///
/// Answers wait for their clients, so a client that stops reading would hold its answer, and what makes it, for ever.
final class StalledWriteHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = Any
    typealias OutboundOut = Any

    private let patience: TimeAmount
    private var waitingCount = 0
    private var timer: Scheduled<Void>?

    init(patience: TimeAmount) {
        self.patience = patience
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let promise = promise ?? context.eventLoop.makePromise()
        waitingCount += 1
        if timer == nil { startTimer(context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.progress(context)
        }
        context.write(data, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    /// A write is through: what else waits has the whole time again.
    private func progress(_ context: ChannelHandlerContext) {
        waitingCount -= 1
        timer?.cancel()
        timer = nil
        if waitingCount > 0, context.channel.isActive { startTimer(context) }
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: patience) { bound.value.close(promise: nil) }
    }
}
