import ContentNegotiation
import Foundation
import HTTPTypes
import Hummingbird
import ResourceHummingbird

/// The token endpoint of OAuth2 (RFC 6749 sections 4.3 and 6): a password or a refresh token for an access token.
struct TokenRoutes: Sendable {
    let credentials: Credentials
    let tokens: TokenStore
    let limits: RequestLimits

    private static let largestBody = 16 << 10
    private static let formType = ContentNegotiation.MediaType(
        type: "application", subtype: "x-www-form-urlencoded")

    /// Adds `/auth/oauth2/token`, if there are users.
    func add(to router: some RouterMethods<RegistryContext>) {
        guard !credentials.users.isEmpty else { return }
        router.resource("/auth/oauth2/token", [.post: { @Sendable request, _ in try await token(request) }])
    }

    private func token(_ request: Request) async throws -> Response {
        let type = request.headers[.contentType].flatMap { ContentNegotiation.MediaType($0) }
        guard let type, type.hasSameEssence(as: Self.formType) else {
            return Self.refusal("invalid_request", "expected the type \(Self.formType)")
        }
        let body = try await limits.bytes(of: request, limit: Self.largestBody)
        let form: [String: [UInt8]]
        do {
            form = try Self.form(body)
        } catch {
            return Self.refusal("invalid_request", error.text)
        }
        func text(_ name: String) -> String? { form[name].map { String(decoding: $0, as: UTF8.self) } }
        switch text("grant_type") {
        case "password":
            guard let name = form["username"], let password = form["password"] else {
                return Self.refusal("invalid_request", "expected \"username\" and \"password\"")
            }
            guard credentials.hasUser(name, password) else {
                return Self.refusal("invalid_grant", "there is no such user with this password")
            }
            return answer(tokens.grant())
        case "refresh_token":
            guard let token = text("refresh_token") else {
                return Self.refusal("invalid_request", "expected \"refresh_token\"")
            }
            guard let grant = tokens.refresh(token) else {
                return Self.refusal("invalid_grant", "the refresh token is not valid, or not any more")
            }
            return answer(grant)
        case nil: return Self.refusal("invalid_request", "expected \"grant_type\"")
        default:
            return Self.refusal("unsupported_grant_type", "expected \"password\" or \"refresh_token\"")
        }
    }

    private func answer(_ grant: TokenStore.Grant) -> Response {
        Self.json(
            .ok,
            """
            {"access_token":"\(grant.access)","token_type":"Bearer",\
            "expires_in":\(tokens.lifetime.components.seconds),"refresh_token":"\(grant.refresh)"}\n
            """)
    }

    /// An error as section 5.2 has it, which is no problem of RFC 9457.
    private static func refusal(_ error: String, _ description: String) -> Response {
        let text = description.replacing("\"", with: "'")
        return json(.badRequest, "{\"error\":\"\(error)\",\"error_description\":\"\(text)\"}\n")
    }

    private static func json(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private struct Malformed: Error {
        let text: String
    }

    /// The parameters of a form; one that is there twice is refused (section 3.2).
    private static func form(_ body: [UInt8]) throws(Malformed) -> [String: [UInt8]] {
        var form: [String: [UInt8]] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            guard let key = decoded(name), let value = decoded(pair.dropFirst(name.count + 1)) else {
                throw Malformed(text: "a parameter is not percent-encoded UTF-8")
            }
            guard form.updateValue(Array(value.utf8), forKey: key) == nil else {
                throw Malformed(text: "a parameter is there twice")
            }
        }
        return form
    }

    private static func decoded(_ part: ArraySlice<UInt8>) -> String? {
        let text = String(validating: part.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }, as: UTF8.self)
        return text?.removingPercentEncoding
    }
}
