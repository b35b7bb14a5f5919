import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

@Suite struct ResourceCatalogTests {
    @Test(arguments: [
        ("largeLanguageModel", "largeLanguageModel"), ("largeLanguageModels", "largeLanguageModel"),
        ("LargeLanguageModel", nil), ("record", "record"), ("records", "record"), ("", nil), ("object", nil),
    ])
    func findsSchemasByName(_ name: String, expected: String?) {
        #expect(ResourceCatalog.schema(named: name)?.name == expected)
    }

    @Test func offersTheModelFirst() {
        #expect(ResourceCatalog.schemas.first?.name == "largeLanguageModel")
        #expect(ResourceCatalog.defaultSchema.name == "largeLanguageModel")
    }

    @Test func namesEachResourceOnce() {
        let names = ResourceCatalog.schemas.flatMap { [Array($0.name.utf8), Array($0.pluralName.utf8)] }
        #expect(Set(names).count == names.count)
    }
}

/// Records without known fields go through every format like others.
@Suite struct AnyRecordTests {
    @Test(arguments: Format.builtIn)
    func passesTheSuiteOfFormats(format: Format) {
        let suite = FormatConformance(of: format, schema: AnyRecord.schema, recordCount: 40, documentCount: 5, seed: 3)
        #expect(suite.failures() == [])
    }

    @Test func knowsNoFieldAndNoLink() throws {
        #expect(AnyRecord.schema.placeCount == 0)
        #expect(AnyRecord.schema.members(of: .record).isEmpty)
        let name = Array("name".utf8)
        #expect(AnyRecord.schema.field(named: name.span, in: .record) == .unknown)
    }
}
