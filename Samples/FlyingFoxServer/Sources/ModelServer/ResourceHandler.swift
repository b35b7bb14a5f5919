public import FlyingFox
public import FlyingSocks
import Foundation
public import HTTPTypes
public import ResourceHTTP

/// Answers FlyingFox's requests with whole responses of `ResourceHTTP`, and errors with problems.
public struct ResourceHandler: HTTPHandler {
    /// Makes the response to a request and its body.
    public typealias Answer = @Sendable (HTTPTypes.HTTPRequest, [UInt8]) async throws -> ResourceResponse

    private let responder: ResourceResponder
    private let limits: RequestLimits
    private let logger: any Logging
    private let answer: Answer

    /// A handler.
    ///
    /// - Parameters:
    ///   - responder: What tells problems.
    ///   - limits: What a request may take.
    ///   - logger: Hears of every problem under the trace identifier that the client is told.
    ///   - answer: Makes the responses.
    public init(
        responder: ResourceResponder, limits: RequestLimits = RequestLimits(), logger: any Logging = .disabled,
        answer: @escaping Answer
    ) {
        self.responder = responder
        self.limits = limits
        self.logger = logger
        self.answer = answer
    }

    /// Reads the body, then answers.
    ///
    /// - Throws: `HTTPUnhandledError` for a method that is not a token; FlyingFox itself does so for methods it has not
    ///   heard of.
    public func handleRequest(_ request: FlyingFox.HTTPRequest) async throws -> FlyingFox.HTTPResponse {
        guard let head = HTTPTypes.HTTPRequest(request) else { throw HTTPUnhandledError() }
        let body: [UInt8]
        do {
            body = try await limits.body(of: request)
        } catch {
            // FlyingFox would take the rest of the body for the next request.
            let problem = error as? ProblemDetails ?? ProblemDetails(.badRequest, "the body is not well framed")
            return FlyingFox.HTTPResponse(response(to: head, telling: problem, error), isLast: true)
        }
        do {
            return FlyingFox.HTTPResponse(try await answer(head, body))
        } catch {
            let problem = error as? ProblemDetails ?? ProblemDetails(.internalServerError)
            return FlyingFox.HTTPResponse(response(to: head, telling: problem, error))
        }
    }

    private func response(
        to request: HTTPTypes.HTTPRequest, telling problem: ProblemDetails, _ error: any Error
    ) -> ResourceResponse {
        let response = responder.response(to: request, telling: problem)
        let line = "\(response.problem?.traceId ?? "") \(problem.status) \(problem.detail ?? "\(error)")"
        if problem.status.kind == .serverError { logger.logError(line) } else { logger.logInfo(line) }
        return response
    }
}

/// What a request may take: bytes of its body, and time until the body is there.
public struct RequestLimits: Sendable {
    /// How many bytes a body may have.
    public var bodySize: Int
    /// How long a client may take to send one.
    ///
    /// FlyingFox itself gives up after 15 seconds, and keeps the connection.
    public var patience: Duration

    /// The limits.
    public init(bodySize: Int = 1 << 20, patience: Duration = .seconds(10)) {
        self.bodySize = bodySize
        self.patience = patience
    }

    /// The whole body.
    ///
    /// - Throws: `ProblemDetails`: 413 or 408; other errors for a body that is not well framed.
    func body(of request: FlyingFox.HTTPRequest) async throws -> [UInt8] {
        let pieces = request.bodySequence
        if pieces.count == 0 { return [] }
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await collect(pieces) }
            group.addTask {
                try await Task.sleep(for: patience)
                throw ProblemDetails(.requestTimeout, "the body did not come within \(patience)")
            }
            defer { group.cancelAll() }
            guard let body = try await group.next() else { throw CancellationError() }
            return body
        }
    }

    /// Of a body that is too long, so much again is read and dropped: most clients read no answer before they have sent
    /// all.
    private func collect(_ pieces: HTTPBodySequence) async throws -> [UInt8] {
        var body: [UInt8] = []
        var count = 0
        for try await piece in pieces {
            count += piece.count
            if count <= bodySize { body += piece } else if count > 8 * bodySize { break }
        }
        guard count <= bodySize else { throw ResourceResponder.bodyTooLarge(limit: bodySize) }
        return body
    }
}
