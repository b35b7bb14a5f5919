import FlyingFox
import FlyingSocks
import Foundation
import HTTPTypes
import LLMResources
import ModelServer
import ResourceFormats
import ResourceHTTP
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A server at a port of its own, for one test.
struct RunningServer {
    let port: UInt16
    let store: ModelStore

    /// The sample records, as the server has taken them in.
    static func samples() throws -> [StoredRecord] {
        let bytes = try data()
        return try StoredRecord.records(in: bytes.span, from: .json, schema: LargeLanguageModel.schema).records
    }

    /// Runs `test` against a server of the sample records.
    static func run(
        limits: RequestLimits = RequestLimits(), _ test: @escaping @Sendable (RunningServer) async throws -> Void
    ) async throws {
        let store = ModelStore()
        try await store.add(try data(), from: .json)
        try await run(try modelServer(store, port: 0, limits: limits), store, test)
    }

    /// Runs `test` against a server that answers every request with `answer`.
    static func run(
        answer: @escaping ResourceHandler.Answer, _ test: @escaping @Sendable (RunningServer) async throws -> Void
    ) async throws {
        let handler = ResourceHandler(
            responder: ResourceResponder(schema: LargeLanguageModel.schema), answer: answer)
        let config = HTTPServer.Configuration(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        try await run(HTTPServer(config: config, handler: handler), ModelStore(), test)
    }

    private static func run(
        _ server: HTTPServer, _ store: ModelStore, _ test: @escaping @Sendable (RunningServer) async throws -> Void
    ) async throws {
        let task = Task { try await server.run() }
        try await server.waitUntilListening()
        guard case .ip4(_, let port) = await server.listeningAddress else { throw SocketError.unsupportedAddress }
        defer { task.cancel() }
        try await test(RunningServer(port: port, store: store))
        await server.stop()
    }

    private static func data() throws -> [UInt8] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Data/models.json")
        return Array(try Data(contentsOf: file))
    }

    // MARK: Requests

    /// A response with its body.
    struct Response {
        let head: HTTPURLResponse
        let body: [UInt8]

        var status: Int { head.statusCode }
        var text: String { String(decoding: body, as: UTF8.self) }

        subscript(field: String) -> String? { head.value(forHTTPHeaderField: field) }

        /// The body as a JSON object.
        var json: [String: Any] {
            get throws { try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) }
        }
    }

    /// Sends a request by way of URLSession, which keeps its connections.
    func send(
        _ method: String = "GET", _ target: String = ModelRoutes.collection, fields: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> Response {
        let url = try #require(URL(string: "http://127.0.0.1:\(port)\(target)"))
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 30)
        request.httpMethod = method
        request.httpBody = body.map { Data($0) }
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        return Response(head: try #require(response as? HTTPURLResponse), body: Array(data))
    }

    /// What the server sends over one connection, byte for byte, until it closes it.
    func exchange(_ requests: String) async throws -> String {
        let socket = try await connection()
        defer { try? socket.close() }
        try await socket.write(Data(requests.utf8))
        var received: [UInt8] = []
        // Its end is an error.
        while let piece = try? await socket.read(atMost: 64 << 10) { received += piece }
        return String(decoding: received, as: UTF8.self)
    }

    /// A connection without anything that knows HTTP.
    func connection() async throws -> AsyncSocket {
        try await AsyncSocket.connected(to: try .inet(ip4: "127.0.0.1", port: port))
    }
}
