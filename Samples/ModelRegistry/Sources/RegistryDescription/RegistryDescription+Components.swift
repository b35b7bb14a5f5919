import LLMResources
import ResourceFormats

extension RegistryDescription {
    func components() throws -> JSONNode {
        [
            "schemas": try schemas(), "responses": responses, "parameters": parameters, "headers": headers,
            "securitySchemes": .object(securitySchemes),
        ]
    }

    // MARK: Schemas

    private func schemas() throws -> JSONNode {
        let schema = LargeLanguageModel.schema
        let model = JSONNode.reference("components/schemas/LargeLanguageModel")
        let links: JSONNode = ["type": "object", "description": "The links of HAL, by their relations."]
        let cursor: JSONNode = ["type": ["string", "null"]]
        let total: JSONNode = ["type": "integer", "minimum": 0]
        return [
            "LargeLanguageModel": PrintedSchema.text(of: schema, .resource, title: "LargeLanguageModel"),
            "NewLargeLanguageModel": PrintedSchema.text(of: schema, .create, title: "NewLargeLanguageModel"),
            "LargeLanguageModelID": try PrintedSchema.property(LargeLanguageModel.Field.id, of: schema),
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
            "NewLargeLanguageModelList": [
                "type": "object",
                "description": "New models; an array of them will do as well.",
                "properties": [
                    "items": ["type": "array", "items": .reference("components/schemas/NewLargeLanguageModel")]
                ],
                "required": ["items"],
            ],
            "Health": ["type": "object", "properties": ["status": ["type": "string"]], "required": ["status"]],
        ]
    }

    // MARK: Responses

    /// The statuses of failures, with their meanings.
    private static let problems: [(status: Int, description: String)] = [
        (400, "The body is not well-formed, or a parameter is invalid."),
        (401, "The API key is missing or wrong."),
        (403, "The API key may only read."),
        (404, "The resource does not exist."),
        (405, "The path does not have the method."),
        (406, "The client accepts none of the formats on offer."),
        (408, "The request did not arrive in time."),
        (409, "The model is not as the JSON Patch expects."),
        (412, "The model does not have the entity tag that the client named."),
        (413, "The body, or a record in it, is too large or nested too deeply."),
        (415, "The body has a media type that cannot be read."),
        (422, "The record is not valid."),
        (500, "The server failed."),
        (501, "The server does not support the operation."),
        (503, "The server is sending as many long lists as it has places for, or its database cannot be used."),
        (507, "The disk of the server is full."),
    ]

    /// The header fields of failures, which name the alternatives.
    private static let problemHeaders = [
        401: ["WWW-Authenticate"], 405: ["Allow"], 415: ["Accept", "Accept-Encoding"], 503: ["Retry-After"],
        507: ["Retry-After"],
    ]

    private var responses: JSONNode {
        let problem = JSONNode.reference("components/schemas/Problem")
        let xmlProblem = problem.adding([("xml", ["name": "problem", "namespace": "urn:ietf:rfc:7807"])])
        return .object(
            Self.problems.filter { requiresKey || ($0.status != 401 && $0.status != 403) }.map { status, _ in
                let content: JSONNode = [
                    "application/problem+json": ["schema": problem],
                    "application/problem+xml": ["schema": xmlProblem],
                ]
                return ("\(status)", bodilessProblem(status).adding([("content", content)]))
            })
    }

    /// The response for a failure, with its header fields and without its body.
    func bodilessProblem(_ status: Int) -> JSONNode {
        let description = Self.problems.first { $0.status == status }?.description ?? ""
        var members: [(String, JSONNode)] = [("description", .string(description))]
        if let fields = Self.problemHeaders[status] {
            members.append(("headers", .object(fields.map { ($0, .reference("components/headers/\($0)")) })))
        }
        return .object(members)
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
        let formats = [Format.json, .hal, .xml, .csv].map(\.name).joined(separator: ", ")
        return [
            "largeLanguageModelId": [
                "name": "largeLanguageModelId", "in": "path", "required": true, "description": "The model's _id.",
                "schema": .reference("components/schemas/LargeLanguageModelID"),
            ],
            "rel": [
                "name": "rel", "in": "path", "required": true, "description": "The relation, without its prefix.",
                "schema": ["type": "string"],
            ],
            "limit": query(
                "limit", "The largest number of records in the page.",
                [
                    "type": "integer", "minimum": .number(limit.allowed.lowerBound),
                    "maximum": .number(limit.allowed.upperBound), "default": .number(limit.usual),
                ]),
            "next": query("next", "The nextCursor of a page: the records after it.", ["type": "string"]),
            "previous": query("previous", "The previousCursor of a page: the records before it.", ["type": "string"]),
            "projectId": query("projectId", "Only models of this project.", ["type": "string"]),
            "referenceId": query("referenceId", "Only models with this reference.", ["type": "string"]),
            "format": query(
                "format", "The format of the response, instead of Accept: \(formats), or a value of Accept.",
                ["type": "string"]),
            "columns": query(
                "columns", "CSV: the columns to send, with commas between them; document for those of its records.",
                ["type": "string"]),
            "dialect": query(
                "dialect", "CSV: the dialect of spreadsheet programs.", ["type": "string", "enum": ["spreadsheet"]]),
            "download": query("download", "The response has a file name.", ["type": "string"]),
            "ifMatch": header("If-Match", "The entity tag that the state must have."),
            "ifNoneMatch": header("If-None-Match", "The entity tag of the state that the client has."),
            "ifModifiedSince": header("If-Modified-Since", "The time of the state that the client has."),
            "ifUnmodifiedSince": header("If-Unmodified-Since", "The time after which the state must not have changed."),
            "prefer": header("Prefer", "return=minimal: the response is to have no content (RFC 7240)."),
            "idempotencyKey": header(
                "Idempotency-Key", "The client's name for the request: with the same one it is done once."),
        ]
    }

    private var headers: JSONNode {
        func header(_ description: String) -> JSONNode {
            ["description": .string(description), "schema": ["type": "string"]]
        }
        var headers: [(String, JSONNode)] = [
            ("Accept", header("The media types that the server reads.")),
            ("Accept-Encoding", header("The content codings that the server reads.")),
            ("Accept-Patch", header("The media types of patches that the server reads.")),
            ("Accept-Post", header("The media types of new models that the server reads.")),
            ("Allow", header("The methods of the path.")),
            ("ETag", header("The entity tag of this representation.")),
            ("Last-Modified", header("When the model was last changed.")),
            ("Link", header("The links (RFC 8288), for formats that cannot carry them.")),
            ("Location", header("The address of the new model.")),
            ("Preference-Applied", header("The preference of Prefer that was honored.")),
            ("Retry-After", header("The number of seconds after which to try again.")),
            ("Vary", header("Accept and Accept-Encoding: format and coding depend on them.")),
            ("X-Total-Count", header("The total number of models, for CSV, which cannot carry it.")),
        ]
        if requiresKey {
            headers.append(("WWW-Authenticate", header("The ways to authenticate; ApiKey: send the key as X-API-Key.")))
        }
        return .object(headers)
    }
}
