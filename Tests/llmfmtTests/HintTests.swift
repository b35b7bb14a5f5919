import Foundation
import Testing

/// What the tool says beside an error: hints on a terminal, and what a misspelt word was meant to be.
@Suite struct HintTests {
    /// `script` gives the tool a terminal.
    private static let hasTerminal = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")
    private static let isMissing: Comment = "there is no /usr/bin/script of util-linux to make a terminal with"

    private static func errors(onTerminalFor input: Data, from format: String = "json") throws -> String {
        let scratch = try Scratch()
        try scratch.write("input", input)
        let command = "'\(Tool.path)' --from \(format) < '\(scratch.folder.path)/input'"
        return try Tool.shell("script -qec \"\(command)\" /dev/null", in: scratch.folder).output
    }

    @Test(
        .enabled(if: hasTerminal, isMissing),
        arguments: [
            (#"{"a":1,}"#, "JSON has no comma after the last member or element: leave it out"),
            ("{\"a\":1,\n}", "JSON has no comma after the last member or element: leave it out"),
            (#"[{"a":[1,]}]"#, "JSON has no comma after the last member or element: leave it out"),
            (#"[{"a":1},]"#, "JSON has no comma after the last member or element: leave it out"),
            (#"{"a":NaN}"#, "JSON has no NaN or Infinity; write null, or the text in quotes"),
            (#"{"a":-Infinity}"#, "JSON has no NaN or Infinity; write null, or the text in quotes"),
            (#"{"a":None}"#, "JSON has null for None"), (#"{"a":True}"#, "JSON has true for True"),
            (#"{"a":TRUE}"#, "JSON has true in small letters only"),
            (#"{"a":undefined}"#, "JSON has null for undefined"),
            ("{'a':1}", "JSON has its names and strings in double quotes"),
            ("{\"a\":'x'}", "JSON has its names and strings in double quotes"),
            ("{\"a\":1 // c\n}", "JSON has no comments: leave it out"),
            (#"{"a":1, /* x */ "b":2}"#, "JSON has no comments: leave it out"),
            ("# c\n{}", "JSON has no comments: leave it out"), ("{a:1}", "JSON has its names in double quotes"),
            ("{“a”:1}", "JSON has straight double quotes"), (#"{"a":"it\'s"}"#, "a single quote needs no escape"),
        ])
    func hints(input: String, hint: String) throws {
        #expect(try Self.errors(onTerminalFor: Data(input.utf8)).contains("hint: \(hint)\r\n"))
    }

    @Test(.enabled(if: hasTerminal, isMissing))
    func hintsAtAnotherEncoding() throws {
        let wide = Data("{\"a\":1}".utf8.flatMap { [$0, 0] })
        #expect(
            try Self.errors(onTerminalFor: wide).contains(
                "hint: convert the file first: iconv -f UTF-16 -t UTF-8; a table is read with --from csv "
                    + "--input-encoding UTF-16LE\r\n"))
        let latin = Data(#"{"a":""#.utf8) + [0xFC] + Data(#""}"#.utf8)
        for format in ["csv", "json"] {
            #expect(
                try Self.errors(onTerminalFor: latin, from: format).contains(
                    "hint: a table in an older encoding is read with --input-encoding windows-1252; "),
                "\(format)")
        }
    }

    @Test(.enabled(if: hasTerminal, isMissing), arguments: ["a,a\n1,2\n", "a,\n1,2\n"])
    func hintsAtOtherColumnNames(table: String) throws {
        let errors = try Self.errors(onTerminalFor: Data(table.utf8), from: "csv")
        #expect(errors.contains("hint: --header rename gives such columns names of their own\r\n"))
    }

    /// Where nothing good is to be said, nothing is.
    @Test(.enabled(if: hasTerminal, isMissing), arguments: [#"{"a":]}"#, #"{"a":*}"#, #"{"a" 1}"#, #"{"x y":]}"#])
    func leavesHintsOut(input: String) throws {
        let errors = try Self.errors(onTerminalFor: Data(input.utf8))
        #expect(errors.contains("error: found"))
        #expect(!errors.contains("hint:"))
    }

    @Test(arguments: [
        ("convrt", "convert"), ("validte", "validate"), ("chek", "check"), ("inspct", "inspect"), ("formts", "formats"),
    ])
    func suggestsAVerb(word: String, verb: String) throws {
        let result = try Tool.run([word, Tool.sample("model.json")])
        #expect(
            result.errors
                == "\(word): error: cannot be opened: No such file or directory; did you mean the verb \(verb)?\n")
        #expect(result.exitCode == 66)
    }

    @Test func suggestsNoVerbForAFile() throws {
        let result = try Tool.run(["models-of-today.json"])
        #expect(result.errors == "models-of-today.json: error: cannot be opened: No such file or directory\n")
    }

    @Test(arguments: [
        ("jsn", "json"), ("CVS", "csv"), ("xlm", "xml"), ("ndjsn", "ndjson"), ("application/jsn", "application/json"),
    ])
    func suggestsAFormat(word: String, format: String) throws {
        let result = try Tool.run(["--to", word], input: "{}")
        #expect(result.errors.contains("there is no format '\(word)'; did you mean \(format)? there are json, jsonl"))
        #expect(result.exitCode == 64)
    }

    @Test func suggestsNoFormatForAnotherWord() throws {
        let result = try Tool.run(["--to", "parquet"], input: "{}")
        #expect(result.errors.contains("there is no format 'parquet'; there are json, jsonl"))
    }

    @Test(arguments: [
        ("provder", "; did you mean provider?"),
        ("azureOpenAI.deplyomentName", "; did you mean azureOpenAI.deploymentName?"),
        ("fallback[0].isFallbackEnabled", "; did you mean fallbacks[0].isFallbackEnabled?"), ("region", ""),
        ("description", ""),
    ])
    func notesAColumnThatNoRecordHas(column: String, suggestion: String) throws {
        let result = try Tool.run(["--to", "csv", "--columns", "name,\(column)"], input: #"{"name":"a"}"#)
        #expect(result.output == "name,\(column)\r\na,\r\n")
        #expect(result.errors == "<stdin>: note: no record has anything in column \"\(column)\"\(suggestion)\n")
        #expect(result.exitCode == 0)
    }

    @Test func notesNoColumnThatSomeRecordHas() throws {
        let input = #"[{"name":"a"},{"provider":null},{"openAI":{"x":1}}]"#
        let result = try Tool.run(["--to", "csv", "--columns", "name,provider,openAI"], input: input)
        #expect(!result.errors.contains("no record has"))
        #expect(try Tool.run(["--to", "csv", "--columns", "name"], input: "[]").errors == "")
    }
}
