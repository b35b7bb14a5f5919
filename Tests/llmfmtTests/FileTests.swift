import Foundation
import Testing

/// The tool's files: which may be one, what an output's path leads to, what a file that is replaced keeps.
@Suite struct FileTests {
    static let content = "[{\"a\": 1}]\n"

    /// A folder with a file, a symbolic and a hard link to it, a link that leads nowhere and one that leads to itself.
    private func makeFiles() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.write("in.json", Self.content)
        try scratch.write("twin.json", Self.content)
        let made = try Tool.shell(
            """
            ln twin.json hard.json; ln -s in.json link.json; ln -s nowhere dangling.json; ln -s loop.json loop.json
            mkdir folder; ln -s folder folder-link
            """, in: scratch.folder)
        #expect(made.errors == "")
        return scratch
    }

    @Test(arguments: [
        ("$LLMFMT in.json >> in.json", "standard output and in.json are the same file"),
        ("$LLMFMT link.json >> in.json", "standard output and link.json are the same file"),
        ("$LLMFMT < in.json >> in.json", "standard output and standard input are the same file"),
        ("$LLMFMT - < in.json 1<> in.json", "standard output and standard input are the same file"),
        ("$LLMFMT in.json -o /dev/stdout >> in.json", "-o /dev/stdout and in.json are the same file"),
        ("$LLMFMT in.json -o /dev/fd/5 --to json 5>> in.json", "-o /dev/fd/5 and in.json are the same file"),
        ("$LLMFMT validate in.json >> in.json", "standard output and in.json are the same file"),
        ("$LLMFMT inspect < in.json >> in.json", "standard output and standard input are the same file"),
        ("$LLMFMT in.json ./in.json", "in.json and ./in.json are the same file"),
        ("$LLMFMT in.json - < in.json", "in.json and standard input are the same file"),
        ("$LLMFMT --in-place in.json link.json", "in.json and link.json are the same file"),
        ("$LLMFMT in.json --rejects /dev/stdout > new", "--rejects /dev/stdout and standard output are the same file"),
        (
            "$LLMFMT in.json --rejects folder/r -o folder-link/r",
            "--rejects folder/r and -o folder-link/r are the same file"
        ),
        ("$LLMFMT in.json --rejects ./r -o r", "--rejects ./r and -o r are the same file"),
        (
            "printf '{\"type\":\"object\"}' > own.json; $LLMFMT in.json --resource ./own.json -o own.json",
            "-o own.json and --resource ./own.json are the same file"
        ),
        (
            "echo a > names.txt; $LLMFMT in.json --to csv --columns-file names.txt -o ./names.txt",
            "-o ./names.txt and --columns-file names.txt are the same file"
        ),
        (
            "echo a > names.txt; $LLMFMT in.json --to csv --columns-file names.txt --rejects names.txt",
            "--rejects names.txt and --columns-file names.txt are the same file"
        ),
        ("$LLMFMT in.json --rejects -", "--rejects needs a file; /dev/stderr is standard error"),
        ("$LLMFMT hard.json --rejects twin.json", "--rejects twin.json and hard.json are the same file"),
        ("$LLMFMT twin.json --rejects r -o /dev/stdout > r", "--rejects r and -o /dev/stdout are the same file"),
    ])
    func refusesFilesThatAreOne(line: String, sentence: String) throws {
        let scratch = try makeFiles()
        let result = try Tool.shell(line, in: scratch.folder)
        #expect(result.errors == "llmfmt: error: \(sentence)\nSee 'llmfmt --help' for more information.\n")
        #expect(result.exitCode == 64)
        for name in ["in.json", "twin.json", "hard.json"] { #expect(try scratch.read(name) == Self.content) }
    }

    @Test(arguments: [
        "$LLMFMT in.json > new 2>&1", "$LLMFMT in.json -o /dev/stdout > new 2>&1",
        "$LLMFMT in.json -o new --rejects /dev/null 2> /dev/null < /dev/null", "$LLMFMT -o new < in.json",
        "$LLMFMT in.json -o in.json && mv in.json new", "$LLMFMT < in.json -o in.json && mv in.json new",
        "$LLMFMT in.json -o /dev/null --rejects /dev/null && $LLMFMT in.json > new",
        "$LLMFMT in.json --rejects /dev/stderr 2> log > new",
    ])
    func takesFilesThatDestroyNothing(line: String) throws {
        let scratch = try makeFiles()
        let result = try Tool.shell(line, in: scratch.folder)
        #expect(result.errors == "")
        #expect(result.exitCode == 0)
        #expect(try scratch.read("new") == "[{\"a\":1}]\n")
    }

    @Test(arguments: [
        (
            "in.json -o dangling.json",
            "dangling.json: error: cannot be written: it is a symbolic link to 'nowhere', which does not exist"
        ),
        (
            "in.json --rejects dangling.json",
            "dangling.json: error: cannot be written: it is a symbolic link to 'nowhere', which does not exist"
        ),
        ("in.json -o loop.json", "loop.json: error: cannot be written: its symbolic links lead in a circle"),
        ("in.json --rejects loop.json", "loop.json: error: cannot be written: its symbolic links lead in a circle"),
        ("in.json -o /dev/fd/77 --to json", "/dev/fd/77: error: cannot be written: the descriptor 77 is not open"),
        ("in.json -o folder", "folder: error: cannot be written: Is a directory"),
        (
            "--in-place twin.json",
            "twin.json: error: cannot be replaced: it has 2 names (hard links), of which only this one would be changed"
        ),
        (
            "in.json -o hard.json",
            "hard.json: error: cannot be replaced: it has 2 names (hard links), of which only this one would be changed"
        ),
    ])
    func refusesPlacesForOutput(arguments: String, error: String) throws {
        let scratch = try makeFiles()
        let before = try scratch.names
        let result = try Tool.shell("$LLMFMT \(arguments)", in: scratch.folder)
        #expect(result.errors == error + "\n")
        #expect(result.exitCode == 74)
        #expect(try scratch.names == before)
        for name in ["in.json", "twin.json", "hard.json"] { #expect(try scratch.read(name) == Self.content) }
    }

    @Test(arguments: [
        ("dangling.json", "No such file or directory"), ("loop.json", "Too many levels of symbolic links"),
    ])
    func refusesLinksThatLeadToNoInput(name: String, reason: String) throws {
        let scratch = try makeFiles()
        let result = try Tool.run([name], in: scratch.folder)
        #expect(result.errors == "\(name): error: cannot be opened: \(reason)\n")
        #expect(result.exitCode == 66)
    }

    @Test func replacesNothingInPlaceThatIsNoFile() throws {
        let scratch = try makeFiles()
        let result = try Tool.shell("mkfifo pipe; $LLMFMT --in-place in.json pipe", in: scratch.folder)
        #expect(result.errors.hasPrefix("llmfmt: error: --in-place replaces regular files, and pipe is not one\n"))
        #expect(result.exitCode == 64)
        #expect(try scratch.read("in.json") == Self.content)
    }

    /// A stream is written where it stands, among what others write to it.
    @Test(arguments: ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
    func writesToStreamsAsTheyAre(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let scratch = try makeFiles()
        let result = try Tool.shell(
            "(echo first; $LLMFMT in.json --to json -o \(path); $LLMFMT in.json --to json -o \(path); echo last) > new",
            in: scratch.folder)
        #expect(result.errors == "")
        #expect(try scratch.read("new") == "first\n[{\"a\":1}]\n[{\"a\":1}]\nlast\n")
        #expect(
            try Tool.shell("$LLMFMT in.json --to json -o \(path) | cat", in: scratch.folder).output == "[{\"a\":1}]\n")
    }

    @Test func writesToANamedPipe() throws {
        let scratch = try makeFiles()
        let result = try Tool.shell("mkfifo pipe; cat pipe & $LLMFMT in.json -o pipe; wait", in: scratch.folder)
        #expect(result.output == "[{\"a\":1}]\n")
        #expect(try scratch.names.contains("pipe"))
    }

    @Test(arguments: [String(repeating: "n", count: 250) + ".json", String(repeating: "ä", count: 125) + ".json"])
    func takesNamesAsLongAsTheyMayBe(name: String) throws {
        let scratch = try makeFiles()
        let result = try Tool.shell(
            "$LLMFMT in.json -o \(name) && $LLMFMT --in-place --pretty \(name)", in: scratch.folder)
        #expect(result.errors == "")
        #expect(try scratch.read(name) == "[\n  {\n    \"a\": 1\n  }\n]\n")
    }

    @Test(arguments: [("022", "644"), ("077", "600"), ("000", "666")])
    func newFilesRespectTheMask(mask: String, mode: String) throws {
        let scratch = try makeFiles()
        let result = try Tool.shell(
            "chmod 604 in.json; umask \(mask); $LLMFMT in.json -o new; $LLMFMT --in-place in.json; stat -c %a new in.json",
            in: scratch.folder)
        #expect(result.output == "\(mode)\n604\n")
    }

    @Test(arguments: ["", "TMPDIR="])
    func keepsASecondReadingInTheUsualFolder(environment: String) throws {
        let scratch = try Scratch()
        try scratch.write("large.jsonl", StreamTests.large)
        let result = try Tool.shell(
            "cat large.jsonl | \(environment) $LLMFMT --to csv | cmp - <($LLMFMT large.jsonl --to csv)",
            in: scratch.folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    /// Closed streams are not a place for the files that are opened next.
    @Test(arguments: [
        ("$LLMFMT in.json >&-", "<stdout>: error: writing failed: Bad file descriptor\n", 74 as Int32),
        ("$LLMFMT <&-", "<stdin>: error: reading failed: Bad file descriptor\n", 74),
        ("$LLMFMT bad.json --rejects r 2>&-; cmp r <(printf '')", "cmp: EOF", 1),
    ])
    func takesClosedStreams(line: String, errors: String, exitCode: Int32) throws {
        let scratch = try makeFiles()
        try scratch.write("bad.json", "[01]")
        let result = try Tool.shell(line, in: scratch.folder)
        #expect(result.errors.hasPrefix(errors))
        #expect(result.exitCode == exitCode)
        #expect(try scratch.read("in.json") == Self.content)
        if line.contains("--rejects") { #expect(try scratch.read("r").hasPrefix("{\"file\":\"bad.json\"")) }
    }

    @Test func reportsAFileThatGrowsTooLarge() throws {
        let scratch = try Scratch()
        try scratch.write("large.jsonl", StreamTests.large)
        let result = try Tool.shell("(ulimit -f 1; $LLMFMT large.jsonl -o new.csv) 2>&1 | cat", in: scratch.folder)
        #expect(result.output == "new.csv: error: writing failed: File too large\n")
        #expect(try scratch.names == ["large.jsonl"])
    }
}
