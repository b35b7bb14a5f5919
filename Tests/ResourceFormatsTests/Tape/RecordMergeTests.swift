import ContentNegotiation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

@Suite struct RecordMergeTests {
    private static let schema = LargeLanguageModel.schema

    /// Reads one record: the second of its input merged onto the first.
    private struct MergingReader: RecordReader {
        let schema: Schema
        var document: DocumentInfo { DocumentInfo(shape: .list) }
        private var isDone = false

        init(schema: Schema) {
            self.schema = schema
        }

        mutating func read(
            _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
        ) throws(SerializationError) -> ReadProgress {
            guard isComplete else { return .needsMoreInput }
            position = input.count
            if isDone { return .end }
            isDone = true
            var bases = RecordStream(.jsonLines, schema: schema)
            var patches = RecordStream(.jsonLines, schema: schema)
            _ = try bases.next(input, isComplete: true)
            _ = try patches.next(input, isComplete: true)
            _ = try patches.next(input, isComplete: true)
            if let base = bases.record, let patch = patches.record { try tape.merge(patch: patch, onto: base) }
            return .record
        }
    }

    private static let merging = Format(
        name: "merging", mediaType: MediaType(type: "text", subtype: "plain"), fileExtensions: ["merging"],
        reader: { schema, _ in MergingReader(schema: schema) }, writer: { _, _ in NoWriter() })

    private struct NoWriter: RecordWriter {
        mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}
        mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {}
        mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}
    }

    /// The same JSON on one line: no string holds a line feed, so each is white space.
    private static func line(_ text: [UInt8]) -> [UInt8] { text.map { $0 == 0x0A ? 0x20 : $0 } }

    private func merge(_ patch: String, onto base: String, to target: Format = .jsonLines) -> String {
        convert(base + "\n" + patch, from: Self.merging, to: target)
    }

    /// The examples of RFC 7396 appendix A in which both sides are objects.
    @Test(arguments: [
        (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
        (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
        (#"{"a":"b"}"#, #"{"a":null}"#, "{}"),
        (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
        (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
        (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
        (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
        (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#),
        (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
        ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
    ])
    func followsTheExamplesOfTheRFC(base: String, patch: String, expected: String) {
        #expect(merge(patch, onto: base) == expected + "\n")
    }

    /// Those in which a side is not an object, one level further in: a record always is one.
    @Test(arguments: [
        (#"{"x":["a","b"]}"#, #"{"x":["c","d"]}"#, #"{"x":["c","d"]}"#),
        (#"{"x":{"a":"b"}}"#, #"{"x":["c"]}"#, #"{"x":["c"]}"#),
        (#"{"x":{"a":"foo"}}"#, #"{"x":null}"#, "{}"),
        (#"{"x":{"a":"foo"}}"#, #"{"x":"bar"}"#, #"{"x":"bar"}"#),
        (#"{"x":[1,2]}"#, #"{"x":{"a":"b","c":null}}"#, #"{"x":{"a":"b"}}"#),
    ])
    func followsTheOtherExamplesOneLevelIn(base: String, patch: String, expected: String) {
        #expect(merge(patch, onto: base) == expected + "\n")
    }

    @Test(arguments: [
        // Known members, in the order of the record; new ones in the order of the patch.
        (
            #"{"provider":"p","x":1,"name":"n"}"#, #"{"isDefault":true,"name":"m","description":"d","y":2,"x":3}"#,
            #"{"provider":"p","x":3,"name":"m","isDefault":true,"description":"d","y":2}"#
        ),
        // Known objects, and one that is new.
        (
            #"{"openAI":{"customModel":"a","region":"eu"},"z":0}"#,
            #"{"openAI":{"region":null,"customModel":"b","tier":1},"anthropic":{"customModel":"c","x":null}}"#,
            #"{"openAI":{"customModel":"b","tier":1},"z":0,"anthropic":{"customModel":"c"}}"#
        ),
        // Arrays are replaced as they are, with the nulls that they hold.
        (
            #"{"fallbacks":[{"isFallbackEnabled":true}]}"#, #"{"fallbacks":[null,{"isFallbackEnabled":null}]}"#,
            #"{"fallbacks":[null,{"isFallbackEnabled":null}]}"#
        ),
        // The text of numbers and the code points of names and strings.
        (
            #"{"é":1.0,"n":10000000000000000999}"#, "{\"e\u{301}\":-0,\"n\":1E+05,\"s\":\"\\u0000\\\"\"}",
            "{\"é\":1.0,\"n\":1E+05,\"e\u{301}\":-0,\"s\":\"\\u0000\\\"\"}"
        ),
        // A value of another kind than the schema's, on both sides.
        (
            #"{"name":{"customModel":"a"},"openAI":"s"}"#, #"{"name":{"customModel":null,"b":1},"openAI":{"x":1}}"#,
            #"{"name":{"b":1},"openAI":{"x":1}}"#
        ),
        // The same name at another place is another member.
        (#"{"customModel":1}"#, #"{"openAI":{"customModel":"m"}}"#, #"{"customModel":1,"openAI":{"customModel":"m"}}"#),
        ("{}", "{}", "{}"),
        ("{}", #"{"a":null,"name":null}"#, "{}"),
    ])
    func keepsOrderTextsAndPlaces(base: String, patch: String, expected: String) {
        #expect(merge(patch, onto: base) == expected + "\n")
    }

    @Test func takesManyMembers() {
        let names = (0..<2000).map { "m\($0)" }
        let base = "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
        let patch =
            "{"
            + names.reversed().enumerated().map {
                "\"\($0.element)\":\($0.offset % 2 == 0 ? "null" : "2")"
            }.joined(separator: ",") + ",\"name\":\"n\"}"
        let left = names.enumerated().filter { $0.offset % 2 == 0 }.map { "\"\($0.element)\":2" }
        #expect(merge(patch, onto: base) == "{" + left.joined(separator: ",") + ",\"name\":\"n\"}\n")
    }

    @Test func goesAsDeepAsReadersDo() {
        func nest(_ value: String) -> String {
            String(repeating: "{\"a\":", count: 127) + "{\"b\":\(value)}" + String(repeating: "}", count: 127)
        }
        #expect(merge(nest("2"), onto: nest("1")) == nest("2") + "\n")
        let emptied = nest("1").split(separator: "\"b\":1", omittingEmptySubsequences: false).joined()
        #expect(merge(nest("null"), onto: nest("1")) == emptied + "\n")
    }

    /// What a slow merge by the letter of the RFC gives, any writer writes.
    @Test(arguments: [RecordGenerator.Mood.realistic, .adversarial])
    func agreesWithItsSlowTwin(mood: RecordGenerator.Mood) throws {
        var generator = RecordGenerator(schema: Self.schema, mood: mood, seed: Settings.propertySeed)
        var random = SeededGenerator(seed: Settings.propertySeed)
        for _ in 0..<Settings.propertyRecords / 10 {
            let base = generator.nextRecord()
            let other = generator.nextRecord()
            // Records that have little in common, and ones that have nearly all.
            let patch = random.oneIn(2) ? other : Self.perturb(base, with: other, using: &random)
            let input = Self.line(generator.spell(base)) + [0x0A] + Self.line(generator.spell(patch))
            let expected = try #require(Self.merge(patch, onto: base))
            let merged = run(input, from: Self.merging, to: .jsonLines)
            #expect(merged.description == expected.text + "\n", "\(patch) onto \(base)")
            for form in [Form.xml, .csv, .hal] where !form.refuses(expected) {
                let fromMerge = run(input, from: Self.merging, to: form.format)
                let fromText = run(expected.bytes, to: form.format, shape: .list)
                #expect(fromMerge.description == fromText.description, "\(patch) onto \(base)")
            }
        }
    }

    @Test(arguments: [RecordGenerator.Mood.realistic, .adversarial])
    func leavesARecordAloneWithoutChanges(mood: RecordGenerator.Mood) {
        var generator = RecordGenerator(schema: Self.schema, mood: mood, seed: Settings.propertySeed)
        for _ in 0..<Settings.propertyRecords / 10 {
            let record = generator.nextRecord()
            #expect(merge("{}", onto: record.text) == record.text + "\n")
        }
    }

    @Test(arguments: [RecordGenerator.Mood.realistic, .adversarial])
    func givesARecordWithoutItsNullsOntoNothing(mood: RecordGenerator.Mood) {
        var generator = RecordGenerator(schema: Self.schema, mood: mood, seed: Settings.propertySeed)
        for _ in 0..<Settings.propertyRecords / 10 {
            let record = generator.nextRecord()
            #expect(merge(record.text, onto: "{}") == Self.withoutNulls(record).text + "\n")
        }
    }

    // MARK: The slow twin

    private static func merge(_ patch: SlowJSON, onto base: SlowJSON?) -> SlowJSON? {
        guard case .object(let changes) = patch else { return patch == .null ? nil : patch }
        var members: [SlowJSON.Member] = []
        if case .object(let all) = base { members = all }
        for change in changes {
            let index = members.firstIndex { $0.name == change.name }
            let value = merge(change.value, onto: index.map { members[$0].value })
            switch (index, value) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(SlowJSON.Member(change.name, value))
            case (nil, nil): break
            }
        }
        return .object(members)
    }

    private static func withoutNulls(_ value: SlowJSON) -> SlowJSON {
        guard case .object(let members) = value else { return value }
        return .object(
            members.filter { $0.value != .null }.map { SlowJSON.Member($0.name, withoutNulls($0.value)) })
    }

    /// A patch for some of a record's members, with values of another record.
    private static func perturb(
        _ base: SlowJSON, with other: SlowJSON, using random: inout SeededGenerator
    ) -> SlowJSON {
        guard case .object(let members) = base, case .object(let others) = other else { return other }
        var changed: [SlowJSON.Member] = []
        for member in members where !random.oneIn(3) {
            let replacement = others.isEmpty ? .null : random.pick(others).value
            let isInside = random.oneIn(2)
            changed.append(
                SlowJSON.Member(
                    member.name,
                    random.oneIn(4)
                        ? .null : isInside ? perturb(member.value, with: replacement, using: &random) : member.value))
        }
        changed.shuffle(using: &random)
        return .object(changed)
    }
}
