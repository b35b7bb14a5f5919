import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// A check that passes everything would be worth nothing.
@Suite struct RoundTripCheckTests {
    private static let schema = LargeLanguageModel.schema

    /// What becomes of a record of JSON.
    private func outcome(_ json: String, _ format: Format) throws -> String {
        let bytes = Array(json.utf8)
        var scanner = RecordStream(.json, schema: Self.schema)
        _ = try scanner.next(bytes.span, isComplete: true)
        guard let record = scanner.record else { return "no record" }
        let check = RoundTripCheck(format, schema: Self.schema)
        switch check.outcome(of: record) {
        case .same: return "same"
        case .different(let path, let found, let expected): return "\(path): found \(found), expected \(expected)"
        case .refused(let error): return "refused: \(error.found)"
        case .unreadable(let error): return "unreadable: \(error)"
        }
    }

    @Test func namesTheFirstDifference() throws {
        let json = #"{"x":1,"name":"n","fallbacks":[{},{"isFallbackEnabled":true}]}"#
        let few = Format.csv(CSVOptions(columns: ["name", "x", "fallbacks[0]"]))
        #expect(
            try outcome(json, few)
                == ".fallbacks[1]: found nothing, expected an object")
        var csvTakenToKeepOrder = Format.csv
        csvTakenToKeepOrder.traits.keepsMemberOrder = true
        #expect(
            try outcome(json, csvTakenToKeepOrder) == ".x: found another member at its place, expected what was there")
        #expect(try outcome(json, .csv) == "same")
        #expect(
            try outcome(#"{"odd name":1}"#, .csv(CSVOptions(columns: ["name"])))
                == #"["odd name"]: found nothing, expected the number 1"#)
    }

    @Test func namesAFormatThatCannotSayIt() throws {
        #expect(try outcome(#"{"_links":5}"#, .hal).hasPrefix("refused: "))
        #expect(try outcome(#"{"_links":5}"#, .xml) == "same")
    }

    @Test(arguments: Format.builtIn)
    func findsNothingInTheFormatsOfThePackage(format: Format) throws {
        var generator = RecordGenerator(schema: Self.schema, mood: .adversarial, seed: Settings.propertySeed)
        for _ in 0..<120 {
            let record = generator.nextRecord()
            // HAL has no place for a member of this name.
            guard record["_links"] == nil else { continue }
            #expect(try outcome(record.text, format) == "same", "\(record)")
        }
    }
}
