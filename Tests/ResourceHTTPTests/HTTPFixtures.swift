import HTTPTypes
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import ResourceHTTP

/// Requests, records and readings that the suites share.
enum Fixture {
    static let schema = LargeLanguageModel.schema
    static let responder = ResourceResponder(schema: schema)
    static let id = "5ce7c2d833ea1e04d7e6c432"

    /// Its members stand in schema order, as a typed resource writes them.
    static let json = """
        {"name":"Größe","modelType":"gpt-4o","provider":"openAI",\
        "connectionId":"3c90c3cc-0d44-4b50-8888-8dd25736052a","projectId":"5ce7c2d833ea1e04d7e6c433",\
        "_id":"\(id)","region":{"eu":1e2}}
        """

    static func record(_ json: String = Fixture.json) throws -> StoredRecord {
        try StoredRecord(json: Array(json.utf8).span, schema: schema)
    }

    static func request(
        _ method: HTTPRequest.Method = .get, _ path: String = "/v2.0/largelanguagemodels", accept: String? = nil,
        fields others: HTTPFields = [:]
    ) -> HTTPRequest {
        var fields = others
        fields[.accept] = accept
        return HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields)
    }

    /// Realistic records, the same for a seed.
    static func records(_ count: Int, seed: UInt64, mood: RecordGenerator.Mood = .realistic) throws -> [StoredRecord] {
        var generator = RecordGenerator(schema: schema, mood: mood, seed: seed)
        return try (0..<count).map { _ in
            try StoredRecord(json: generator.nextRecord().bytes.span, schema: schema)
        }
    }
}

extension ResourceResponse {
    /// The body as text; nil if there is none or it is a stream.
    var text: String? {
        guard case .bytes(let content) = body else { return nil }
        return String(decoding: content.array, as: UTF8.self)
    }

    subscript(field: String) -> String? {
        HTTPField.Name(field).flatMap { head.headerFields[$0] }
    }
}

/// The problem that a call throws; nil if it does not.
func problem<Result>(_ call: () throws(ProblemDetails) -> Result) -> ProblemDetails? {
    do {
        _ = try call()
        return nil
    } catch {
        return error
    }
}
