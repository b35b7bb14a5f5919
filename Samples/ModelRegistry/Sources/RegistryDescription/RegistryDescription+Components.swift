import LLMResources
import ResourceFormats

extension RegistryDescription {
    var components: JSONNode {
        [
            "schemas": schemas, "responses": responses, "parameters": parameters, "headers": headers,
            "securitySchemes": [
                "APIKeyHeader": ["type": "apiKey", "in": "header", "name": "X-API-Key"]
            ],
        ]
    }

    // MARK: Schemas

    private var schemas: JSONNode {
        let schema = LargeLanguageModel.schema
        let model = JSONNode.reference("components/schemas/LargeLanguageModel")
        let links: JSONNode = ["type": "object", "description": "The links of HAL, by their relations."]
        let cursor: JSONNode = ["type": ["string", "null"]]
        let total: JSONNode = ["type": "integer", "minimum": 0]
        return [
            "LargeLanguageModel": .text(schema.jsonSchema(profile: .resource)),
            "NewLargeLanguageModel": .text(schema.jsonSchema(profile: .create)),
            "LargeLanguageModelPatch": [
                "type": "object",
                "description": "Members of a large language model; null removes one, objects are merged.",
            ],
            "LargeLanguageModelPage": [
                "type": "object",
                "properties": [
                    "items": ["type": "array", "items": model], "total": total, "nextCursor": cursor,
                    "previousCursor": cursor,
                ],
                "required": ["items", "total", "nextCursor", "previousCursor"],
            ],
            "LargeLanguageModelWithLinks": [
                "allOf": [model, ["type": "object", "properties": ["_links": links], "required": ["_links"]]]
            ],
            "LargeLanguageModelPageWithLinks": [
                "type": "object",
                "properties": [
                    "_embedded": [
                        "type": "object",
                        "properties": [
                            schema.pluralName: [
                                "type": "array",
                                "items": .reference("components/schemas/LargeLanguageModelWithLinks"),
                            ]
                        ],
                        "required": [.string(schema.pluralName)],
                    ],
                    "_links": links, "total": total, "nextCursor": cursor, "previousCursor": cursor,
                ],
                "required": ["_embedded", "_links", "total", "nextCursor", "previousCursor"],
            ],
            "Problem": [
                "type": "object",
                "description": "Why a request failed (RFC 9457).",
                "properties": [
                    "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
                    "detail": ["type": "string"], "instance": ["type": "string"], "code": ["type": "string"],
                    "traceId": ["type": "string"], "details": ["type": "object"],
                ],
                "required": ["type", "title", "status"],
            ],
            "Health": ["type": "object", "properties": ["status": ["type": "string"]], "required": ["status"]],
        ]
    }

    // MARK: Responses

    /// The statuses of failures, and what they mean here.
    private static let problems: [(status: Int, description: String)] = [
        (400, "The request cannot be understood: its body is not what its media type says, or a parameter is wrong."),
        (401, "The API key is missing or wrong."),
        (404, "There is no such thing."),
        (405, "The path has no such method."),
        (406, "The client accepts none of the formats on offer."),
        (408, "The request did not arrive in time."),
        (412, "The model has another revision than the client thinks."),
        (413, "The body, or a record in it, is too large or nested too deeply."),
        (415, "The body has a media type that cannot be read."),
        (422, "The record is not as the schema has it."),
        (500, "The server failed."),
        (501, "The server cannot do that."),
        (503, "As many long lists are being sent as the server has places for."),
    ]

    /// The fields that tell a client what to do instead.
    private static let problemHeaders = [
        401: ["WWW-Authenticate"], 405: ["Allow"], 415: ["Accept", "Accept-Encoding"], 503: ["Retry-After"],
    ]

    private var responses: JSONNode {
        let problem = JSONNode.reference("components/schemas/Problem")
        let xmlProblem = problem.adding([("xml", ["name": "problem", "namespace": "urn:ietf:rfc:7807"])])
        return .object(
            Self.problems.map { status, description in
                var members: [(String, JSONNode)] = [("description", .string(description))]
                if let fields = Self.problemHeaders[status] {
                    members.append(
                        ("headers", .object(fields.map { ($0, .reference("components/headers/\($0)")) })))
                }
                members.append(
                    (
                        "content",
                        [
                            "application/problem+json": ["schema": problem],
                            "application/problem+xml": ["schema": xmlProblem],
                        ]
                    ))
                return ("\(status)", .object(members))
            })
    }

    // MARK: Parameters and headers

    private var parameters: JSONNode {
        func query(_ name: String, _ description: String, _ schema: JSONNode) -> JSONNode {
            ["name": .string(name), "in": "query", "description": .string(description), "schema": schema]
        }
        func header(_ name: String, _ description: String) -> JSONNode {
            [
                "name": .string(name), "in": "header", "description": .string(description),
                "schema": ["type": "string"],
            ]
        }
        let identifier = LargeLanguageModel.schema.name(of: LargeLanguageModel.Field.id.id) ?? ""
        let formats = [Format.json, .hal, .xml, .csv].map(\.name).joined(separator: ", ")
        return [
            "largeLanguageModelId": [
                "name": "largeLanguageModelId", "in": "path", "required": true, "description": "The model's _id.",
                "schema": .reference("components/schemas/LargeLanguageModel/properties/\(identifier)"),
            ],
            "rel": [
                "name": "rel", "in": "path", "required": true, "description": "The relation, without its prefix.",
                "schema": ["type": "string"],
            ],
            "limit": query(
                "limit", "How many records the page may have.",
                [
                    "type": "integer", "minimum": .number(limit.allowed.lowerBound),
                    "maximum": .number(limit.allowed.upperBound), "default": .number(limit.usual),
                ]),
            "next": query("next", "The nextCursor of a page: what comes behind it.", ["type": "string"]),
            "previous": query("previous", "The previousCursor of a page: what comes before it.", ["type": "string"]),
            "projectId": query("projectId", "Only models of this project.", ["type": "string"]),
            "referenceId": query("referenceId", "Only models with this reference.", ["type": "string"]),
            "format": query(
                "format", "The format of the response, whatever Accept says: \(formats), or itself a value of Accept.",
                ["type": "string"]),
            "ifMatch": header("If-Match", "The ETag that what is asked for must have."),
            "ifNoneMatch": header("If-None-Match", "The ETag of what the client has."),
        ]
    }

    private var headers: JSONNode {
        func header(_ description: String) -> JSONNode {
            ["description": .string(description), "schema": ["type": "string"]]
        }
        return [
            "Accept": header("The media types that are read."),
            "Accept-Encoding": header("The content codings that are read: none."),
            "Allow": header("The methods that the path has."),
            "ETag": header("Changes whenever this representation does."),
            "Link": header("The links of what is sent (RFC 8288), for formats that have no place for them."),
            "Location": header("Where the new model is."),
            "Retry-After": header("After how many seconds to ask again."),
            "Vary": header("Accept: which format is sent depends on it."),
            "WWW-Authenticate": header("ApiKey: the key is to be sent as X-API-Key."),
            "X-Total-Count": header("How many models there are, for CSV, which has no place for it."),
        ]
    }
}
