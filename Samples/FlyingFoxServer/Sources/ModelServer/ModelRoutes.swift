import Foundation
public import HTTPTypes
import LLMResources
import LLMResourcesHTTP
import ResourceFormats
public import ResourceHTTP

/// The routes of large language models: a collection that can be read and added to, and its items.
public struct ModelRoutes: Sendable {
    /// The collection's path.
    public static let collection = "/v2.0/largelanguagemodels"

    /// Offers what the API does, and JSON Lines.
    public let responder = ResourceResponder(
        schema: LargeLanguageModel.schema, representations: Representation.standard + [Representation(.jsonLines)],
        problems: .largeLanguageModels)
    private let store: ModelStore
    private let validator = RecordValidator(schema: LargeLanguageModel.schema, profile: .create)

    /// The routes to a store.
    public init(store: ModelStore) {
        self.store = store
    }

    /// Answers a request.
    ///
    /// - Throws: `ProblemDetails`; other errors are the server's fault.
    public func answer(_ request: HTTPRequest, _ body: [UInt8]) async throws -> ResourceResponse {
        guard let target = URLComponents(string: request.path ?? "") else { throw ProblemDetails(.badRequest) }
        guard target.path.utf8.starts(with: Self.collection.utf8) else { throw ProblemDetails(.notFound) }
        let rest = target.path.utf8.dropFirst(Self.collection.utf8.count)
        switch (rest.isEmpty, request.method) {
        case (true, .get), (true, .head): return try await list(request, target.queryItems ?? [])
        case (true, .post): return try await create(request, body)
        case (true, _): throw Self.notAllowed(request.method, only: "GET, HEAD, POST")
        case (false, _) where rest.first != UInt8(ascii: "/"): throw ProblemDetails(.notFound)
        case (false, .get), (false, .head): return try await show(request, String(Substring(rest.dropFirst())))
        case (false, _): throw Self.notAllowed(request.method, only: "GET, HEAD")
        }
    }

    private static func notAllowed(_ method: HTTPRequest.Method, only allowed: String) -> ProblemDetails {
        ProblemDetails(
            .methodNotAllowed, "\(method) is not among the methods of this path: \(allowed)",
            headerFields: [.allow: allowed])
    }

    // MARK: -

    private func list(_ request: HTTPRequest, _ query: [URLQueryItem]) async throws -> ResourceResponse {
        guard let place = try PagePlace(query) else { return try await stream(request) }
        let slice = await store.slice(from: place.position, limit: place.limit)
        let end = place.position + slice.records.count
        let page = PageInfo(
            total: Number(slice.total),
            nextCursor: end < slice.total ? PagePlace(position: end, limit: place.limit).cursor : nil)
        return try responder.response(to: request, with: Array(slice.records), page: page, version: slice.version)
    }

    /// All records, encoded while they are sent.
    private func stream(_ request: HTTPRequest) async throws -> ResourceResponse {
        let slice = await store.slice()
        return try await responder.response(
            to: request, streaming: DocumentSource(.jsonLines) { RecordLines(records: slice.records) },
            version: slice.version)
    }

    private func show(_ request: HTTPRequest, _ id: String) async throws -> ResourceResponse {
        guard let record = await store.record(id: id) else {
            throw ProblemDetails(.notFound, "there is no large language model with this identifier")
        }
        // Records never change here, so a hash of the bytes is as good a version as any.
        return try responder.response(to: request, with: record)
    }

    private func create(_ request: HTTPRequest, _ body: [UInt8]) async throws -> ResourceResponse {
        // Who gets a 406 must not find the record there afterwards.
        _ = try responder.representation(for: request)
        let sent = try responder.record(in: body.span, of: request, validator: validator)
        let (record, id) = try await store.insert(sent)
        return try responder.response(
            to: request, with: record, status: .created, headerFields: [.location: "\(Self.collection)/\(id)"])
    }
}

/// Where a page begins and how long it is: what a cursor says.
struct PagePlace: Sendable {
    var position = 0
    var limit = 25

    var cursor: String { "\(position)-\(limit)" }

    init(position: Int, limit: Int) {
        self.position = position
        self.limit = limit
    }

    /// The place that a query asks for, with `next` and `limit`; nil for `limit=all`.
    ///
    /// - Throws: 400 for a value that no page can have.
    init?(_ query: [URLQueryItem]) throws(ProblemDetails) {
        func value(_ name: String) -> String? { query.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }
        if let next = value("next") {
            let numbers = next.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
                .map { Int(Substring($0)) ?? -1 }
            guard numbers.count == 2, numbers[0] >= 0, Self.limits.contains(numbers[1]) else {
                throw ProblemDetails(.badRequest, "\"next\" has to be a cursor of this server")
            }
            (position, limit) = (numbers[0], numbers[1])
        }
        guard let text = value("limit") else { return }
        if text.utf8.elementsEqual("all".utf8) { return nil }
        guard let number = Int(text), Self.limits.contains(number) else {
            throw ProblemDetails(
                .badRequest,
                "\"limit\" has to be \"all\", or from \(Self.limits.lowerBound) to \(Self.limits.upperBound)")
        }
        limit = number
    }

    private static let limits = 1...1000
}

/// Records as JSON Lines, one at a time.
private struct RecordLines: AsyncSequence, Sendable {
    let records: ArraySlice<StoredRecord>

    func makeAsyncIterator() -> Iterator {
        Iterator(records: records)
    }

    struct Iterator: AsyncIteratorProtocol {
        var records: ArraySlice<StoredRecord>

        mutating func next() async -> [UInt8]? {
            records.popFirst().map { $0.json + [0x0A] }
        }
    }
}
