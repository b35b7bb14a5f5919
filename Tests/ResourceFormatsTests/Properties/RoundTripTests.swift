import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The law: JSON → X → JSON is the identity for any records.
@Suite struct RoundTripTests {
    private static let batchSize = 50

    @Test(arguments: Form.allCases, [RecordGenerator.Mood.realistic, .adversarial])
    func givesBackEveryRecord(form: Form, mood: RecordGenerator.Mood) {
        givesBack(
            form, .largeLanguageModel, mood,
            count: max(mood == .adversarial ? Settings.propertyRecords : Settings.propertyRecords / 10, 20))
    }

    /// Records of the wide schema are some twenty times as large.
    @Test(arguments: Form.allCases, [RecordGenerator.Mood.realistic, .adversarial])
    func givesBackEveryWideRecord(form: Form, mood: RecordGenerator.Mood) {
        givesBack(form, .wide, mood, count: max(Settings.propertyRecords / 200, 2))
    }

    private func givesBack(_ form: Form, _ kind: TestSchema, _ mood: RecordGenerator.Mood, count: Int) {
        let schema = kind.schema
        var generator = RecordGenerator(schema: schema, mood: mood, seed: Settings.propertySeed)
        var left = count
        var failures: [String] = []
        while left > 0, failures.isEmpty {
            var records = (0..<min(left, Self.batchSize)).map { _ in generator.nextRecord() }
            left -= records.count
            records.removeAll(where: form.refuses)
            let text = Self.list(records.map { generator.spell($0) })
            guard Self.roundTrip(text, form, schema) != Self.expected(records, form) else { continue }
            // Which one was it?
            failures = records.compactMap { record in
                let text = Self.list([record.bytes])
                let result = Self.roundTrip(text, form, schema)
                return result == Self.expected([record], form) ? nil : "\(record) came back as \(result)"
            }
            if failures.isEmpty { failures = ["only together: \(SlowJSON.array(records))"] }
        }
        #expect(failures.prefix(3) == [])
    }

    /// What came back: a tree, or why there is none.
    private enum Result: Hashable, CustomStringConvertible {
        case records(SlowJSON)
        case failure(String)

        var description: String {
            switch self {
            case .records(let value): value.description
            case .failure(let sentence): sentence
            }
        }
    }

    private static func expected(_ records: [SlowJSON], _ form: Form) -> Result {
        .records(form.isCSV ? SlowJSON.array(records).sorted : .array(records))
    }

    private static func roundTrip(_ input: [UInt8], _ form: Form, _ schema: Schema) -> Result {
        let written = run(input, to: form.format, shape: .list, schema: schema)
        if written.error != nil { return .failure("writing: \(written)") }
        let back = run(written.output, from: form.readingFormat, shape: .list, schema: schema)
        if back.error != nil { return .failure("reading: \(back) in \(written)") }
        do {
            let value = try SlowJSON(parsing: back.output, depthLimit: 129)
            return .records(form.isCSV ? value.sorted : value)
        } catch {
            return .failure("no JSON came back: \(error)")
        }
    }

    private static func list(_ records: [[UInt8]]) -> [UInt8] {
        [0x5B] + records.joined(separator: [0x2C]) + [0x5D]
    }
}
