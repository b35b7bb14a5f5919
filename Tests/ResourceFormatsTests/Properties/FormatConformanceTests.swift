import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The public suite over the package's own formats.
@Suite struct FormatConformanceTests {
    @Test(arguments: Form.allCases)
    func passesInEveryForm(form: Form) {
        let suite = FormatConformance(
            of: form.format, schema: LargeLanguageModel.schema, recordCount: Settings.isThorough ? 1_000 : 20,
            documentCount: Settings.isThorough ? 32 : 3)
        #expect(suite.failures() == [])
    }

    /// The forms above have the large language model's schema already, with other random numbers.
    @Test(arguments: Format.builtIn, Settings.isThorough ? TestSchema.allCases : [.wide])
    func passesForEveryBuiltInFormat(format: Format, schema: TestSchema) {
        let suite = FormatConformance(
            of: format, schema: schema.schema, recordCount: (schema == .wide ? 1 : 10) * (Settings.isThorough ? 50 : 2),
            documentCount: Settings.isThorough ? 32 : 3, seed: 9)
        #expect(suite.failures() == [])
    }

    /// A broken table that is refused in its first row may be cut off in that row to where it is right.
    @Test(arguments: [3, 4] as [UInt64])
    func asksNothingOfPartsOfABrokenDocument(seed: UInt64) {
        let suite = FormatConformance(
            of: .csv, schema: LargeLanguageModel.schema, documentCount: Settings.isThorough ? 16 : 6, seed: seed)
        #expect(suite.truncationFailures() == [])
    }

    @Test func noticesWhatAFormatShouldRefuse() {
        var format = Format.json
        format.traits.reservedMembers = ["items"]
        let suite = FormatConformance(of: format, schema: LargeLanguageModel.schema, recordCount: 200)
        #expect(!suite.roundTripFailures().isEmpty)
    }

    /// A suite that passes everything would be worth nothing.
    @Test func noticesWhatAFormatLoses() {
        let csvThatDropsColumns = Format.csv(CSVOptions(columns: ["name"]))
        let suite = FormatConformance(
            of: csvThatDropsColumns, schema: LargeLanguageModel.schema, recordCount: 50)
        #expect(!suite.roundTripFailures().isEmpty)
        var csvTakenToKeepOrder = Format.csv
        csvTakenToKeepOrder.traits.keepsMemberOrder = true
        #expect(
            !FormatConformance(of: csvTakenToKeepOrder, schema: LargeLanguageModel.schema, recordCount: 50)
                .roundTripFailures().isEmpty)
    }
}
