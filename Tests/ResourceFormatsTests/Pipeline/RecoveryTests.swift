import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Going on after refused records: every good record survives once, every refused one is reported once, each step moves
/// forward.
@Suite struct RecoveryTests {
    /// Converts to JSON Lines with refused records left out: the output, the error positions, the texts refused.
    private func recover(
        _ input: String, from source: Format, to target: Format = .jsonLines, pieces: Int
    ) -> (output: String, errors: [String], refused: [String], isWhole: Bool) {
        let bytes = Array(input.utf8)
        var converter = Converter(from: source, to: target, schema: LargeLanguageModel.schema)
        var output = OutputBuffer()
        var window: [UInt8] = []
        var end = 0
        var errors: [String] = []
        var refused: [String] = []
        func fill() {
            let next = min(bytes.count, end + pieces)
            window += bytes[end..<next]
            end = next
        }
        /// Lines and rows are refused with their line ends.
        func text(_ range: Range<Int>) -> String {
            var bytes = window[range]
            while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
            return String(decoding: bytes, as: UTF8.self)
        }
        var steps = 0
        while steps < 20 * (bytes.count + 20) {
            steps += 1
            var used = 0
            do {
                let progress = try converter.resume(
                    window.span, isComplete: end == bytes.count, used: &used, into: &output)
                window.removeFirst(used)
                switch progress {
                case .endOfInput:
                    do {
                        try converter.finish(into: &output)
                    } catch {
                        errors.append("\(error)")
                    }
                    return (String(decoding: output.array(), as: UTF8.self), errors, refused, true)
                case .needsMoreInput, .outputIsFull: fill()
                }
            } catch {
                errors.append("\(error)")
                let range = converter.refusedRange
                if let range { refused.append(text(range)) }
                window.removeFirst(used)
                search: while true {
                    switch converter.skipRefusedRecord(window.span, isComplete: end == bytes.count, used: &used) {
                    case .skipped(let passed):
                        if range == nil { refused.append(text(passed)) }
                        window.removeFirst(used)
                        break search
                    case .needsMoreInput where end < bytes.count: fill()
                    case .needsMoreInput, .impossible:
                        return (String(decoding: output.array(), as: UTF8.self), errors, refused, false)
                    }
                }
            }
        }
        return ("", errors + ["no end"], refused, false)
    }

    @Test(arguments: [
        // Sequences of objects.
        (Format.json, "{\"k\":0}\n[1]\n{\"k\":2}\n", ["{\"k\":0}", "{\"k\":2}"], ["[1]"]),
        (.json, "{\"k\":0} oops {\"k\":2}", ["{\"k\":0}", "{\"k\":2}"], ["oops"]),
        (.json, "{\"k\":0}{\"k\":01}{\"k\":2}", ["{\"k\":0}", "{\"k\":2}"], ["{\"k\":01}"]),
        (.json, "{\"k\":0}\n{\"a\":[1,\n{\"k\":2}\n", ["{\"k\":0}", "{\"k\":2}"], ["{\"a\":[1,"]),
        (.json, "{\"k\":01}\n{\"k\":2}", ["{\"k\":2}"], ["{\"k\":01}"]),
        (.json, "{\"k\":0} {", ["{\"k\":0}"], ["{"]),
        // Arrays.
        (.json, "[{\"k\":0}}, {\"k\":1}]", ["{\"k\":0}", "{\"k\":1}"], ["}"]),
        (.json, "[{\"k\":0},7 , {\"k\":2}]", ["{\"k\":0}", "{\"k\":2}"], ["7"]),
        (.json, "[{\"k\":0},{\"a\":[1,2}, {\"k\":2}]", ["{\"k\":0}", "{\"k\":2}"], ["{\"a\":[1,2}"]),
        (.json, "[{\"a\":\"x\n},{\"k\":1}]", ["{\"k\":1}"], ["{\"a\":\"x\n}"]),
        (.json, "[,{\"k\":1}]", ["{\"k\":1}"], [","]),
        (.json, "[{\"k\":0},]", ["{\"k\":0}"], [""]),
        (.json, "{\"items\":[{\"k\":0}, {\"k\":x} ,{\"k\":2}]}", ["{\"k\":0}", "{\"k\":2}"], ["{\"k\":x}"]),
        // Lines.
        (.jsonLines, "{\"k\":0}\n{\"a\":\n{\"k\":2}\n", ["{\"k\":0}", "{\"k\":2}"], ["{\"a\":"]),
        (.jsonLines, "{\"a\":1,\r\n\r\n{\"k\":2}", ["{\"k\":2}"], ["{\"a\":1,"]),
        (.jsonLines, "{\"k\":0} {\"k\":1}\n{\"k\":2}\n", ["{\"k\":2}"], ["{\"k\":0} {\"k\":1}"]),
        (.jsonLines, "{\"k\":0}\n{\"k\":1", ["{\"k\":0}"], ["{\"k\":1"]),
        // Rows.
        (
            .csv, "k,createdAt\r\n0,1\r\n1,x\r\n2,3\r\n", ["{\"k\":0,\"createdAt\":1}", "{\"k\":2,\"createdAt\":3}"],
            ["1,x"]
        ),
        (.csv, "k,createdAt\n0\n2,3\n", ["{\"k\":2,\"createdAt\":3}"], ["0"]),
        // Elements.
        (
            .xml,
            "<largeLanguageModels><largeLanguageModel><createdAt>x</createdAt></largeLanguageModel>\n "
                + "<largeLanguageModel><k>2</k></largeLanguageModel></largeLanguageModels>",
            ["{\"k\":2}"], ["<largeLanguageModel><createdAt>x</createdAt></largeLanguageModel>"]
        ),
        (.hal, "[{\"_links\":1},{\"k\":1}]", ["{\"k\":1}"], ["{\"_links\":1}"]),
    ])
    func keepsWhatIsGood(source: Format, input: String, kept: [String], refused: [String]) {
        let whole = recover(input, from: source, pieces: input.utf8.count)
        #expect(whole.output == kept.map { $0 + "\n" }.joined())
        #expect(whole.refused == refused)
        #expect(whole.errors.count == refused.count)
        #expect(whole.isWhole)
        for pieces in [1, 2, 7] {
            let cut = recover(input, from: source, pieces: pieces)
            #expect(cut.output == whole.output)
            #expect(cut.errors == whole.errors)
            #expect(cut.refused == refused)
        }
        // A writer that has to know what the document is holds the first record back.
        let held = recover(input, from: source, to: .json, pieces: 5)
        let list = "[" + kept.joined(separator: ",") + "]\n"
        #expect(source == .json && input.contains("items") || held.output == list)
    }

    @Test(arguments: [
        "[{\"name\":\"a\"}}", "[{\"a\":[1}", "{\"a\":x}", "{\"total\":01,\"items\":[{\"a\":1}]}", "[{}]x", "[1", "[}",
    ])
    func stopsWhereNobodyCanSayWhatFollows(input: String) {
        for pieces in [1, 100] {
            let result = recover(input, from: .json, pieces: pieces)
            #expect(!result.isWhole)
            #expect(result.errors.last != "no end")
        }
    }

    @Test func placesACutOffLineWhereItEnds() {
        let result = recover("{\"a\":1,\n{\"b\":2}\n", from: .jsonLines, pieces: 100)
        #expect(result.errors == ["1:8: found the end of the line, expected a member name in quotes ($[0])"])
        let two = recover("{\"a\":1} {\"b\":2}\n", from: .jsonLines, pieces: 100)
        #expect(two.errors == ["1:9: found \"{\", expected the end of the line after the record ($[0])"])
    }
}
