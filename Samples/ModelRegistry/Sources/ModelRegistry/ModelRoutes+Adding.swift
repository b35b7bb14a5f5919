import HTTPTypes
import Hummingbird
import LLMResources
import RegistryStore
import ResourceFormats
import ResourceHTTP

// Creating and copying models: one, many, and once however often the request comes.

extension ModelRoutes {
    /// The largest number of records in one body.
    private static let mostRecords = 10_000

    func create(_ request: Request) async throws -> ResourceResponse {
        try checkAcceptable(request)
        let record = try await limits.body(of: request, with: responder, validator: validator)
        return try await add(.records([record.json]), for: request, fingerprint: record.json)
    }

    /// Creates all records of a list, or none if anything is wrong with one of them.
    func createAll(_ request: Request) async throws -> ResourceResponse {
        try checkAcceptable(request)
        _ = try responder.format(ofBodyOf: request.head)
        try responder.checkBodyLength(of: request.head, limit: limits.bodySize)
        let body = try await limits.bytes(of: request)
        let records = try responder.records(
            in: body, of: request.head, mostRecords: Self.mostRecords, validator: validator
        ).map(\.json)
        return try await add(
            .records(records), for: request, fingerprint: Array(records.joined(separator: [0x0A])), isList: true)
    }

    func clone(_ request: Request, _ id: String) async throws -> ResourceResponse {
        try checkAcceptable(request)
        var patch: [UInt8]?
        if try await limits.hasBody(request) {
            patch = try await limits.body(of: request, with: responder, or: Self.patchTypes).json
        }
        return try await add(.clone(id, patch: patch), for: request, fingerprint: patch ?? [], missing: id)
    }

    /// Adds models; with an `Idempotency-Key` once.
    private func add(
        _ additions: Additions, for request: Request, fingerprint: [UInt8], isList: Bool = false,
        missing id: String = ""
    ) async throws -> ResourceResponse {
        guard let key = try Self.idempotencyKey(of: request) else {
            guard let models = try await store.add(additions, validate: check) else { throw Self.missing(id) }
            return try response(created: models, isList, to: request)
        }
        // What the response depends on besides the body.
        let head = "\(request.method.rawValue) \(request.head.path ?? "")\n\(request.headers[.contentType] ?? "")\n"
        let once = OnceRequest(key: key, request: Array(head.utf8) + fingerprint)
        let outcome = try await store.add(additions, once: once, validate: check) { models in
            KeptAnswer(try response(created: models, isList, to: request))
        }
        switch outcome {
        case .answer(let answer, _): return answer.response
        case .missing: throw Self.missing(id)
        case .otherRequest:
            throw ProblemDetails(
                .unprocessableContent, "the \"Idempotency-Key\" was used for another request",
                details: [.init("idempotencyKey", .text(key))])
        }
    }

    private func response(
        created models: [StoredModel], _ isList: Bool, to request: Request
    ) throws -> ResourceResponse {
        var response: ResourceResponse
        if !isList, let model = models.first {
            response = try self.response(created: model, to: request)
        } else {
            let records = try StoredRecord.records(json: models.lazy.map(\.record), schema: responder.schema)
            response = try responder.response(to: request.head, with: records, headerFields: Self.revalidated)
            response.head.status = .created
            response.head.headerFields[.eTag] = nil  // No path has this list.
        }
        return response.honoringPreference(of: request.head)
    }

    /// The response with a model that was made, and where it is.
    func response(created model: StoredModel, to request: Request) throws -> ResourceResponse {
        let fields: HTTPFields = [
            .location: "\(responder.baseURL)/v2.0/largelanguagemodels/\(model.id)", .cacheControl: "no-cache",
        ]
        return try response(to: request, with: model, status: .created, headerFields: fields)
    }

    /// The client's name for a request; nil without one.
    ///
    /// - Throws: 400 for one that is empty or too long, or is there twice.
    private static func idempotencyKey(of request: Request) throws -> String? {
        guard let name = HTTPField.Name("Idempotency-Key"), let field = request.headers[name] else { return nil }
        let key = field.utf8.filter { $0 != UInt8(ascii: "\"") }
        guard 1...255 ~= key.count, request.headers[values: name].count == 1,
            key.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: ",") })
        else {
            throw ProblemDetails(
                .badRequest, "expected one \"Idempotency-Key\" of 1 to 255 visible ASCII characters without commas")
        }
        return String(decoding: key, as: UTF8.self)
    }
}

extension KeptAnswer {
    fileprivate init(_ response: ResourceResponse) {
        var body: [UInt8] = []
        if case .bytes(let content) = response.body { body = content.array }
        self.init(
            status: response.head.status.code,
            fields: response.head.headerFields.map { "\($0.name.rawName): \($0.value)" }, body: body)
    }

    /// The response that was kept.
    fileprivate var response: ResourceResponse {
        var fields = HTTPFields()
        for field in self.fields {
            let parts = field.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { continue }
            fields.append(HTTPField(name: name, value: String(parts[1].drop { $0 == " " })))
        }
        return ResourceResponse(
            head: HTTPResponse(status: HTTPResponse.Status(code: status), headerFields: fields),
            body: body.isEmpty ? .none : .bytes(ResourceContent(body)))
    }
}
