#if Hummingbird
import NIOCore

/// Remembers how the head at hand began, which the parser's errors do not say, and keeps bytes from the parser that
/// belong to no request that will be answered.
final class RequestBytesHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// What is known of a head's beginning.
    struct Start {
        /// Its first bytes, a few.
        fileprivate(set) var bytes: [UInt8] = []
        /// The number of bytes of its first line, as far as they are there.
        fileprivate(set) var lineCount = 0
        fileprivate var hasLine = false

        /// Whether its first line names another version than HTTP/1; the parser's error for one is also that for none, and
        /// for a line without CR.
        var hasOtherVersion: Bool {
            let name = Array("HTTP/".utf8)
            return bytes.indices.contains {
                let rest = bytes[$0...]
                return rest.starts(with: name) && rest.dropFirst(name.count).first != UInt8(ascii: "1")
            }
        }

        /// The method, if it begins with a name that may be one.
        var method: String? {
            let name = bytes.prefix { $0 != 0x20 && $0 != 0x0D && $0 != 0x0A }
            let isName = name.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"),
                    UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: false
                }
            }
            guard isName, !name.isEmpty, name.count < Self.count else { return nil }
            return String(decoding: name, as: UTF8.self)
        }

        fileprivate static let count = 64
    }

    /// The beginning of the head at hand.
    private(set) var start = Start()
    /// Whether bytes are dropped.
    var isDeaf = false
    private var isInHead = true

    /// The next bytes are those of a head.
    func headBegins() {
        isInHead = true
        start = Start()
    }

    /// The next bytes are those of a body.
    func headEnds() {
        isInHead = false
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        if isInHead {
            let view = unwrapInboundIn(data).readableBytesView
            if start.bytes.count < Start.count { start.bytes += view.prefix(Start.count - start.bytes.count) }
            if !start.hasLine {
                let end = view.firstIndex(of: 0x0A)
                start.hasLine = end != nil
                start.lineCount += (end ?? view.endIndex) - view.startIndex
            }
        }
        context.fireChannelRead(data)
    }
}
#endif
