import Foundation
import Testing

/// The values, the bars and the width of `llmfmt inspect`.
@Suite struct InspectTests {
    private func fields(_ input: String, _ arguments: String...) throws -> [String] {
        let result = try Tool.run(["inspect", "--resource", "record"] + arguments, input: input)
        #expect(result.errors == "" && result.exitCode == 0)
        return result.output.split(separator: "\n").drop { !$0.hasPrefix("  FIELD") }.dropFirst().map(String.init)
    }

    /// The most frequent value comes first; texts and numbers with the same characters are different values.
    @Test func countsFewValues() throws {
        let input = #"[{"a":"x"},{"a":"y"},{"a":"y"},{"a":1},{"a":"1"},{"a":true},{"a":null},{"b":[]}]"#
        #expect(
            try fields(input) == [
                #"  a      no     7      █████████░  string, number, boolean, null  "y" × 2, "x" × 1, 1 × 1, "1" × 1, true × 1"#,
                "  b      no     1      █░░░░░░░░░  array",
            ])
    }

    @Test func showsExamplesOfManyValues() throws {
        let many = (0..<9).map { "{\"a\":\($0)}" }.joined(separator: "\n")
        #expect(try fields(many).first?.hasSuffix("number  0, 1, 2, …") == true)
        let few = (0..<8).map { "{\"a\":\($0)}" }.joined(separator: "\n")
        #expect(try fields(few).first?.hasSuffix("number  0, 1, 2, 3, 4, 5, 6, 7") == true)
    }

    /// Of a long text the beginning is kept, without half a character, and no two such texts count as equal.
    @Test func cutsLongTexts() throws {
        let long = String(repeating: "a", count: 63) + "éb"
        let line = try fields(#"[{"a":"\#(long)1"},{"a":"\#(long)2"}]"#, "--format", "json")
        #expect(line.isEmpty)
        let json = try Tool.run(
            ["inspect", "--resource", "record", "--format", "json"], input: #"[{"a":"\#(long)1"},{"a":"\#(long)2"}]"#
        ).output
        let value = #"{"value":"\#(String(repeating: "a", count: 63))","count":1,"isCut":true}"#
        #expect(json.contains(#""values":[\#(value),\#(value)],"hasMoreValues":false"#))
    }

    /// The bar of a nested member counts the objects that could have it; elements have none.
    @Test func comparesWithTheObjectsAround() throws {
        let lines = try fields(#"[{"o":{"x":1}},{"o":{"x":1}},{"o":[{"y":2},{}]},{}]"#)
        #expect(lines[0].contains("  o      no     3      ████████░░  object, array"))
        #expect(lines[1].contains("  o.x    no     2      ██████████  number"))
        #expect(lines[2].contains("  o[]    no     2                  object"))
        #expect(lines[3].contains("  o[].y  no     1      █████░░░░░  number"))
    }

    @Test func fitsItsWidth() throws {
        let records = (0..<4).map { "{\"a\":\"\(String(repeating: "漢", count: 20))\($0)\"}" }
        let line = try #require(try fields(records.joined(separator: "\n")).first)
        #expect(line.hasSuffix("…"))
        // 120 columns, of which each of these characters takes two.
        let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value > 0x4E00 && $1.value < 0xA000 ? 2 : 1) }
        #expect((118...120).contains(columns))
    }
}
