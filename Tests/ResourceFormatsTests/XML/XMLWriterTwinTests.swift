import CLibXML2
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The own writer against libxml2's `xmlTextWriter`, and its bytes against libxml2's tree parser.
///
/// Between the two stands a tree of elements that the test makes of the JSON by the contract's rules, sharing no code
/// with the library. The one wilful difference: `xmlTextWriter` escapes `"` in texts too, so it is handed those raw.
@Suite struct XMLWriterTwinTests {
    private static let schema = LargeLanguageModel.schema

    @Test(arguments: [RecordGenerator.Mood.realistic, .adversarial], [false, true])
    func writesWhatTheLibrarysWriterWrites(mood: RecordGenerator.Mood, isPretty: Bool) throws {
        var generator = RecordGenerator(schema: Self.schema, mood: mood, seed: Settings.propertySeed &+ 11)
        let format = Format.xml(XMLOptions(isPretty: isPretty))
        for _ in 0..<max(Settings.propertyRecords / 10, 50) {
            let record = generator.nextRecord()
            let item = TwinElement(record: record, schema: Self.schema, isRoot: true)
            #expect(
                run(SlowJSON.array([record]).bytes, to: format, shape: .item).output
                    == twinBytes(of: item, isPretty: isPretty),
                "\(record)")
            let list = TwinElement(records: [record, .object([])], schema: Self.schema)
            let written = run(SlowJSON.array([record, .object([])]).bytes, to: format, shape: .list)
            #expect(written.output == twinBytes(of: list, isPretty: isPretty), "\(record)")
        }
    }

    @Test(arguments: [RecordGenerator.Mood.realistic, .adversarial])
    func writesWhatTheLibrarysTreeParserReads(mood: RecordGenerator.Mood) throws {
        var generator = RecordGenerator(schema: Self.schema, mood: mood, seed: Settings.propertySeed &+ 12)
        for _ in 0..<max(Settings.propertyRecords / 10, 50) {
            let record = generator.nextRecord()
            let tree = try #require(
                twinTree(of: run(SlowJSON.array([record]).bytes, to: .xml, shape: .item).output), "\(record)")
            var expected = TwinElement(record: record, schema: Self.schema, isRoot: true)
            // A declaration is not an attribute to a tree parser.
            expected.attributes = []
            #expect(tree == expected, "\(record)")
        }
    }

    /// `xmlTextWriter` writes what is not ASCII in an attribute as a reference, so cursors are ASCII here.
    @Test(arguments: [false, true])
    func writesPagesAsTheLibrarysWriterDoes(isPretty: Bool) {
        let page = #"{"items":[{"name":"a"}],"total":1.50,"nextCursor":"a\t\n\r\"<&>'","previousCursor":""}"#
        var list = TwinElement(records: [.object([.init("name", .string("a"))])], schema: Self.schema)
        list.children.append(
            TwinElement(
                name: "page",
                attributes: [
                    .init("total", "1.50"), .init("nextCursor", "a\t\n\r\"<&>'"), .init("previousCursor", ""),
                ]))
        #expect(run(page, to: .xml(XMLOptions(isPretty: isPretty))).output == twinBytes(of: list, isPretty: isPretty))
    }

    /// A twin that agrees with everything would be worth nothing.
    @Test func theTwinNoticesADifference() {
        let record = SlowJSON.object([.init("x", .string("1"))])
        let item = TwinElement(record: record, schema: Self.schema, isRoot: true)
        #expect(run("{\"x\":1}", to: .xml).output != twinBytes(of: item, isPretty: false))
        #expect(run(record.bytes, to: .xml).output != twinBytes(of: item, isPretty: true))
    }
}
