#if Hummingbird
public import HTTPTypes
public import Hummingbird
import ResourceHTTP

extension RouterMethods {
    /// Adds what answers each method of a path.
    ///
    /// HEAD is answered as GET, without the body. Every other method is a 405 whose `Allow` has those that are there.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - answers: What answers each method.
    @discardableResult public func resource<Answer: ResponseGenerator>(
        _ path: RouterPath,
        _ answers: [HTTPRequest.Method: @Sendable (Request, Context) async throws -> Answer]
    ) -> Self {
        var methods = Set(answers.keys)
        if methods.contains(.get) { methods.insert(.head) }
        let allowed = methods.map(\.rawValue).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .joined(separator: ", ")
        for (method, answer) in answers { on(path, method: method, use: answer) }
        if answers[.head] == nil, let get = answers[.get] {
            on(path, method: .head) { request, context in
                try await get(request, context).response(from: request, context: context).withoutBody
            }
        }
        for method in HTTPRequest.Method.ofResources where !methods.contains(method) {
            on(path, method: method) { request, _ -> Response in
                throw ProblemDetails(
                    .methodNotAllowed, "\(request.method.rawValue) is not among the methods of this path: \(allowed)",
                    headerFields: [.allow: allowed])
            }
        }
        return self
    }
}

extension HTTPRequest.Method {
    /// The methods that a resource may have (RFC 9110 section 9, RFC 5789, RFC 10008).
    public static let ofResources: [HTTPRequest.Method] =
        [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)
}

extension Response {
    /// The same head; the length is still that of the body (RFC 9110 section 9.3.2).
    fileprivate var withoutBody: Response {
        var response = self
        let length = headers[.contentLength]
        response.body = ResponseBody()
        response.headers[.contentLength] = length
        return response
    }
}
#endif
