import Dispatch
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// A document converted in parts gives the same as in one go: bytes, errors with their places, notes.
@Suite struct PartTests {
    /// Documents of every format, whole and broken, short enough to be cut at every two bytes.
    static let documents: [(form: Form, text: String)] = [
        (.json, "[ {\"name\":\"a\"},{\"name\":\"b\",\"x\":[{\"name\":1},{\"name\":2}]}, {\"name\":\"ü\"} ,{}]\n"),
        (.json, "[{\"a\":1},\r\n{\"a\":{\"b\":\"},{\"}},{\"c\":3},]"),
        (.json, "{\"items\":[{\"a\":1},{\"a\":2},{\"b\":null}],\"total\":3,\"nextCursor\":\"n\"}"),
        (.json, "{\"a\":1}\n{\"items\":[{\"a\":2}]}\n{\"a\":3}\n"),
        (.json, "[{\"a\":1},{\"a\":2},{\"a\":3}{\"a\":4}]"),
        (.json, "[{\"a\":1},{\"a\":tru},{\"a\":2},{\"a\":3}]"),
        (.json, "[{\"a\":1},{\"b\":1,\"b\":2},{\"a\":3}]x"),
        (.jsonLines, "{\"a\":1}\n{\"a\":2}\r\n\n{\"a\":3,\"items\":[{}]}\n{\"a\":4}"),
        (.jsonLines, "{\"a\":1}\n{\"a\":\n2}\n{\"a\":3}\n"),
        (
            .hal,
            "{\"_links\":{},\"_embedded\":{\"x\":[{\"a\":1},{\"a\":2,\"_links\":{\"y\":{\"href\":\"/z\"}}},{\"a\":3}]}}"
        ),
        (
            .xml,
            "<largeLanguageModels><largeLanguageModel><x>1</x></largeLanguageModel>\n<largeLanguageModel/>"
                + "<!-- </largeLanguageModel> --><largeLanguageModel><y>ü</y></largeLanguageModel></largeLanguageModels>"
        ),
        (
            .xml,
            "<largeLanguageModels><largeLanguageModel><x>1</x></largeLanguageModel><largeLanguageModel><x>2</x>"
                + "</largeLanguageModel><page total='2'/><largeLanguageModel/></largeLanguageModels>"
        ),
        (
            .xml,
            "<largeLanguageModels><largeLanguageModel><x>1</x></largeLanguageModel><largeLanguageModel><x>2</y>"
                + "</largeLanguageModel><largeLanguageModel/></largeLanguageModels>"
        ),
        (.csv, "a,b\r\n1,2\r\n\"x\r\n\"\"y\",3\r\n\r\n4,\r\n,5\r\n"),
        (.csv, "\u{FEFF}a;b.c\n1;2\n\u{FEFF}3;4\n5;6;7\n8;9\n"),
        (.csv, "a,b\n1,\"2\n3,4\n5,\"6\"x\n"),
    ]

    private static let targets: [Form] = [.json, .prettyHAL, .prettyXML, .csv]

    /// With every part of the document as a part, and with the rest in two parts more.
    @Test(arguments: documents.indices, targets)
    func changesNothing(document: Int, target: Form) {
        let (form, text) = Self.documents[document]
        let bytes = Array(text.utf8)
        let conversion = Conversion(from: form.format, to: target.format, schema: LargeLanguageModel.schema)
        let whole = conversion.run(bytes)
        let step = Settings.isThorough ? 1 : 17
        for start in stride(from: 1, to: bytes.count, by: step) {
            for end in start..<bytes.count {
                let parts = conversion.run(bytes, parts: [start, end, (end + bytes.count) / 2])
                guard parts.outcome == whole else {
                    Issue.record("parts at \(start) and \(end): \(parts.outcome) and not \(whole)")
                    return
                }
            }
        }
    }

    /// Each record but the first two as a part of its own: all of them are joined.
    @Test(arguments: [Form.json, .prettyJSON, .jsonLines, .xml, .prettyXML, .csv], targets)
    func joinsWhatBeginsAndEndsBetweenRecords(source: Form, target: Form) throws {
        let records = (0..<12).map { number in
            "{\"name\":\"r\(number)\",\"fallbacks\":[{\"isFallbackEnabled\":true},{\"y\":null}],\"x\(number % 3)\":1}"
        }
        let document = run("[\(records.joined(separator: ","))]", to: source.format).output
        let conversion = Conversion(
            from: source.readingFormat, to: target.format, schema: LargeLanguageModel.schema)
        var cuts: [Int] = []
        let end = try #require(source.readingFormat.traits.endOfRecords)
        let first = try #require(firstRecord(of: document, source))
        for count in first..<document.count {
            let cut = end(
                document.span.extracting(..<count), document.span.extracting(first...), LargeLanguageModel.schema)
            if let cut, cut > first, cuts.last != cut { cuts.append(cut) }
        }
        #expect(cuts.count >= 11)
        let parts = conversion.run(document, parts: cuts)
        #expect(parts.outcome == conversion.run(document))
        #expect(parts.joinedCount >= (target == .csv ? 2 : 1) * 9)
    }

    private func firstRecord(of document: [UInt8], _ form: Form) -> Int? {
        var converter = Converter(from: form.readingFormat, to: .jsonLines, schema: LargeLanguageModel.schema)
        var output = OutputBuffer()
        var used = 0
        _ = try? converter.resume(document.span, isComplete: true, used: &used, into: &output)
        return converter.firstRecordOffset
    }

    /// Generated records, cut anywhere.
    @Test(arguments: [Form.json, .hal, .xml, .csv], targets)
    func changesNothingForGeneratedRecords(source: Form, target: Form) {
        var generator = RecordGenerator(
            schema: LargeLanguageModel.schema, mood: .adversarial, seed: Settings.propertySeed)
        var random = SeededGenerator(seed: Settings.propertySeed)
        for _ in 0..<max(Settings.propertyRecords / 100, 10) {
            let records = SlowJSON.array((0..<4).map { _ in generator.nextRecord() })
            let document = run(records.text, to: source.format).output
            guard document.count > 4 else { continue }
            let conversion = Conversion(
                from: source.readingFormat, to: target.format, schema: LargeLanguageModel.schema)
            let whole = conversion.run(document)
            for _ in 0..<20 {
                let cuts = (0..<4).map { _ in Int.random(in: 1..<document.count, using: &random) }.sorted()
                #expect(conversion.run(document, parts: cuts).outcome == whole, "\(cuts)")
            }
        }
    }

    /// Parts share nothing that changes; the thread sanitizer looks at this.
    @Test(arguments: [Form.json, .jsonLines, .xml, .csv], targets)
    func convertsPartsAtTheSameTime(source: Form, target: Form) throws {
        let records = (0..<400).map {
            "{\"name\":\"r\($0)\",\"fallbacks\":[{\"isFallbackEnabled\":true}],\"x\($0)\":1}"
        }
        let document = run("[\(records.joined(separator: ","))]", to: source.format).output
        // The columns are given, so that there is one pass.
        let format = target == .csv ? Format.csv(CSVOptions(columns: ["name", "x7"])) : target.format
        var converter = Converter(from: source.format, to: format, schema: LargeLanguageModel.schema)
        let end = try #require(source.format.traits.endOfRecords)
        let first = try #require(firstRecord(of: document, source))
        let cuts = (1...5).compactMap { number in
            end(
                document.span.extracting(..<(document.count * number / 5)), document.span.extracting(first...),
                LargeLanguageModel.schema)
        }
        try #require(cuts.count == 5)
        var output = OutputBuffer()
        var used = 0
        _ = try converter.resume(document.span.extracting(..<cuts[0]), isComplete: false, used: &used, into: &output)
        try #require(used == cuts[0])
        var parts: [Part] = []
        for number in 1..<5 {
            let bytes = document[..<first] + document[cuts[number - 1]..<cuts[number]]
            guard let part = converter.makePart(isFirstPass: false) else {
                Issue.record("there is no part \(number)")
                return
            }
            parts.append(Part(Array(bytes), part))
        }
        DispatchQueue.concurrentPerform(iterations: parts.count) { [parts] in parts[$0].convert(from: first) }
        for part in parts {
            let isJoined = converter.join(part.part)
            #expect(isJoined)
            output.append(part.part.output.span)
        }
        let rest = Array(document[cuts[4]...])
        _ = try converter.resume(rest.span, isComplete: true, used: &used, into: &output)
        try converter.finish(into: &output)
        #expect(output.array() == run(document, from: source.format, to: format).output)
    }

    private final class Part: @unchecked Sendable {
        private let bytes: [UInt8]
        private(set) var part: ConverterPart

        init(_ bytes: [UInt8], _ part: consuming ConverterPart) {
            self.bytes = bytes
            self.part = part
        }

        func convert(from start: Int) {
            let bytes = bytes
            part.convert(bytes.span, from: start)
        }
    }
}
