import FlyingSocks
import Foundation
import LLMResources
import ModelServer
import ResourceFormats
import ResourceHTTP
import Synchronization
import Testing

/// What only shows in the bytes on the connection.
@Suite struct ResourceHandlerTests {
    private static let responder = ResourceResponder(schema: LargeLanguageModel.schema)
    private static let path = ModelRoutes.collection

    private func get(_ target: String = path, _ fields: String = "", method: String = "GET") -> String {
        "\(method) \(target) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n"
    }

    @Test func sendsNoLengthWith304() async throws {
        try await RunningServer.run { server in
            let tag = try #require(try await server.send()["ETag"])
            let received = try await server.exchange(get(Self.path, "If-None-Match: \(tag)\r\n"))
            #expect(received.hasPrefix("HTTP/1.1 304 Not Modified\r\n"))
            #expect(!received.contains("Content-Length"))
            #expect(received.contains("\r\nVary: Accept\r\n"))
            #expect(received.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func sendsNoBodyToHEAD() async throws {
        try await RunningServer.run { server in
            let length = try #require(try await server.send()["Content-Length"])
            let received = try await server.exchange(get(method: "HEAD") + get("/", "Connection: close\r\n"))
            let parts = received.components(separatedBy: "\r\n\r\n")
            #expect(parts[0].contains("\r\nContent-Length: \(length)\r\n"))
            #expect(parts[1].hasPrefix("HTTP/1.1 404 Not Found\r\n"))
        }
    }

    @Test func sendsNeitherLengthNorBodyToHEADOfAStream() async throws {
        try await RunningServer.run { server in
            let received = try await server.exchange(get("\(Self.path)?limit=all", method: "HEAD"))
            #expect(received.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(!received.contains("Content-Length"))
            #expect(received.contains("\r\nTransfer-Encoding: chunked\r\n"))
            #expect(received.hasSuffix("\r\n\r\n"))
            #expect(received.components(separatedBy: "\r\n\r\n").count == 2)
        }
    }

    @Test func answersOneRequestAfterTheOther() async throws {
        try await RunningServer.run { server in
            let body = String(repeating: " ", count: 20_000) + "{]"
            let post =
                "POST \(Self.path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            let chunked =
                "POST \(Self.path) HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
            let received = try await server.exchange(
                get("/") + post + chunked + get(Self.path, "Connection: close\r\n"))
            let statuses = received.matches(of: /HTTP\/1\.1 (\d+)/).map { Int($0.1) }
            #expect(statuses == [404, 400, 415, 200])
        }
    }

    @Test(arguments: [(said: 2000, sent: 2000), (said: 500_000, sent: 8001)])
    func refusesABodyThatIsTooLongAndCloses(size: (said: Int, sent: Int)) async throws {
        try await RunningServer.run(limits: RequestLimits(bodySize: 1000)) { server in
            let post =
                "POST \(Self.path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(size.said)\r\n\r\n"
            // No more than the server reads: when it closes before it has read all, the client may lose the answer.
            let received = try await server.exchange(post + String(repeating: "a", count: size.sent))
            #expect(received.hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
            #expect(received.contains("\r\nConnection: close\r\n"))
            #expect(received.contains(#""detail":"the body has more than 1000 bytes""#))
            #expect(received.matches(of: /HTTP\/1\.1/).count == 1)
        }
    }

    @Test func sendsHEADNoProblem() async throws {
        try await RunningServer.run(limits: RequestLimits(bodySize: 1000)) { server in
            let received = try await server.exchange(
                get(Self.path, "Content-Length: 2000\r\n", method: "HEAD") + String(repeating: "a", count: 2000))
            #expect(received.hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
            #expect(received.contains("\r\nContent-Type: application/problem+json\r\n"))
            #expect(!received.contains("Transfer-Encoding"))
            #expect(received.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func waitsForABodyOnlySoLong() async throws {
        try await RunningServer.run(limits: RequestLimits(patience: .milliseconds(50))) { server in
            let received = try await server.exchange(
                "POST \(Self.path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 10000\r\n\r\n{")
            #expect(received.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            #expect(received.contains("\r\nConnection: close\r\n"))
        }
    }

    @Test func refusesABodyThatIsBadlyChunked() async throws {
        try await RunningServer.run { server in
            let received = try await server.exchange(
                "POST \(Self.path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")
            #expect(received.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(received.contains("well framed"))
        }
    }

    @Test func tellsNothingOfItsOwnFaults() async throws {
        struct Secret: Error {}
        try await RunningServer.run(answer: { _, _ in throw Secret() }) { server in
            let response = try await server.send()
            #expect(response.status == 500)
            #expect(response["Content-Type"] == "application/problem+json")
            #expect(!response.text.contains("Secret"))
        }
    }

    // MARK: Streams

    /// A document that counts what is taken of it.
    private final class Lines: AsyncSequence, Sendable {
        private let line: [UInt8]
        private let count: Int
        private let end: [UInt8]
        private let taken = Atomic(0)
        private let left = Atomic(false)

        /// How many lines were taken.
        var takenCount: Int { taken.load(ordering: .relaxed) }
        /// Whether nobody walks over it any more.
        var isLeft: Bool { left.load(ordering: .relaxed) }

        init(count: Int, end: String = "") {
            line = Array("{\"name\":\"\(String(repeating: "a", count: 100_000))\"}\n".utf8)
            self.count = count
            self.end = Array(end.utf8)
        }

        func makeAsyncIterator() -> Iterator {
            Iterator(lines: self)
        }

        final class Iterator: AsyncIteratorProtocol, SendableMetatype {
            private let lines: Lines
            private var index = 0

            init(lines: Lines) {
                self.lines = lines
            }

            deinit {
                lines.left.store(true, ordering: .relaxed)
            }

            func next() async throws -> [UInt8]? {
                index += 1
                guard index <= lines.count else {
                    return index == lines.count + 1 && !lines.end.isEmpty ? lines.end : nil
                }
                lines.taken.add(1, ordering: .relaxed)
                return lines.line
            }
        }
    }

    private func answer(_ lines: Lines) -> ResourceHandler.Answer {
        { request, _ in
            try await Self.responder.response(to: request, streaming: DocumentSource(.jsonLines) { lines })
        }
    }

    @Test func makesNoMoreOfAStreamThanTheClientTakes() async throws {
        let lines = Lines(count: 10_000)  // 1 GB
        try await RunningServer.run(answer: answer(lines)) { server in
            let socket = try await server.connection()
            try await socket.write(Data(get().utf8))
            let start = try await socket.read(bytes: 300_000)
            #expect(start.starts(with: Array("HTTP/1.1 200 OK\r\n".utf8)))
            try socket.close()
            while !lines.isLeft { try await Task.sleep(for: .milliseconds(5)) }
            // What lies in the buffers of two sockets, a few megabytes.
            #expect((3...200).contains(lines.takenCount))
        }
    }

    @Test func breaksOffAStreamThatFails() async throws {
        for (end, isWhole) in [("", true), ("{\"name\":}\n", false)] {
            let lines = Lines(count: 20, end: end)
            try await RunningServer.run(answer: answer(lines)) { server in
                let fields = isWhole ? "Connection: close\r\n" : ""
                let received = try await server.exchange(get(Self.path, fields))
                #expect(received.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(received.utf8.count > 1_900_000)
                #expect(received.hasSuffix("\r\n0\r\n\r\n") == isWhole)
            }
        }
    }

    @Test func tellsWhatIsWrongBeforeTheFirstPiece() async throws {
        let lines = Lines(count: 0, end: "{\"name\":}\n")
        try await RunningServer.run(answer: answer(lines)) { server in
            let response = try await server.send()
            #expect(response.status == 500)
            #expect(response["Content-Type"] == "application/problem+json")
        }
    }
}
