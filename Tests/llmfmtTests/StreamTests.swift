import Foundation
import Testing

/// Files, pipes and what goes wrong with them, with the real thing.
@Suite struct StreamTests {
    /// About 6 MB: more than a pipe, a window and the memory part of a spool hold.
    static let large: String = {
        let record =
            #"{"name":"model %","description":"\#(String(repeating: "text ", count: 100))","fallbacks":[{"isFallbackEnabled":true}],"x%":1}"#
        return (0..<10_000).map { record.replacingOccurrences(of: "%", with: String($0 % 7)) }.joined(separator: "\n")
    }()

    @Test func readsALargePipeTwice() throws {
        let scratch = try Scratch()
        try scratch.write("large.jsonl", Self.large)
        let result = try Tool.shell(
            "$LLMFMT large.jsonl --to csv > a.csv && cat large.jsonl | $LLMFMT --to csv > b.csv && cmp a.csv b.csv",
            in: scratch.folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(try scratch.read("a.csv").hasPrefix("name,description,fallbacks[0].isFallbackEnabled,x0,x1,"))
    }

    @Test func reportsATemporaryFolderThatIsMissing() throws {
        let scratch = try Scratch()
        try scratch.write("large.jsonl", Self.large)
        let result = try Tool.shell("cat large.jsonl | TMPDIR=/no/such $LLMFMT --to csv", in: scratch.folder)
        #expect(
            result.errors
                == "<stdin>: error: cannot be kept in a temporary file in /no/such for its second reading: No such file or directory\n"
        )
        #expect(result.output == "")
        #expect(result.exitCode == 74)
    }

    @Test func writesEachRecordAsItComes() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Tool.path)
        process.arguments = ["--to", "jsonl"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // Each read blocks until the tool has written; it never would if it waited for more input.
        for line in ["{\"a\":1}\n", "{\"a\":2}\n", "{\"a\":3}\n"] {
            try input.fileHandleForWriting.write(contentsOf: Data(line.utf8))
            #expect(output.fileHandleForReading.availableData == Data(line.utf8))
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func endsQuietlyWhenThePipeIsClosed() throws {
        let scratch = try Scratch()
        try scratch.write("large.jsonl", Self.large)
        let result = try Tool.shell(
            "$LLMFMT large.jsonl --to jsonl | head -c 1 > /dev/null; echo ${PIPESTATUS[0]}", in: scratch.folder)
        #expect(result.output == "141\n")
        #expect(result.errors == "")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full here"))
    func reportsAFullDisk() throws {
        let standard = try Tool.shell("$LLMFMT \(Tool.sample("models.json")) > /dev/full")
        #expect(standard.errors == "<stdout>: error: writing failed: No space left on device\n")
        #expect(standard.exitCode == 74)
        let file = try Tool.run([Tool.sample("models.json"), "-o", "/dev/full"])
        #expect(file.errors == "/dev/full: error: writing failed: No space left on device\n")
        #expect(file.exitCode == 74)
    }

    @Test func reportsInputsThatCannotBeOpened() throws {
        let scratch = try Scratch()
        try scratch.write("a.json", "{}")
        let missing = try Tool.run(["a.json", "missing.json"], in: scratch.folder)
        #expect(missing.errors == "missing.json: error: cannot be opened: No such file or directory\n")
        #expect(missing.output == "")
        #expect(missing.exitCode == 66)
        let folder = try Tool.run(["."], in: scratch.folder)
        #expect(folder.errors == ".: error: cannot be opened: it is a directory\n")
        #expect(folder.exitCode == 66)
        #expect(try Tool.shell("$LLMFMT < .", in: scratch.folder).exitCode == 66)
    }

    @Test(arguments: ["json", "csv", "jsonl"])
    func leavesTheOldFileWhenTheInputIsRefused(target: String) throws {
        let scratch = try Scratch()
        let whole = try String(contentsOfFile: Tool.sample("models.json"), encoding: .utf8)
        try scratch.write("in.json", String(whole.dropLast(whole.count / 3)))
        try scratch.write("out", "old")
        let result = try Tool.run(["in.json", "--to", target, "-o", "out"], in: scratch.folder)
        #expect(result.exitCode == 65)
        #expect(result.errors.contains("error: found the end of the input, expected"))
        #expect(try scratch.read("out") == "old")
        #expect(try scratch.names == ["in.json", "out"])
    }

    @Test func createsNoFileWhenTheInputIsRefused() throws {
        let scratch = try Scratch()
        let result = try Tool.run(["-o", "out.json"], input: "[{}", in: scratch.folder)
        #expect(result.exitCode == 65)
        #expect(try scratch.names == [])
    }

    @Test func replacesFilesInPlaceInTheirOwnFormat() throws {
        let scratch = try Scratch()
        try scratch.write("a.csv", "name;n\nx;1\n")
        let json = try scratch.write("b.json", "[ {\"a\" : 1} ]")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: json.path)
        try FileManager.default.createSymbolicLink(
            atPath: scratch.folder.appendingPathComponent("link.json").path, withDestinationPath: "b.json")
        let result = try Tool.run(["--in-place", "a.csv", "link.json"], in: scratch.folder)
        #expect(result.errors == "")
        #expect(result.exitCode == 0)
        #expect(try scratch.read("a.csv") == "name,n\r\nx,1\r\n")
        #expect(try scratch.read("b.json") == "[{\"a\":1}]\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: json.path)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        let link = try FileManager.default.attributesOfItem(
            atPath: scratch.folder.appendingPathComponent("link.json").path)
        #expect(link[.type] as? FileAttributeType == .typeSymbolicLink)
        #expect(try scratch.names == ["a.csv", "b.json", "link.json"])
    }

    @Test func writesOverItsOwnInput() throws {
        let scratch = try Scratch()
        try scratch.write("a.json", "[ 1")
        #expect(try Tool.run(["a.json", "-o", "a.json"], in: scratch.folder).exitCode == 65)
        #expect(try scratch.read("a.json") == "[ 1")
        try scratch.write("a.json", "[ {} ]")
        #expect(try Tool.run(["a.json", "-o", "a.json"], in: scratch.folder).exitCode == 0)
        #expect(try scratch.read("a.json") == "[{}]\n")
    }

    @Test func reportsAFolderThatCannotBeWritten() throws {
        let scratch = try Scratch()
        let result = try Tool.run(["-o", "no/such/folder.json"], input: "{}", in: scratch.folder)
        #expect(result.exitCode == 74)
        #expect(result.errors == "no/such/folder.json: error: cannot be written: No such file or directory\n")
    }

    @Test func readsCompressedFiles() throws {
        let scratch = try Scratch()
        let plain = try Tool.run([Tool.sample("models.json"), "--to", "csv"])
        let packed = try Tool.shell(
            "gzip -c \(Tool.sample("models.json")) > m.json.gz && $LLMFMT m.json.gz --to csv", in: scratch.folder)
        #expect(packed.output == plain.output)
        let broken = try Tool.shell("head -c 300 m.json.gz > b.json.gz; $LLMFMT b.json.gz", in: scratch.folder)
        #expect(broken.exitCode == 74 || broken.exitCode == 65)
        #expect(broken.errors.isEmpty == false)
        let missing = try Tool.shell("touch x.json.zst; PATH=/nowhere $LLMFMT x.json.zst", in: scratch.folder)
        #expect(
            missing.errors
                == "x.json.zst: error: cannot be opened: the program 'zstd', which reads it, is not installed\n")
        #expect(missing.exitCode == 66)
    }

    @Test func refusesHostileDepthWithoutACrash() throws {
        let scratch = try Scratch()
        try scratch.write("deep.json", "{\"x\":" + String(repeating: "[", count: 100_000))
        let result = try Tool.run(["deep.json"], in: scratch.folder)
        #expect(result.exitCode == 65)
        #expect(
            result.errors.hasPrefix(
                "deep.json:1:133: error: found nesting deeper than 128, expected at most 128 levels"))
    }
}
