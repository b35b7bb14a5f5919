import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// The public suite over the package's own formats.
@Suite struct FormatConformanceTests {
    private func suite(_ form: Form, recordCount: Int = 100) -> FormatConformance {
        FormatConformance(
            of: form.format, schema: LargeLanguageModel.schema, keepsMemberOrder: !form.isCSV,
            refusedMembers: form.refusedMembers, recordCount: recordCount)
    }

    @Test(arguments: Form.allCases)
    func passesInEveryForm(form: Form) {
        #expect(suite(form).failures() == [])
    }

    @Test(arguments: Format.builtIn)
    func passesForEveryBuiltInFormat(format: Format) {
        let suite = FormatConformance(
            of: format, schema: LargeLanguageModel.schema, keepsMemberOrder: format != .csv,
            refusedMembers: format == .hal ? Form.hal.refusedMembers : [], recordCount: 50, seed: 9)
        #expect(suite.failures() == [])
    }

    @Test func noticesWhatAFormatShouldRefuse() {
        let suite = FormatConformance(
            of: .json, schema: LargeLanguageModel.schema, refusedMembers: ["items"], recordCount: 200)
        #expect(!suite.roundTripFailures().isEmpty)
    }

    /// A suite that passes everything would be worth nothing.
    @Test func noticesWhatAFormatLoses() {
        let csvThatDropsColumns = Format.csv(CSVOptions(columns: ["name"]))
        let suite = FormatConformance(
            of: csvThatDropsColumns, schema: LargeLanguageModel.schema, keepsMemberOrder: false, recordCount: 50)
        #expect(!suite.roundTripFailures().isEmpty)
        let csvTakenToKeepOrder = FormatConformance(of: .csv, schema: LargeLanguageModel.schema, recordCount: 50)
        #expect(!csvTakenToKeepOrder.roundTripFailures().isEmpty)
    }
}
