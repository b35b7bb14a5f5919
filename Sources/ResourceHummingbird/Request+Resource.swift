#if Hummingbird
public import ContentNegotiation
public import Hummingbird
import NIOCore
import NIOHTTP1
public import ResourceFormats
public import ResourceHTTP

extension Request {
    /// The only record of the body, read by its `Content-Type`.
    ///
    /// - Parameters:
    ///   - responder: The resource's responder.
    ///   - others: Formats besides those on offer, each under its own media type.
    ///   - limit: How many bytes the body may have.
    ///   - validator: What the record has to satisfy.
    /// - Throws: `ProblemDetails`: 400, 413, 415 or 422.
    public func record(
        with responder: ResourceResponder, or others: [ContentNegotiation.MediaType: Format] = [:],
        limit: Int = 1 << 20, validator: RecordValidator? = nil
    ) async throws -> StoredRecord {
        _ = try responder.format(ofBodyOf: head, or: others)
        let body = try await bytes(with: responder, limit: limit)
        return try responder.record(in: body.span, of: head, or: others, validator: validator)
    }

    /// The only resource of the body, read by its `Content-Type`.
    ///
    /// - Throws: `ProblemDetails`: 400, 413, 415 or 422.
    public func resource<R: Resource>(
        _ type: R.Type = R.self, with responder: ResourceResponder, limit: Int = 1 << 20
    ) async throws -> R {
        _ = try responder.format(ofBodyOf: head)
        let body = try await bytes(with: responder, limit: limit)
        return try responder.resource(type, in: body.span, of: head)
    }

    /// The whole body; what is too long is refused by what it says, before it is read, or else when it shows.
    private func bytes(with responder: ResourceResponder, limit: Int) async throws -> [UInt8] {
        try responder.checkBodyLength(of: head, limit: limit)
        do {
            return Array(buffer: try await body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw ResourceResponder.bodyTooLarge(limit: limit)
        } catch let error where error is HTTPParserError || error is IOError || error is ChannelError {
            // The client is gone, or it has shut its side down and still reads: either way it is not our error.
            throw ProblemDetails(.badRequest, "the body cannot be read to its end")
        }
    }
}
#endif
