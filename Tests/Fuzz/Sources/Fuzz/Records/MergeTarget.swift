import ContentNegotiation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// JSON Merge Patch against a slow one: a byte for the format that is written, a record, a line feed, its patch.
enum MergeTarget: Target {
    static let name = "merge"

    static func check(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let form = TargetForm.all[Int(first) % TargetForm.all.count]
        let document = Array(bytes.dropFirst())
        guard let values = try? SlowJSON.parseSequence(document, depthLimit: 128), values.count == 2 else { return }
        guard case .object = values[0], case .object = values[1] else { return }
        let schema = LargeLanguageModel.schema
        let expected = SlowJSON.array([merge(values[1], onto: values[0])])
        let merged = Conversion(from: format, to: form.writer, schema: schema, shape: .list).run(document)
        let plain = Conversion(from: .json, to: form.writer, schema: schema, shape: .list).run(expected.bytes)
        if merged.output != plain.output || merged.code != plain.code {
            fail(
                "a record is merged as RFC 7396 says",
                [("document", document), ("to", form.name), ("merged", merged), ("expected", plain)])
        }
    }

    /// RFC 7396 section 2, word for word.
    private static func merge(_ patch: SlowJSON, onto target: SlowJSON?) -> SlowJSON {
        guard case .object(let changes) = patch else { return patch }
        var members: [SlowJSON.Member] = []
        if case .object(let given) = target { members = given }
        for change in changes {
            let place = members.firstIndex { $0.name == change.name }
            if change.value == .null {
                if let place { members.remove(at: place) }
            } else if let place {
                members[place].value = merge(change.value, onto: members[place].value)
            } else {
                members.append(SlowJSON.Member(change.name, merge(change.value, onto: nil)))
            }
        }
        return .object(members)
    }

    /// Reads two objects as one record: the second merged onto the first.
    private static let format = Format(
        name: "merging", mediaType: MediaType(type: "text", subtype: "plain"), fileExtensions: ["merging"],
        reader: { schema, _ in MergingReader(schema: schema) }, writer: { _, _ in NoWriter() })

    private struct MergingReader: RecordReader {
        let schema: Schema
        var document: DocumentInfo { DocumentInfo(shape: .list) }
        var isDone = false

        mutating func read(
            _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
        ) throws(SerializationError) -> ReadProgress {
            guard isComplete else { return .needsMoreInput }
            position = input.count
            if isDone { return .end }
            isDone = true
            var bases = RecordStream(.json, schema: schema)
            var patches = RecordStream(.json, schema: schema)
            _ = try bases.next(input, isComplete: true)
            _ = try patches.next(input, isComplete: true)
            _ = try patches.next(input, isComplete: true)
            if let base = bases.record, let patch = patches.record { try tape.merge(patch: patch, onto: base) }
            return .record
        }
    }

    private struct NoWriter: RecordWriter {
        mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}
        mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {}
        mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}
    }

    static func seeds() -> [[UInt8]] {
        let records = Seeds.valid(.jsonLines) + Seeds.all(.jsonLines)
        let pairs = [
            "{\"a\":{\"b\":1,\"c\":2}}\n{\"a\":{\"b\":null,\"d\":{\"e\":null}}}",
            "{\"openAI\":{\"customModel\":\"m\"},\"x\":[1]}\n{\"openAI\":{\"customModel\":null},\"x\":{\"y\":1}}",
            "{\"a\":1}\n{\"a\":{\"b\":null}}", "{}\n{\"a\":null}", "{\"fallbacks\":[{}]}\n{\"fallbacks\":null}",
        ].map { Array($0.utf8) }
        return (pairs + zip(records, records.dropFirst()).map { $0 + [0x0A] + $1 }).enumerated().map {
            [UInt8(truncatingIfNeeded: $0)] + $1
        }
    }

    static let words = Words.json + Words.names + ["null", ":null", "}\n{"]
}
