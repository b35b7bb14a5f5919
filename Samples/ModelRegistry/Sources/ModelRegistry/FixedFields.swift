import HTTPTypes
import Hummingbird

/// Adds to every response what all of them have.
struct FixedFields: RouterMiddleware {
    typealias Context = RegistryContext

    func handle(
        _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // Browsers are not to guess another type than `Content-Type` says.
        response.headers[.xContentTypeOptions] = "nosniff"
        return response
    }
}
