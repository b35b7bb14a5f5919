import Foundation
import Testing

/// Every folder of `Tests/Golden`, run and compared byte for byte.
@Suite struct GoldenTests {
    private static let isUpdating = ProcessInfo.processInfo.environment["LLMFMT_UPDATE_GOLDEN"] == "1"

    @Test(arguments: GoldenCase.names.map { GoldenCase(folder: GoldenCase.root.appendingPathComponent($0)) })
    func givesTheExpectedBytes(goldenCase: GoldenCase) throws {
        #expect(goldenCase.faults == [])
        let found = try goldenCase.run()
        let expected = goldenCase.expected
        for name in Set(expected.files.keys).union(found.files.keys).sorted() {
            let (old, new) = (expected.files[name], found.files[name])
            if old == new { continue }
            let lines = difference(expected: old ?? Data(), found: new ?? Data())
            Issue.record("\(goldenCase.command)\n\(name) \(Self.isUpdating ? "was changed" : "differs") \(lines)")
        }
        if Self.isUpdating { try goldenCase.update(to: found.files) }
        #expect(found.exitCode == goldenCase.expected.exitCode, "\(goldenCase.command)")
    }

    @Test func findsTheCases() {
        #expect(GoldenCase.names.count >= 40)
    }

    /// Files of a case, and what is wrong with them.
    @Test(arguments: [
        (["input.json": "{}", "output.csv": ""], []),
        (["input.json": "{}", "error.txt": "x", "command": "llmfmt input.json"], []),
        (["input-1.json": "{}", "input-2.csv": "", "output.xml": ""], []),
        (["input.json": "{}", "command": "llmfmt input.json"], ["there is neither an output nor an error"]),
        (["input.json": "{}", "error.txt": "x"], ["there is neither an output nor a command"]),
        (["input.json": "{}", "output.csv": "", "error.txt": ""], ["error.txt is empty"]),
        (["output.csv": ""], ["there is no input"]),
        (["input.json": "{}", "output.csv": "", "output.xml": ""], ["there is more than one output"]),
        (["input.json": "{}", "output.csv": "", "notes.txt": ""], ["notes.txt is not a file of a case"]),
        (
            ["input.json": "{}", "input-2.json": "{}", "output.csv": "", "command": "llmfmt 'input.json'"],
            ["the command does not read input-2.json"]
        ),
    ])
    func refusesFoldersThatAssertNothing(files: [String: String], faults: [String]) throws {
        let scratch = try Scratch()
        for (name, text) in files { try scratch.write(name, text) }
        #expect(GoldenCase(folder: scratch.folder).faults == faults)
    }

    /// What a case finds is compared with all of its files, and nothing is written unless it is asked for.
    @Test func noticesOtherBytesAndCodes() throws {
        let scratch = try Scratch()
        try scratch.write("input.json", #"{"name":"a"}"#)
        try scratch.write("output.csv", "name\r\nb\r\n")
        let found = try GoldenCase(folder: scratch.folder).run()
        #expect(found.files == ["output.csv": Data("name\r\na\r\n".utf8)])
        #expect(found.exitCode == 0)
        #expect(GoldenCase(folder: scratch.folder).expected.files == ["output.csv": Data("name\r\nb\r\n".utf8)])
        #expect(try scratch.names == ["input.json", "output.csv"])
        try GoldenCase(folder: scratch.folder).update(to: found.files)
        #expect(GoldenCase(folder: scratch.folder).expected.files == found.files)
        try scratch.write("input.json", "[1]")
        let refused = try GoldenCase(folder: scratch.folder).run()
        #expect(refused.exitCode == 65)
        #expect(
            refused.files["error.txt"] == Data("input.json:1:2: error: found \"1\", expected an object ($[0])\n".utf8))
    }

    @Test(arguments: [
        ("a\nb\nc\n", "a\nx\nc\n", "from line 2:\n-b\n+x"), ("a\r\n", "a\n", "from line 1:\n-a\\r\n+a"),
        ("", "a\n", "from line 1:\n+a"), ("a\na\n", "a\n", "from line 2:\n-a"),
        ("\u{FEFF}a", "a", "from line 1:\n-\\u{FEFF}a\n+a"), ("e\u{301}", "é", "from line 1:\n-e\u{301}\n+é"),
    ])
    func showsTheLinesThatDiffer(expected: String, found: String, lines: String) {
        let shown = difference(expected: Data(expected.utf8), found: Data(found.utf8))
        #expect(Array(shown.utf8) == Array(lines.utf8))
    }
}
