import Foundation
import Testing

/// `--limit`, `--where`, `--keep`, `--drop` and `--sort-keys`.
@Suite struct SelectionTests {
    @Test func selectsRecordsAndMembers() throws {
        let input = "[{\"b\":{\"d\":1,\"c\":2},\"a\":1},{\"a\":2},{\"a\":1,\"x.y\":3}]"
        let result = try Tool.run(["--where", "a=1", "--drop", "b.d", "--sort-keys", "--to", "jsonl"], input: input)
        #expect(result.output == "{\"a\":1,\"b\":{\"c\":2}}\n{\"a\":1,\"x.y\":3}\n")
        #expect(
            try Tool.run(["--where", "!b", "--keep", "x\\.y,a"], input: input).output
                == "[{\"a\":2},{\"a\":1,\"x.y\":3}]\n")
        let misspelt = try Tool.run(["--keep", "a,q"], input: input)
        #expect(misspelt.errors == "<stdin>: note: no record has \"q\"\n")
    }

    @Test(arguments: [
        (["--limit", "-1"], "--limit -1: expected 0 or more"),
        (["--where", "!a=1"], "--where '!a=1': a field that has to be absent has no value"),
        (["--where", "a..b=1"], "--where: found \"a..b\", expected names with dots between them"),
        (["--keep", "a,,b"], "--keep has a blank name"),
        (["--drop", "a,a"], "--drop names 'a' twice"),
    ])
    func refusesBadUsage(arguments: [String], sentence: String) throws {
        let split = arguments.count == 2 ? ["\(arguments[0])=\(arguments[1])"] : arguments
        let result = try Tool.run(split, input: "[]")
        #expect(result.errors.hasPrefix("llmfmt: error: \(sentence)"))
        #expect(result.exitCode == 64)
    }

    /// Neither the rest of an endless input nor another file is read.
    @Test func readsNoMoreThanTheLimit() throws {
        let endless = try Tool.shell("yes '{\"a\":1}' | $LLMFMT --from jsonl --limit 2 --to csv")
        #expect(endless.output == "a\r\n1\r\n1\r\n")
        #expect(endless.errors == "")
        let scratch = try Scratch()
        try scratch.write("a.json", Data("[{\"a\":1},{\"a\":2}]".utf8))
        try scratch.write("b.json", Data("not read".utf8))
        for target in ["json", "csv"] {
            let result = try Tool.run(["a.json", "b.json", "--limit", "2", "--to", target], in: scratch.folder)
            #expect(result.exitCode == 0, "\(result.errors)")
            let refused = try Tool.run(["a.json", "b.json", "--limit", "3", "--to", target], in: scratch.folder)
            #expect(refused.exitCode == 65)
        }
        try scratch.write("c.json", Data("[{\"b\":3}]".utf8))
        let both = try Tool.run(["a.json", "c.json", "--limit", "3", "--to", "csv"], in: scratch.folder)
        #expect(both.output == "a,b\r\n1,\r\n2,\r\n,3\r\n")
    }

    @Test func givesTheSameWithJobsAndSkipsWithRejects() throws {
        let scratch = try Scratch()
        let lines = (0..<60_000).map { number in
            number % 10_000 == 7
                ? "{\"n\":\(number),}" : "{\"n\":\(number),\"k\":\"\(number % 3)\",\"t\":\"some text of the record\"}"
        }
        try scratch.write("big.jsonl", Data(lines.joined(separator: "\n").utf8))
        let options = [
            "big.jsonl", "--where", "k=1", "--drop", "t", "--to", "csv", "--on-error", "skip", "--rejects", "r.jsonl",
        ]
        let one = try Tool.run(options + ["--jobs", "1"], in: scratch.folder)
        let rejects = try String(contentsOf: scratch.folder.appendingPathComponent("r.jsonl"), encoding: .utf8)
        let four = try Tool.run(options + ["--jobs", "4"], in: scratch.folder)
        #expect(one.output == four.output)
        #expect(one.errors == four.errors)
        #expect(try String(contentsOf: scratch.folder.appendingPathComponent("r.jsonl"), encoding: .utf8) == rejects)
        #expect(rejects.split(separator: "\n").count == 6)
        #expect(one.output.split(separator: "\r\n").count == 1 + 20_000 - 2)
    }
}
