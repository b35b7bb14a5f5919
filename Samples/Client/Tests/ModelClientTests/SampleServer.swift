import FlyingFox
import FlyingSocks
import Foundation
import LLMResources
import ModelServer
import ResourceFormats

/// The FlyingFoxServer sample with the first seven of the sample records.
struct SampleServer {
    /// The collection's URL.
    let url: URL
    /// The models that are there.
    let models: [LargeLanguageModel]

    /// Runs `test` against a server.
    static func run(_ test: @escaping @Sendable (SampleServer) async throws -> Void) async throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Data/models.jsonl")
        let lines = Array(try Data(contentsOf: file)).split(separator: 0x0A).prefix(7)
        let document = Array(lines.joined(separator: [0x0A]))
        let store = ModelStore()
        try await store.add(document, from: .jsonLines)
        let models = try Format.jsonLines.decode([LargeLanguageModel].self, from: document.span)

        let server = try modelServer(store, port: 0)
        let task = Task { try await server.run() }
        defer { task.cancel() }
        try await server.waitUntilListening()
        guard case .ip4(_, let port) = await server.listeningAddress,
            let url = URL(string: "http://127.0.0.1:\(port)\(ModelRoutes.collection)")
        else { throw SocketError.unsupportedAddress }
        try await test(SampleServer(url: url, models: models))
        await server.stop()
    }
}
