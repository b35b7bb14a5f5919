import Foundation
import Testing

/// HAL from the command line.
@Suite struct HALTests {
    private static let collection = #""collection":{"href":"/v2.0/largelanguagemodels"}"#

    @Test(arguments: [
        (["--to", "hal"], #"{"a":1}"#, #"{"_links":{\#(collection)},"a":1}"#),
        (["--to", "application/hal+json"], #"{"a":1}"#, #"{"_links":{\#(collection)},"a":1}"#),
        (["--from", "hal"], #"{"_links":{\#(collection)},"a":1}"#, #"{"a":1}"#),
        (["--from", "application/hal+json"], #"{"_embedded":{"x":[{}]}}"#, "[{}]"),
        (["--from", "json"], #"{"_links":{\#(collection)},"a":1}"#, #"{"_links":{\#(collection)},"a":1}"#),
        (["--item"], #"{"_embedded":{"x":[{"a":1}]}}"#, #"{"a":1}"#),
    ])
    func convertsStandardInput(arguments: [String], input: String, expected: String) throws {
        let result = try Tool.run(arguments, input: input)
        #expect(result.errors == "")
        #expect(result.output == expected + "\n")
        #expect(result.exitCode == 0)
    }

    /// Content, and whether it is taken for HAL, where links are not a record's.
    @Test(arguments: [
        (#"{"_links":{},"a":1}"#, true), (#" { "a" : { "_links" : 1 } , "_links" : { } } "#, true),
        ("\u{FEFF}{\"_embedded\":{\"x\":1},\"a\":1,\"_links\":{}}", true),
        (#"{"a":"}\",\"_links\":{","b":[{"_links":1}],"c":-1.5e3,"d":true,"_links":{}}"#, true),
        (#"{"a":{"_links":{}}}"#, false), (#"{"a":"_links","b":1}"#, false), (#"{"a":"\"_links\":{}"}"#, false),
        (#"[{"_links":{}}]"#, false), (#"{"a":1}{"_links":{}}"#, false), (#"{"_link":{},"_linkss":{}}"#, false),
    ])
    func isToldFromTheContent(input: String, isHAL: Bool) throws {
        let result = try Tool.run(["--to", "jsonl"], input: input)
        #expect(result.exitCode == 0)
        let asJSON = try Tool.run(["--from", "json", "--to", "jsonl"], input: input)
        #expect((result.output == asJSON.output) != isHAL)
    }

    @Test func isToldFromTheNameOfAFile() throws {
        let scratch = try Scratch()
        try scratch.write("a.hal", #"{"_links":{},"a":1}"#)
        #expect(try Tool.run(["a.hal"], in: scratch.folder).output == "{\"a\":1}\n")
        #expect(try Tool.run(["a.hal", "-o", "b.hal"], in: scratch.folder).exitCode == 0)
        #expect(try scratch.read("b.hal") == #"{"_links":{\#(Self.collection)},"a":1}"# + "\n")
        #expect(try Tool.run(["--in-place", "--pretty", "a.hal"], in: scratch.folder).exitCode == 0)
        #expect(try scratch.read("a.hal").hasPrefix("{\n  \"_links\": {\n    \"collection\": {\n"))
    }

    /// What makes a page stands after its records, so a pipe is kept until then.
    @Test(arguments: ["cat x.hal |", "(cat x.hal; sleep 0.1) |", "< x.hal"])
    func tellsPagesFromListsInPipesAndFiles(input: String) throws {
        let scratch = try Scratch()
        for page in ["", ",\"total\":3"] {
            let records = Array(repeating: #"{"name":"xxxxxxxxxxxxxxxxxxxxx"}"#, count: 20_000).joined(separator: ",")
            try scratch.write("x.hal", "{\"_embedded\":{\"x\":[\(records)]}\(page)}")
            let command = input.hasPrefix("<") ? "$LLMFMT --from hal \(input)" : "\(input) $LLMFMT"
            let result = try Tool.shell(command, in: scratch.folder)
            let list =
                page.isEmpty
                ? "[\(records)]" : "{\"items\":[\(records)]\(page),\"nextCursor\":null,\"previousCursor\":null}"
            #expect(result.output == list + "\n")
            #expect(result.errors == "")
        }
    }

    @Test func passesObjectsOnAsTheyCome() throws {
        let result = try Tool.shell(
            "(echo '{\"_links\":{},\"a\":1}'; sleep 0.2; echo '{\"b\":2}') | $LLMFMT --from hal")
        #expect(result.output == "[{\"a\":1},{\"b\":2}]\n")
    }

    @Test(arguments: ["models.json", "page.json", "newer-server.json", "spreadsheet.json", "model.json"])
    func bringsSamplesBack(name: String) throws {
        let scratch = try Scratch()
        let plain = try Tool.run([Tool.sample(name)])
        for options in [[], ["--pretty"], ["--base-url", "https://example.com"]] {
            #expect(try Tool.run([Tool.sample(name), "-o", "x.hal"] + options, in: scratch.folder).exitCode == 0)
            #expect(try Tool.run(["x.hal"], in: scratch.folder).output == plain.output)
        }
    }

    /// The library knows nothing of the tool's options; the tool names them wherever it shows the error.
    @Test func namesTheOptionWhereLinksAreRefused() throws {
        let scratch = try Scratch()
        try scratch.write("x.json", #"[{"_links":{}}]"#)
        let sentence =
            #"found the member "_links", expected a record without it; "#
            + "if the input is HAL, read it with --from hal"
        let result = try Tool.run(["x.json", "--to", "hal", "--rejects", "rejects"], in: scratch.folder)
        #expect(result.errors == "x.json:1:12: error: \(sentence) ($[0]._links)\n")
        #expect(try scratch.read("rejects").contains(sentence.replacingOccurrences(of: "\"", with: "\\\"")))
    }

    @Test(arguments: [
        ["--base-url", "x"], ["--base-url", "x", "--to", "csv"], ["--keep-links", "--from", "json"], ["--keep-links"],
        ["--keep-links", "--from", "hal", "--to", "hal"], ["--from", "hal", "--columns", "a"],
        ["--encoding", "UTF-16"], ["--encoding", "UTF-16", "--to", "jsonl"], ["--encoding", "nosuch", "--to", "xml"],
        ["--input-encoding", "UTF-16"], ["--input-encoding", "nosuch", "--from", "xml"],
    ])
    func refusesOptionsThatDoNothing(arguments: [String]) throws {
        let result = try Tool.run(arguments, input: #"{"a":1}"#)
        #expect(result.exitCode == 64)
        #expect(result.errors.isEmpty == false)
        #expect(result.output == "")
    }
}
