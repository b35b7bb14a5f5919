import Foundation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing
import YAMLFormat

/// What every format has to do, and documents as wholes.
@Suite struct YAMLFormatTests {
    private static let schema = LargeLanguageModel.schema

    /// The suite that the formats of the toolkit pass as well.
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func passesTheConformanceSuite(seed: UInt64) {
        #expect(FormatConformance(of: .yaml, schema: Self.schema, seed: seed).failures() == [])
    }

    @Test(arguments: [
        "", "---\n", "a: 1\n", "a: 1\n---\nb: [2, {c: é}]\n...\n", "- a: 1\n- b: |\n    x\n\n    y\n- c: \"\\u00e9\"\n",
        "items:\n  - a: 1\n  - b: 2\ntotal: 2\nx: [1]\n", "x: 1\r\nitems: []\r\ntotal: true\r\n", "\u{FEFF}a: é\n",
        "- a: 1\n- a: 1\n  a: 2\n", "- a: 1\n- &x b\n", "a: [1\n", "- {a: 012}\n",
    ])
    func givesTheSameForDocumentsInPieces(document: String) {
        let suite = FormatConformance(of: .yaml, schema: Self.schema)
        #expect(suite.splitFailures(of: Array(document.utf8)) == [])
    }

    @Test(
        arguments: ["models.json", "model.json", "newer-server.json", "spreadsheet.json", "page.json"],
        Format.builtIn)
    func keepsSamplesOnTheWayToOtherFormats(name: String, other: Format) throws {
        let input = try sample(name)
        let records = try SlowJSON(parsing: convert(input, from: .json, to: .json))
        let back = try convert(
            convert(convert(input, from: .json, to: .yaml), from: .yaml, to: other), from: other, to: .json)
        #expect(other.traits.keepsMemberOrder ? try SlowJSON(parsing: back) == records : true)
        #expect(try SlowJSON(parsing: back).sorted == records.sorted)
    }

    @Test(arguments: [
        ("models.jsonl", Format.jsonLines), ("models.hal", .hal), ("page.hal", .hal), ("models.xml", .xml),
        ("page.xml", .xml), ("page.json", .json), ("model.json", .json),
    ])
    func keepsSamplesOfEachFormat(name: String, format: Format) throws {
        let input = try sample(name)
        let json = Conversion(from: format, to: .json, schema: Self.schema).run(input)
        let yaml = Conversion(from: format, to: .yaml, schema: Self.schema).run(input)
        #expect(json.error == nil && yaml.error == nil)
        #expect(Conversion(from: .yaml, to: .json, schema: Self.schema).run(yaml.output).output == json.output)
        // The same bytes come of YAML to YAML.
        #expect(Conversion(from: .yaml, to: .yaml, schema: Self.schema).run(yaml.output).output == yaml.output)
    }

    private func sample(_ name: String) throws -> [UInt8] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../Data/\(name)")
        return [UInt8](try Data(contentsOf: file))
    }

    private func convert(_ input: [UInt8], from source: Format, to target: Format) throws -> [UInt8] {
        let outcome = Conversion(from: source, to: target, schema: Self.schema, shape: .list).run(input)
        #expect(outcome.error == nil)
        return outcome.output
    }

    // MARK: Shapes

    @Test(arguments: [
        (
            #"{"name":"a","x":{"y":[1,[2,{}],[]],"z":{"w":null}}}"#,
            "name: a\nx:\n  \"y\":\n    - 1\n    - - 2\n      - {}\n    - []\n  z:\n    w: null\n"
        ),
        (#"[{"name":"a","x":[{"b":1,"c":2}]},{"d":3},{}]"#, "- name: a\n  x:\n    - b: 1\n      c: 2\n- d: 3\n- {}\n"),
        ("[]", "[]\n"),
        ("[{}]", "- {}\n"),
        ("{}", "{}\n"),
        (
            #"{"items":[{"a":[1]},{}],"total":2,"nextCursor":"n","previousCursor":null,"x":{"y":[true]}}"#,
            "items:\n  - a:\n      - 1\n  - {}\ntotal: 2\nnextCursor: \"n\"\npreviousCursor: null\nx:\n  \"y\":\n    - true\n"
        ),
        (
            #"{"items":[],"total":0,"nextCursor":null,"previousCursor":null}"#,
            "items: []\ntotal: 0\nnextCursor: null\npreviousCursor: null\n"
        ),
    ])
    func writesAndReadsEachShape(json: String, yaml: String) {
        let written = Conversion(from: .json, to: .yaml, schema: Self.schema).run(json)
        #expect(written.description == yaml)
        #expect(Conversion(from: .yaml, to: .json, schema: Self.schema).run(yaml).description == json + "\n")
    }

    @Test(arguments: [
        ("a: 1\n", #"{"a":1}"#), ("---\na: 1\n...\n", #"{"a":1}"#), ("%YAML 1.2\n---\na: 1\n", #"{"a":1}"#),
        ("a: 1\n---\nb: 2\n---\n{}\n", #"[{"a":1},{"b":2},{}]"#),
        ("# a comment\n- a: 1 # and another\n", #"[{"a":1}]"#),
        ("{a: [1, {b: c}], 'd': \"\\x41\\n\"}", #"{"a":[1,{"b":"c"}],"d":"A\n"}"#),
        ("a: one\n  two\n\n  three\n", #"{"a":"one two\nthree"}"#),
        ("a: >-\n  one\n  two\nb: |+\n  x\n\n", #"{"a":"one two","b":"x\n\n"}"#),
        ("? a\n: 1\n", #"{"a":1}"#), ("- a: 1\n- {b: 2}\n", #"[{"a":1},{"b":2}]"#),
        // `items` is a page's only before any field of a record, and with mappings in it.
        ("name: x\nitems: []\n", #"{"name":"x","items":[]}"#), ("items: [1]\n", #"{"items":[1]}"#),
        ("items: 1\n", #"{"items":1}"#), ("- items: []\n", #"[{"items":[]}]"#),
        ("x: 1\nitems:\n- a: 1\n", #"{"items":[{"a":1}],"total":null,"nextCursor":null,"previousCursor":null,"x":1}"#),
    ])
    func readsDocuments(yaml: String, json: String) {
        #expect(Conversion(from: .yaml, to: .json, schema: Self.schema).run(yaml).description == json + "\n")
    }

    @Test func refusesToWriteAnItemThatWouldBeReadAsAPage() {
        let outcome = Conversion(from: .json, to: .yaml, schema: Self.schema, shape: .item).run(#"[{"items":[]}]"#)
        #expect(outcome.code == .notRepresentable)
        #expect(outcome.path == "$[0].items")
    }

    @Test func refusesAMemberOfAPageThatWouldHideItsRecords() throws {
        let page = PageInfo(otherMembers: try UnknownMembers(json: #"{"x":1,"items":2}"#))
        do {
            _ = try Format.yaml.encode([LargeLanguageModel](), page: page)
            Issue.record("it was written")
        } catch {
            #expect(error.code == .notRepresentable)
            #expect(error.path == "$.items")
        }
    }

    @Test func keepsNamesThatAreLongerThanYAMLAllowsWithoutAMark() {
        for count in [990, 1000, 1023, 1024, 1025, 70_000] {
            let name = String(repeating: "x", count: count)
            let json = "[{\"\(name)\":1,\"a\":{\"\(name)\":{\"\(name)\":[{\"\(name)\":\"a\\nb\"}]}}}]"
            let yaml = Conversion(from: .json, to: .yaml, schema: Self.schema).run(json)
            #expect(Conversion(from: .yaml, to: .json, schema: Self.schema).run(yaml.output).text == json + "\n")
        }
    }

    @Test func servesTheStruct() throws {
        let input = #"[{"name":"a","modelType":"gpt-4o","provider":"openAI","connectionId":"c","x":[1]}]"#
        let models = try Format.json.decode([LargeLanguageModel].self, from: Array(input.utf8))
        let yaml = try Format.yaml.encode(models)
        #expect(
            String(decoding: yaml, as: UTF8.self)
                == "- name: a\n  modelType: gpt-4o\n  provider: openAI\n  connectionId: c\n  x:\n    - 1\n")
        #expect(try Format.yaml.decode([LargeLanguageModel].self, from: yaml) == models)
    }

    @Test func hasTheNamesOfRFC9512() {
        #expect(Format.yaml.mediaType.description == "application/yaml")
        #expect(Format.yaml.fileExtensions == ["yaml", "yml"])
        #expect(
            Format.yaml.traits.otherMediaTypes.map(\.description)
                == ["application/x-yaml", "text/yaml", "text/x-yaml"])
    }
}
