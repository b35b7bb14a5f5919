import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Writers keep the bounds that readers have: what they write is read again, or they refuse it.
@Suite struct WriterBoundTests {
    private static let size = 64 << 20

    /// Indentation makes a hundred times its length of an array deep in a record.
    @Test(arguments: Settings.isThorough ? [Form.prettyJSON, .prettyHAL, .prettyXML] : [.prettyJSON])
    func refusesRecordsThatGrowTooLarge(form: Form) {
        let depth = 120
        let ones = Array(repeating: "1", count: 300_000).joined(separator: ",")
        let large = #"{"x":"# + String(repeating: "[", count: depth) + ones + String(repeating: "]", count: depth) + "}"
        let outcome = run("[{\"a\":1},\n\(large)]", to: form.format)
        #expect(
            outcome.error == "2:1: found a record or page that takes more than \(Self.size) bytes in this format, "
                + "expected at most \(Self.size), as readers allow ($[1])")
        #expect(outcome.code == .recordLimit)
        // What was written of it is taken back.
        #expect(outcome.output.count < 1000)
        #expect(run("[\(large)]", to: .jsonLines).text == large + "\n")
    }

    @Test func isNoSmallerThanTheDefault() {
        // The bounds of a small reader are none of the writer's.
        #expect(run("x\n\u{1}\n", from: .csv, limits: Limits(recordSize: 1)).text == "[{\"x\":\"\\u0001\"}]\n")
    }

    /// A long name above many columns is in the name of each.
    @Test func refusesAHeaderThatGrowsTooLarge() {
        let count = Settings.isThorough ? 10_000 : 1_000
        let members = (0..<count).map { "\"m\($0)\":1" }.joined(separator: ",")
        let outcome = run("{\"\(String(repeating: "k", count: 100_000_000 / count))\":{\(members)}}", to: .csv)
        #expect(
            outcome.error?.hasSuffix(
                "found columns whose names take more than \(Self.size) bytes in a row, "
                    + "expected at most \(Self.size), as readers allow ($)") == true)
        #expect(outcome.output == [])
        // Below the bound it is written, and read again.
        let smaller = run("{\"\(String(repeating: "k", count: 1000))\":{\"a\":1,\"b\":[2]}}", to: .csv)
        #expect(run(smaller.output, from: .csv).text.hasSuffix(#":{"a":1,"b":[2]}}]"# + "\n"))
    }

    /// A page's cursors are attributes in XML, and a tag has a bound of its own there.
    @Test func refusesAPageThatXMLReadersWouldNot() {
        let cursor = String(repeating: "c", count: 9 << 20)
        let page = #"{"items":[],"nextCursor":"\#(cursor)"}"#
        #expect(
            run(page, to: .xml).error?.contains(
                "found a record or page that takes more than 9437184 bytes in this format, expected at most 9437184")
                == true)
        let smaller = #"{"items":[],"total":null,"nextCursor":"\#(cursor.dropLast(100))","previousCursor":null}"#
        let xml = run(smaller, to: .xml)
        #expect(xml.error == nil)
        if Settings.isThorough { #expect(run(xml.output, from: .xml).text == smaller + "\n") }
    }

    /// Notes name some columns and count the others.
    @Test func countsColumnsThatAreNoPaths() {
        func header(_ count: Int) -> String {
            (0..<count).map { "a[x\($0)" }.joined(separator: ",") + "\n" + String(repeating: ",", count: count - 1)
                + "\n"
        }
        let ten = (0..<10).map { "column \"a[x\($0)\" is not a path; its name is taken as one key" }
        #expect(run(header(10), from: .csv).notes == ten)
        #expect(
            run(header(11), from: .csv).notes == ten + ["1 more column is not a path; each name is taken as one key"])
        #expect(
            run(header(16_000), from: .csv).notes
                == ten + ["15990 more columns are not paths; each name is taken as one key"])
    }

    /// Elements of one array in any order make the same columns.
    @Test(arguments: [["x[0]", "x[1]", "x[2]"], ["x[2]", "x[1]", "x[0]"], ["x[1]", "x[2]", "x[0]", "x[1]"]])
    func takesGivenColumnsInAnyOrder(columns: [String]) {
        let csv = run(#"{"x":[5,6,7]}"#, to: .csv(CSVOptions(columns: columns)))
        var known: [String] = []
        for column in columns where !known.contains(column) { known.append(column) }
        let cells = known.map { ["x[0]": "5", "x[1]": "6", "x[2]": "7"][$0] ?? "" }
        #expect(csv.text == known.joined(separator: ",") + "\r\n" + cells.joined(separator: ",") + "\r\n")
    }
}
