import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LLMResources
import Logging
import NIOCore
import RegistryStore
import ResourceFormats
import Testing

@testable import ModelRegistry

/// A registry in memory with the sample data, for one test.
struct RegistryServer {
    static let models = "/v2.0/largelanguagemodels"
    /// The files of Samples/Data.
    static let data = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Data")

    /// Runs `test` against a registry.
    static func run(
        _ configuration: RegistryConfiguration = RegistryConfiguration(),
        _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        var configuration = configuration
        configuration.port = 0
        configuration.logLevel = .critical
        let store = try await ModelStore(path: ":memory:")
        _ = try await store.importDocument(path: data.appending(path: "models.json").path())
        try await registryApplication(configuration, store: store).test(.live, test)
    }
}

extension TestResponse {
    /// The body as text.
    var text: String { String(buffer: body) }

    /// The body as JSON.
    var json: [String: Any] {
        get throws {
            try #require(try JSONSerialization.jsonObject(with: Data(Array(buffer: body))) as? [String: Any])
        }
    }

    subscript(field: String) -> String? {
        HTTPField.Name(field).flatMap { headers[$0] }
    }
}

extension TestClientProtocol {
    /// Sends a request and gives the answer.
    func send(
        _ method: HTTPRequest.Method = .get, _ uri: String = RegistryServer.models, accept: String? = nil,
        fields: HTTPFields = [:], body: (type: String, text: String)? = nil
    ) async throws -> TestResponse {
        var headers = fields
        headers[.accept] = accept
        headers[.contentType] = body?.type
        return try await execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0.text) }
        ) { $0 }
    }

    /// The identifier of the first model.
    func firstID() async throws -> String {
        let items = try await send(.get, RegistryServer.models + "?limit=1").json["items"] as? [[String: Any]]
        return try #require(items?.first?["_id"] as? String)
    }
}
