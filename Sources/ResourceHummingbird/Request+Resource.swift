#if Hummingbird
public import ContentNegotiation
public import Hummingbird
public import NIOCore
import NIOHTTP1
public import ResourceFormats
public import ResourceHTTP

extension ByteBuffer: ByteChunk {
    /// A copy of the readable bytes.
    public var byteArray: [UInt8] { Array(buffer: self) }
}

extension Request {
    /// The only record of the body, read by its `Content-Type`.
    ///
    /// - Parameters:
    ///   - responder: The responder of the resource.
    ///   - others: Formats that are accepted besides the representations, each under its own media type.
    ///   - limit: The largest number of bytes in the body.
    ///   - validator: The validator that checks the record.
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
    /// - Parameters:
    ///   - type: The resource.
    ///   - responder: The responder of the resource.
    ///   - limit: The largest number of bytes in the body.
    ///   - validator: The validator that checks the record, as it does for `record(with:)`.
    /// - Throws: `ProblemDetails`: 400, 413, 415 or 422.
    public func resource<R: Resource>(
        _ type: R.Type = R.self, with responder: ResourceResponder, limit: Int = 1 << 20,
        validator: RecordValidator? = nil
    ) async throws -> R {
        _ = try responder.format(ofBodyOf: head)
        let body = try await bytes(with: responder, limit: limit)
        return try responder.resource(type, in: body.span, of: head, validator: validator)
    }

    /// The whole body; a body that is too long is refused by its `Content-Length`, or else when the limit is reached.
    private func bytes(with responder: ResourceResponder, limit: Int) async throws -> [UInt8] {
        try responder.checkBodyLength(of: head, limit: limit)
        do {
            return Array(buffer: try await body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw ResourceResponder.bodyTooLarge(limit: limit)
        } catch let error where error is HTTPParserError || error is IOError || error is ChannelError {
            // The client is gone, or it has closed its sending side and still reads. Neither is the server's fault.
            throw ProblemDetails(.badRequest, "the body cannot be read to its end")
        }
    }
}
#endif
