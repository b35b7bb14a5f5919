import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Records that wander through several formats come back as they were.
@Suite struct ChainTests {
    /// Chains of five forms, drawn at random, so that each follows each of the others sooner or later.
    @Test(arguments: TestSchema.allCases, [RecordGenerator.Mood.realistic, .adversarial])
    func givesBackRecordsThroughFiveFormats(of kind: TestSchema, mood: RecordGenerator.Mood) throws {
        let schema = kind.schema
        var generator = RecordGenerator(
            schema: schema, mood: mood, seed: Settings.propertySeed &+ 21)
        var random = SeededGenerator(seed: Settings.propertySeed &+ 22)
        let count = max(Settings.propertyRecords / 50, 10)
        for _ in 0..<(kind == .wide ? max(count / 60, 1) : count) {
            let chain = (0..<5).map { _ in random.pick(Form.allCases) }
            // HAL refuses records with a member `_links`; that is tested where it belongs.
            let records = SlowJSON.array(
                (0..<3).map { _ in generator.nextRecord() }.filter { record in !chain.contains { $0.refuses(record) } })
            var bytes = records.bytes
            var format = Format.json
            for form in chain {
                let outcome = run(bytes, from: format, to: form.format, shape: .list, schema: schema)
                #expect(outcome.error == nil, "\(chain): \(records)")
                bytes = outcome.output
                format = form.readingFormat
            }
            let back = run(bytes, from: format, shape: .list, schema: schema)
            #expect(back.error == nil, "\(chain): \(records)")
            guard back.error == nil else { continue }
            let result = try SlowJSON(parsing: back.output, depthLimit: 129)
            // CSV gives column order; all others keep the order of members.
            let isSame = chain.contains { $0.isCSV } ? result.sorted == records.sorted : result == records
            #expect(isSame, "\(chain): \(records) came back as \(result)")
        }
    }
}
