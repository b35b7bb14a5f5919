import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Records taken out of an input, whole or in pieces: the same ones, with the same places.
@Suite struct RecordStreamTests {
    private static let schema = LargeLanguageModel.schema

    /// What a validator says of every record, with places, for an input that comes in pieces of this size.
    private func lines(_ input: [UInt8], _ format: Format, pieces: Int) -> [String] {
        let validator = RecordValidator(schema: Self.schema)
        var scanner = RecordStream(format, schema: Self.schema)
        var window: [UInt8] = []
        var end = 0
        var lines: [String] = []
        while true {
            do {
                let isComplete = end == input.count
                switch try scanner.next(window.span, isComplete: isComplete) {
                case .record:
                    var violations: [Violation] = []
                    if let record = scanner.record { violations = validator.violations(in: record) }
                    let place = scanner.recordPosition(in: window.span)
                    lines.append("record at \(place.line):\(place.column)")
                    for violation in violations {
                        let place = scanner.position(of: violation, in: window.span)
                        lines.append("\(place.line):\(place.column) \(violation.sentence) \(violation.path)")
                    }
                case .end:
                    return lines + ["\(scanner.recordCount) records"]
                case .needsMoreInput:
                    if isComplete { return lines + ["a reader that wants more than there is"] }
                    window.removeFirst(scanner.release(window.span))
                    let next = min(input.count, end + pieces)
                    window += input[end..<next]
                    end = next
                }
            } catch {
                return lines + ["\(error)"]
            }
        }
    }

    @Test(arguments: Format.builtIn)
    func givesTheSameRecordsAndPlacesForEveryCut(format: Format) throws {
        var generator = RecordGenerator(schema: Self.schema, mood: .realistic, seed: Settings.propertySeed)
        let count = Settings.isThorough ? 12 : 4
        let records = (0..<count).map { _ in generator.nextRecord() }
        let document = run(SlowJSON.array(records).bytes, to: format).output
        let whole = lines(document, format, pieces: document.count)
        #expect(whole.last == "\(count) records")
        #expect(whole.count > 2 * count)
        for pieces in [1, 7, 64, 1_000] { #expect(lines(document, format, pieces: pieces) == whole) }
        let cut = Array(document.dropLast(40))
        let broken = lines(cut, format, pieces: cut.count)
        for pieces in [1, 64] { #expect(lines(cut, format, pieces: pieces) == broken) }
    }

    @Test func goesOnBehindRefusedRecords() throws {
        let bytes = Array("{\"name\":\"a\"}\n{\"name\":}\n{\"name\":\"c\"}\n".utf8)
        var scanner = RecordStream(.jsonLines, schema: Self.schema)
        #expect(try scanner.next(bytes.span, isComplete: true) == .record)
        do {
            _ = try scanner.next(bytes.span, isComplete: true)
            Issue.record("the second line is refused")
        } catch {
            #expect(error.description == "2:9: found \"}\", expected a JSON value ($[1].name)")
        }
        let used = scanner.release(bytes.span)
        let rest = bytes.span.extracting(used..<bytes.count)
        #expect(scanner.skipRefusedRecord(rest, isComplete: true) == .skipped)
        #expect(try scanner.next(rest, isComplete: true) == .record)
        let place = scanner.recordPosition(in: rest)
        #expect(place == TextPosition(byteOffset: 23, line: 3, column: 1))
        #expect(scanner.path(ofRecord: scanner.recordCount - 1) == "$[2]")
        #expect(try scanner.next(rest, isComplete: true) == .end)
    }

    /// XML in another encoding has its places in the text, whoever reads it.
    @Test func placesFaultsOfOtherEncodingsInTypedReads() {
        let record = "<largeLanguageModel><name>é</name></largeLanguageModel>\n"
        for content in [record + "<largeLanguageModel><name></largeLanguageModel>\n", "\n\n<x>\n"] {
            let text =
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<largeLanguageModels>\n\(content)</largeLanguageModels>\n"
            var bytes: [UInt8] = [0xFF, 0xFE]
            for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
            let expected = Conversion(from: .xml, to: .json, schema: Self.schema).run(bytes)
            let error = #expect(throws: SerializationError.self) {
                try Format.xml.decode([LooseRecord].self, from: bytes)
            }
            #expect(error?.position == expected.position)
            #expect((error?.position?.line ?? 0) > 3)
        }
    }

    /// A resource that takes any record.
    private struct LooseRecord: Resource {
        typealias Field = LargeLanguageModel.Field
        static let schema = LargeLanguageModel.schema
        init(_ record: RecordView) throws(SerializationError) {}
        func write(to tape: inout RecordTape) throws(SerializationError) {}
    }

    @Test func knowsWhatTheDocumentIs() throws {
        for (input, shape, path) in [
            ("{}", DocumentShape.item, "$"), ("[{}]", .list, "$[0]"), ("{\"items\":[{}]}", .page, "$.items[0]"),
        ] {
            let bytes = Array(input.utf8)
            var scanner = RecordStream(.json, schema: Self.schema)
            while try scanner.next(bytes.span, isComplete: true) == .record {}
            #expect(scanner.shape ?? .item == shape)
            #expect(scanner.path(ofRecord: 0, isAlone: true) == path)
        }
    }

    /// What a typed read says of the first record that it refuses, for an input that comes in pieces of this size.
    private func refusal(_ input: [UInt8], _ format: Format, pieces: Int) throws -> SerializationError? {
        var scanner = RecordStream(format, schema: Self.schema)
        var window: [UInt8] = []
        var end = 0
        while true {
            switch try scanner.next(window.span, isComplete: end == input.count) {
            case .record:
                do throws(SerializationError) {
                    _ = try scanner.resource(LargeLanguageModel.self, in: window.span)
                } catch {
                    return error
                }
            case .end: return nil
            case .needsMoreInput:
                window.removeFirst(scanner.release(window.span))
                let more = min(pieces, input.count - end)
                window += input[end..<end + more]
                end += more
            }
        }
    }

    /// The same place and path, however the input comes, as a read of the whole document gives.
    @Test(arguments: [Format.json, .jsonLines, .hal, .xml, .csv], [1, 7, 64, 100_000])
    func placesWhatATypedReadRefuses(format: Format, pieces: Int) throws {
        let good = #"{"name":"é","modelType":"x","provider":"y","connectionId":"z","resourceLevel":"project"}"#
        let bad = good.dropLast() + #","isDefault":true,"fallbacks":[{"isFallbackEnabled":"no"}]}"#
        let lines = [good, good, String(bad)].map { $0 + "\n" }.joined()
        let input = Conversion(from: .jsonLines, to: format, schema: Self.schema, shape: .list).run(Array(lines.utf8))
            .output
        let error = try refusal(input, format, pieces: pieces)
        #expect(error?.path == "$[2].fallbacks[0].isFallbackEnabled")
        #expect(error?.found == "the string \"no\"")
        let whole = #expect(throws: SerializationError.self) {
            try format.decode([LargeLanguageModel].self, from: input)
        }
        #expect(error?.description == whole?.description)
        #expect(error?.position?.byteOffset == whole?.position?.byteOffset)
        #expect((error?.position?.byteOffset ?? 0) > input.count / 2)
    }

    @Test(arguments: [
        (Format.json, #"[{"name":"a"}"#), (.jsonLines, "{\"name\":\"a\"}\n"), (.csv, "name\na\n"),
        (.xml, "<largeLanguageModels><largeLanguageModel><name>a</name></largeLanguageModel>"),
    ])
    func givesARecordOutBeforeTheNextOneComes(format: Format, piece: String) throws {
        var stream = RecordStream(format, schema: LargeLanguageModel.schema)
        let progress = try stream.next(Array(piece.utf8).span, isComplete: false)
        #expect(progress == .record)
    }
}
