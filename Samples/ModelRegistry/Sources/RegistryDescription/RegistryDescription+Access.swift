extension RegistryDescription {
    /// A way to authenticate, as a registry may have it.
    public enum Access: Sendable, CaseIterable {
        /// A key, in the field `X-API-Key` or in the query.
        case key
        /// A token in `x-cxone-authorization`.
        case cxone
        /// Users, by Basic or OAuth2.
        case users

        /// The names and the values of the security schemes.
        var schemes: [(String, JSONNode)] {
            switch self {
            case .key:
                [
                    ("APIKeyHeader", ["type": "apiKey", "in": "header", "name": "X-API-Key"]),
                    ("APIKeyQueryParam", ["type": "apiKey", "in": "query", "name": "api_key"]),
                ]
            case .cxone:
                [
                    (
                        "CXoneTokenHeader",
                        [
                            "type": "apiKey", "in": "header", "name": "x-cxone-authorization",
                            "description": "Bearer, a space and the token.",
                        ]
                    )
                ]
            case .users:
                [
                    (
                        "OAuth2",
                        [
                            "type": "oauth2",
                            "flows": [
                                "password": [
                                    "tokenUrl": .string(RegistryDescription.tokenPath),
                                    "refreshUrl": .string(RegistryDescription.tokenPath), "scopes": .object([]),
                                ]
                            ],
                        ]
                    ), ("BasicAuth", ["type": "http", "scheme": "basic"]),
                ]
            }
        }
    }

    static let tokenPath = "/auth/oauth2/token"

    var requiresKey: Bool { !access.isEmpty }

    /// The schemes that the registry knows.
    var securitySchemes: [(String, JSONNode)] {
        access.flatMap(\.schemes)
    }

    /// The alternatives: any of the schemes is enough.
    var security: JSONNode {
        .array(securitySchemes.map { JSONNode.object([($0.0, .array([]))]) })
    }

    /// The path for tokens, if there are users.
    var tokenPaths: [(String, JSONNode)] {
        guard access.contains(.users) else { return [] }
        let token: JSONNode = [
            "type": "object",
            "properties": [
                "access_token": ["type": "string"], "token_type": ["type": "string"], "expires_in": ["type": "integer"],
                "refresh_token": ["type": "string"],
            ],
            "required": ["access_token", "token_type", "expires_in", "refresh_token"],
        ]
        let form: JSONNode = [
            "type": "object",
            "properties": [
                "grant_type": ["type": "string", "enum": ["password", "refresh_token"]],
                "username": ["type": "string"], "password": ["type": "string"], "refresh_token": ["type": "string"],
            ],
            "required": ["grant_type"],
        ]
        let error: JSONNode = [
            "type": "object",
            "properties": ["error": ["type": "string"], "error_description": ["type": "string"]], "required": ["error"],
        ]
        return [
            (
                Self.tokenPath,
                [
                    "post": [
                        "operationId": "getToken", "tags": ["Registry"], "summary": "Get an access token (RFC 6749)",
                        "security": [],
                        "requestBody": [
                            "required": true, "content": ["application/x-www-form-urlencoded": ["schema": form]],
                        ],
                        "responses": [
                            "200": [
                                "description": "The tokens.", "content": ["application/json": ["schema": token]],
                            ],
                            "400": [
                                "description": "The grant is not valid.",
                                "content": ["application/json": ["schema": error]],
                            ],
                            "405": .reference("components/responses/405"),
                            "408": .reference("components/responses/408"),
                            "413": .reference("components/responses/413"),
                            "500": .reference("components/responses/500"),
                        ],
                    ]
                ]
            )
        ]
    }
}
