import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The fast reader and writer against their slow twin.
@Suite struct SlowJSONTwinTests {
    private static let schema = LargeLanguageModel.schema

    @Test func parsesWhatTheGeneratorSpelled() throws {
        var generator = RecordGenerator(schema: Self.schema, mood: .adversarial, seed: Settings.propertySeed &+ 1)
        for _ in 0..<max(Settings.propertyRecords / 10, 20) {
            let record = generator.nextRecord()
            #expect(try SlowJSON(parsing: generator.spell(record)) == record)
        }
    }

    @Test func writesTheSameBytes() {
        var generator = RecordGenerator(schema: Self.schema, mood: .adversarial, seed: Settings.propertySeed &+ 2)
        for _ in 0..<max(Settings.propertyRecords / 20, 10) {
            let records = (0..<20).map { _ in generator.nextRecord() }
            let spelled = records.map { generator.spell($0) }
            let written = run([0x5B] + spelled.joined(separator: [0x2C]) + [0x5D], shape: .list)
            #expect(written.error == nil)
            #expect(written.output == SlowJSON.array(records).bytes + [0x0A])
        }
    }

    @Test func acceptsAndRefusesTheSameDocuments() {
        var generator = RecordGenerator(
            schema: Self.schema, mood: .adversarial, seed: Settings.propertySeed &+ 3, depthLimit: 20)
        var random = SeededGenerator(seed: Settings.propertySeed &+ 4)
        var counts = (accepted: 0, refused: 0)
        for _ in 0..<Settings.propertyRecords {
            var document = generator.nextText()
            switch random.next() % 4 {
            case 0: document = [0x5B] + document + [0x2C] + generator.nextText() + [0x5D]
            case 1: document += generator.nextText()
            case 2: document = Array("{\"items\":[".utf8) + document + Array("],\"total\":1}".utf8)
            default: break
            }
            for _ in 0..<Int.random(in: 0...3, using: &random) { Self.mutate(&document, using: &random) }
            let expected = SlowDocument.records(of: document, schema: Self.schema)
            let outcome = run(document, to: .jsonLines)
            #expect((outcome.error == nil) == (expected != nil), "\(Self.show(document)): \(outcome)")
            if let expected, outcome.error == nil {
                counts.accepted += 1
                #expect(outcome.text == expected.map { $0.text + "\n" }.joined(), "\(Self.show(document))")
            } else {
                counts.refused += 1
                #expect(outcome.position != nil && outcome.path != nil, "\(Self.show(document)): \(outcome)")
            }
        }
        #expect(counts.accepted > Settings.propertyRecords / 10)
        #expect(counts.refused > Settings.propertyRecords / 10)
    }

    private static func show(_ document: [UInt8]) -> String {
        String(decoding: document.prefix(600), as: UTF8.self)
    }

    /// Flips, inserts, doubles or takes away something.
    private static func mutate(_ document: inout [UInt8], using random: inout SeededGenerator) {
        guard !document.isEmpty else { return }
        let place = Int.random(in: 0..<document.count, using: &random)
        let tokens = [
            ",", ":", "{", "}", "[", "]", "\"", "\\", "0", "-", ".", "e", " ", "\n", "\u{0}", "\u{7F}", "null", "true",
            "\\u", "\\ud800", "\\udc00", "[]", "{}", "\"\":1,", "\"items\":[],", "\"name\":1,", "\u{FEFF}", "//",
        ]
        switch random.next() % 6 {
        case 0: document[place] ^= 1 << UInt8(random.next() % 8)
        case 1: document.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        case 2, 3: document.insert(contentsOf: random.pick(tokens).utf8, at: place)
        case 4: document.remove(at: place)
        default:
            let end = min(document.count, place + Int.random(in: 1...12, using: &random))
            document.replaceSubrange(place..<end, with: document[place..<end] + document[place..<end])
        }
    }
}

/// What a document holds, told by the obvious parser: the rules of item, list, page and concatenated objects.
private enum SlowDocument {
    /// The records; nil if the document is refused.
    static func records(of bytes: [UInt8], schema: Schema) -> [SlowJSON]? {
        // A NUL among the first four bytes means another encoding; otherwise it is refused anyway.
        guard let values = try? SlowJSON.parseSequence(bytes, depthLimit: 130), let first = values.first else {
            return nil
        }
        if case .array(let records) = first {
            guard values.count == 1, records.allSatisfy(isRecord) else { return nil }
            return records
        }
        guard case .object(let members) = first else { return nil }
        if let index = members.firstIndex(where: { $0.name == "items" && isRecordArray($0.value) }),
            !members[..<index].contains(where: { isKnown($0.name, schema) })
        {
            // A page from here on, whatever follows.
            guard values.count == 1, first.depth <= 130, case .array(let records) = members[index].value,
                records.allSatisfy(isRecord), !members.contains(where: { isKnown($0.name, schema) }),
                members.allSatisfy({ $0.name == "items" || $0.value.depth < 128 }), hasPageKinds(first)
            else { return nil }
            return records
        }
        return values.allSatisfy(isRecord) ? values : nil
    }

    private static func isRecord(_ value: SlowJSON) -> Bool {
        guard case .object = value else { return false }
        return value.depth <= 128
    }

    /// Empty, or beginning with an object: a stream decides there.
    private static func isRecordArray(_ value: SlowJSON) -> Bool {
        guard case .array(let elements) = value else { return false }
        guard let first = elements.first else { return true }
        if case .object = first { return true }
        return false
    }

    private static func isKnown(_ name: ExactText, _ schema: Schema) -> Bool {
        schema.members(of: .record).contains { schema.name(of: $0).map { ExactText($0) } == name }
    }

    private static func hasPageKinds(_ page: SlowJSON) -> Bool {
        switch page["total"] {
        case nil, .null, .number: break
        default: return false
        }
        for name: ExactText in ["nextCursor", "previousCursor"] {
            switch page[name] {
            case nil, .null, .string: break
            default: return false
            }
        }
        return true
    }
}
