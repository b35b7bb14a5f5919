import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Depth, size and number of members.
@Suite struct JSONLimitsTests {
    /// A record that nests `depth` levels, the record being the first.
    private static func arrays(_ depth: Int) -> String {
        "{\"x\":" + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1) + "}"
    }

    private static func objects(_ depth: Int) -> String {
        String(repeating: "{\"x\":", count: depth) + "1" + String(repeating: "}", count: depth)
    }

    @Test(arguments: [Self.arrays, Self.objects])
    func takes128LevelsWhereverTheRecordStands(record: @Sendable (Int) -> String) {
        let deepest = record(128)
        #expect(convert(deepest) == deepest + "\n")
        #expect(convert("[\(deepest)]") == "[\(deepest)]\n")
        #expect(convert(deepest, from: .jsonLines, to: .jsonLines) == deepest + "\n")
        #expect(convert(deepest + deepest) == "[\(deepest),\(deepest)]\n")
        let page = "{\"items\":[\(deepest)],\"total\":null,\"nextCursor\":null,\"previousCursor\":null}\n"
        #expect(convert(page) == page)
        for form in Form.allCases {
            let written = run(deepest, to: form.format, shape: .list)
            #expect(run(written.output, from: form.readingFormat, shape: .item).text == deepest + "\n")
        }
    }

    @Test(arguments: [Self.arrays, Self.objects])
    func refuses129Levels(record: @Sendable (Int) -> String) {
        let tooDeep = record(129)
        for document in [tooDeep, "[{},\(tooDeep)]", "{\"items\":[\(tooDeep)]}", "{}\(tooDeep)"] {
            let outcome = run(document)
            #expect(outcome.code == .depthLimit)
            #expect(outcome.error?.contains("found nesting deeper than 128, expected at most 128 levels ($") == true)
        }
        #expect(run(tooDeep, from: .jsonLines).code == .depthLimit)
    }

    @Test func saysWhereItIsTooDeep() {
        let outcome = run("{\"x\":\n[[[]]]}", limits: Limits(depth: 3))
        #expect(
            outcome.error == "2:3: found nesting deeper than 3, expected at most 3 levels ($.x[0][0])")
    }

    /// The page itself is the first level of what stands beside its items.
    @Test func limitsWhatElseAPageHolds() {
        let inside = { (depth: Int) in
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        let page = "{\"items\":[],\"total\":null,\"nextCursor\":null,\"previousCursor\":null,\"x\":\(inside(127))}\n"
        #expect(convert(page) == page)
        #expect(run("{\"items\":[],\"x\":\(inside(128))}").code == .depthLimit)
        #expect(run("{\"x\":\(inside(128)),\"items\":[]}").code == .depthLimit)
    }

    @Test(arguments: ["[", "{\"x\":", "{\"fallbacks\":[", "{\"a\":1,\"b\":["])
    func refusesOpenBracketsWithoutEndAtOnce(opening: String) {
        let bytes = Array("{\"x\":".utf8) + Array(String(repeating: opening, count: 100_000).utf8)
        var outcome: Conversion.Outcome?
        let time = processorTime { outcome = run(bytes) }
        #expect(outcome?.code == .depthLimit)
        #expect(time < .seconds(1))
    }

    @Test func takesManyNamesInLinearTime() {
        let count = Settings.isThorough ? 2_000_000 : 200_000
        var bytes = Array("{".utf8)
        bytes.reserveCapacity(12 * count)
        for index in 0..<count {
            if index > 0 { bytes.append(0x2C) }
            bytes += "\"n\(index)\":1".utf8
        }
        var outcome: Conversion.Outcome?
        let time = processorTime { outcome = run(bytes + [0x7D]) }
        #expect(outcome?.output == bytes + [0x7D, 0x0A])
        #expect(time < .seconds(20))
        let twice = run(bytes + Array(",\"n\(count - 1)\":2}".utf8))
        #expect(twice.code == .duplicateField)
        #expect(twice.path == "$.n\(count - 1)")
    }

    @Test func findsADuplicateAtEveryDistance() {
        for count in [1, 2, 15, 16, 17, 18, 31, 32, 33, 64, 65, 100, 1000] {
            let names = (0..<count).map { "\"k\($0)\":{\"k\($0)\":0}" }.joined(separator: ",")
            #expect(run("{\(names)}").error == nil)
            for repeated in Set([0, count / 2, count - 1]) {
                #expect(run("{\(names),\"k\(repeated)\":1}").path == "$.k\(repeated)")
            }
        }
    }

    @Test func limitsTheSizeOfARecord() {
        let limits = Limits(recordSize: 20)
        let exact = #"{"x":"0123456789ab"}"#
        #expect(exact.utf8.count == 20)
        #expect(convert("[\(exact),\(exact)]", limits: limits) == "[\(exact),\(exact)]\n")
        let outcome = run("[\(exact),\n {\"x\":\"0123456789abc\"}]", limits: limits)
        #expect(outcome.code == .recordLimit)
        #expect(outcome.position == TextPosition(byteOffset: 24, line: 2, column: 2))
        #expect(outcome.path == "$[1]")
    }

    /// Space between records is not part of any, however the input is split.
    @Test func doesNotCountSpaceBetweenRecords() {
        let space = String(repeating: " ", count: 100)
        for document in ["[{},\(space){}]", "[\(space){}\(space),\(space){}\(space)]\(space)", "{}\(space){}"] {
            let conversion = Conversion(
                from: .json, to: .json, schema: LargeLanguageModel.schema, limits: Limits(recordSize: 20))
            let bytes = Array(document.utf8)
            #expect(conversion.run(bytes).text == "[{},{}]\n")
            #expect(conversion.run(bytes, cuts: Array(0..<bytes.count)).description == "[{},{}]\n")
        }
    }
}
