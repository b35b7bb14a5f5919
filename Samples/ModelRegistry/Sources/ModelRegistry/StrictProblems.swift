import HTTPTypes
import Hummingbird
import ResourceHTTP
import ResourceHummingbird

/// Turns every problem into one that the API's reference has: its statuses alone, its types and titles.
///
/// Add it inside of `ProblemMiddleware`. The status that HTTP has a finer one for becomes that of the reference: 400 for
/// 406, 408, 415 and 422, 409 for 412 and 428.
struct StrictProblems: RouterMiddleware {
    typealias Context = RegistryContext

    func handle(
        _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw Self.problem(ProblemDetails(describing: error))
        }
    }

    /// The phrases of the reference, by its statuses.
    static let phrases = [
        400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 409: "Conflict", 413: "Payload Too Large", 500: "Internal Server Error",
        501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
    ]

    /// A problem as the reference has it.
    static func problem(_ problem: ProblemDetails) -> ProblemDetails {
        var problem = problem
        var status = problem.status.code
        switch status {
        case 412, 428: status = 409
        case let code where phrases[code] == nil: status = code < 500 ? 400 : 500
        default: break
        }
        let phrase = phrases[status] ?? ""
        problem.status = HTTPResponse.Status(code: status, reasonPhrase: phrase)
        problem.type = phrase
        problem.title = status == 500 ? phrase : "\(phrase) Error"
        if status == 503 { problem.code = "503" }
        return problem
    }
}

/// Sends problems as `application/json`, as the API's reference has it.
///
/// Add it outside of `ProblemMiddleware`.
struct StrictProblemTypes: RouterMiddleware {
    typealias Context = RegistryContext

    func handle(
        _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        switch response.headers[.contentType] {
        case "application/problem+json": response.headers[.contentType] = "application/json"
        case "application/problem+xml": response.headers[.contentType] = "application/xml"
        default: break
        }
        return response
    }
}
