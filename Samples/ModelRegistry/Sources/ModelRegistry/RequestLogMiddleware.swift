import Hummingbird
import Logging

/// One line for each answer: method, path, status and how long it took until its head was ready.
struct RequestLogMiddleware: RouterMiddleware {
    typealias Context = RegistryContext

    func handle(
        _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let microseconds = (ContinuousClock.now - start) / .microseconds(1)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(request.uri.path)",
                "status": "\(response.status.code)", "type": "\(response.headers[.contentType] ?? "-")",
                "µs": "\(Int(microseconds))",
            ])
        return response
    }
}
