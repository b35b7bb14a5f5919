import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Several inputs, going on after refused records, and what a caller may rely on.
@Suite struct ConverterTests {
    /// Converts several inputs into one document, passing over what is refused; the output and the errors.
    private func convert(
        _ inputs: [String], from source: Format, to target: Format, shape: DocumentShape? = .list
    ) throws -> (output: String, errors: [String], count: Int) {
        var converter = Converter(from: source, to: target, schema: LargeLanguageModel.schema, shape: shape)
        var output = OutputBuffer()
        var errors: [String] = []
        for input in inputs {
            converter.beginInput(from: source)
            var rest = Array(input.utf8)
            while true {
                var used = 0
                do {
                    let progress = try converter.resume(rest.span, isComplete: true, used: &used, into: &output)
                    rest.removeFirst(used)
                    if case .endOfInput = progress { break }
                } catch {
                    errors.append(error.description)
                    rest.removeFirst(used)
                    guard case .skipped = converter.skipRefusedRecord(rest.span, isComplete: true, used: &used) else {
                        errors.append("stopped")
                        break
                    }
                    rest.removeFirst(used)
                }
            }
        }
        try converter.finish(into: &output)
        let span = output.span
        let bytes = (0..<span.count).map { span[$0] }
        return (String(decoding: bytes, as: UTF8.self), errors, converter.recordCount)
    }

    /// Nobody has to take the span of a value that no variable holds.
    @Test func convertsWholeInputsOfAnyBytes() throws {
        let text = "x\r\n1\r\n"
        var outputs: [String] = []
        for takesArray in [true, false] {
            var converter = Converter(from: .csv, to: .json, schema: LargeLanguageModel.schema)
            var output = OutputBuffer()
            if takesArray {
                try converter.convert(Array(text.utf8), from: .csv, into: &output)
            } else {
                try converter.convert(text.utf8, from: .csv, into: &output)
            }
            outputs.append(String(decoding: output.array(), as: UTF8.self))
        }
        #expect(outputs == ["[{\"x\":1}]\n", "[{\"x\":1}]\n"])
    }

    /// Those that the writer refuses stand among those that the reader does.
    @Test func reportsRefusedRecordsInTheirOrder() throws {
        let input = "{\"_links\":5}\n{\"_links\":6}\n{\"name\":}\n{\"name\":\"c\"}\n"
        let result = try convert([input], from: .json, to: .hal, shape: nil)
        let paths = result.errors.map { $0.split(separator: " ").last ?? "" }
        #expect(paths == ["($[0]._links)", "($[1]._links)", "($[2].name)"])
        #expect(result.count == 1)
    }

    @Test func makesOneListOfSeveralInputs() throws {
        let result = try convert(["{\"a\":1}", "[{\"b\":2},{}]", "{\"items\":[{\"c\":3}]}"], from: .json, to: .json)
        #expect(result.output == "[{\"a\":1},{\"b\":2},{},{\"c\":3}]\n")
        #expect(result.errors == [])
        #expect(result.count == 4)
    }

    @Test(arguments: [
        (
            Format.jsonLines, "{\"a\":1}\n{\"b\":x}\n{\"c\":3}\n", "{\"a\":1}\n{\"c\":3}\n",
            ["2:6: found \"x\", expected a JSON value ($[1].b)"]
        ),
        (
            .jsonLines, "x\n{\"a\":1}\n{\"b\":1", "{\"a\":1}\n",
            [
                "1:1: found \"x\", expected an object ($)",
                "3:7: found the end of the input, expected \",\" or \"}\" after the member ($[2])",
            ]
        ),
        (
            .json, "[{\"a\":1},{\"b\":{\"]\":[x]}},{\"c\":3}]", "{\"a\":1}\n{\"c\":3}\n",
            ["1:21: found \"x\", expected a JSON value ($[1].b[\"]\"][0])"]
        ),
        (
            .json, "{\"items\":[{\"a\":1},7,{\"c\":3}]}", "{\"a\":1}\n{\"c\":3}\n",
            ["1:19: found \"7\", expected an object ($.items[1])"]
        ),
        (
            .json, "[{\"a\":1} {\"b\":2}, {\"c\":3}]x", "{\"a\":1}\n{\"c\":3}\n",
            [
                "1:10: found \"{\", expected \",\" or \"]\" after the record ($)",
                "1:27: found \"x\", expected nothing after the array ($)", "stopped",
            ]
        ),
        (
            .csv, "x,createdAt\n1,2\n3,many\n\"4\n\",\"5\"\n",
            "{\"x\":1,\"createdAt\":2}\n{\"x\":\"4\\n\",\"createdAt\":5}\n",
            ["3:3: found \"many\", expected a number in column \"createdAt\" ($[1].createdAt)"]
        ),
        (
            .csv, "x\n1\n\"a\"b\n2\n", "{\"x\":1}\n{\"x\":2}\n",
            [
                "3:4: found \"b\" after a closing quote, expected the delimiter or the end of the line in column \"x\" ($[1])"
            ]
        ),
        (.json, "{\"a\":x}", "", ["1:6: found \"x\", expected a JSON value ($.a)", "stopped"]),
    ])
    func goesOnBehindRefusedRecords(source: Format, input: String, expected: String, errors: [String]) throws {
        let result = try convert([input], from: source, to: .jsonLines)
        #expect(result.output == expected)
        #expect(result.errors == errors)
    }

    @Test func givesEqualBytesForEqualInput() {
        var generator = RecordGenerator(schema: LargeLanguageModel.schema, mood: .adversarial, seed: 11)
        let names = (0..<200).map { "\"k\($0)\":{\"k\($0)\":\($0)}" }.joined(separator: ",")
        let document = Array("[{\(names)},".utf8) + generator.nextText() + [0x2C] + generator.nextText() + [0x5D]
        for form in Form.allCases {
            let first = run(document, to: form.format)
            #expect(first.error == nil)
            for _ in 0..<5 { #expect(run(document, to: form.format) == first) }
        }
    }

    /// Every form to every other and back, over one list of realistic records.
    @Test(arguments: Form.allCases, Form.allCases)
    func convertsBetweenAllForms(source: Form, target: Form) {
        var generator = RecordGenerator(schema: LargeLanguageModel.schema, mood: .realistic, seed: 12)
        let records = SlowJSON.array((0..<(Settings.isThorough ? 20 : 5)).map { _ in generator.nextRecord() })
        let written = run(records.bytes, to: source.format, shape: .list)
        let other = run(written.output, from: source.readingFormat, to: target.format, shape: .list)
        let back = run(other.output, from: target.readingFormat, shape: .list)
        #expect(back.error == nil)
        #expect(sorted(back.output) == records.sorted)
    }

    @Test(arguments: [
        ("{}", Form.json, DocumentShape?.none, "{}\n"),
        ("[]", .csv, nil, "name\r\n"),
        ("{}", .csv, .item, "name\r\n\\a:\r\n"),
        ("[{},{}]", .csv, .item, "error: 1:5: found more than one record, expected exactly one for an item ($[1])"),
        ("[]", .jsonLines, .item, "error: 1:3: found no record, expected exactly one for an item ($)"),
    ])
    func insistsOnTheShapeAskedFor(input: String, target: Form, shape: DocumentShape?, expected: String) {
        #expect(run(input, to: target.format, shape: shape).description == expected)
    }
}
