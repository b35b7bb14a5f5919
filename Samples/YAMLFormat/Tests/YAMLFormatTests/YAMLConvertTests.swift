import Foundation
import Testing

/// The built program.
@Suite struct YAMLConvertTests {
    private func run(_ arguments: [String], input: String = "") throws -> (output: String, errors: String, code: Int32)
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "yaml-convert-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["input", "output", "errors"].map { folder.appending(path: $0) }
        for file in files { try Data(input.utf8).write(to: file) }
        for file in files[1...] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "yaml-convert")
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let texts = try files[1...].map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return (texts[0], texts[1], process.terminationStatus)
    }

    private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Data/page.json").standardizedFileURL.path

    @Test func convertsBothWays() throws {
        let yaml = try run([Self.page])
        #expect(yaml.output.hasPrefix("items:\n  - name: "))
        #expect(yaml.errors == "" && yaml.code == 0)
        let json = try run([], input: yaml.output)
        #expect(json.output == (try run(["--to", "json", Self.page]).output))
        let csv = try run(["--from", "yml", "--to", "csv"], input: yaml.output)
        #expect(csv.output.hasPrefix("name,"))
        #expect(csv.errors.hasPrefix("standard input: the page's members"))
    }

    @Test func saysWhatIsWrong() throws {
        let refused = try run([], input: "a: 1\na: 2\n")
        #expect(
            refused.errors
                == "standard input:2:1: found the name \"a\" a second time, expected each name once in a mapping ($.a)\n"
        )
        #expect(refused.output == "" && refused.code == 65)
        for arguments in [["--to"], ["--to", "tsv"], ["a.txt"], ["--pretty"], ["a.yaml", "b.yaml"]] {
            #expect(try run(arguments).code == 64)
        }
        #expect(try run(["/nonexistent/models.yaml"]).code == 74)
    }
}
