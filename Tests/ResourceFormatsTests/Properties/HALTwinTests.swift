import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// HAL against its slow twin: links derived, told from foreign ones, and put together again.
@Suite struct HALTwinTests {
    private static let schema = LargeLanguageModel.schema

    @Test func writesTheSameBytes() {
        var generator = HALGenerator(seed: Settings.propertySeed &+ 21)
        for _ in 0..<max(Settings.propertyRecords / 4, 50) {
            let record = SlowHAL.state(generator.nextRecord())
            let written = run(record.bytes, from: .jsonLines, to: .hal)
            let expected = SlowHAL.item(record, isEmbedded: true)
            #expect(Self.records(of: written) == [expected], "\(record)")
        }
    }

    @Test func keepsForeignLinksInTheirPlaces() {
        var generator = HALGenerator(seed: Settings.propertySeed &+ 22)
        for _ in 0..<Settings.propertyRecords {
            let records = [generator.nextRecord(), generator.nextRecord()]
            let texts = records.map { generator.base.spell($0) }
            // As an item of its own.
            if SlowHAL.state(records[0])["items"] == nil, records[0]["_embedded"] == nil {
                let item = run(texts[0], from: .hal, to: .hal)
                #expect(item.text == SlowHAL.item(records[0]).text + "\n", "\(records[0])")
                #expect(run(item.output, from: .hal, to: .hal).text == item.text)
            }
            // Embedded.
            let document = Array("{\"_embedded\":{\"x\":[".utf8) + texts[0] + [0x2C] + texts[1] + Array("]}}".utf8)
            let list = run(document, from: .hal, to: .hal)
            let expected = records.map { SlowHAL.item($0, isEmbedded: true) }
            #expect(Self.records(of: list) == expected, "\(records)")
            #expect(run(list.output, from: .hal, to: .hal).text == list.text)
            // And without them as JSON.
            let json = run(document, from: .hal)
            #expect(json.text == SlowJSON.array(records.map(SlowHAL.state)).text + "\n")
            #expect(run(list.output, from: .hal).text == json.text)
        }
    }

    /// The identity over every ordered pair of formats: what the first wrote, the second writes, and JSON has again.
    @Test(arguments: Format.builtIn, Format.builtIn)
    func comesBackThroughAnyTwoFormats(first: Format, second: Format) {
        var generator = RecordGenerator(schema: Self.schema, mood: .adversarial, seed: Settings.propertySeed &+ 23)
        for _ in 0..<max(Settings.propertyRecords / 200, 1) {
            let records = (0..<20).map { _ in generator.nextRecord() }.filter { $0["_links"] == nil }
            let document = SlowJSON.array(records)
            let one = run(document.bytes, to: first, shape: .list)
            let two = run(one.output, from: first, to: second, shape: .list)
            let back = run(two.output, from: second, shape: .list)
            #expect(back.error == nil)
            if !first.traits.keepsMemberOrder || !second.traits.keepsMemberOrder {
                #expect(sorted(back.output) == document.sorted)
            } else {
                #expect(back.output == document.bytes + [0x0A])
            }
        }
    }

    private static func records(of outcome: Conversion.Outcome) -> [SlowJSON]? {
        guard outcome.error == nil, let document = try? SlowJSON(parsing: outcome.output, depthLimit: 140),
            case .array(let records)? = document["_embedded"]?["largeLanguageModels"]
        else { return nil }
        return records
    }
}

/// Records with the fields that links come from, and with `_links` of all sorts.
struct HALGenerator {
    var base = RecordGenerator(schema: LargeLanguageModel.schema, mood: .adversarial, seed: 0)
    private var random: SeededGenerator

    init(seed: UInt64) {
        base = RecordGenerator(schema: LargeLanguageModel.schema, mood: .adversarial, seed: seed, depthLimit: 60)
        random = SeededGenerator(seed: seed &+ 1)
    }

    mutating func nextRecord() -> SlowJSON {
        guard case .object(var members) = base.nextRecord() else { return .object([]) }
        let names: [ExactText] = [
            "_id", "projectId", "connectionId", "createdBy", "lastChangedBy", "assignedToProjects", "fallbacks",
            "_links",
        ]
        members.removeAll { names.contains($0.name) || $0.name == "_embedded" || $0.name == "items" }
        for name in names.dropLast() where !random.oneIn(3) {
            let value: SlowJSON =
                switch name {
                case "assignedToProjects": .array((0..<Int.random(in: 0...3, using: &random)).map { _ in identifier() })
                case "fallbacks":
                    .array(
                        (0..<Int.random(in: 0...2, using: &random)).map { _ in
                            .object([.init("fallbackLLMReferenceId", identifier())])
                        })
                default: identifier()
                }
            members.insert(.init(name, value), at: Int.random(in: 0...members.count, using: &random))
        }
        if !random.oneIn(4) {
            let links = links(of: .object(members))
            let place = random.oneIn(3) ? Int.random(in: 0...members.count, using: &random) : 0
            members.insert(.init("_links", .object(links)), at: place)
        }
        return .object(members)
    }

    private mutating func identifier() -> SlowJSON {
        random.pick([
            .string("5f3c9a7e2b1d4c0011223344"), .string("a b/c?"), .string("é\u{1F600}"), .string(""), .null,
            .number("1e+5"),
            .number("7"), .bool(true), .array([.string("x")]), .object([]), .string("x"),
        ])
    }

    private mutating func links(of record: SlowJSON) -> [SlowJSON.Member] {
        var links = SlowHAL.derived(record).filter { _ in !random.oneIn(6) }
        for index in links.indices where random.oneIn(8) { links[index].value = value() }
        let curies: SlowJSON = .array(
            (0..<Int.random(in: 0...3, using: &random)).map { _ in
                random.pick([
                    .object([
                        .init("name", .string("llm")), .init("href", .string("/rels/{rel}")),
                        .init("templated", .bool(true)),
                    ]),
                    .object([
                        .init("templated", .bool(true)), .init("name", .string("llm")),
                        .init("href", .string("/rels/{rel}")),
                    ]),
                    .object([.init("name", .string("llm")), .init("href", .string("/other"))]),
                    .object([.init("name", .string("ex"))]), .string("llm"), .null,
                ])
            })
        if random.oneIn(3) { links.append(.init("curies", random.oneIn(5) ? value() : curies)) }
        for name: ExactText in ["llm:test", "llm:new", "ex:a", "", "e\u{301}", "\u{E9}", "self", "a\"b"]
        where random.oneIn(8) && !links.contains(where: { $0.name == name }) {
            links.append(.init(name, value()))
        }
        if random.oneIn(3) { links.shuffle(using: &random) }
        return links
    }

    private mutating func value() -> SlowJSON {
        random.pick([
            .object([.init("href", .string("/x"))]), .array([.object([.init("href", .string("/x\n"))])]), .array([]),
            .object([]), .null, .number("1.0"), .bool(false), .string("\u{0}"),
            .object([.init("href", .string("/v2.0/largelanguagemodels")), .init("title", .string("t"))]),
            .object([.init("href", .string("/v2.0/largelanguagemodels"))]),
        ])
    }
}
