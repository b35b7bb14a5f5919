import Foundation
import Testing

/// The built program on sample files.
@Suite struct CustomFormatTests {
    private struct Result {
        let output: String
        let errors: String
        let exitCode: Int32
    }

    private static func sample(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../Data/\(name)")
            .standardizedFileURL
    }

    /// Runs the program on a file; it lies beside the test bundle.
    private func run(_ file: URL) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "CustomFormat-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
        for stream in [output, errors] { try Data().write(to: stream) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "CustomFormat")
        process.arguments = [file.path]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Result(
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
            exitCode: process.terminationStatus)
    }

    private func run(_ name: String, _ content: String) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)")
        try Data(content.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try run(file)
    }

    @Test func printsTSVAndJSON() throws {
        let table = try run(Self.sample("models.json"))
        #expect(table.exitCode == 0)
        #expect(table.errors == "")
        #expect(table.output.hasPrefix("name\tdescription\tmodelType\t"))
        #expect(table.output.utf8.count { $0 == 0x0A } == 15)
        let json = try run("models.tsv", table.output)
        let again = try run("models.json", json.output)
        #expect(json.output.hasPrefix("[{\"name\":\"Kundendienst"))
        #expect(Array(again.output.utf8) == Array(table.output.utf8))
    }

    @Test func namesThePlaceOfWhatItRefuses() throws {
        let result = try run("bad.tsv", "name\tx\na\n")
        #expect(result.exitCode == 65)
        #expect(result.errors.contains("bad.tsv:2:2: found 1 cell in the line, expected 2"))
        #expect(try run(Self.sample("README.md")).exitCode == 64)
        #expect(try run(Self.sample("missing.json")).exitCode == 74)
    }
}
