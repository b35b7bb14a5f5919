import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Converting with a validator: what is not valid is refused where it stands, and nothing else.
@Suite struct StrictConversionTests {
    /// Converts, passing over refused records; the output, then the errors.
    private func convert(_ input: String, from source: Format = .json, to target: Format = .json) -> [String] {
        let bytes = Array(input.utf8)
        var converter = Converter(from: source, to: target, schema: LargeLanguageModel.schema)
        converter.validator = RecordValidator(schema: LargeLanguageModel.schema, isStrict: true)
        var output = OutputBuffer()
        var errors: [String] = []
        do {
            if converter.needsFirstPass { converter.lookAtEnd(bytes.span) }
            if converter.needsFirstPass {
                var used = 0
                _ = try converter.prepare(bytes.span, isComplete: true, used: &used)
                converter.beginInput(from: source)
            }
        } catch {
            return ["first pass: \(error)"]
        }
        var start = 0
        while true {
            var used = 0
            do {
                let rest = bytes.span.extracting(start..<bytes.count)
                if case .endOfInput = try converter.resume(rest, isComplete: true, used: &used, into: &output) { break }
                start += used
            } catch {
                errors.append("\(error)")
                let refused = converter.refusedRange.map {
                    String(decoding: bytes[start + $0.lowerBound..<start + $0.upperBound], as: UTF8.self)
                }
                errors.append(refused ?? "?")
                start += used
                var skipped = 0
                guard
                    case .skipped = converter.skipRefusedRecord(
                        bytes.span.extracting(start..<bytes.count), isComplete: true, used: &skipped)
                else { return errors + ["cannot go on"] }
                start += skipped
            }
        }
        do {
            try converter.finish(into: &output)
        } catch {
            errors.append("\(error)")
        }
        let span = output.span
        return [String(decoding: span.indices.map { span[$0] }, as: UTF8.self)] + errors
    }

    private let bad = record(#""createdAt":-1"#)
    private let sentence = "found the number -1, expected an integer from 0 to 2147483647"

    @Test func passesValidRecords() {
        #expect(convert(record()) == [record() + "\n"])
        #expect(convert("[\(record())]") == ["[\(record())]\n"])
    }

    @Test func refusesTheOnlyRecordAtItsPlace() {
        let column = bad.utf8.count - 2
        for target in [Format.json, .jsonLines, .csv, .xml] {
            let lines = convert(bad, to: target)
            #expect(lines.dropFirst().first == "1:\(column): \(sentence) ($.createdAt)", "\(target)")
        }
    }

    @Test(arguments: [Format.json, .jsonLines])
    func goesOnBehindARefusedRecord(target: Format) {
        let good = record()
        let other = record(#""x":1"#)
        let bracket = target == .json
        func list(_ records: [String]) -> String {
            bracket ? "[" + records.joined(separator: ",") + "]\n" : records.map { $0 + "\n" }.joined()
        }
        for (input, kept) in [
            ([bad, good], [good]), ([good, bad], [good]), ([good, bad, other], [good, other]),
            ([bad, bad, good, other], [good, other]), ([bad, good, other, bad], [good, other]),
        ] {
            // One after another, and as an array.
            let count = input.filter { $0 == bad }.count
            for text in [input.joined(separator: "\n"), "[" + input.joined(separator: ",") + "]"] {
                let lines = convert(text, to: target)
                #expect(lines.first == list(kept), "\(text)")
                #expect(lines.count == 1 + 2 * count, "\(lines)")
                #expect(lines.dropFirst().filter { $0.contains("\(sentence) ($[") }.count == count)
            }
        }
    }

    @Test func looksAheadOnlyAtWhatIsWritten() {
        let odd = record(#""createdAt":-1,"odd":1"#)
        let lines = convert("[\(odd),\(record(without: "projectId"))]", to: .csv)
        #expect(
            lines.first
                == "name,modelType,provider,connectionId\r\nn,gpt-4o,openAI,3c90c3cc-0d44-4b50-8888-8dd25736052a\r\n")
        #expect(lines.count == 3)
    }
}
