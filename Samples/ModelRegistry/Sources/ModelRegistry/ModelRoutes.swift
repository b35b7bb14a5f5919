import ContentNegotiation
import HTTPTypes
import Hummingbird
import LLMResources
import RegistryStore
import ResourceFormats
import ResourceHTTP
import ResourceHummingbird

/// The routes of large language models, as the API has them.
struct ModelRoutes: Sendable {
    let store: ModelStore
    var responder: ResourceResponder
    /// Where links lead, if that depends on the request.
    var addresses: PublicAddress?
    let limits: RequestLimits
    let places: ListPlaces

    /// Pages of more records than this are streamed.
    private static let largestBufferedPage = 1000

    /// What a patch may be sent as, besides the formats on offer (RFC 7396).
    static let patchTypes = [
        ContentNegotiation.MediaType(type: "application", subtype: "merge-patch+json"): Format.json
    ]

    var validator: RecordValidator { RecordValidator(schema: responder.schema, profile: .create) }

    /// Adds the routes below `/v2.0/largelanguagemodels`.
    func add(to router: some RouterMethods<RegistryContext>) {
        let collection: RouterPath = "/v2.0/largelanguagemodels"
        let item: RouterPath = "/v2.0/largelanguagemodels/:id"
        router.resource(
            collection,
            [
                .get: { @Sendable request, _ in try await at(request).list(request) },
                .post: { @Sendable request, _ in try await at(request).create(request) },
            ])
        router.resource(
            "/v2.0/largelanguagemodels/bulk",
            [.post: { @Sendable request, _ in try await at(request).createAll(request) }])
        router.resource(
            item,
            [
                .get: { @Sendable request, context in try await at(request).show(request, context.id()) },
                .patch: { @Sendable request, context in try await at(request).update(request, context.id()) },
                .put: { @Sendable request, context in try await at(request).put(request, context.id()) },
                .delete: { @Sendable request, context in try await at(request).delete(request, context.id()) },
            ])
        router.resource(
            "/v2.0/largelanguagemodels/:id/clone",
            [.post: { @Sendable request, context in try await at(request).clone(request, context.id()) }])
        router.resource(
            "/v2.0/largelanguagemodels/:id/test",
            [.post: { @Sendable request, context in try await test(context.id()) }])
    }

    /// The routes with the links that are right for a request.
    private func at(_ request: Request) -> ModelRoutes {
        guard let addresses else { return self }
        var routes = self
        routes.responder = addresses.responder(for: request.head)
        return routes
    }

    // MARK: Reading

    private func list(_ request: Request) async throws -> ResourceResponse {
        let query = try PageQuery(request)
        guard query.limit <= Self.largestBufferedPage else { return try await stream(request, query) }
        if let kept = try responder.response(
            to: request.head, keptFor: version(try await store.revision), headerFields: collectionFields)
        {
            return kept
        }
        let page = try await store.page(query)
        let records = try StoredRecord.records(json: page.records.lazy.map(\.record), schema: responder.schema)
        return try responder.response(
            to: request.head, with: records, page: page.info, version: version(page.revision),
            headerFields: collectionFields)
    }

    private func stream(_ request: Request, _ query: PageQuery) async throws -> ResourceResponse {
        let place = try places.take()
        let reading = try await store.reading(query)
        let page = PageInfo(
            total: Number(reading.total), nextCursor: reading.nextCursor, previousCursor: reading.previousCursor)
        return try await responder.response(
            to: request.head,
            streaming: DocumentSource(.json) { withExtendedLifetime(place) { reading.chunks } }, page: page,
            version: version(reading.revision), headerFields: collectionFields)
    }

    private func show(_ request: Request, _ id: String) async throws -> ResourceResponse {
        guard let model = try await store.model(id: id) else { throw Self.missing(id) }
        return try response(to: request, with: model)
    }

    // MARK: Writing

    /// Refuses a patched record that is not valid; it has no place in the body.
    @Sendable
    func check(_ record: RecordView) throws {
        let violations = validator.violations(in: record).filter { $0.severity == .error }
        guard !violations.isEmpty else { return }
        throw ProblemDetails(violations.map { PlacedViolation(violation: $0) })
    }

    private func delete(_ request: Request, _ id: String) async throws -> ResourceResponse {
        while true {
            guard let model = try await store.model(id: id) else { throw Self.missing(id) }
            try checkPreconditions(of: request, model)
            switch try await store.delete(id: id, ifRevision: model.revision) {
            case .deleted: return .empty(.noContent)
            case .missing: throw Self.missing(id)
            case .conflict: continue
            }
        }
    }

    private func test(_ id: String) async throws -> ResourceResponse {
        guard try await store.model(id: id) != nil else { throw Self.missing(id) }
        throw ProblemDetails(.notImplemented, "this registry has no provider to test a model with")
    }

    // MARK: -

    /// Refuses a client that accepts nothing on offer before anything is written for it: a 406 has changed nothing.
    func checkAcceptable(_ request: Request) throws {
        _ = try responder.representation(for: request.head)
    }

    /// Names a state: revisions begin anew with every database, so its own name belongs to it.
    func version(_ revision: Int64) -> String {
        "\(store.userId)-\(String(revision, radix: 36))"
    }

    /// Caches may keep answers and have to ask whether they are still good.
    static let revalidated: HTTPFields = [.cacheControl: "no-cache"]

    static func missing(_ id: String) -> ProblemDetails {
        ProblemDetails(.notFound, "there is no large language model \"\(id)\"")
    }
}

extension ModelPage {
    /// What the page says about the collection.
    var info: PageInfo {
        PageInfo(total: Number(total), nextCursor: nextCursor, previousCursor: previousCursor)
    }
}
