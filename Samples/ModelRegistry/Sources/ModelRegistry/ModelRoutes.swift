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
    let responder: ResourceResponder
    let limits: RequestLimits
    let places: ListPlaces

    /// Pages of more records than this are streamed.
    private static let largestBufferedPage = 1000

    /// What a patch may be sent as, besides the formats on offer (RFC 7396).
    private static let patchTypes = [
        ContentNegotiation.MediaType(type: "application", subtype: "merge-patch+json"): Format.json
    ]

    private var validator: RecordValidator { RecordValidator(schema: responder.schema, profile: .create) }

    /// Adds the routes below `/v2.0/largelanguagemodels`.
    func add(to router: some RouterMethods<RegistryContext>) {
        let collection: RouterPath = "/v2.0/largelanguagemodels"
        let item: RouterPath = "/v2.0/largelanguagemodels/:id"
        router.resource(
            collection,
            [
                .get: { @Sendable request, _ in try await list(request) },
                .post: { @Sendable request, _ in try await create(request) },
            ])
        router.resource(
            item,
            [
                .get: { @Sendable request, context in try await show(request, context.id()) },
                .patch: { @Sendable request, context in try await update(request, context.id()) },
                .delete: { @Sendable request, context in try await delete(request, context.id()) },
            ])
        router.resource(
            "/v2.0/largelanguagemodels/:id/clone",
            [.post: { @Sendable request, context in try await clone(request, context.id()) }])
        router.resource(
            "/v2.0/largelanguagemodels/:id/test",
            [.post: { @Sendable request, context in try await test(context.id()) }])
    }

    // MARK: Reading

    private func list(_ request: Request) async throws -> ResourceResponse {
        let query = try PageQuery(request)
        guard query.limit <= Self.largestBufferedPage else { return try await stream(request, query) }
        if let kept = try responder.response(
            to: request.head, keptFor: version(try await store.revision), headerFields: Self.revalidated)
        {
            return kept
        }
        let page = try await store.page(query)
        let records = try StoredRecord.records(json: page.records.lazy.map(\.record), schema: responder.schema)
        return try responder.response(
            to: request.head, with: records, page: page.info, version: version(page.revision),
            headerFields: Self.revalidated)
    }

    private func stream(_ request: Request, _ query: PageQuery) async throws -> ResourceResponse {
        let place = try places.take()
        let reading = try await store.reading(query)
        let page = PageInfo(
            total: Number(reading.total), nextCursor: reading.nextCursor, previousCursor: reading.previousCursor)
        return try await responder.response(
            to: request.head,
            streaming: DocumentSource(.json) { withExtendedLifetime(place) { reading.chunks } }, page: page,
            version: version(reading.revision), headerFields: Self.revalidated)
    }

    private func show(_ request: Request, _ id: String) async throws -> ResourceResponse {
        guard let model = try await store.model(id: id) else { throw Self.missing(id) }
        return try response(to: request, with: model)
    }

    private func response(
        to request: Request, with model: StoredModel, status: HTTPResponse.Status = .ok,
        headerFields: HTTPFields = revalidated
    ) throws -> ResourceResponse {
        let record = try StoredRecord(json: model.record.span, schema: responder.schema)
        return try responder.response(
            to: request.head, with: record, status: status, version: version(model.revision),
            headerFields: headerFields)
    }

    // MARK: Writing

    private func create(_ request: Request) async throws -> ResourceResponse {
        try checkAcceptable(request)
        let record = try await limits.body(of: request, with: responder, validator: validator)
        return try response(created: try await store.insert(record.json), to: request)
    }

    private func update(_ request: Request, _ id: String) async throws -> ResourceResponse {
        try checkAcceptable(request)
        let patch = try await limits.body(of: request, with: responder, or: Self.patchTypes)
        while true {
            guard let model = try await store.model(id: id) else { throw Self.missing(id) }
            try responder.checkPreconditions(of: request.head, version: version(model.revision))
            let outcome = try await store.update(
                id: id, patch: patch.json, ifRevision: model.revision, validate: check)
            switch outcome {
            case .updated(let model): return try response(to: request, with: model)
            case .missing: throw Self.missing(id)
            case .conflict: continue  // Somebody was faster: look again, and at `If-Match` too.
            }
        }
    }

    /// Refuses a patched record that is not valid; it has no place in the body.
    @Sendable
    private func check(_ record: RecordView) throws {
        let violations = validator.violations(in: record).filter { $0.severity == .error }
        guard !violations.isEmpty else { return }
        throw ProblemDetails(violations.map { PlacedViolation(violation: $0) })
    }

    private func delete(_ request: Request, _ id: String) async throws -> ResourceResponse {
        while true {
            guard let model = try await store.model(id: id) else { throw Self.missing(id) }
            try responder.checkPreconditions(of: request.head, version: version(model.revision))
            switch try await store.delete(id: id, ifRevision: model.revision) {
            case .deleted: return .empty(.noContent)
            case .missing: throw Self.missing(id)
            case .conflict: continue
            }
        }
    }

    private func clone(_ request: Request, _ id: String) async throws -> ResourceResponse {
        try checkAcceptable(request)
        var patch: [UInt8]?
        if try await limits.hasBody(request) {
            patch = try await limits.body(of: request, with: responder, or: Self.patchTypes).json
        }
        guard let model = try await store.clone(id: id, patch: patch, validate: check) else { throw Self.missing(id) }
        return try response(created: model, to: request)
    }

    private func test(_ id: String) async throws -> ResourceResponse {
        guard try await store.model(id: id) != nil else { throw Self.missing(id) }
        throw ProblemDetails(.notImplemented, "this registry has no provider to test a model with")
    }

    // MARK: -

    /// Refuses a client that accepts nothing on offer before anything is written for it: a 406 has changed nothing.
    private func checkAcceptable(_ request: Request) throws {
        _ = try responder.representation(for: request.head)
    }

    private func response(created model: StoredModel, to request: Request) throws -> ResourceResponse {
        let fields: HTTPFields = [
            .location: "\(responder.baseURL)/v2.0/largelanguagemodels/\(model.id)", .cacheControl: "no-cache",
        ]
        return try response(to: request, with: model, status: .created, headerFields: fields)
    }

    /// Names a state: revisions begin anew with every database, so its own name belongs to it.
    private func version(_ revision: Int64) -> String {
        "\(store.userId)-\(String(revision, radix: 36))"
    }

    /// Caches may keep answers and have to ask whether they are still good.
    private static let revalidated: HTTPFields = [.cacheControl: "no-cache"]

    private static func missing(_ id: String) -> ProblemDetails {
        ProblemDetails(.notFound, "there is no large language model \"\(id)\"")
    }
}

extension ModelPage {
    /// What the page says about the collection.
    var info: PageInfo {
        PageInfo(total: Number(total), nextCursor: nextCursor, previousCursor: previousCursor)
    }
}
