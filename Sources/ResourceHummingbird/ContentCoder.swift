#if Hummingbird
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression
public import ResourceHTTP

// SwiftNIO's codings are channel handlers. Here each has a channel of its own, without a network, because the choice of
// the coding and what goes with it in the head are the responder's and not the connection's.

extension ContentCodings {
    /// Those that SwiftNIO has: gzip and deflate (the zlib format, as RFC 9110 section 8.4.1.2 has it).
    public static let standard = ContentCodings(["gzip", "deflate"])
}

/// Encodes whole bodies.
enum ContentCoder {
    static func algorithm(_ coding: String) -> NIOCompression.Algorithm {
        coding.utf8.elementsEqual("deflate".utf8) ? .deflate : .gzip
    }

    fileprivate static let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/")

    /// A body, encoded.
    static func encode(_ body: ByteBuffer, _ coding: String) throws -> ByteBuffer {
        let channel = EmbeddedChannel(handler: NIOHTTPRequestCompressor(encoding: algorithm(coding)))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.write(HTTPClientRequestPart.body(.byteBuffer(body)), promise: nil)
        channel.write(HTTPClientRequestPart.end(nil), promise: nil)
        channel.flush()
        var output = ByteBuffer()
        while let part = try channel.readOutbound(as: HTTPClientRequestPart.self) { output.append(part) }
        return output
    }

    /// A body, decoded.
    ///
    /// - Parameter limit: The largest number of bytes that it may have then.
    /// - Throws: 413 for more bytes, found out before many of them are made; 400 for what is not of the coding.
    static func decode(_ body: ByteBuffer, _ coding: String, limit: Int) throws -> ByteBuffer {
        let channel = EmbeddedChannel(handler: NIOHTTPRequestDecompressor(limit: .size(limit)))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        var head = head
        head.headers.add(name: "Content-Encoding", value: coding)
        do {
            try channel.writeInbound(HTTPServerRequestPart.head(head))
            try channel.writeInbound(HTTPServerRequestPart.body(body))
            try channel.writeInbound(HTTPServerRequestPart.end(nil))
        } catch NIOHTTPDecompression.DecompressionError.limit {
            throw ResourceResponder.bodyTooLarge(limit: limit)
        } catch {
            throw ProblemDetails(.badRequest, "found a body that is not whole and valid \(coding), expected one")
        }
        var output = ByteBuffer()
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            if case .body(var piece) = part { output.writeBuffer(&piece) }
        }
        return output
    }
}

/// Encodes a body piece by piece; each piece can be decoded as soon as it is there.
struct ContentStreamCoder {
    private let channel: NIOAsyncTestingChannel

    /// Begins a body; call `cancel` or `finish` at the end.
    static func begin(_ coding: String) async throws -> ContentStreamCoder {
        let channel = try await NIOAsyncTestingChannel { channel in
            try channel.pipeline.syncOperations.addHandler(
                NIOHTTPRequestCompressor(encoding: ContentCoder.algorithm(coding)))
        }
        let coder = ContentStreamCoder(channel: channel)
        try await channel.writeOutbound(HTTPClientRequestPart.head(ContentCoder.head))
        _ = try await coder.output()
        return coder
    }

    /// A piece, encoded.
    func encode(_ piece: ByteBuffer) async throws -> ByteBuffer {
        guard piece.readableBytes > 0 else { return piece }
        try await channel.writeOutbound(HTTPClientRequestPart.body(.byteBuffer(piece)))
        return try await output()
    }

    /// What stands at the end of the encoded body.
    func finish() async throws -> ByteBuffer {
        try await channel.writeOutbound(HTTPClientRequestPart.end(nil))
        let end = try await output()
        await cancel()
        return end
    }

    /// Frees what the coder holds.
    func cancel() async {
        _ = try? await channel.finish(acceptAlreadyClosed: true)
    }

    private func output() async throws -> ByteBuffer {
        var output = ByteBuffer()
        while let part = try await channel.readOutbound(as: HTTPClientRequestPart.self) { output.append(part) }
        return output
    }
}

extension ByteBuffer {
    /// Appends the bytes of a part, if it has any.
    fileprivate mutating func append(_ part: HTTPClientRequestPart) {
        guard case .body(.byteBuffer(var piece)) = part else { return }
        if readableBytes == 0 { self = piece } else { writeBuffer(&piece) }
    }
}
#endif
