import ContentNegotiation
import HTTPTypes
import Hummingbird
import LLMResources
import RegistryStore
import ResourceFormats
import ResourceHTTP

// Changing a model: by a merge patch in any format, by a JSON Patch, or as a whole.

extension ModelRoutes {
    /// PATCH.
    func update(_ request: Request, _ id: String) async throws -> ResourceResponse {
        try checkAcceptable(request)
        if Self.isJSONPatch(request) { return try await applyJSONPatch(request, id) }
        let patch: StoredRecord
        do {
            patch = try await limits.body(of: request, with: responder, or: Self.patchTypes)
        } catch var problem as ProblemDetails where problem.status == .unsupportedMediaType {
            if let name = HTTPField.Name("Accept-Patch") { problem.headerFields[name] = acceptPatch }
            throw problem
        }
        return try await change(request, id) { model in
            try await store.update(id: id, patch: patch.json, ifRevision: model.revision, validate: check)
        }
    }

    /// PUT: what the client may set becomes what it sends.
    ///
    /// A model that is not there is made.
    func put(_ request: Request, _ id: String) async throws -> ResourceResponse {
        try checkAcceptable(request)
        let record = try await limits.body(of: request, with: responder, validator: validator)
        while try await store.model(id: id) == nil {
            guard !request.headers.contains(.ifMatch) else {
                throw ProblemDetails(
                    .preconditionFailed, "there is no large language model that \"If-Match\" could name")
            }
            guard let made = try await store.insert(record.json, id: id) else { continue }
            return try response(created: made, to: request).honoringPreference(of: request.head)
        }
        return try await change(request, id) { model in
            try await store.replace(id: id, ifRevision: model.revision, with: { _ in record.json }, validate: check)
        }
    }

    private func applyJSONPatch(_ request: Request, _ id: String) async throws -> ResourceResponse {
        try responder.checkBodyLength(of: request.head, limit: limits.bodySize)
        let schema = responder.schema
        let patch = try JSONPatch(try await limits.bytes(of: request), schema: schema, limits: responder.limits)
        return try await change(request, id) { model in
            try await store.replace(
                id: id, ifRevision: model.revision, with: { try patch.applied(to: $0, schema: schema) },
                validate: check)
        }
    }

    /// Changes a model, again if somebody else was faster: then its preconditions are looked at again, too.
    private func change(
        _ request: Request, _ id: String, _ change: (StoredModel) async throws -> UpdateOutcome
    ) async throws -> ResourceResponse {
        while true {
            guard let model = try await store.model(id: id) else { throw Self.missing(id) }
            try checkPreconditions(of: request, model)
            switch try await change(model) {
            case .updated(let model):
                return try response(to: request, with: model).honoringPreference(of: request.head)
            case .missing: throw Self.missing(id)
            case .conflict: continue
            }
        }
    }

    private static func isJSONPatch(_ request: Request) -> Bool {
        guard !request.headers.contains(.contentEncoding),
            let type = request.headers[.contentType].flatMap({ ContentNegotiation.MediaType($0) }),
            let patch = ContentNegotiation.MediaType(JSONPatch.mediaType)
        else { return false }
        return type.hasSameEssence(as: patch)
    }
}
