#if Hummingbird
import HTTPTypes
public import Hummingbird
import NIOCore
public import ResourceHTTP

/// Encodes responses by `Accept-Encoding`, and decodes request bodies.
///
/// Add it outside of `ProblemMiddleware`, so that every response has `Vary: Accept-Encoding`. Bodies of streams are
/// encoded while they are sent.
public struct ContentCodingMiddleware<Context: RequestContext>: RouterMiddleware {
    private let responder: ResourceResponder
    private let codings: ContentCodings
    private let bodyLimit: Int

    /// A middleware for the codings of SwiftNIO.
    ///
    /// - Parameters:
    ///   - responder: The responder, which reports a 406.
    ///   - codings: The codings; none but gzip and deflate.
    ///   - bodyLimit: The largest number of bytes of a request body, encoded and decoded.
    public init(_ responder: ResourceResponder, codings: ContentCodings = .standard, bodyLimit: Int = 1 << 20) {
        self.responder = responder
        self.codings = codings
        self.bodyLimit = bodyLimit
    }

    /// Passes a request on with plain tags and a plain body, and encodes the response.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let exchange = codings.exchange(for: request.head) else {
            var problem = responder.response(to: request.head, telling: codings.notAcceptable(request.head))
            problem.head.headerFields.addVary("Accept-Encoding")
            return problem.response()
        }
        var response = try await next(plain(request, exchange.request), context)
        if response.status == .unsupportedMediaType, response.headers.contains(.acceptEncoding) {
            response.headers[.acceptEncoding] = codings.names.joined(separator: ", ")
        }
        let declared = response.headers[.contentLength].flatMap { Int($0) }
        let length = request.method == .head ? declared : response.body.contentLength
        var head = HTTPResponse(status: response.status, headerFields: response.headers)
        let coding = exchange.finish(&head, length: length)
        if head.status != response.status {
            response.status = head.status
            response.body = ResponseBody()
        }
        response.headers = head.headerFields
        if let coding, request.method != .head { try await encode(&response, coding) }
        return response
    }

    // MARK: Requests

    /// The request as those see it who know nothing of codings.
    private func plain(_ request: Request, _ head: HTTPRequest) -> Request {
        guard let coding = codings.codingOfBody(of: head) else {
            return Request(head: head, body: request.body)
        }
        var head = head
        head.headerFields[.contentEncoding] = nil
        // The length of the encoded body says nothing about the other; the body itself is bounded.
        if head.headerFields.contains(.contentLength) {
            head.headerFields[.contentLength] = nil
            head.headerFields[.transferEncoding] = "chunked"
        }
        var plain = Request(head: head, body: request.body)
        plain.body = RequestBody(
            asyncSequence: DecodedBody(body: request.body, coding: coding, limit: bodyLimit))
        return plain
    }

    // MARK: Responses

    private func encode(_ response: inout Response, _ coding: String) async throws {
        let body = response.body
        guard body.contentLength != nil else {
            response.body = ResponseBody { writer in
                let coder = try await ContentStreamCoder.begin(coding)
                do {
                    let sink = EncodingWriter(writer: writer, coder: coder)
                    try await body.write(sink)
                } catch {
                    await coder.cancel()
                    throw error
                }
            }
            return
        }
        let collector = BodyCollector()
        try await body.write(collector)
        let encoded = try ContentCoder.encode(collector.bytes, coding)
        response.body = ResponseBody(byteBuffer: encoded)
        response.headers[.contentLength] = String(encoded.readableBytes)
    }
}

/// A request body that is read and decoded when it is asked for; it gives all of it as one piece.
private struct DecodedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let body: RequestBody
    let coding: String
    let limit: Int

    func makeAsyncIterator() -> Iterator {
        Iterator(source: self)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let source: DecodedBody
        private var isAtEnd = false

        fileprivate init(source: DecodedBody) {
            self.source = source
        }

        mutating func next() async throws -> ByteBuffer? {
            guard !isAtEnd else { return nil }
            isAtEnd = true
            let encoded: ByteBuffer
            do {
                encoded = try await source.body.collect(upTo: source.limit)
            } catch is NIOTooManyBytesError {
                throw ResourceResponder.bodyTooLarge(limit: source.limit)
            }
            return try ContentCoder.decode(encoded, source.coding, limit: source.limit)
        }
    }
}

/// Keeps what is written.
private final class BodyCollector: ResponseBodyWriter {
    private(set) var bytes = ByteBuffer()

    func write(_ buffer: ByteBuffer) async throws {
        var buffer = buffer
        if bytes.readableBytes == 0 { bytes = buffer } else { bytes.writeBuffer(&buffer) }
    }

    func finish(_: HTTPFields?) async throws {}
}

/// Passes on what is written, encoded.
private struct EncodingWriter: ResponseBodyWriter {
    var writer: any ResponseBodyWriter
    let coder: ContentStreamCoder

    mutating func write(_ buffer: ByteBuffer) async throws {
        let encoded = try await coder.encode(buffer)
        if encoded.readableBytes > 0 { try await writer.write(encoded) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        let end = try await coder.finish()
        if end.readableBytes > 0 { try await writer.write(end) }
        try await writer.finish(trailingHeaders)
    }
}
#endif
