import HTTPTypes
import Hummingbird
import ResourceHTTP

/// Lets only those to the routes below it who know the key.
///
/// Add it to a group of routes. The path of a request says too little: the router takes `//v2.0` for `/v2.0`.
struct APIKeyMiddleware: RouterMiddleware {
    typealias Context = RegistryContext

    /// The key, or nil to let everybody in.
    let key: String?

    func handle(
        _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
    ) async throws -> Response {
        guard let key, request.method != .options else {
            return try await next(request, context)
        }
        let given = HTTPField.Name("X-API-Key").flatMap { request.headers[$0] }
        guard let given, Self.isEqual(given, key) else {
            throw ProblemDetails(
                .unauthorized,
                given == nil ? "the request has no \"X-API-Key\"" : "the \"X-API-Key\" is not the one of this registry",
                headerFields: [.wwwAuthenticate: "ApiKey realm=\"registry\""])
        }
        return try await next(request, context)
    }

    /// Compares in a time that says nothing of where the difference is.
    private static func isEqual(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for index in one.indices { difference |= one[index] ^ other[index] }
        return difference == 0
    }
}
