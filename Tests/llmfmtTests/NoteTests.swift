import Foundation
import Testing

/// Notes that are errors, and what verbs say in JSON.
@Suite struct NoteTests {
    @Test(arguments: [
        (
            ["page.json", "--to", "csv"],
            "the page's members (total, nextCursor, previousCursor and others) are left out"
        ),
        (
            ["page.json", "--to", "jsonl"],
            "the page's members (total, nextCursor, previousCursor and others) are left out"
        ),
        (["page.json", "models.json", "--to", "json"], "the page's members"),
    ])
    func failsOnNotes(arguments: [String], sentence: String) throws {
        let scratch = try Scratch()
        let output = scratch.folder.appendingPathComponent("out").path
        let named = arguments.map { $0.hasSuffix(".json") ? Tool.sample($0) : $0 }
        #expect(try Tool.run(named + ["-o", output]).exitCode == 0)
        try FileManager.default.removeItem(atPath: output)
        let result = try Tool.run(named + ["--fail-on-notes", "-o", output])
        #expect(result.errors.contains("error: \(sentence)"))
        #expect(result.exitCode == 65)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).isEmpty)
        #expect(try Tool.run(named + ["--fail-on-notes", "--quiet"]).exitCode == 65)
    }

    @Test func failsOnLinksThatAreLeftOut() throws {
        let input = #"{"_links":{"x":{"href":"/y"}},"name":"a"}"#
        let result = try Tool.run(["--fail-on-notes"], input: input)
        #expect(result.errors.hasPrefix("<stdin>: error: links that do not follow from the records are left out"))
        #expect(result.output == "")
        #expect(result.exitCode == 65)
        #expect(try Tool.run(["--fail-on-notes", "--keep-links"], input: input).exitCode == 0)
    }

    /// Notes about something that is not left out.
    @Test func failsOnNoOtherNote() throws {
        let unused = try Tool.run(["--fail-on-notes", "--to", "csv", "--columns", "name,x"], input: #"{"name":"a"}"#)
        #expect(unused.errors.contains("note: no record has anything in column"))
        #expect(unused.exitCode == 0)
        let literal = try Tool.run(["--fail-on-notes", "--from", "csv"], input: "name,Size [mm]\nx,1\n")
        #expect(literal.errors.contains("note: column"))
        #expect(literal.exitCode == 0)
        #expect(try Tool.run(["--fail-on-notes", "--to", "hal", Tool.sample("page.json")]).exitCode == 0)
    }

    // MARK: JSON

    private static func objects(_ text: String) throws -> [NSDictionary] {
        try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary)
        }
    }

    @Test func checksInJSON() throws {
        let passed = try Tool.run(["check", "--format", "json", Tool.sample("model.json")])
        #expect(passed.exitCode == 0)
        #expect(
            passed.output == """
                {"file":"\(Tool.sample("model.json"))","records":1,"formats":["json","jsonl","hal","xml","csv"],"passed":true}

                """)
        let failed = try Tool.run(["check", "--format", "json", "--from", "json"], input: #"{"_links":{"self":1}}"#)
        #expect(failed.exitCode == 65)
        let object = try #require(try Self.objects(failed.output).first)
        #expect(object["passed"] as? Bool == false)
        #expect(object["expected"] as? String == "a record without it; if the input is HAL, read it with --from hal")
    }

    @Test func listsFormatsInJSON() throws {
        let result = try Tool.run(["formats", "--format", "json"])
        let formats = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [NSDictionary])
        #expect(formats.compactMap { $0["name"] as? String } == ["json", "jsonl", "hal", "xml", "csv", "tsv"])
        #expect(formats[3]["mediaTypes"] as? [String] == ["application/xml", "text/xml"])
        #expect(formats[1]["fileExtensions"] as? [String] == ["jsonl", "ndjson"])
    }

    /// One line for each document that is written, also if it has several inputs.
    @Test func sumsUp() throws {
        let scratch = try Scratch()
        try scratch.write("a.json", #"[{"a":1},{"a":2}]"#)
        try scratch.write("b.json", #"{"a":3}"#)
        let ending = #": %d records?, 0\.0 MB read, 0\.0 MB written, [0-9]+\.[0-9]{2} s, [0-9]+\.[0-9] MB/s\n$"#
        for (line, name, count) in [
            ("a.json", "a.json", 2), ("- < b.json", "<stdin>", 1), ("a.json b.json", "llmfmt", 3),
            ("a.json b.json --to csv", "llmfmt", 3), ("a.json --limit 1", "a.json", 1),
        ] {
            let result = try Tool.shell("$LLMFMT \(line) --verbose", in: scratch.folder)
            let pattern = "^" + name + ending.replacing("%d", with: "\(count)")
            #expect(result.errors.range(of: pattern, options: .regularExpression) != nil, "\(result.errors)")
        }
        #expect(try Tool.run(["--verbose", "--quiet"]).errors.contains("--verbose and --quiet exclude each other"))
    }
}
