import ContentNegotiation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Records that a program lays onto a tape: what cannot be is refused with a sentence, and never written.
@Suite struct BuiltTapeTests {
    typealias Field = LargeLanguageModel.Field

    /// What a program lays, and what is wrong with it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let code: SerializationError.Code
        let sentence: String
        let path: String
        let build: @Sendable (inout RecordTape) -> Void

        init(
            _ code: SerializationError.Code, _ sentence: String, at path: String = "",
            _ build: @escaping @Sendable (inout RecordTape) -> Void
        ) {
            self.code = code
            self.sentence = sentence
            self.path = path
            self.build = build
        }

        var testDescription: String { sentence }
    }

    /// A fault inside of a record that is begun and ended.
    private static func inside(
        _ code: SerializationError.Code, _ sentence: String, at path: String = "",
        _ build: @escaping @Sendable (inout RecordTape) -> Void
    ) -> Fault {
        Fault(code, sentence, at: path) { tape in
            tape.beginObject(.record)
            tape.append("a", to: Field.name.id)
            build(&tape)
            tape.append("c", to: Field.connectionId.id)
            tape.endObject()
        }
    }

    private static func key(_ name: String, _ tape: inout RecordTape) {
        tape.append(unknownKey: name.utf8Span.span)
    }

    /// Arrays in one another, as an unknown member.
    private static func nest(_ levels: Int, _ tape: inout RecordTape) {
        key("x", &tape)
        for _ in 0..<levels { tape.beginArray(.unknown) }
        for _ in 0..<levels { tape.endArray() }
    }

    private static func deepPath(_ levels: Int) -> String { String(repeating: "[0]", count: levels) }

    static let structure: [Fault] = [
        Fault(.invalidTape, "found an empty tape, expected a record") { _ in },
        Fault(.invalidTape, "found a value before the record, expected beginObject(.record)") {
            $0.append("a", to: Field.name.id)
            $0.beginObject(.record)
            $0.endObject()
        },
        Fault(.invalidTape, "found a value before the record, expected beginObject(.record)") {
            $0.beginArray(Field.fallbacks.id)
            $0.endArray()
        },
        Fault(.invalidTape, "found a value before the record, expected beginObject(.record)") {
            $0.beginObject(.unknown)
            $0.endObject()
        },
        Fault(.invalidTape, "found a value after the record, expected removeAll before the next record") {
            $0.beginObject(.record)
            $0.endObject()
            $0.append(true, to: Field.isDefault.id)
        },
        Fault(.invalidTape, "found a second record, expected removeAll before it") {
            $0.beginObject(.record)
            $0.endObject()
            $0.beginObject(.record)
            $0.endObject()
        },
        Fault(.invalidTape, "found a record without an end, expected an end for each beginning") {
            $0.beginObject(.record)
            $0.append("a", to: Field.name.id)
        },
        Fault(.invalidTape, "found a record without an end, expected an end for each beginning", at: ".openAI") {
            $0.beginObject(.record)
            $0.beginObject(Field.openAI.id)
            $0.endObject()
            $0.endObject()
            $0.removeAll()
            $0.beginObject(.record)
            $0.beginObject(Field.openAI.id)
            $0.endObject()
            $0.removeAll()
            $0.beginObject(.record)
            $0.beginObject(Field.openAI.id)
        },
        Fault(.invalidTape, "found the end of an object, expected an object that is open") { $0.endObject() },
        Fault(.invalidTape, "found the end of an object, expected an object that is open") {
            $0.beginObject(.record)
            $0.endObject()
            $0.endObject()
        },
        inside(.invalidTape, "found the end of an array, expected an array that is open") { $0.endArray() },
        inside(.invalidTape, "found the end of an object, expected an object that is open", at: ".fallbacks") {
            $0.beginArray(Field.fallbacks.id)
            $0.endObject()
        },
        inside(.invalidTape, "found the object of a record inside a record, expected the field of a member") {
            $0.beginObject(.record)
            $0.endObject()
        },
        inside(.invalidTape, "found the field of the record inside it, expected the field of a member") {
            $0.append("x", to: .record)
        },
    ]

    static let names: [Fault] = [
        inside(.invalidTape, "found a value without a name, expected append(unknownKey:) before it") {
            $0.append("x", to: .unknown)
        },
        inside(.invalidTape, "found a value without a name, expected append(unknownKey:) before it") {
            $0.beginArray(.unknown)
            $0.endArray()
        },
        inside(.invalidTape, "found a known field after an unknown name, expected the field .unknown") {
            key("x", &$0)
            $0.append("x", to: Field.provider.id)
        },
        inside(.invalidTape, "found the name \"y\" after another name, expected a value") {
            key("x", &$0)
            key("y", &$0)
        },
        inside(.invalidTape, "found the end of an object after a name, expected the value of the name", at: ".openAI") {
            $0.beginObject(Field.openAI.id)
            key("x", &$0)
            $0.endObject()
        },
        inside(
            .invalidTape, "found the name \"x\" outside of an object, expected names in objects only", at: ".fallbacks"
        ) {
            $0.beginArray(Field.fallbacks.id)
            key("x", &$0)
        },
        Fault(.invalidTape, "found the name \"x\" outside of an object, expected names in objects only") {
            key("x", &$0)
        },
        inside(
            .invalidTape,
            "found a known field inside an unknown value, expected the field .unknown, and a name before it in an object",
            at: ".x"
        ) {
            key("x", &$0)
            $0.beginObject(.unknown)
            $0.append("x", to: Field.provider.id)
        },
        inside(
            .duplicateField, "found the name \"name\" a second time, expected each name once in an object", at: ".name"
        ) {
            $0.append("b", to: Field.name.id)
        },
        inside(.duplicateField, "found the name \"x\" a second time, expected each name once in an object", at: ".x") {
            for _ in 0..<2 {
                key("x", &$0)
                $0.append(1, to: .unknown)
            }
        },
        inside(
            .duplicateField, "found the name \"x9\" a second time, expected each name once in an object", at: ".y.x9"
        ) {
            key("y", &$0)
            $0.beginObject(.unknown)
            for number in 0..<41 {
                key("x\(number % 31 == 9 ? 9 : number)", &$0)
                $0.append(1, to: .unknown)
            }
            $0.endObject()
        },
        inside(
            .duplicateField, "found the known name \"provider\" as an unknown one, expected the field's number",
            at: ".provider"
        ) {
            key("provider", &$0)
            $0.append("x", to: .unknown)
        },
    ]

    static let places: [Fault] = [
        inside(
            .invalidTape, "found the field \"customModel\", expected a field that the schema has at this place",
            at: ".customModel"
        ) { $0.append("x", to: Field.openAICustomModel.id) },
        inside(
            .invalidTape, "found the field \"customModel\", expected a field that the schema has at this place",
            at: ".anthropic.customModel"
        ) {
            $0.beginObject(Field.anthropic.id)
            $0.append("x", to: Field.openAICustomModel.id)
            $0.endObject()
        },
        inside(
            .invalidTape, "found the field \"openAI\", expected a field that the schema has at this place",
            at: ".openAI[0]"
        ) {
            $0.beginArray(Field.openAI.id)
            $0.beginObject(Field.openAI.id)
            $0.append("x", to: Field.openAICustomModel.id)
            $0.endObject()
            $0.endArray()
        },
        inside(
            .invalidTape, "found the field \"isFallbackEnabled\", expected a field that the schema has at this place",
            at: ".fallbacks.isFallbackEnabled"
        ) {
            $0.beginObject(Field.fallbacks.id)
            $0.append(true, to: Field.fallbackIsEnabled.id)
            $0.endObject()
        },
        inside(
            .invalidTape, "found the field .unknown, expected a field that the schema has at this place",
            at: ".assignedToProjects[1]"
        ) {
            $0.beginArray(Field.assignedToProjects.id)
            $0.append("x", to: LargeLanguageModel.schema.elements(of: Field.assignedToProjects.id))
            $0.append("x", to: .unknown)
            $0.endArray()
        },
        inside(
            .invalidTape, "found the field number 60000, expected a field that the schema has at this place", at: ""
        ) { $0.append("x", to: FieldID(rawValue: 60_000)) },
        inside(.depthLimit, "found nesting deeper than 128, expected at most 128 levels", at: ".x" + deepPath(127)) {
            nest(128, &$0)
        },
        inside(.depthLimit, "found nesting deeper than 1000, expected at most 1000 levels", at: ".x" + deepPath(998)) {
            nest(1100, &$0)
        },
    ]

    static let texts: [Fault] = [
        inside(.invalidEncoding, "found bytes that are not UTF-8 in a text, expected well-formed UTF-8") {
            $0.append(string: [0x61, 0xFF].span, to: Field.provider.id)
        },
        inside(.invalidEncoding, "found bytes that are not UTF-8 in a text, expected well-formed UTF-8") {
            $0.append(unknownKey: [0xED, 0xA0, 0x80].span)
        },
        inside(.invalidNumber, "found \"1,5\" as a number, expected a number as JSON has it") {
            $0.append(number: "1,5".utf8Span.span, to: Field.createdAt.id)
        },
        inside(.invalidNumber, "found \"\" as a number, expected a number as JSON has it", at: ".x") {
            key("x", &$0)
            $0.beginArray(.unknown)
            $0.append(number: "".utf8Span.span, to: .unknown)
        },
    ]

    static let all = structure + names + places + texts

    // MARK: Doors

    /// A resource that lays whatever it is told.
    private struct Built: Resource {
        typealias Field = LargeLanguageModel.Field
        static let schema = LargeLanguageModel.schema
        let build: @Sendable (inout RecordTape) -> Void

        init(_ build: @escaping @Sendable (inout RecordTape) -> Void) { self.build = build }
        init(_ record: RecordView) throws(SerializationError) { build = { _ in } }
        func write(to tape: inout RecordTape) throws(SerializationError) { build(&tape) }

        /// A record with a member.
        static let good = Built {
            $0.beginObject(.record)
            $0.append("a", to: Field.name.id)
            $0.endObject()
        }
    }

    @Test(arguments: all)
    func isRefusedByTypedEncoding(fault: Fault) {
        for format in Format.builtIn {
            let item = #expect(throws: SerializationError.self) { try format.encode(Built(fault.build)) }
            #expect(item?.code == fault.code)
            #expect(item?.sentence == "\(fault.sentence) ($\(fault.path))", "\(format)")
            let list = #expect(throws: SerializationError.self) {
                try format.encode([Built.good, Built(fault.build), Built.good])
            }
            #expect(list?.sentence == "\(fault.sentence) ($[1]\(fault.path))", "\(format)")
        }
        #expect(throws: SerializationError.self) { try StoredRecord(Built(fault.build)) }
    }

    /// Reads lines: each is a good record, or for `bad` one with the fault.
    private struct LineReader: RecordReader {
        let build: @Sendable (inout RecordTape) -> Void
        var document: DocumentInfo { DocumentInfo(shape: .list) }

        mutating func read(
            _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
        ) throws(SerializationError) -> ReadProgress {
            let start = position
            guard start < input.count else { return isComplete ? .end : .needsMoreInput }
            var end = start
            while end < input.count, input[end] != 0x0A { end += 1 }
            guard end < input.count else { return .needsMoreInput }
            position = end + 1
            tape.removeAll()
            if input[start] == UInt8(ascii: "b") { build(&tape) } else { Built.good.build(&tape) }
            tape.placeSource(start..<end)
            return .record
        }
    }

    private static func lines(_ build: @escaping @Sendable (inout RecordTape) -> Void) -> Format {
        Format(
            name: "lines", mediaType: MediaType(type: "text", subtype: "plain"), fileExtensions: ["lines"],
            reader: { _, _ in LineReader(build: build) }, writer: { _, _ in NoWriter() })
    }

    private struct NoWriter: RecordWriter {
        mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}
        mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {}
        mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}
    }

    @Test(arguments: all)
    func isRefusedFromAReaderOfAnotherPackage(fault: Fault) throws {
        let format = Self.lines(fault.build)
        let expected = "2:1: \(fault.sentence) ($[1]\(fault.path))"
        for target in Format.builtIn {
            let outcome = run("good\nbad\ngood\n", from: format, to: target)
            #expect(outcome.error == expected)
            #expect(outcome.code == fault.code)
        }
        // A scanner says the same, and goes on.
        let bytes = Array("good\nbad\ngood\n".utf8)
        var scanner = RecordStream(format, schema: LargeLanguageModel.schema)
        #expect(try scanner.next(bytes.span, isComplete: true) == .record)
        var sentence: String?
        do throws(SerializationError) { _ = try scanner.next(bytes.span, isComplete: true) } catch {
            sentence = error.description
        }
        #expect(sentence == expected)
        #expect(scanner.skipRefusedRecord(bytes.span, isComplete: true) == .skipped)
        #expect(try scanner.next(bytes.span, isComplete: true) == .record)
        #expect(try scanner.next(bytes.span, isComplete: true) == .end)
        #expect(scanner.recordCount == 3)
        // So does typed reading.
        let typed = #expect(throws: SerializationError.self) {
            try format.decode([LargeLanguageModel].self, from: bytes)
        }
        #expect(
            typed?.description == "1:1: found no value, expected the required member \"modelType\" ($[0].modelType)")
        let only = #expect(throws: SerializationError.self) {
            try format.decode([LargeLanguageModel].self, from: Array("bad\n".utf8))
        }
        #expect(only?.description == "1:1: \(fault.sentence) ($[0]\(fault.path))")
    }

    @Test(arguments: all)
    func isRefusedWhereAProgramLooksAtItsOwnTape(fault: Fault) throws {
        var tape = RecordTape()
        fault.build(&tape)
        if let record = tape.record {
            // Looking at it is safe, whatever it is; writing it is refused.
            _ = RecordValidator(schema: LargeLanguageModel.schema).violations(in: record)
            _ = try? LargeLanguageModel(record)
            #expect(
                Self.sentence(ofWriting: record)
                    == (fault.code == .depthLimit ? nil : "\(fault.sentence) (\(fault.path))"))
        }
        let sentence = Self.sentence(ofChecking: &tape)
        #expect(sentence == "\(fault.sentence) (\(fault.path))")
        // It stays what it is.
        let again = Self.sentence(ofChecking: &tape)
        #expect(again == sentence)
        tape.removeAll()
        Built.good.build(&tape)
        let ofGood = Self.sentence(ofChecking: &tape)
        #expect(ofGood == nil)
        let hasRecord = if tape.record == nil { false } else { true }
        #expect(hasRecord)
    }

    private static func sentence(ofChecking tape: inout RecordTape) -> String? {
        do throws(SerializationError) {
            try tape.check(against: LargeLanguageModel.schema)
            return nil
        } catch {
            return error.sentence
        }
    }

    private static func sentence(ofWriting record: RecordView) -> String? {
        var output = OutputBuffer()
        do throws(SerializationError) {
            try JSONValueWriter(schema: LargeLanguageModel.schema).write(record, to: &output)
            return nil
        } catch {
            return error.sentence
        }
    }

    /// The place of a value that its reader has told is that of the error.
    @Test func saysWhereTheReaderFoundTheValue() {
        let outcome = run(
            "bad line\n",
            from: Self.lines {
                $0.beginObject(.record)
                $0.append(string: "x".utf8Span.span, to: Field.openAICustomModel.id, source: 4)
                $0.endObject()
            })
        #expect(
            outcome.error
                == "1:5: found the field \"customModel\", expected a field that the schema has at this place ($[0].customModel)"
        )
    }

    // MARK: Any calls

    /// Whatever a program calls: either the tape is refused, or each format gives back what JSON says it holds.
    @Test func isRefusedOrComesBackInEveryFormat() throws {
        var random = SeededGenerator(seed: Settings.propertySeed &+ 31)
        var accepted = 0
        for _ in 0..<Settings.propertyRecords {
            let calls = Self.calls(&random)
            let resource = Built { tape in for call in calls { call(&tape) } }
            guard let json = try? Format.json.encode([resource]) else {
                for format in Format.builtIn {
                    #expect(throws: SerializationError.self) { try format.encode([resource]) }
                }
                continue
            }
            accepted += 1
            let expected = try SlowJSON(parsing: json, depthLimit: 129).sorted
            for format in Format.builtIn where !String(decoding: json, as: UTF8.self).contains("_links") {
                let bytes = try format.encode([resource])
                let back = run(bytes, from: format, shape: .list)
                let result = try? SlowJSON(parsing: back.output, depthLimit: 129)
                #expect(result?.sorted == expected, "\(format): \(back) from \(String(decoding: json, as: UTF8.self))")
            }
        }
        #expect(accepted > Settings.propertyRecords / 20)
    }

    private typealias Call = @Sendable (inout RecordTape) -> Void

    /// Calls that make a record, with some left out, repeated, exchanged or made up.
    private static func calls(_ random: inout SeededGenerator) -> [Call] {
        var calls: [Call] = [{ $0.beginObject(.record) }]
        let schema = LargeLanguageModel.schema
        for field in schema.members(of: .record) where random.oneIn(4) {
            append(field, &calls, &random)
        }
        for name in ["x", "", "a.b", "e\u{301}", "\u{E9}"] where random.oneIn(3) {
            calls.append { $0.append(unknownKey: name.utf8Span.span) }
            append(.unknown, &calls, &random)
        }
        calls.append { $0.endObject() }
        var mutations = random.oneIn(3) ? 0 : Int.random(in: 1...3, using: &random)
        while mutations > 0 {
            mutations -= 1
            let place = Int.random(in: 0..<calls.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: calls.remove(at: place)
            case 1: calls.insert(calls[place], at: Int.random(in: 0...calls.count, using: &random))
            case 2: calls.swapAt(place, Int.random(in: 0..<calls.count, using: &random))
            default: append(FieldID(rawValue: UInt16.random(in: 0...80, using: &random)), &calls, &random)
            }
            if calls.isEmpty { break }
        }
        return calls
    }

    private static func append(_ field: FieldID, _ calls: inout [Call], _ random: inout SeededGenerator) {
        let schema = LargeLanguageModel.schema
        switch Int.random(in: 0..<7, using: &random) {
        case 0: calls.append { $0.append("text \u{1}\"", to: field) }
        case 1: calls.append { $0.append(number: "1.50".utf8Span.span, to: field) }
        case 2: calls.append { $0.append(true, to: field) }
        case 3: calls.append { $0.appendNull(to: field) }
        case 4:
            calls.append { $0.beginArray(field) }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                append(schema.kind(of: field) == .array ? schema.elements(of: field) : .unknown, &calls, &random)
            }
            calls.append { $0.endArray() }
        default:
            calls.append { $0.beginObject(field) }
            if schema.kind(of: field) == .object {
                for member in schema.members(of: field) where random.oneIn(2) { append(member, &calls, &random) }
            }
            if random.oneIn(2) {
                calls.append { $0.append(unknownKey: "z".utf8Span.span) }
                append(.unknown, &calls, &random)
            }
            calls.append { $0.endObject() }
        }
    }
}
