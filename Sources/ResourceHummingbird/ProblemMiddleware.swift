#if Hummingbird
import HTTPTypes
public import Hummingbird
import Logging
import NIOCore
import ResourceFormats
public import ResourceHTTP

/// Turns every error into problem details in the client's format, and logs it under the trace identifier that the
/// response carries.
///
/// Add it outside of everything that may throw.
public struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    private let responder: ResourceResponder

    /// A middleware for the responses of a resource.
    public init(_ responder: ResourceResponder) {
        self.responder = responder
    }

    /// Passes a response on, or makes one for an error.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            let response = responder.response(to: request.head, telling: ProblemDetails(describing: error))
            if let problem = response.problem {
                var metadata: Logger.Metadata = [
                    "status": "\(problem.status.code)", "detail": "\(problem.detail ?? "")", "error": "\(error)",
                ]
                if let traceId = problem.traceId { metadata["traceId"] = "\(traceId)" }
                context.logger.log(
                    level: problem.status.kind == .serverError ? .error : .info, "problem", metadata: metadata)
            }
            return response.response()
        }
    }
}

extension ProblemDetails {
    /// The problem that a client sees for an error; an error that only the server can understand becomes a 500 without
    /// details.
    public init(describing error: any Error) {
        switch error {
        case let problem as ProblemDetails: self = problem
        case let error as SerializationError: self.init(error)
        case is NIOTooManyBytesError: self.init(.contentTooLarge)
        case let error as HTTPError: self.init(error.status, error.body, headerFields: error.headers)
        case let error as any HTTPResponseError: self.init(error.status)
        default: self.init(.internalServerError)
        }
    }
}
#endif
