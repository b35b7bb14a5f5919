import LLMResources
import ResourceFormats
import Testing

/// A format as it would be written outside the package, of lines `NAME=JSON`: each is a record of one member.
@Suite struct JSONValueReaderTests {
    private struct LineReader: RecordReader, ~Copyable {
        let schema: Schema
        var values: JSONValueReader
        var recordCount = 0
        var document: DocumentInfo { DocumentInfo(shape: .list) }

        init(schema: Schema, limits: Limits) {
            self.schema = schema
            values = JSONValueReader(schema: schema, limits: limits)
        }

        mutating func read(
            _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
        ) throws(SerializationError) -> ReadProgress {
            var equals: Int?
            var end = position
            while end < input.count, input[end] != 0x0A {
                if equals == nil, input[end] == 0x3D { equals = end }
                end += 1
            }
            guard let equals, end < input.count else { return isComplete ? .end : .needsMoreInput }
            let name = input.extracting(position..<equals)
            let field = schema.field(named: name, in: .record)
            tape.removeAll()
            tape.beginObject(.record)
            if field == .unknown { tape.append(unknownKey: name) }
            try values.read(
                input, at: equals + 1..<end, to: field, ofRecord: recordCount, from: position, into: &tape)
            tape.endObject()
            tape.placeSource(position..<end)
            position = end + 1
            recordCount += 1
            return .record
        }
    }

    private struct LineWriter: RecordWriter, ~Copyable {
        let values: JSONValueWriter

        mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}

        mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
            var members = record.children
            while members.next() {
                try values.write(members.value, to: &output)
                output.append(0x0A)
            }
        }

        mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}
    }

    private static let lines = Format(
        name: "lines", mediaType: Format.jsonLines.mediaType, fileExtensions: [],
        traits: FormatTraits(distinguishesShapes: false),
        reader: { LineReader(schema: $0, limits: $1) },
        writer: { schema, _ in LineWriter(values: JSONValueWriter(schema: schema)) })

    private func read(_ input: String, limits: Limits = .default, isStrict: Bool = false) -> String {
        let schema = LargeLanguageModel.schema
        var converter = Converter(from: Self.lines, to: .jsonLines, schema: schema, limits: limits)
        if isStrict { converter.validator = RecordValidator(schema: schema) }
        var output = OutputBuffer()
        let bytes = Array(input.utf8)
        do {
            try converter.convert(bytes.span, from: Self.lines, into: &output)
        } catch {
            return "\(error)"
        }
        return String(decoding: output.span.indices.map { output.span[$0] }, as: UTF8.self)
    }

    @Test func readsValuesWithTheirFields() {
        #expect(
            read("name=\"\\u0061\"\nfallbacks= [ {\"x\":1.0} ] \nother={\"a\":[null,true]}\n")
                == "{\"name\":\"a\"}\n{\"fallbacks\":[{\"x\":1.0}]}\n{\"other\":{\"a\":[null,true]}}\n")
    }

    @Test func writesValuesAsCompactJSON() {
        #expect(
            convert(#"[{"openAI":{"customModel":"m\n","x":[1.0]}, "y":"z"}]"#, to: Self.lines)
                == "{\"customModel\":\"m\\n\",\"x\":[1.0]}\n\"z\"\n")
    }

    @Test(arguments: [
        ("name=\"a\"\nx={\"a\":}\n", "2:8: found \"}\", expected a JSON value ($[1].x.a)"),
        ("openAI={\"a\":[1,2 3]}\n", "1:18: found \"3\", expected \",\" or \"]\" after the element ($[0].openAI.a)"),
        ("x=\n", "1:3: found the end of the input, expected a JSON value ($[0].x)"),
        ("x=1 2\n", "1:5: found \"2\", expected nothing after the value ($[0])"),
        ("x={\"a\":1,\"a\":2}\n", "1:10: found the name \"a\" a second time, expected each name once in an object"),
    ])
    func refusesWithThePlaceInTheInput(input: String, error: String) {
        #expect(read(input).hasPrefix(error), "\(read(input))")
    }

    @Test func countsTheContainersAround() {
        #expect(read("x=[[1]]\n", limits: Limits(depth: 3)) == "{\"x\":[[1]]}\n")
        #expect(
            read("x=[[1]]\n", limits: Limits(depth: 2))
                == "1:4: found nesting deeper than 2, expected at most 2 levels ($[0].x[0])")
    }

    /// The places of what a validator finds come from the tape, after the line was read.
    @Test func placesWhatIsFoundWrongLater() throws {
        let input = Array(
            #"""
            x=1
            fallbacks= [{"immediateFallBack":{"failedRequests":"7"}},{"fallbackLLMReferenceId":[]}]

            """#.utf8)
        let schema = LargeLanguageModel.schema
        let validator = RecordValidator(schema: schema)
        var scanner = RecordStream(Self.lines, schema: schema)
        var places: [String] = []
        while try scanner.next(input.span, isComplete: true) == .record {
            guard let record = scanner.record else { continue }
            for violation in validator.violations(in: record) where violation.code != .missingField {
                let position = scanner.position(of: violation, in: input.span)
                places.append("\(position.line):\(position.column) \(violation.path)")
            }
        }
        #expect(
            places == [
                "2:52 .fallbacks[0].immediateFallBack.failedRequests", "2:84 .fallbacks[1].fallbackLLMReferenceId",
            ])
    }
}
