#if Hummingbird
import HTTPTypes
public import Hummingbird
public import ResourceHTTP

/// Opens an API to pages of every origin: preflights are answered, and every response has the fields of a
/// `CrossOriginPolicy`.
///
/// Add it outside of `ProblemMiddleware`, so that problems have the fields too. Hummingbird's own middleware adds them
/// only where a request has `Origin`, which a cache that does not know of `Vary: Origin` then keeps for others, and it
/// exposes fields in preflights alone, where no browser looks for them.
public struct CrossOriginMiddleware<Context: RequestContext>: RouterMiddleware {
    private let policy: CrossOriginPolicy

    /// A middleware for a policy.
    public init(_ policy: CrossOriginPolicy = .standard) {
        self.policy = policy
    }

    /// Passes a response on with the policy's fields; a preflight is answered with the methods of the route.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard policy.isPreflight(request.head) else {
            var response = try await next(request, context)
            policy.addFields(to: &response.headers)
            return response
        }
        // The route knows its methods: `resource(_:_:)` says them in `Allow`.
        let allowed: String?
        do {
            allowed = try await next(request, context).headers[.allow]
        } catch let problem as ProblemDetails {
            allowed = problem.headerFields[.allow]
        } catch is HTTPError {
            allowed = nil
        }
        let methods = (allowed ?? "").utf8.split(separator: UInt8(ascii: ",")).compactMap { part in
            HTTPRequest.Method(String(decoding: part.filter { $0 != 0x20 }, as: UTF8.self))
        }
        return policy.preflight(for: request.head, methods: methods).response()
    }
}
#endif
