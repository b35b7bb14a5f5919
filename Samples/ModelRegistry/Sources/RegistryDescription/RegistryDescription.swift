import LLMResources
public import ResourceFormats

/// What the registry says of itself to programs: `/openapi.json`, an OpenAPI 3.1.0 document.
///
/// The schemas of records are those that the toolkit exports, so they cannot say anything else than what is checked.
public struct RegistryDescription: Sendable {
    /// How many records a page may have, and how many it has if nobody says.
    public struct PageLimit: Sendable {
        let allowed: ClosedRange<Int>
        let usual: Int

        /// A range and the usual value.
        public init(_ allowed: ClosedRange<Int>, usual: Int) {
            self.allowed = allowed
            self.usual = usual
        }
    }

    let version: String
    let baseURL: String
    let limit: PageLimit

    /// A description of one server.
    ///
    /// - Parameters:
    ///   - version: The version of the server.
    ///   - baseURL: Where its paths begin; `/` for where the document itself comes from.
    ///   - limit: What a page may hold.
    public init(version: String, baseURL: String = "/", limit: PageLimit) {
        self.version = version
        self.baseURL = baseURL
        self.limit = limit
    }

    /// The document, compact, with a line feed at its end.
    ///
    /// - Throws: Nothing but what the toolkit throws for text that is not JSON, which this is not.
    public func openAPI() throws(SerializationError) -> [UInt8] {
        var draft = OutputBuffer(minimumCapacity: 64 << 10)
        document.write(to: &draft)
        // The exported schemas are indented; the toolkit's own reader and writer bring all of it into one form.
        var converter = Converter(from: .json, to: .json, schema: LargeLanguageModel.schema, shape: .item)
        var output = OutputBuffer(minimumCapacity: 64 << 10)
        try converter.convert(draft.span, from: .json, into: &output)
        return output.array()
    }

    private var document: JSONNode {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Model registry", "version": .string(version),
                "summary": "Keeps configurations of large language models.",
                "license": ["name": "Apache License 2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(baseURL)]],
            "security": [["APIKeyHeader": []]],
            "tags": [
                ["name": "Large Language Models"],
                ["name": "Registry", "description": "The server itself; no key is needed."],
            ],
            "paths": paths,
            "components": components,
        ]
    }

    // MARK: Paths

    private var paths: JSONNode {
        let models = "/v2.0/largelanguagemodels"
        let identifier = [Self.parameter("largeLanguageModelId")]
        return [
            models: ["get": list, "head": listHead, "post": create],
            "\(models)/{largeLanguageModelId}": [
                "parameters": .array(identifier), "get": read, "head": readHead, "patch": update, "delete": delete,
            ],
            "\(models)/{largeLanguageModelId}/clone": ["parameters": .array(identifier), "post": clone],
            "\(models)/{largeLanguageModelId}/test": ["parameters": .array(identifier), "post": test],
            "/rels/{rel}": ["parameters": [Self.parameter("rel")], "get": relation],
            "/openapi.json": ["get": openAPIDocument],
            "/health": ["get": health],
        ]
    }

    private static let listParameters = [
        "limit", "next", "previous", "projectId", "referenceId", "format", "ifMatch", "ifNoneMatch",
    ]
    private static let itemParameters = ["format", "ifMatch", "ifNoneMatch"]
    private static let itemHeaders = ["ETag", "Link", "Vary"]
    private static let pageHeaders = ["ETag", "Link", "Vary", "X-Total-Count"]

    private var list: JSONNode {
        operation(
            "listLargeLanguageModels", "List large language models", parameters: Self.listParameters,
            success: [
                ("200", success("A page.", .page, headers: Self.pageHeaders)),
                ("304", success("The page is as the client has it.", headers: ["ETag", "Vary"])),
            ], problems: [400, 412, 503])
    }

    private var listHead: JSONNode {
        operation(
            "headLargeLanguageModels", "Get what GET would say of a page", parameters: Self.listParameters,
            success: [
                ("200", success("There is such a page.", headers: Self.pageHeaders)),
                ("304", success("The page is as the client has it.", headers: ["ETag", "Vary"])),
            ], problems: [400, 412, 503])
    }

    private var create: JSONNode {
        operation(
            "createLargeLanguageModel", "Create a large language model", parameters: ["format"],
            body: requestBody(.newModel, isRequired: true),
            success: [
                ("201", success("The new model.", .model, headers: ["Location"] + Self.itemHeaders))
            ], problems: [400, 413, 415, 422])
    }

    private var read: JSONNode {
        operation(
            "getLargeLanguageModel", "Get a large language model", parameters: Self.itemParameters,
            success: [
                ("200", success("The model.", .model, headers: Self.itemHeaders)),
                ("304", success("The model is as the client has it.", headers: ["ETag", "Vary"])),
            ], problems: [400, 404, 412])
    }

    private var readHead: JSONNode {
        operation(
            "headLargeLanguageModel", "Get what GET would say of a large language model",
            parameters: Self.itemParameters,
            success: [
                ("200", success("The model exists.", headers: Self.itemHeaders)),
                ("304", success("The model is as the client has it.", headers: ["ETag", "Vary"])),
            ], problems: [400, 404, 412])
    }

    private var update: JSONNode {
        operation(
            "updateLargeLanguageModel", "Update a large language model",
            description: "What is sent is a JSON Merge Patch (RFC 7396), in any format: null removes a member.",
            parameters: Self.itemParameters, body: requestBody(.patch, isRequired: true),
            success: [("200", success("The changed model.", .model, headers: Self.itemHeaders))],
            problems: [400, 404, 412, 413, 415, 422])
    }

    private var delete: JSONNode {
        operation(
            "deleteLargeLanguageModel", "Delete a large language model", isNegotiated: false,
            parameters: ["ifMatch", "ifNoneMatch"], success: [("204", success("The model is gone."))],
            problems: [400, 404, 412])
    }

    private var clone: JSONNode {
        operation(
            "cloneLargeLanguageModel", "Clone a large language model",
            description: "What is sent, if anything, is what shall be different in the copy, as JSON Merge Patch.",
            parameters: ["format"], body: requestBody(.patch, isRequired: false),
            success: [("201", success("The copy.", .model, headers: ["Location"] + Self.itemHeaders))],
            problems: [400, 404, 413, 415, 422])
    }

    private var test: JSONNode {
        operation(
            "testLargeLanguageModel", "Test a large language model", isNegotiated: false,
            description: "The registry talks to no model: it never succeeds.", success: [],
            problems: [400, 404, 501])
    }

    private var relation: JSONNode {
        operation(
            "getRelation", "Read what a link relation means", isOpen: true,
            success: [
                (
                    "200",
                    [
                        "description": "A page for people.",
                        "content": ["text/html": ["schema": ["type": "string"]]],
                    ]
                )
            ], problems: [404])
    }

    private var openAPIDocument: JSONNode {
        operation(
            "getOpenAPI", "Get this document", isOpen: true,
            success: [
                (
                    "200",
                    [
                        "description": "An OpenAPI document.",
                        "content": ["application/json": ["schema": ["type": "object"]]],
                    ]
                )
            ], problems: [])
    }

    private var health: JSONNode {
        operation(
            "getHealth", "Ask whether the registry works", isOpen: true,
            success: [
                (
                    "200",
                    [
                        "description": "It does.",
                        "content": ["application/json": ["schema": .reference("components/schemas/Health")]],
                    ]
                )
            ], problems: [])
    }

    // MARK: Parts of operations

    private func operation(
        _ identifier: String, _ summary: String, isNegotiated: Bool = true, description: String? = nil,
        isOpen: Bool = false, parameters: [String] = [], body: JSONNode? = nil, success: [(String, JSONNode)],
        problems: [Int]
    ) -> JSONNode {
        // What can go wrong everywhere.
        let common = isOpen ? [405, 408, 500] : [401, 405, 408, 500] + (isNegotiated ? [406] : [])
        let failures = (problems + common).sorted().map { ("\($0)", JSONNode.reference("components/responses/\($0)")) }
        var members: [(String, JSONNode)] = [
            ("operationId", .string(identifier)),
            ("tags", [isOpen ? "Registry" : "Large Language Models"]), ("summary", .string(summary)),
        ]
        if let description { members.append(("description", .string(description))) }
        if isOpen { members.append(("security", [])) }
        if !parameters.isEmpty { members.append(("parameters", .array(parameters.map(Self.parameter)))) }
        if let body { members.append(("requestBody", body)) }
        members.append(("responses", .object(success + failures)))
        return .object(members)
    }

    private static func parameter(_ name: String) -> JSONNode {
        .reference("components/parameters/\(name)")
    }

    private func success(_ description: String, _ content: Content? = nil, headers: [String] = []) -> JSONNode {
        var members: [(String, JSONNode)] = [("description", .string(description))]
        if !headers.isEmpty {
            members.append(
                (
                    "headers",
                    .object(headers.map { ($0, .reference("components/headers/\($0)")) })
                ))
        }
        if let content { members.append(("content", content.mediaTypes)) }
        return .object(members)
    }

    private func requestBody(_ content: Content, isRequired: Bool) -> JSONNode {
        ["required": .bool(isRequired), "content": content.mediaTypes]
    }
}
