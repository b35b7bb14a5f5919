import LLMResources
import ResourceFormats

/// The registry's description for programs: `/openapi.json`, an OpenAPI 3.1.0 document.
///
/// The schemas of records are those that the toolkit prints, so they agree with the checks of the server.
public struct RegistryDescription: Sendable {
    /// The numbers of records that a page may have, and the usual one.
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
    let access: [Access]

    /// A description of one server.
    ///
    /// - Parameters:
    ///   - version: The version of the server.
    ///   - baseURL: The prefix of its paths; `/` for the server that the document comes from.
    ///   - limit: The numbers of records that a page may have.
    ///   - access: The ways to authenticate for the routes of models; empty if they are open to all.
    public init(version: String, baseURL: String = "/", limit: PageLimit, access: [Access] = []) {
        self.version = version
        self.baseURL = baseURL
        self.limit = limit
        self.access = access
    }

    /// The document, compact, with a line feed at its end.
    ///
    /// - Throws: The toolkit's error for text that is not JSON, which would be a fault of this module.
    public func openAPI() throws -> [UInt8] {
        var draft = OutputBuffer(minimumCapacity: 64 << 10)
        try document().write(to: &draft)
        // The exported schemas are indented; the toolkit's own reader and writer bring all of it into one form.
        var converter = Converter(from: .json, to: .json, schema: LargeLanguageModel.schema, shape: .item)
        var output = OutputBuffer(minimumCapacity: 64 << 10)
        try converter.convert(draft.span, from: .json, into: &output)
        return output.array()
    }

    private func document() throws -> JSONNode {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Model registry", "version": .string(version),
                "summary": "Keeps configurations of large language models.",
                "license": ["name": "Apache License 2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(baseURL)]],
            "security": security,
            "tags": [
                ["name": "Large Language Models"],
                ["name": "Registry", "description": "The server itself; no key is needed."],
            ],
            "paths": paths,
            "components": try components(),
        ]
    }

    // MARK: Paths

    private var paths: JSONNode {
        let models = "/v2.0/largelanguagemodels"
        let identifier = [Self.parameter("largeLanguageModelId")]
        let paths: JSONNode = [
            models: ["get": list, "head": listHead, "post": create],
            "\(models)/bulk": ["post": createMany],
            "\(models)/{largeLanguageModelId}": [
                "parameters": .array(identifier), "get": read, "head": readHead, "put": replace,
                "patch": update, "delete": delete,
            ],
            "\(models)/{largeLanguageModelId}/clone": ["parameters": .array(identifier), "post": clone],
            "\(models)/{largeLanguageModelId}/test": ["parameters": .array(identifier), "post": test],
            "/rels/{rel}": ["parameters": [Self.parameter("rel")], "get": relation],
            "/openapi.json": ["get": openAPIDocument],
            "/health": ["get": health],
        ]
        return paths.adding(tokenPaths)
    }

    private static let listParameters = [
        "limit", "next", "previous", "projectId", "referenceId", "format", "columns", "dialect",
        "download", "ifMatch", "ifNoneMatch",
    ]
    private static let additionParameters = ["format", "prefer", "idempotencyKey"]
    private static let pageHeaders = ["Accept-Post", "ETag", "Link", "Vary", "X-Total-Count"]

    private var list: JSONNode {
        operation(
            "listLargeLanguageModels", "List large language models", parameters: Self.listParameters,
            success: [
                ("200", success("A page.", .page, headers: Self.pageHeaders)),
                ("304", success("The page has not changed.", headers: ["ETag", "Vary"])),
            ], problems: [400, 412, 503])
    }

    private var listHead: JSONNode {
        operation(
            "headLargeLanguageModels", "Get the header fields of a page", isHead: true, parameters: Self.listParameters,
            success: [
                ("200", success("The page exists.", headers: Self.pageHeaders)),
                ("304", success("The page has not changed.", headers: ["ETag", "Vary"])),
            ], problems: [400, 412, 503])
    }

    private var create: JSONNode {
        operation(
            "createLargeLanguageModel", "Create a large language model", parameters: Self.additionParameters,
            body: requestBody(.newModel, isRequired: true),
            success: [
                ("201", success("The new model.", .model, headers: ["Location"] + Self.changeHeaders))
            ], problems: [400, 413, 415, 422, 503, 507])
    }

    private var read: JSONNode {
        operation(
            "getLargeLanguageModel", "Get a large language model", parameters: Self.itemParameters,
            success: [
                ("200", success("The model.", .model, headers: Self.itemHeaders)),
                ("304", success("The model has not changed.", headers: ["ETag", "Vary"])),
            ], problems: [400, 404, 412])
    }

    private var readHead: JSONNode {
        operation(
            "headLargeLanguageModel", "Get the header fields of a large language model", isHead: true,
            parameters: Self.itemParameters,
            success: [
                ("200", success("The model exists.", headers: Self.itemHeaders)),
                ("304", success("The model has not changed.", headers: ["ETag", "Vary"])),
            ], problems: [400, 404, 412])
    }

    private var update: JSONNode {
        operation(
            "updateLargeLanguageModel", "Update a large language model",
            description: """
                The body is a JSON Merge Patch (RFC 7396), in any format: null removes a member; or a JSON Patch (RFC 6902).
                """,
            parameters: Self.writeParameters, body: requestBody(.patch, isRequired: true),
            success: [
                ("200", success("The changed model.", .model, headers: Self.changeHeaders)),
                ("204", success("The model is changed; Prefer asked for no content.", headers: Self.changeHeaders)),
            ], problems: [400, 404, 409, 412, 413, 415, 422, 503, 507])
    }

    private var delete: JSONNode {
        operation(
            "deleteLargeLanguageModel", "Delete a large language model", isNegotiated: false,
            parameters: ["ifMatch", "ifNoneMatch", "ifUnmodifiedSince"],
            success: [("204", success("The model is deleted."))],
            problems: [400, 404, 412, 503, 507])
    }

    private var clone: JSONNode {
        operation(
            "cloneLargeLanguageModel", "Clone a large language model",
            description: "An optional body is a JSON Merge Patch (RFC 7396) for the copy.",
            parameters: Self.additionParameters, body: requestBody(.patch, isRequired: false),
            success: [("201", success("The copy.", .model, headers: ["Location"] + Self.changeHeaders))],
            problems: [400, 404, 413, 415, 422, 503, 507])
    }

    private var test: JSONNode {
        operation(
            "testLargeLanguageModel", "Test a large language model", isNegotiated: false,
            description: "The registry does not call models, so this never succeeds.", success: [],
            problems: [400, 404, 501])
    }

    private var relation: JSONNode {
        operation(
            "getRelation", "Get the description of a link relation", isOpen: true,
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
            "getHealth", "Get the health of the registry", isOpen: true,
            success: [
                (
                    "200",
                    [
                        "description": "The registry works.",
                        "content": ["application/json": ["schema": .reference("components/schemas/Health")]],
                    ]
                )
            ], problems: [503, 507])
    }

    // MARK: Parts of operations

    func operation(
        _ identifier: String, _ summary: String, isHead: Bool = false, isNegotiated: Bool = true,
        description: String? = nil, isOpen: Bool = false, parameters: [String] = [], body: JSONNode? = nil,
        success: [(String, JSONNode)],
        problems: [Int]
    ) -> JSONNode {
        // Every operation can fail in these ways.
        var common = [405, 408, 500]
        if !isOpen {
            if requiresKey { common += [401, 403] }
            if isNegotiated { common.append(406) }
        }
        let failures = (problems + common).sorted().map { status in
            // A response to HEAD has no body. If one were described, clients would accept nothing but problems.
            ("\(status)", isHead ? bodilessProblem(status) : .reference("components/responses/\(status)"))
        }
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

    func success(_ description: String, _ content: Content? = nil, headers: [String] = []) -> JSONNode {
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

    func requestBody(_ content: Content, isRequired: Bool) -> JSONNode {
        ["required": .bool(isRequired), "content": content.mediaTypes]
    }
}
