import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// The law: JSON → X → JSON is the identity for any records.
@Suite struct RoundTripTests {
    private static let schema = LargeLanguageModel.schema
    private static let batchSize = 50

    @Test(arguments: Form.allCases, [RecordGenerator.Mood.realistic, .adversarial])
    func givesBackEveryRecord(form: Form, mood: RecordGenerator.Mood) {
        var generator = RecordGenerator(schema: Self.schema, mood: mood, seed: Settings.propertySeed)
        let count = mood == .adversarial ? Settings.propertyRecords : Settings.propertyRecords / 10
        var left = max(count, Self.batchSize)
        var failures: [String] = []
        while left > 0, failures.isEmpty {
            var records = (0..<min(left, Self.batchSize)).map { _ in generator.nextRecord() }
            left -= records.count
            records.removeAll(where: form.refuses)
            let text = Self.list(records.map { generator.spell($0) })
            guard Self.roundTrip(text, form) != Self.expected(records, form) else { continue }
            // Which one was it?
            failures = records.compactMap { record in
                let text = Self.list([record.bytes])
                let result = Self.roundTrip(text, form)
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

    private static func roundTrip(_ input: [UInt8], _ form: Form) -> Result {
        let written = run(input, to: form.format, shape: .list)
        if written.error != nil { return .failure("writing: \(written)") }
        let back = run(written.output, from: form.readingFormat, shape: .list)
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
