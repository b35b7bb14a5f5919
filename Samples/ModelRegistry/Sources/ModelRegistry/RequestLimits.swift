import ContentNegotiation
import HTTPTypes
import Hummingbird
import NIOCore
import ResourceFormats
import ResourceHTTP
import ResourceHummingbird

/// What requests may take: bytes of a body, time until it is there, places among the long lists.
struct RequestLimits: Sendable {
    /// How many bytes a body may have.
    var bodySize = 1 << 20
    /// How long a client may take to send a body, or to take a piece of an answer.
    var patience = Duration.seconds(30)
    /// How many lists may be sent piece by piece at once.
    var lists = 32

    /// Whether a request brings a body; a chunked one may be empty and is looked into, if it does not say its type.
    func hasBody(_ request: Request) async throws -> Bool {
        if request.headers.contains(.contentType) { return true }
        if let length = request.headers[.contentLength] { return length != "0" }
        guard request.headers.contains(.transferEncoding) else { return false }
        for try await buffer in request.body where buffer.readableBytes > 0 { return true }
        return false
    }

    /// The only record of a request's body.
    ///
    /// - Throws: `ProblemDetails`: 400, 413, 415 or 422; 408 for a client that takes too long.
    func body(
        of request: Request, with responder: ResourceResponder,
        or others: [ContentNegotiation.MediaType: Format] = [:], validator: RecordValidator? = nil
    ) async throws -> StoredRecord {
        try await inTime {
            try await request.record(with: responder, or: others, limit: bodySize, validator: validator)
        }
    }
}
