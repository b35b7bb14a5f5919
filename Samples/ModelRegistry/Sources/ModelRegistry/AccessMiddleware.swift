import Foundation
import HTTPTypes
import Hummingbird
import ResourceHTTP

/// Lets only those to the routes below it who are known.
///
/// Add it to a group of routes. The path of a request says too little: the router takes `//v2.0` for `/v2.0`.
struct AccessMiddleware: RouterMiddleware {
    typealias Context = RegistryContext

    let credentials: Credentials
    let tokens: TokenStore

    /// What a request may do.
    private enum Access {
        case none(isTokenWrong: Bool)
        case reading
        case all
    }

    func handle(
        _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
    ) async throws -> Response {
        guard !credentials.isOpen else { return try await next(request, context) }
        let (request, queryKeys) = Self.withoutKeys(request)
        guard request.method != .options else { return try await next(request, context) }
        switch access(of: request, queryKeys) {
        case .all: break
        case .reading where request.method == .get || request.method == .head: break
        case .reading:
            throw ProblemDetails(.forbidden, "the key may only read, and \(request.method.rawValue) would write")
        case .none(let isTokenWrong):
            throw ProblemDetails(
                .unauthorized, "the request has no credentials that this registry knows",
                headerFields: [.wwwAuthenticate: credentials.challenges(isTokenWrong: isTokenWrong)])
        }
        return try await next(request, context)
    }

    private func access(of request: Request, _ queryKeys: [[UInt8]]) -> Access {
        var given = queryKeys
        if let key = HTTPField.Name("X-API-Key").flatMap({ request.headers[$0] }) { given.append(Array(key.utf8)) }
        if given.contains(where: { credentials.keys.contains($0) }) { return .all }
        if let field = HTTPField.Name("x-cxone-authorization").flatMap({ request.headers[$0] }),
            let token = Self.value(of: field, scheme: "Bearer"), credentials.cxoneTokens.contains(token.utf8)
        {
            return .all
        }
        var isTokenWrong = false
        if !credentials.users.isEmpty, let field = request.headers[.authorization] {
            if let token = Self.value(of: field, scheme: "Bearer") {
                if tokens.isValid(token) { return .all }
                isTokenWrong = true
            } else if let pair = Self.value(of: field, scheme: "Basic"), isUser(pair) {
                return .all
            }
        }
        if given.contains(where: { credentials.readKeys.contains($0) }) { return .reading }
        return .none(isTokenWrong: isTokenWrong)
    }

    /// Whether `Basic` has a user: name and password after base64, and a colon between them (RFC 7617).
    private func isUser(_ encoded: String) -> Bool {
        guard let pair = Data(base64Encoded: encoded), let colon = pair.firstIndex(of: UInt8(ascii: ":")) else {
            return false
        }
        return credentials.hasUser(pair[..<colon], pair[(colon + 1)...])
    }

    /// What a field has after its scheme, whose case does not matter; nil with another scheme.
    static func value(of field: String, scheme: String) -> String? {
        let parts = field.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
        guard parts.count == 2,
            String(decoding: parts[0], as: UTF8.self).lowercased().utf8.elementsEqual(scheme.lowercased().utf8)
        else { return nil }
        return String(decoding: parts[1].drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
    }

    /// A request without `api_key` in its query, and the keys that it had there.
    ///
    /// The links of a list repeat its query: with the key they would give it to whoever gets the list.
    private static func withoutKeys(_ request: Request) -> (Request, [[UInt8]]) {
        guard let path = request.head.path, let mark = path.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            return (request, [])
        }
        var keys: [[UInt8]] = []
        var kept: [Substring] = []
        for pair in path[path.index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false) {
            let bytes = Array(pair.utf8)
            if bytes.starts(with: "api_key=".utf8) {
                let value = String(decoding: bytes.dropFirst("api_key=".utf8.count), as: UTF8.self)
                keys.append(Array((value.removingPercentEncoding ?? value).utf8))
            } else {
                kept.append(pair)
            }
        }
        guard !keys.isEmpty else { return (request, []) }
        var head = request.head
        head.path = path[..<mark] + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
        return (Request(head: head, body: request.body), keys)
    }
}
