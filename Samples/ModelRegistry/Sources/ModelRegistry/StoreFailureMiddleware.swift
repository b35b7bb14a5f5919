import HTTPTypes
import Hummingbird
import Logging
import RegistryStore
import ResourceHTTP

/// Tells a client when the database is what fails, and not the request: 507 if it is full, else 503.
struct StoreFailureMiddleware: RouterMiddleware {
    typealias Context = RegistryContext

    func handle(
        _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            guard let failure = StoreFailure(error) else { throw error }
            context.logger.error("store", metadata: ["error": "\(error)"])
            throw Self.problem(failure)
        }
    }

    private static func problem(_ failure: StoreFailure) -> ProblemDetails {
        switch failure {
        case .full:
            ProblemDetails(
                .insufficientStorage, "the registry's disk is full; nothing was written",
                details: [.init("store", "full")], headerFields: [.retryAfter: "60"])
        case .readOnly:
            ProblemDetails(
                .serviceUnavailable, "the registry's database is read-only; nothing was written",
                details: [.init("store", "readOnly")], headerFields: [.retryAfter: "60"])
        case .unreachable:
            ProblemDetails(
                .serviceUnavailable, "the registry's database cannot be read or written",
                details: [.init("store", "unreachable")], headerFields: [.retryAfter: "60"])
        case .busy:
            ProblemDetails(
                .serviceUnavailable, "the registry's database is in use by somebody else",
                details: [.init("store", "busy")], headerFields: [.retryAfter: "1"])
        }
    }
}

extension HTTPResponse.Status {
    /// RFC 4918 section 11.5.
    fileprivate static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}
