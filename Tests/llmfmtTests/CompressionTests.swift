import Foundation
import Testing

/// Inputs that gzip or zstd made, whole and damaged, as files and on standard input.
@Suite struct CompressionTests {
    /// The programs, and the ending of their files.
    static let programs = [("gzip", "gz"), ("zstd", "zst")]

    /// How an input is handed over, as shell: `$1` is its name.
    static let ways = [
        "$LLMFMT \"$1\"", "$LLMFMT < \"$1\"", "cat \"$1\" | $LLMFMT", "$LLMFMT <(cat \"$1\")",
        "(head -c 1 \"$1\"; sleep 0.05; tail -c +2 \"$1\") | $LLMFMT",
    ]

    @Test(arguments: ways, programs)
    func readsCompressedInputsByTheirContent(way: String, program: (name: String, ending: String)) throws {
        let scratch = try Scratch()
        let sample = Tool.sample("models.json")
        // To CSV every input is read twice, to JSON Lines once.
        for target in ["csv", "jsonl"] {
            let plain = try Tool.run([sample, "--to", target])
            for name in ["m.json.\(program.ending)", "m.json", "m"] {
                let result = try Tool.shell(
                    "\(program.name) -c \(sample) > \(name); set -- \(name); \(way) --to \(target)", in: scratch.folder)
                #expect(result.output == plain.output, "\(name): \(result.errors)")
                #expect(result.errors == "")
                #expect(result.exitCode == 0)
            }
        }
    }

    @Test(arguments: programs)
    func readsMoreThanAPipeHolds(program: (name: String, ending: String)) throws {
        let scratch = try Scratch()
        try scratch.write("large.jsonl", StreamTests.large + "\n")
        let result = try Tool.shell(
            "\(program.name) -c large.jsonl | $LLMFMT --to jsonl | cmp - large.jsonl", in: scratch.folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test func otherVerbsReadThemToo() throws {
        let sample = Tool.sample("models.json")
        let result = try Tool.shell("gzip -c \(sample) | $LLMFMT inspect")
        #expect(result.output.contains("json"))
        #expect(result.exitCode == 0)
    }

    /// What a byte of the magic numbers begins may be a table all the same.
    @Test(arguments: ["(", "P", "PQ"])
    func takesNoTableForCompressedData(name: String) throws {
        let result = try Tool.run(["--from", "csv"], input: "\(name)\n1\n")
        #expect(result.output == "[{\"\(name)\":1}]\n")
        #expect(try Tool.shell("printf '\(name)' | $LLMFMT --from csv").output == "[]\n")
    }

    @Test(arguments: [
        ("head -c 300 m.gz > x", "is not intact gzip data: gzip says 'unexpected end of file'"),
        (
            "(cat m.gz; echo more) > x",
            "is not intact gzip data: gzip says 'decompression OK, trailing garbage ignored'"
        ),
        (
            "(head -c 1000 m.gz; printf '\\377\\377\\377\\377'; tail -c +1005 m.gz) > x",
            "is not intact gzip data: gzip says 'invalid compressed data--"
        ),
        ("head -c 300 m.zst > x", "is not intact zstd data: zstd says '"),
        ("(cat m.zst; echo more) > x", "is not intact zstd data: zstd says '"),
    ])
    func saysThatCompressedDataIsDamaged(damage: String, error: String) throws {
        let scratch = try Scratch()
        let sample = Tool.sample("models.json")
        let prepare = "gzip -c \(sample) > m.gz; zstd -qc \(sample) > m.zst; \(damage);"
        for arguments in ["--to csv", "--to jsonl", "-o out.xml", "--to csv --on-error skip", "validate"] {
            for (way, name) in [("x", "x"), ("< x", "<stdin>"), ("- < <(cat x)", "<stdin>")] {
                let result = try Tool.shell("\(prepare) $LLMFMT \(arguments) \(way)", in: scratch.folder)
                // Before the end of a pipe, damaged content may be refused for what it has become.
                let isPlaced = way.contains("cat") && result.errors.hasPrefix("<stdin>:")
                if !isPlaced { #expect(result.errors.contains("\(name): error: \(error)"), "\(arguments) \(way)") }
                #expect(result.exitCode == 65)
                #expect(try scratch.names == ["m.gz", "m.zst", "x"])
            }
        }
    }

    @Test(arguments: ["gz", "zst"])
    func saysThatAFileIsNotWhatItsNameSays(ending: String) throws {
        let scratch = try Scratch()
        for content in ["", "{\"a\":1}"] {
            try scratch.write("x.json.\(ending)", content)
            let result = try Tool.run(["x.json.\(ending)"], in: scratch.folder)
            #expect(result.errors.hasPrefix("x.json.\(ending): error: is not intact "))
            #expect(result.output == "")
            #expect(result.exitCode == 65)
        }
    }

    @Test(arguments: programs)
    func saysWhichProgramIsMissing(program: (name: String, ending: String)) throws {
        let scratch = try Scratch()
        for (way, name) in [("x", "x"), ("< x", "<stdin>"), ("- < <(/bin/cat x)", "<stdin>")] {
            let result = try Tool.shell(
                "\(program.name) -c \(Tool.sample("models.json")) > x; PATH=/nowhere; $LLMFMT \(way)",
                in: scratch.folder)
            #expect(
                result.errors
                    == "\(name): error: cannot be opened: the program '\(program.name)', which reads it, is not installed\n"
            )
            #expect(result.exitCode == 66)
        }
    }

    @Test func replacesNoCompressedFileInPlace() throws {
        let scratch = try Scratch()
        try scratch.write("a.json", "[ ]")
        let result = try Tool.shell(
            "gzip -c a.json > b.json; cp b.json c; $LLMFMT --in-place a.json b.json; echo $?; cmp b.json c",
            in: scratch.folder)
        #expect(result.output == "64\n")
        #expect(
            result.errors.hasPrefix(
                "llmfmt: error: b.json is compressed, and compressed files cannot be replaced in place\n"))
        #expect(try scratch.read("a.json") == "[ ]")
    }
}
