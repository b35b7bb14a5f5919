import RegistryDescription

/// Whom the registry lets in, and how they show who they are: the API's ways, each only where it is set up.
struct Credentials: Sendable {
    /// A name and password, for Basic and for OAuth2.
    struct User: Sendable {
        let name: String
        let password: Secret
    }

    /// A secret, which no text of a value shows.
    struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
        private let bytes: [UInt8]

        init(_ text: String) {
            bytes = Array(text.utf8)
        }

        /// Compares in a time that depends on the length of `text` only.
        func isEqual(_ text: some Sequence<UInt8>) -> Bool {
            var difference = 0
            var count = 0
            for byte in text {
                difference |= Int(byte ^ (bytes.isEmpty ? 0 : bytes[count % bytes.count]))
                count += 1
            }
            return (difference | (count ^ bytes.count)) == 0
        }

        var description: String { "…" }
        var debugDescription: String { "…" }
        var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// Keys for `X-API-Key` and `?api_key=`.
    var keys: [Secret] = []
    /// Keys for the same fields that let only read; 403 for anything else.
    var readKeys: [Secret] = []
    /// Tokens for `x-cxone-authorization: Bearer …`.
    var cxoneTokens: [Secret] = []
    /// Users for Basic, and for the password grant of OAuth2 at `/auth/oauth2/token`.
    var users: [User] = []

    /// Whether everybody is let in.
    var isOpen: Bool { keys.isEmpty && readKeys.isEmpty && cxoneTokens.isEmpty && users.isEmpty }

    /// Whether a name and a password are those of a user.
    func hasUser(_ name: some Sequence<UInt8>, _ password: some Sequence<UInt8>) -> Bool {
        let name = Array(name)
        let password = Array(password)
        var isKnown = false
        for user in users {
            // Both are compared in any case, so that the time does not tell which names there are.
            let isName = Secret(user.name).isEqual(name)
            if user.password.isEqual(password), isName { isKnown = true }
        }
        return isKnown
    }

    /// The challenges of a 401 (RFC 9110 section 11.6.1).
    ///
    /// - Parameter isTokenWrong: Whether the request has a bearer token that is not valid (RFC 6750 section 3).
    func challenges(isTokenWrong: Bool) -> String {
        var challenges: [String] = []
        if !keys.isEmpty || !readKeys.isEmpty || !cxoneTokens.isEmpty {
            challenges.append("ApiKey realm=\"registry\"")
        }
        if !users.isEmpty {
            challenges.append("Bearer realm=\"registry\"" + (isTokenWrong ? ", error=\"invalid_token\"" : ""))
            challenges.append("Basic realm=\"registry\", charset=\"UTF-8\"")
        }
        return challenges.joined(separator: ", ")
    }
}

extension [Credentials.Secret] {
    /// Whether one of them is this; all are compared.
    func contains(_ text: some Sequence<UInt8>) -> Bool {
        let text = Array<UInt8>(text)
        var isFound = false
        for secret in self where secret.isEqual(text) { isFound = true }
        return isFound
    }
}

extension Credentials {
    /// The ways in, as the description has them.
    var described: [RegistryDescription.Access] {
        RegistryDescription.Access.allCases.filter { way in
            switch way {
            case .key: !keys.isEmpty || !readKeys.isEmpty
            case .cxone: !cxoneTokens.isEmpty
            case .users: !users.isEmpty
            }
        }
    }
}
