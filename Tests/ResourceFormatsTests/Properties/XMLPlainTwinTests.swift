import ContentNegotiation
import LLMResources
import ResourceFormatsTesting
import TestSupport
import Testing

@testable import ResourceFormats

/// Records that go past libxml2 are read as libxml2 reads them, and so is what is broken in them.
@Suite struct XMLPlainTwinTests {
    private static let schema = LargeLanguageModel.schema

    /// XML of which every byte goes through libxml2.
    private static let slow = Format(
        name: "slow-xml", mediaType: MediaType(type: "application", subtype: "xml"), fileExtensions: [],
        reader: { XMLReader(schema: $0, limits: $1, readsPlainRecords: false) },
        writer: { XMLWriter(schema: $0, limits: $1, options: XMLOptions()) })

    /// What a mutation puts into a document: what XML is made of, and what it must not hold.
    private static let pieces: [String] = [
        "<", ">", "/", "=", "\"", "'", "&", ";", "&amp;", "&lt;", "&#13;", "&#10;", "&x;", " ", "\n", "\t", "\r",
        "\r\n",
        "]]>", "]]", "<![CDATA[", "<!-- x -->", "<?x y?>", "<x/>", "<x>", "</x>", "<item>", "</item>", "<item/>",
        "<name>", "</name>", "<openAI>", "<createdAt>", " xsi:nil=\"true\"", " xsi:nil=\"false\"", " type=\"string\"",
        " type=\"array\"", " type=\"object\"", " type=\"number\"", " type='boolean'", " type=\"x\"",
        " escaped=\"true\"",
        " xml:lang=\"de\"", " xmlns:xsi=\"urn:x\"", " xmlns=\"urn:x\"", "xsi:", "_x0041_", "_x_", "_", "xml", "0",
        "1e5",
        "-", "true", "false", "\u{FFFE}", "\u{FFFF}", "\u{FEFF}", "\u{1}", "\u{7F}", "\u{E9}", "\u{1F600}", "\\",
        "\\u0001",
        "</largeLanguageModel>", "<largeLanguageModel>", "<largeLanguageModel/>", "<page/>", "</largeLanguageModels>",
    ]

    @Test(arguments: [RecordGenerator.Mood.realistic, .adversarial])
    func readsTheSameRecordsAndErrors(mood: RecordGenerator.Mood) {
        var generator = RecordGenerator(schema: Self.schema, mood: mood, seed: Settings.propertySeed)
        var random = SeededGenerator(seed: Settings.propertySeed &+ 7)
        var failures: [String] = []
        var refused = 0
        for turn in 0..<Settings.propertyRecords where failures.count < 3 {
            let records = (0..<Int.random(in: 0...4, using: &random)).map { _ in generator.nextRecord().bytes }
            let list = [0x5B] + records.joined(separator: [0x2C]) + [0x5D]
            let layout = XMLOptions(isPretty: random.oneIn(3))
            var document = run(Array(list), to: .xml(layout), shape: .list).output
            for _ in 0..<turn % 4 { Self.mutate(&document, &random) }
            let limits = random.oneIn(4) ? Limits(depth: 3, recordSize: 400) : .default
            let fast = run(document, from: .xml, to: .jsonLines, limits: limits)
            let slow = run(document, from: Self.slow, to: .jsonLines, limits: limits)
            if slow.error != nil { refused += 1 }
            if fast != slow {
                failures.append("\(String(decoding: document, as: UTF8.self))\ngives \(fast)\ninstead of \(slow)")
            }
        }
        #expect(failures == [])
        // The mutations would prove little if all or none of them did harm.
        #expect(refused > Settings.propertyRecords / 10 && refused < Settings.propertyRecords)
    }

    private static func mutate(_ document: inout [UInt8], _ random: inout SeededGenerator) {
        guard !document.isEmpty else { return }
        let place = Int.random(in: 0..<document.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: document.insert(contentsOf: Array(random.pick(pieces).utf8), at: place)
        case 1: document.removeSubrange(place..<min(document.count, place + Int.random(in: 1...12, using: &random)))
        case 2: document[place] = UInt8.random(in: 0...255, using: &random)
        default:
            let end = min(document.count, place + Int.random(in: 1...30, using: &random))
            document.insert(contentsOf: document[place..<end], at: Int.random(in: 0..<document.count, using: &random))
        }
    }
}
