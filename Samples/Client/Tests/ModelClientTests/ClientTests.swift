import Foundation
import LLMResources
import Testing

/// The built program, run as its users run it.
@Suite struct ClientTests {
    private struct Result {
        let output: String
        let errors: String
        let exitCode: Int32
    }

    private func run(_ arguments: [String]) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "Client-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "Client")
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        // Waiting must not hold a thread that the server of the test needs.
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Result(
            output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8), exitCode: process.terminationStatus)
    }

    @Test func printsOneLineForEachModel() async throws {
        try await SampleServer.run { server in
            let result = try await run("\(server.url)?limit=2")
            #expect(result.errors == "")
            #expect(result.exitCode == 0)
            let lines = result.output.split(separator: "\n")
            #expect(lines.count == server.models.count)
            for (line, model) in zip(lines, server.models) {
                let cells = [model.id ?? "", model.provider.rawValue, model.modelType.rawValue, model.name]
                #expect(Array(line.utf8) == Array(cells.joined(separator: "\t").utf8))
            }
            let table = try await run("\(server.url)?limit=2", "--accept", "text/csv")
            #expect(table.output == result.output)
        }
    }

    @Test func keepsNamesOnTheirLine() async throws {
        let body = #"{"name":"a\nb\u001b[2J\u2028c","modelType":"gpt-4o","provider":"openAI","connectionId":"c"}"#
        try await CannedServer.run(CannedServer.response("application/json", body)) { server in
            let result = try await run("\(server.url)")
            #expect(result.output == "-\topenAI\tgpt-4o\ta\\nb\\u{1B}[2J\\u{2028}c\n")
        }
    }

    @Test func endsWith1AfterAProblem() async throws {
        try await SampleServer.run { server in
            let result = try await run("\(server.url)", "--accept", "image/png")
            #expect(result.exitCode == 1)
            #expect(result.output == "")
            #expect(
                result.errors == "406 Not Acceptable: nothing on offer is acceptable to \"Accept: image/png\"\n")
        }
    }

    @Test func endsWith1AfterATruncatedBody() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 100\r\n\r\nname\r\n"
        try await CannedServer.run(answer) { server in
            let result = try await run("\(server.url)")
            #expect(result.exitCode == 1)
            #expect(result.output == "")
            #expect(result.errors.hasPrefix("the connection ended before the body did"))
        }
    }

    @Test(arguments: [["ftp://example.com/"], ["models"], ["http:///models"], ["http://a/", "--timeout", "0"], []])
    func endsWith64AfterAWrongCommandLine(arguments: [String]) async throws {
        let result = try await run(arguments)
        #expect(result.exitCode == 64)
    }

    private func run(_ arguments: String...) async throws -> Result {
        try await run(arguments)
    }
}
