import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The inputs of json-canonicalization, through every format.
@Suite(.enabled(if: ConformanceData.has("jcs/input"), "\(ConformanceData.isMissing)"))
struct JCSTests {
    @Test func findsTheCases() {
        #expect(ConformanceData.files(in: "jcs/input").count == 6)
    }

    @Test(arguments: ConformanceData.files(in: "jcs/input"), Form.allCases)
    func comesBack(file: String, form: Form) throws {
        let content = try ConformanceData.bytes("jcs/input/\(file)")
        let value = try SlowJSON(parsing: content)
        // What is not an object is tried as a member's value.
        var record = value
        if case .object = value {} else { record = .object([.init("x", value)]) }
        let written = run(record.bytes, to: form.format)
        #expect(written.error == nil)
        let back = run(written.output, from: form.readingFormat, shape: .item)
        #expect(back.error == nil)
        let result = try SlowJSON(parsing: back.output)
        #expect(form.isCSV ? result.sorted == record.sorted : result == record)
    }
}
