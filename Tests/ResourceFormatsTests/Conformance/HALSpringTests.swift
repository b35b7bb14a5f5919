import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The documents of Spring HATEOAS, as plain JSON and as HAL.
@Suite(.enabled(if: ConformanceData.has("hal-spring"), "\(ConformanceData.isMissing)"))
struct HALSpringTests {
    static let files =
        ConformanceData.files(in: "hal-spring").filter { $0.hasSuffix(".json") }
        + ConformanceData.files(in: "hal-spring/forms").map { "forms/\($0)" }

    @Test func findsTheCases() {
        #expect(Self.files.count == 34)
    }

    private func bytes(_ file: String) throws -> [UInt8] {
        try ConformanceData.bytes("hal-spring/\(file)")
    }

    @Test(arguments: files)
    func comesBackAsPlainJSON(file: String) throws {
        let content = try bytes(file)
        let outcome = run(content)
        #expect(outcome.error == nil)
        #expect(try SlowJSON(parsing: outcome.output) == SlowJSON(parsing: content))
        #expect(outcome.notes == [])
    }

    /// All state, and all links of documents and records, are there after HAL → HAL.
    @Test(arguments: files)
    func losesNothingAsHAL(file: String) throws {
        let content = try bytes(file)
        let given = try SlowJSON(parsing: content)
        let outcome = run(content, from: .hal, to: .hal)
        #expect(outcome.error == nil)
        #expect(outcome.notes == [])
        #expect(run(outcome.output, from: .hal, to: .hal) == outcome)
        let written = try SlowJSON(parsing: outcome.output)
        let (old, new) = (Self.records(given), Self.records(written))
        #expect(old.map(SlowHAL.state) == new.map(SlowHAL.state))
        for (one, other) in zip(old + [given], new + [written]) {
            guard case .object(let links)? = one["_links"] else { continue }
            for link in links where link.name != "curies" {
                #expect(other["_links"]?[link.name] == link.value)
            }
            if case .array(let curies)? = one["_links"]?["curies"] {
                guard case .array(let entries)? = other["_links"]?["curies"] else {
                    Issue.record("no curies in \(other)")
                    continue
                }
                #expect(curies.allSatisfy(entries.contains))
            }
        }
        if old == [given] { #expect(written == SlowHAL.item(given)) }
    }

    @Test(arguments: files)
    func losesOnlyLinksAsJSON(file: String) throws {
        let content = try bytes(file)
        let given = try SlowJSON(parsing: content)
        let outcome = run(content, from: .hal, to: .jsonLines)
        #expect(outcome.error == nil)
        let records = try SlowJSON.parseSequence(outcome.output)
        #expect(records == Self.records(given).map(SlowHAL.state))
        let keeping = run(content, from: .hal(HALOptions(keepsLinks: true)), to: .jsonLines)
        #expect(try SlowJSON.parseSequence(keeping.output) == Self.records(given))
    }

    /// What a document holds, by the rule as it is written down: `_embedded` with one array of objects and no field.
    private static func records(_ document: SlowJSON) -> [SlowJSON] {
        guard case .object(let embedded)? = document["_embedded"], embedded.count == 1, document["name"] == nil,
            case .array(let records) = embedded[0].value,
            records.allSatisfy({ if case .object = $0 { true } else { false } })
        else { return [document] }
        return records
    }
}
