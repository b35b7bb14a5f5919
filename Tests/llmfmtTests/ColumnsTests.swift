import Foundation
import Testing

/// `llmfmt columns`, `--columns-file`, `--no-envelope`, `--input-name` and `--first-line`: a document made in parts.
@Suite struct ColumnsTests {
    static let parts = [
        "{\"x\":{\"b\":1},\"provider\":\"p\",\"a,b\":1}\n{\"name\":\"n\",\"l\":[[],2]}\n",
        "{\"x\":{\"c\":1,\"b\":2},\"l\":[1,2,3]}\n{\"q\\n\":{},\"description\":null}\n",
    ]

    @Test func printsTheColumnsOfCSV() throws {
        let result = try Tool.run(["columns", "--from", "jsonl"], input: Self.parts[0])
        #expect(result.output == "name\nprovider\nx.b\na,b\nl[0]\nl[1]\n")
        #expect(result.exitCode == 0)
        let arrays = try Tool.run(["columns", "--from", "jsonl", "--csv-arrays", "json"], input: Self.parts[0])
        #expect(arrays.output == "name\nprovider\nx.b\na,b\nl\n")
        #expect(try Tool.run(["columns"], input: "[]").output == "")
    }

    /// Parts with the merged columns are the table of the whole.
    @Test func joinsTheColumnsOfParts() throws {
        let scratch = try Scratch()
        for (index, part) in Self.parts.enumerated() {
            try scratch.write("\(index).jsonl", Data(part.utf8))
            let columns = try Tool.run(["columns", "\(index).jsonl"], in: scratch.folder)
            try scratch.write("\(index).txt", Data(columns.output.replacingOccurrences(of: "\n", with: "\r\n").utf8))
        }
        let merged = try Tool.run(["columns", "--merge", "0.txt", "1.txt"], in: scratch.folder).output
        let whole = try Tool.run(["--from", "jsonl", "--to", "csv"], input: Self.parts.joined())
        #expect(try Tool.run(["columns", "--from", "jsonl"], input: Self.parts.joined()).output == merged)
        try scratch.write("all.txt", Data(merged.utf8))
        let first = try Tool.run(["0.jsonl", "--to", "csv", "--columns-file", "all.txt"], in: scratch.folder)
        let second = try Tool.run(
            ["1.jsonl", "--to", "csv", "--columns-file", "all.txt", "--no-header"], in: scratch.folder)
        #expect(first.output + second.output == whole.output)
    }

    @Test(arguments: [
        (["--columns-file", "names.txt", "--columns", "a"], "--columns and --columns-file exclude each other"),
        (["--columns-file", "blank.txt"], "--columns-file blank.txt names no column"),
        (["--columns-file", "twice.txt"], "--columns-file names 'a' twice"),
    ])
    func refusesBadLists(arguments: [String], sentence: String) throws {
        let scratch = try Scratch()
        try scratch.write("names.txt", Data("a\nb\n".utf8))
        try scratch.write("blank.txt", Data("\n\r\n".utf8))
        try scratch.write("twice.txt", Data("a\nb\na\n".utf8))
        let result = try Tool.run(arguments + ["--to", "csv"], input: "[]", in: scratch.folder)
        #expect(result.errors.hasPrefix("llmfmt: error: \(sentence)\n"))
        #expect(result.exitCode == 64)
    }

    @Test func placesErrorsInLists() throws {
        let scratch = try Scratch()
        try scratch.write("names.txt", Data([0x61, 0x0A, 0xFF, 0x0A]))
        let result = try Tool.run(["columns", "--merge", "names.txt"], in: scratch.folder)
        #expect(
            result.errors.hasPrefix("names.txt:2:1: error: found a line that is not text in UTF-8, expected the name"))
        #expect(result.exitCode == 65)
        let missing = try Tool.run(["--to", "csv", "--columns-file", "none.txt"], input: "[]", in: scratch.folder)
        #expect(missing.exitCode == 66)
        let records = try Tool.run(["columns"], input: "[{\"a\":1},{\"a\":]}")
        #expect(records.errors.hasPrefix("<stdin>:1:15: error: "))
        #expect(records.exitCode == 65)
    }

    @Test(arguments: [
        (["--to", "json"], "{\"a\":1},{\"a\":2}\n"),
        (["--to", "json", "--pretty"], "\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n"),
        (["--to", "xml"], "<record><a>1</a></record><record><a>2</a></record>\n"),
        (["--to", "hal"], "{\"_links\":{},\"a\":1},{\"_links\":{},\"a\":2}\n"),
        (["--to", "xml", "--limit", "0"], ""), (["--to", "json", "--limit", "0"], ""),
    ])
    func writesRecordsWithoutTheirEnvelope(arguments: [String], output: String) throws {
        for input in ["[{\"a\":1},{\"a\":2}]", "{\"a\":1}\n{\"a\":2}\n"] {
            let options = ["--no-envelope", "--resource", "record", "--from", "json"]
            let result = try Tool.run(options + arguments, input: input)
            #expect(result.output == output)
            #expect(result.errors == "")
        }
    }

    /// What was left out around it makes it a document again, also if it was converted by several threads.
    @Test func writesTheRecordsOfADocument() throws {
        let scratch = try Scratch()
        let text =
            "[" + (0..<60_000).map { "{\"id\":\($0),\"text\":\"some text of the record\"}" }.joined(separator: ",\n")
            + "]"
        try scratch.write("big.json", Data(text.utf8))
        for (target, start, end) in [
            ("json", "[", "]\n"),
            (
                "xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">",
                "</records>\n"
            ),
        ] {
            let options = ["big.json", "--resource", "record", "--to", target]
            let whole = try Tool.run(options, in: scratch.folder)
            for jobs in ["1", "3"] {
                let records = try Tool.run(options + ["--no-envelope", "--jobs", jobs], in: scratch.folder)
                #expect(start + records.output.dropLast() + end == whole.output)
            }
        }
    }

    @Test(arguments: [
        ["--no-envelope", "--to", "csv"], ["--no-envelope", "--to", "jsonl"], ["--no-envelope", "--item"],
        ["--no-envelope", "--to", "xml", "--encoding", "UTF-16"], ["--first-line", "0"],
        ["--first-line", "2", "a", "b"], ["--input-name", "x", "a", "b"], ["--first-record", "-1"],
        ["--first-record", "2", "a", "b"],
    ])
    func refusesWhatDoesNotGoTogether(arguments: [String]) throws {
        #expect(try Tool.run(arguments, input: "[]").exitCode == 64)
    }

    @Test func placesErrorsInTheWholeInput() throws {
        let options = ["--from", "jsonl", "--input-name", "log.jsonl", "--first-line", "1001"]
        let input = "{\"a\":1}\n{\"a\":01}\n"
        let result = try Tool.run(options + ["--to", "csv"], input: input)
        #expect(result.errors.hasPrefix("log.jsonl:1002:7: error: found \"1\", expected the end of the number"))
        let scratch = try Scratch()
        _ = try Tool.run(options + ["--rejects", "r.jsonl", "--on-error", "skip"], input: input, in: scratch.folder)
        let rejects = try String(contentsOf: scratch.folder.appendingPathComponent("r.jsonl"), encoding: .utf8)
        #expect(rejects.hasPrefix("{\"file\":\"log.jsonl\",\"line\":1002,\"column\":7,"))
        let validated = try Tool.run(["validate"] + options, input: "{}\n{}\n")
        #expect(validated.output.contains("log.jsonl:1001:1: found no value"))
        #expect(validated.output.contains("log.jsonl:1002:1: found no value"))
    }

    @Test func countsTheRecordsOfPathsInTheWholeInput() throws {
        let options = ["--from", "jsonl", "--first-record", "500"]
        let input = "{\"name\":\"a\"}\n{\"name\":01}\n"
        let scratch = try Scratch()
        let arguments = options + ["--to", "csv", "--rejects", "r.jsonl", "--on-error", "skip"]
        let result = try Tool.run(arguments, input: input, in: scratch.folder)
        #expect(result.errors.contains("($[501].name)"))
        let rejects = try String(contentsOf: scratch.folder.appendingPathComponent("r.jsonl"), encoding: .utf8)
        #expect(rejects.contains("\"path\":\"$[501].name\""))
        #expect(try Tool.run(["validate"] + options, input: "{}\n{}\n").output.contains("($[501].name)"))
        // The path of a document that is one object has no number.
        #expect(try Tool.run(["--first-record", "5"], input: "{\"name\":01}").errors.contains("($.name)"))
    }

    @Test func skipsRefusedRecords() throws {
        let input = "{\"name\":\"a\"}\n{\"provider\":01}\n{\"b\":1}\n"
        let result = try Tool.run(["columns", "--from", "jsonl", "--on-error", "skip"], input: input)
        #expect(result.output == "name\nb\n")
        #expect(result.errors.hasPrefix("<stdin>:2:14: error: found"))
        #expect(result.exitCode == 65)
        #expect(try Tool.run(["columns", "--from", "jsonl"], input: input).output == "")
    }
}
