import ContentNegotiation
import HTTPTypes
import Hummingbird
import LLMResources
import RegistryDescription
import RegistryStore
import ResourceFormats
import ResourceHTTP
import ResourceHummingbird

/// What is there for people and tools: the page at the root, the relations' pages, the description, the health.
struct SiteRoutes: Sendable {
    let store: ModelStore
    let description: [UInt8]

    private static let negotiator = Negotiator(offers: Format.negotiationOffers, policy: .clientPreference)

    /// Adds the routes.
    func add(to router: some RouterMethods<RegistryContext>) {
        router.resource("/", [.get: { @Sendable request, _ in Self.page(request) }])
        router.resource("/rels/:rel", [.get: { @Sendable request, context in try Self.relation(request, context) }])
        router.resource(
            "/openapi.json", [.get: { @Sendable request, _ in Self.content(description, "application/json", request) }])
        router.resource("/negotiation", [.get: { @Sendable request, _ in Self.negotiation(request) }])
        router.resource("/health", [.get: { @Sendable request, _ in try await health(request) }])
    }

    private static func page(_ request: Request) -> Response {
        var response = content(PackageResources.index_html, "text/html; charset=utf-8", request)
        response.headers[.contentSecurityPolicy] = """
            default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; \
            img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
            """
        return response
    }

    /// The page of a relation: what HAL's curie leads to.
    private static func relation(_ request: Request, _ context: RegistryContext) throws -> Response {
        let name = try context.component("rel")
        guard let relation = RelationPage.all.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            throw ProblemDetails(.notFound, "there is no relation of this name")
        }
        var response = content(Array(relation.html.utf8), "text/html; charset=utf-8", request)
        response.headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'"
        return response
    }

    /// What the request's own `Accept` gets, and why.
    private static func negotiation(_ request: Request) -> Response {
        let accept = request.headers[.accept]
        let decision = negotiator.decision(accept: accept)
        var json = decision.json(
            accept: accept, names: negotiator.offers.map(\.description), isExplained: true)
        json.append(0x0A)
        var response = content(json, "application/json", request)
        response.headers[.vary] = "Accept"
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Whether the database answers, and takes writes; what keeps it from that is told as any store's failure is.
    private func health(_ request: Request) async throws -> Response {
        try await store.checkWritable()
        let total = try await store.page(PageQuery(limit: 1)).total
        var response = Self.content(
            Array("{\"status\":\"ok\",\"largeLanguageModels\":\(total)}\n".utf8), "application/json", request)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    static func content(_ bytes: [UInt8], _ contentType: String, _ request: Request) -> Response {
        let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        return Response(
            status: .ok,
            headers: [
                .contentType: contentType, .contentLength: String(bytes.count), .xContentTypeOptions: "nosniff",
            ], body: body)
    }
}
