import LLMResources
import RegistryDescription
import ResourceFormats
import ResourceFormatsTesting
import Testing

@Suite struct RegistryDescriptionTests {
    private static let models = "/v2.0/largelanguagemodels"
    private let bytes: [UInt8]
    private let document: SlowJSON

    init() throws {
        bytes = try RegistryDescription(version: "1.2.3", limit: .init(1...1_000_000, usual: 25), access: [.key])
            .openAPI()
        document = try SlowJSON(parsing: bytes)
    }

    /// The value at a JSON Pointer (RFC 6901).
    private func value(at pointer: String) -> SlowJSON? {
        var value: SlowJSON? = document
        for step in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            value = value?[ExactText(String(step).replacing("~1", with: "/").replacing("~0", with: "~"))]
        }
        return value
    }

    private func members(_ value: SlowJSON?) -> [SlowJSON.Member] {
        guard case .object(let members) = value else { return [] }
        return members
    }

    private func names(_ value: SlowJSON?) -> [String] {
        members(value).map(\.name.string)
    }

    private func operations() -> [(path: String, method: String, value: SlowJSON)] {
        members(document["paths"]).flatMap { path in
            members(path.value).filter { $0.name != "parameters" }.map { (path.name.string, $0.name.string, $0.value) }
        }
    }

    private func forEachReference(in value: SlowJSON, _ body: (String) -> Void) {
        switch value {
        case .object(let members):
            for member in members {
                if member.name == "$ref", case .string(let target) = member.value { body(target.string) }
                forEachReference(in: member.value, body)
            }
        case .array(let elements): for element in elements { forEachReference(in: element, body) }
        case .null, .bool, .number, .string: break
        }
    }

    @Test func isOneCompactDocument() {
        #expect(document["openapi"] == .string("3.1.0"))
        #expect(document["info"]?["version"] == .string("1.2.3"))
        #expect(document.bytes + [0x0A] == bytes)
    }

    @Test func describesEveryRoute() {
        let routes = operations().map { "\($0.method) \($0.path)" }
        let item = Self.models + "/{largeLanguageModelId}"
        #expect(
            routes == [
                "get \(Self.models)", "head \(Self.models)", "post \(Self.models)", "post \(Self.models)/bulk",
                "get \(item)", "head \(item)", "put \(item)", "patch \(item)",
                "delete \(item)", "post \(item)/clone", "post \(item)/test", "get /rels/{rel}", "get /openapi.json",
                "get /health",
            ])
        let identifiers = operations().compactMap { $0.value["operationId"] }
        #expect(Set(identifiers).count == routes.count)
    }

    @Test func refersToNothingThatIsNotThere() {
        var count = 0
        forEachReference(in: document) { target in
            count += 1
            #expect(target.hasPrefix("#/"))
            #expect(value(at: String(target.dropFirst())) != nil, "\(target)")
        }
        #expect(count > 100)
        // And nothing is there that nobody refers to.
        var used: Set<String> = []
        forEachReference(in: document) { used.insert($0) }
        for kind in names(document["components"]) where kind != "securitySchemes" {
            for name in names(document["components"]?[ExactText(kind)]) {
                #expect(used.contains("#/components/\(kind)/\(name)"), "\(kind)/\(name)")
            }
        }
    }

    @Test(arguments: [("LargeLanguageModel", SchemaProfile.resource), ("NewLargeLanguageModel", .create)])
    func hasTheSchemasOfTheToolkit(name: String, profile: SchemaProfile) throws {
        let schema = try #require(value(at: "/components/schemas/\(name)"))
        #expect(schema["title"] == .string(ExactText(name)))
        let printed = try SlowJSON(parsing: Array(LargeLanguageModel.schema.jsonSchema(profile: profile).utf8))
        #expect(members(schema).filter { $0.name != "title" } == members(printed).filter { $0.name != "title" })
        for field in LargeLanguageModel.schema.members(of: .record) {
            let name = try #require(LargeLanguageModel.schema.name(of: field))
            let isReadOnly = schema["properties"]?[ExactText(name)]?["readOnly"] == .bool(true)
            #expect(isReadOnly == LargeLanguageModel.schema.isSetByServer(field))
        }
    }

    @Test func namesEveryFormatOfEveryBody() {
        let formats = ["application/json", "application/hal+json", "application/xml", "text/xml", "text/csv"]
        for (path, method, operation) in operations() where path.hasPrefix(Self.models) {
            if let body = operation["requestBody"] {
                let isPatch = method == "patch" || path.hasSuffix("clone")
                #expect(names(body["content"]) == formats + (isPatch ? ["application/merge-patch+json"] : []))
            }
            for response in members(operation["responses"]) {
                guard let content = response.value["content"] else { continue }
                #expect(names(content) == formats, "\(method) \(path)")
            }
        }
        for response in members(document["components"]?["responses"]) {
            #expect(names(response.value["content"]) == ["application/problem+json", "application/problem+xml"])
        }
    }

    /// Generators name types by titles, and follow references to components only.
    @Test func isReadByGenerators() {
        let titles = members(value(at: "/components/schemas")).compactMap { $0.value["title"] }
        #expect(titles.count == 2 && titles[0] != titles[1])
        forEachReference(in: document) { #expect($0.split(separator: "/").count == 4, "\($0)") }
        let identifier = value(at: "/components/schemas/LargeLanguageModelID")
        for name in ["type", "pattern", "minLength", "maxLength"] {
            let name = ExactText(name)
            #expect(identifier?[name] == value(at: "/components/schemas/LargeLanguageModel/properties/_id")?[name])
        }
    }

    /// A response to HEAD has no body; with one described, clients would accept only problems.
    @Test func describesNoBodiesForHead() {
        let heads = operations().filter { $0.method == "head" }
        #expect(heads.count == 2)
        for head in heads {
            for response in members(head.value["responses"]) { #expect(names(response.value) != ["$ref"]) }
            forEachReference(in: head.value) { #expect(!$0.contains("schemas") && !$0.contains("responses")) }
        }
    }

    @Test func asksForNoKeyWithoutOne() throws {
        let open = try RegistryDescription(version: "1", limit: .init(1...1000, usual: 25)).openAPI()
        let text = String(decoding: open, as: UTF8.self)
        #expect(try SlowJSON(parsing: open)["security"] == .array([]))
        for word in ["X-API-Key", "401", "WWW-Authenticate"] { #expect(!text.contains(word), "\(word)") }
        #expect(document["security"] != .array([]))
    }

    @Test func saysWhatCanGoWrong() {
        for (path, method, operation) in operations() {
            let statuses = names(operation["responses"])
            #expect(statuses == statuses.sorted(), "\(method) \(path)")
            #expect(statuses.contains("405") && statuses.contains("500"), "\(method) \(path)")
            let isOpen = operation["security"] == .array([])
            #expect(isOpen != path.hasPrefix(Self.models))
            #expect(statuses.contains("401") == !isOpen)
            #expect(statuses.contains("404") == (path.contains("{")))
            #expect(statuses.contains("415") == (operation["requestBody"] != nil))
            #expect(statuses.contains("422") == (operation["requestBody"] != nil))
            #expect(statuses.contains("501") == path.hasSuffix("/test"))
        }
        let patch = value(at: "/paths/~1v2.0~1largelanguagemodels~1{largeLanguageModelId}/patch/responses")
        #expect(
            names(patch) == [
                "200", "204", "400", "401", "403", "404", "405", "406", "408", "409", "412", "413", "415", "422", "500",
                "503", "507",
            ])
    }

    @Test func declaresEveryParameterOfAPath() {
        for path in members(document["paths"]) {
            var declared: [String] = []
            if let parameters = path.value["parameters"] {
                forEachReference(in: parameters) { declared.append($0) }
            }
            let variables = path.name.string.matches(of: /\{(\w+)\}/).map { String($0.1) }
            #expect(declared == variables.map { "#/components/parameters/\($0)" })
        }
        #expect(value(at: "/components/parameters/limit/schema/maximum") == .number("1000000"))
        #expect(value(at: "/components/schemas/LargeLanguageModel/properties/projectId/pattern") != nil)
    }
}
