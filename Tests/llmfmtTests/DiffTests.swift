import Foundation
import ResourceFormatsTesting
import Testing

/// `llmfmt diff`.
@Suite struct DiffTests {
    private func diff(
        _ old: String, _ new: String, _ options: [String] = [], names: (String, String) = ("a.json", "b.json")
    ) throws -> Tool.Result {
        let scratch = try Scratch()
        try scratch.write(names.0, Data(old.utf8))
        try scratch.write(names.1, Data(new.utf8))
        return try Tool.run(["diff", names.0, names.1] + options, in: scratch.folder)
    }

    private static let old =
        #"[{"_id":"a","x":1,"l":[1,2,3],"o":{"p":1,"q/~":2}},{"_id":"b"},"# + "\n" + #"{"_id":"c","z":null}]"#
    private static let new =
        #"[{"z":null,"_id":"c"},{"_id":"n","k":[1]},{"_id":"a","l":[1,5],"x":1.0,"o":{"q/~":3,"r":{}}}]"#

    @Test func showsWhatDiffers() throws {
        let result = try diff(Self.old, Self.new)
        #expect(
            result.output == """
                changed "a" (a.json:1:2, b.json:1:43)
                  - .x: 1
                  + .x: 1.0
                  - .l[1]: 2
                  + .l[1]: 5
                  - .l[2]: 3
                  - .o.p: 1
                  - .o["q/~"]: 2
                  + .o["q/~"]: 3
                  + .o.r: {}
                removed "b" (a.json:1:52)
                added "n" (b.json:1:23)
                the order of records differs

                """)
        #expect(result.errors == "")
        #expect(result.exitCode == 1)
    }

    @Test func writesAPatch() throws {
        let result = try diff(Self.old, Self.new, ["--format", "json"])
        #expect(
            result.output == """
                [{"op":"replace","path":"/0/x","value":1.0},
                {"op":"replace","path":"/0/l/1","value":5},
                {"op":"remove","path":"/0/l/2"},
                {"op":"remove","path":"/0/o/p"},
                {"op":"replace","path":"/0/o/q~1~0","value":3},
                {"op":"add","path":"/0/o/r","value":{}},
                {"op":"remove","path":"/1"},
                {"op":"move","from":"/1","path":"/0"},
                {"op":"add","path":"/1","value":{"_id":"n","k":[1]}}]

                """)
        #expect(result.exitCode == 1)
    }

    @Test(arguments: ["hal", "xml", "csv", "jsonl"])
    func comparesAcrossFormats(format: String) throws {
        let file = Tool.sample("models.json")
        let other = try Tool.run([file, "--to", format])
        let scratch = try Scratch()
        try scratch.write("b.\(format)", Data(other.output.utf8))
        for options in [[], ["--by-position"], ["--key", "name"]] {
            for files in [[file, "b.\(format)"], ["b.\(format)", file]] {
                let result = try Tool.run(["diff"] + files + options, in: scratch.folder)
                #expect(result.output == "")
                #expect(result.exitCode == 0, "\(result.errors)")
            }
        }
        let piped = try Tool.run(["diff", file, "-"], input: other.output)
        #expect(piped.exitCode == 0, "\(piped.errors)")
    }

    @Test(arguments: [
        (
            "[{\"n\":1},{\"n\":2}]", "[{\"n\":1},{\"n\":3},{\"n\":4}]", [String](),
            "changed $[1] (a.json:1:10, b.json:1:10)\n  - .n: 2\n  + .n: 3\nadded $[2] (b.json:1:18)\n"
        ),
        ("[{\"n\":1},{\"n\":2}]", "[{\"n\":2}]", ["--key", "n"], "removed 1 (a.json:1:2)\n"),
        ("[{\"n\":{\"k\":true}}]", "[]", ["--key", "n.k"], "removed true (a.json:1:2)\n"),
        (
            "[{\"_id\":1}]", "[{\"_id\":\"1\"}]", [],
            "changed 1 (a.json:1:2, b.json:1:2)\n  - ._id: 1\n  + ._id: \"1\"\n"
        ),
        ("[]", "[{\"_id\":\"é\\n\"}]", [], "added \"é\\n\" (b.json:1:2)\n"),
        ("[{\"a\":[]}]", "[{\"a\":{}}]", [], "changed $[0] (a.json:1:2, b.json:1:2)\n  - .a: []\n  + .a: {}\n"),
        (
            "[{\"a\":false}]", "[{\"a\":true}]", [],
            "changed $[0] (a.json:1:2, b.json:1:2)\n  - .a: false\n  + .a: true\n"
        ),
        (
            "[{\"e\u{301}\":1}]", "[{\"é\":1}]", [],
            "changed $[0] (a.json:1:2, b.json:1:2)\n  - [\"e\u{301}\"]: 1\n  + [\"é\"]: 1\n"
        ),
    ])
    func matchesRecords(old: String, new: String, options: [String], output: String) throws {
        let result = try diff(old, new, options + ["--resource", "record"])
        #expect(Array(result.output.utf8) == Array(output.utf8), "\(result.output)\(result.errors)")
        #expect(result.exitCode == 1)
    }

    @Test(arguments: [
        (
            "[{\"_id\":\"a\"},\n{\"_id\":\"b\"},{\"_id\":\"a\"}]", "[]",
            "a.json:2:13: error: found the key \"a\" a second time, expected each key once; the first is at 1:2 ($[2])"
        ),
        (
            "[]", "[{\"_id\":\"a\"},{\"_id\":\"a\"}]",
            "b.json:1:14: error: found the key \"a\" a second time, expected each key once; the first is at 1:2 ($[1])"
        ),
        (
            "[{\"_id\":\"a\"}]", "[{\"_id\":\"a\"},{\"_id\":\"a\"}]",
            "b.json:1:14: error: found the key \"a\" a second time, expected each key once; the first is at 1:2 ($[1])"
        ),
        ("[{\"_id\":\"a\"},{}]", "[]", "a.json:1:14: error: found no value, expected the key _id ($[1])"),
        (
            "[{\"_id\":\"a\"}]", "[{\"_id\":[]}]",
            "b.json:1:2: error: found an array, expected a text, a number or a boolean as the key _id ($[0])"
        ),
        ("[{\"_id\":\"a\"}]", "[{]", "b.json:1:3: error: "),
        ("[{]", "[]", "a.json:1:3: error: "),
    ])
    func refusesRecordsThatCannotBeMatched(old: String, new: String, sentence: String) throws {
        let result = try diff(old, new)
        #expect(result.errors.hasPrefix(sentence), "\(result.errors)")
        #expect(result.output == "")
        #expect(result.exitCode == 65)
    }

    @Test(arguments: [
        (["a.json"], "diff compares two files; there are 1"),
        (["-", "a.json"], "the first file is read twice, so it cannot be standard input"),
        (["a.json", "a.json", "--key", "a", "--by-position"], "--key and --by-position exclude each other"),
        (["a.json", "a.json", "--key", "a..b"], "--key: found \"a..b\", expected names with dots between them"),
        (["/dev/null", "a.json"], "the first file is read twice, so it has to be a regular file"),
    ])
    func refusesBadUsage(arguments: [String], sentence: String) throws {
        let scratch = try Scratch()
        try scratch.write("a.json", Data("[]".utf8))
        let result = try Tool.run(["diff"] + arguments, in: scratch.folder)
        #expect(result.errors.hasPrefix("llmfmt: error: \(sentence)"))
        #expect(result.exitCode == 64)
        #expect(try Tool.run(["diff", "a.json", "none.json"], in: scratch.folder).exitCode == 66)
    }

    @Test func comparesObjectsAndRecordsAtAPath() throws {
        let items = try diff("{\"_id\":\"a\",\"x\":1}", "{\"x\":2,\"_id\":\"a\"}", ["--format", "json"])
        #expect(items.output == "[{\"op\":\"replace\",\"path\":\"/x\",\"value\":2}]\n")
        let other = try diff("{\"_id\":\"a\"}", "{\"_id\":\"b\"}", ["--format", "json"])
        #expect(other.output == "[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"_id\":\"b\"}}]\n")
        let pages = try diff("{\"items\":[{\"x\":1}]}", "{\"items\":[]}", ["--format", "json"])
        #expect(pages.output == "[{\"op\":\"remove\",\"path\":\"/items/0\"}]\n")
        let tables = try diff(
            "{\"k\":{\"x\":1}}", "{\"k\":{\"x\":2}}", ["--records", "*", "--key-as", "id", "--key", "id"])
        #expect(tables.output == "changed \"k\" (a.json:1:6, b.json:1:6)\n  - .x: 1\n  + .x: 2\n")
    }

    /// Whatever the records are, the patch makes one list of the other.
    @Test func patchesTheFirstListIntoTheSecond() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<40 {
            var lists: [[[String: Any]]] = []
            for _ in 0..<2 {
                var list: [[String: Any]] = []
                for id in (0..<8).shuffled(using: &generator).prefix(Int.random(in: 0...8, using: &generator)) {
                    var record: [String: Any] = ["_id": "\(id)"]
                    for name in ["a", "b/c", "~"] where Bool.random(using: &generator) {
                        record[name] = [Int](repeating: 1, count: Int.random(in: 0...3, using: &generator)).map { _ in
                            Int.random(in: 0...1, using: &generator)
                        }
                    }
                    list.append(record)
                }
                lists.append(list)
            }
            let texts = try lists.map {
                String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
            }
            let result = try diff(texts[0], texts[1], ["--format", "json"])
            let patch = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]] ?? []
            var document: Any = lists[0]
            for operation in patch { document = try Self.apply(operation, to: document) }
            #expect((document as? [Any]).map { $0 as NSArray } == lists[1] as NSArray, "\(texts) \(result.output)")
            #expect(result.exitCode == (texts[0] == texts[1] || patch.isEmpty ? 0 : 1))
        }
    }

    /// A document after one operation of RFC 6902.
    private static func apply(_ operation: [String: Any], to document: Any) throws -> Any {
        var old: Any?
        func edited(_ document: Any, at pointer: Any?, to new: Any?, replacing: Bool) throws -> Any {
            let steps = (pointer as? String ?? "").components(separatedBy: "/").dropFirst().map {
                $0.replacingOccurrences(of: "~1", with: "/").replacingOccurrences(of: "~0", with: "~")
            }
            return try Self.edited(document, at: steps[...], to: new, replacing: replacing, &old)
        }
        let path = operation["path"]
        switch operation["op"] as? String {
        case "move":
            let without = try edited(document, at: operation["from"], to: nil, replacing: true)
            return try edited(without, at: path, to: old, replacing: false)
        case "remove": return try edited(document, at: path, to: nil, replacing: true)
        case "replace": return try edited(document, at: path, to: operation["value"], replacing: true)
        default: return try edited(document, at: path, to: operation["value"], replacing: false)
        }
    }

    /// The value with a new one, or none, at a place; `old` is what it replaces.
    private static func edited(
        _ value: Any, at steps: ArraySlice<String>, to new: Any?, replacing: Bool, _ old: inout Any?
    ) throws -> Any {
        let step = try #require(steps.first)
        if var list = value as? [Any] {
            let index = try #require(Int(step))
            if steps.count > 1 {
                list[index] = try edited(list[index], at: steps.dropFirst(), to: new, replacing: replacing, &old)
                return list
            }
            if replacing { old = list.remove(at: index) }
            if let new { list.insert(new, at: index) }
            return list
        }
        var object = try #require(value as? [String: Any])
        if steps.count > 1 {
            let inner = try #require(object[step])
            object[step] = try edited(inner, at: steps.dropFirst(), to: new, replacing: replacing, &old)
            return object
        }
        old = object[step]
        #expect((old != nil) == replacing)
        object[step] = new
        return object
    }
}
