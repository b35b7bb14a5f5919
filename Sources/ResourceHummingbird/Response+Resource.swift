#if Hummingbird
public import Hummingbird
import ResourceFormats
public import ResourceHTTP

extension ResourceResponse: ResponseGenerator {
    /// The response for Hummingbird; a stream waits for the client before it makes its next piece.
    public func response(from request: Request, context: some RequestContext) -> Response {
        response()
    }

    /// The response for Hummingbird.
    func response() -> Response {
        let body: Hummingbird.ResponseBody =
            switch self.body {
            case .none: ResponseBody()
            case .bytes(let content): ResponseBody(byteBuffer: ByteBuffer(content))
            case .stream(let document):
                ResponseBody { writer in
                    for try await piece in document { try await writer.write(ByteBuffer(bytes: piece)) }
                    try await writer.finish(nil)
                }
            }
        var response = Response(status: head.status, headers: head.headerFields, body: body)
        // Hummingbird would send `Content-Length: 0` for a 204, a 304 and the response to HEAD.
        response.headers[.contentLength] = head.headerFields[.contentLength]
        return response
    }
}

extension ByteBuffer {
    /// A copy of a body's bytes.
    init(_ content: ResourceContent) {
        self.init()
        reserveCapacity(content.count)
        content.withSpan { _ = self.writeBytes(RawSpan(_elements: $0)) }
    }
}
#endif
