import ContentNegotiation
import Foundation
import HTTPTypes
import Hummingbird
import LLMResources
import RegistryStore
import ResourceFormats
import ResourceHTTP

// What responses with one model have in their heads, and the conditions that this leads to.

extension ModelRoutes {
    /// What bodies of POST may be (W3C Linked Data Platform section 7.1).
    private var acceptPost: String {
        responder.representations.filter(\.isReadable).map(\.mediaType.description).joined(separator: ", ")
    }

    /// What bodies of PATCH may be (RFC 5789 section 3.1).
    var acceptPatch: String {
        let patches = Self.patchTypes.keys.map(\.description) + [JSONPatch.mediaType]
        return (patches + [acceptPost]).joined(separator: ", ")
    }

    /// The fields of lists.
    var collectionFields: HTTPFields {
        var fields = Self.revalidated
        if let name = HTTPField.Name("Accept-Post") { fields[name] = acceptPost }
        return fields
    }

    /// The response with a model.
    func response(
        to request: Request, with model: StoredModel, status: HTTPResponse.Status = .ok,
        headerFields: HTTPFields = revalidated
    ) throws -> ResourceResponse {
        let record = try StoredRecord(json: model.record.span, schema: responder.schema)
        var fields = headerFields
        fields[.lastModified] = Self.lastModified(of: record)?.fieldValue
        if let name = HTTPField.Name("Accept-Patch"), status == .ok { fields[name] = acceptPatch }
        return try responder.response(
            to: request.head, with: record, status: status, version: version(model.revision), headerFields: fields)
    }

    /// Refuses a request that was made for another state of a model: 412.
    func checkPreconditions(of request: Request, _ model: StoredModel) throws {
        var lastModified: HTTPDate?
        if request.headers.contains(.ifUnmodifiedSince) {
            let record = try StoredRecord(json: model.record.span, schema: responder.schema)
            lastModified = Self.lastModified(of: record)
        }
        try responder.checkPreconditions(
            of: request.head, version: version(model.revision), lastModified: lastModified)
    }

    /// When a model was last changed; nil where the record does not say, or names a time that has yet to come.
    private static func lastModified(of record: StoredRecord) -> HTTPDate? {
        let field = LargeLanguageModel.Field.lastChanged.id
        let seconds = record.withRecord { view -> Int? in
            guard let value = view[field], value.kind == .number else { return nil }
            return try? value.integer()
        }
        guard let seconds = seconds ?? nil, Double(seconds) <= Date().timeIntervalSince1970 else { return nil }
        return HTTPDate(seconds: seconds)
    }
}
