import Foundation
import HTTPTypes
import Hummingbird
import ResourceHTTP
import ResourceHummingbird

/// The context of the registry's requests.
typealias RegistryContext = BasicRequestContext

extension RouterMethods where Context == RegistryContext {
    /// Adds what answers each method of a path; HEAD is answered as GET, and every other method with 405 and `Allow`.
    func resource<Answer: ResponseGenerator>(
        _ path: RouterPath,
        _ answers: [HTTPRequest.Method: @Sendable (Request, RegistryContext) async throws -> Answer]
    ) {
        var answers = answers
        if let get = answers[.get] { answers[.head] = get }
        let allowed = answers.keys.map(\.rawValue).sorted().joined(separator: ", ")
        for (method, answer) in answers { on(path, method: method, use: answer) }
        let others: [HTTPRequest.Method] = [
            .get, .head, .post, .put, .patch, .delete, .options, .trace, .query,
        ]
        for method in others where answers[method] == nil {
            on(path, method: method) { request, _ -> Response in
                throw ProblemDetails(
                    .methodNotAllowed, "\(request.method.rawValue) is not among the methods of this path: \(allowed)",
                    headerFields: [.allow: allowed])
            }
        }
    }
}

extension HTTPRequest.Method {
    /// The method of RFC 10008, for which HTTPTypes has no name yet.
    fileprivate static let query = HTTPRequest.Method("QUERY") ?? .trace
}

extension RegistryContext {
    /// A part of the path, percent-decoded.
    ///
    /// The router hands it on as it came, and `%61` is as good as `a` (RFC 3986 section 6.2.2.2). One that cannot be
    /// decoded is empty, and nothing has an empty name.
    func component(_ name: String) throws -> String {
        try parameters.require(name).removingPercentEncoding ?? ""
    }

    /// The identifier in the path; one that no record can have is not looked for.
    func id() throws -> String {
        let id = try component("id")
        let isIdentifier =
            id.utf8.count == 24
            && id.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        guard isIdentifier else {
            throw ProblemDetails(
                .notFound, "there is no such large language model: identifiers are 24 lower-case letters or digits")
        }
        return id
    }
}
