import ContentNegotiation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// What lies on a tape, seen through a format made outside of the package.
@Suite struct RecordTapeTests {
    /// Writes each value with what the tape says of it: `name:string(a)`, unknown names in brackets.
    private struct NodeWriter: RecordWriter {
        let schema: Schema

        mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}

        mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
            write(record, to: &output)
            output.append(0x0A)
        }

        mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}

        private func write(_ value: RecordView, to output: inout OutputBuffer) {
            output.append(text: "\(value.kind)")
            output.append("(")
            output.append(value.text)
            var children = value.children
            var isFirst = true
            while children.next() {
                if !isFirst { output.append(" ") }
                isFirst = false
                if let key = children.unknownKey {
                    output.append("[")
                    output.append(key)
                    output.append("]")
                } else if let name = schema.name(of: children.value.field) {
                    output.append(text: name)
                }
                if schema.kind(of: children.value.field) != nil { output.append("!") }
                output.append(":")
                write(children.value, to: &output)
            }
            output.append(")")
        }
    }

    private static let nodes = Format(
        name: "nodes", mediaType: MediaType(type: "text", subtype: "plain"), fileExtensions: ["nodes"],
        reader: { _, _ in NoReader() }, writer: { schema, _ in NodeWriter(schema: schema) })

    /// Reads a record made by hand.
    private struct NoReader: RecordReader {
        var document: DocumentInfo { DocumentInfo(shape: .list) }
        private var isDone = false

        mutating func read(
            _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
        ) throws(SerializationError) -> ReadProgress {
            guard isComplete else { return .needsMoreInput }
            position = input.count
            if isDone { return .end }
            isDone = true
            tape.removeAll()
            tape.beginObject(.record)
            tape.append(string: Array("a\n\"\u{E9}".utf8).span, to: LargeLanguageModel.Field.name.id)
            tape.append(number: Array("1.50".utf8).span, to: LargeLanguageModel.Field.createdAt.id)
            tape.append(true, to: LargeLanguageModel.Field.isDefault.id)
            tape.appendNull(to: LargeLanguageModel.Field.openAI.id)
            tape.append(unknownKey: Array("x.y".utf8).span)
            tape.beginArray(.unknown)
            tape.append(false, to: .unknown)
            tape.beginObject(.unknown)
            tape.endObject()
            tape.endArray()
            tape.endObject()
            return .record
        }
    }

    @Test(arguments: [
        ("{}", "object()"),
        (#"{"name":"a","x":1}"#, "object(name!:string(a) [x]:number(1))"),
        (#"{"n\u0061me":null,"x\u0021":true}"#, "object(name!:null() [x!]:bool())"),
        (
            #"{"openAI":{"customModel":"m","name":"n"}}"#,
            "object(openAI!:object(customModel!:string(m) [name]:string(n)))"
        ),
        (#"{"openAI":[{"customModel":"m"}]}"#, "object(openAI!:array(:object([customModel]:string(m))))"),
        (
            #"{"openAI":"s","name":{"customModel":1}}"#,
            "object(openAI!:string(s) name!:object([customModel]:number(1)))"
        ),
        (
            #"{"fallbacks":[{"isFallbackEnabled":true},[1],2]}"#,
            "object(fallbacks!:array(!:object(isFallbackEnabled!:bool()) !:array(:number(1)) !:number(2)))"
        ),
        (#"{"fallbacks":{"isFallbackEnabled":1}}"#, "object(fallbacks!:object([isFallbackEnabled]:number(1)))"),
        (#"{"x":{"name":"a","openAI":{}}}"#, "object([x]:object([name]:string(a) [openAI]:object()))"),
    ])
    func saysWhichPlacesTheSchemaKnows(input: String, expected: String) {
        #expect(convert(input, to: Self.nodes) == expected + "\n")
    }

    /// The same records from CSV have the same nodes.
    @Test(arguments: [
        "{\"name\":\"a\",\"openAI\":{\"customModel\":\"m\",\"z\":1},\"fallbacks\":[{\"isFallbackEnabled\":true},[1]]}",
        "{\"name\":{\"customModel\":1},\"openAI\":[{\"customModel\":\"m\"}],\"x\":{\"name\":\"\"}}",
        "{\"openAI\":\"s\",\"fallbacks\":{\"isFallbackEnabled\":1}}",
        "{\"fallbacks\":[null,{\"immediateFallBack\":{}}]}",
    ])
    func hasTheSameNodesFromCSV(input: String) {
        for form in Form.allCases {
            let written = convert(input, to: form.format, shape: .list)
            #expect(convert(written, from: form.readingFormat, to: Self.nodes) == convert(input, to: Self.nodes))
        }
    }

    @Test func canBeBuiltByHand() {
        let json = #"{"name":"a\n\"é","createdAt":1.50,"isDefault":true,"openAI":null,"x.y":[false,{}]}"#
        #expect(convert("", from: Self.nodes, shape: .item) == json + "\n")
        let row = "name,openAI,isDefault,createdAt,x\\.y[0],x\\.y[1]\r\n\"a\n\"\"é\",null,true,1.50,false,{}\r\n"
        #expect(convert("", from: Self.nodes, to: .csv) == row)
    }
}

@Suite struct NumberTests {
    @Test(arguments: ["0", "-0", "1.0", "1e5", "1E+05", "-1.25e-3", "10000000000000000999"])
    func keepsItsText(text: String) {
        #expect(Number(text: text)?.text == text)
        #expect(Number(text: text)?.description == text)
        #expect(Number(text: text)?.double == Double(text))
    }

    @Test(arguments: ["", "-", "+1", "01", "1.", ".5", "1e", "1e+", "NaN", "0x1", " 1", "1 ", "1,0", "\u{661}"])
    func refusesWhatJSONDoesNotKnow(text: String) {
        #expect(Number(text: text) == nil)
    }

    @Test func comparesText() {
        #expect(Number(text: "1.0") != Number(text: "1"))
        #expect(Number(7) == 7)
        #expect(Number(2.0)?.text == "2")
        #expect(Number(0.1)?.text == "0.1")
        #expect(Number(Double.infinity) == nil)
        #expect(Number(Double.nan) == nil)
        #expect(Number(text: "12")?.integer == 12)
        #expect(Number(text: "12.0")?.integer == nil)
        #expect(Number(text: "1e400")?.double == .infinity)
    }

    /// Whatever double a number is made from, its text is JSON and gives the double back.
    @Test(arguments: [1e300, -1e-300, .leastNonzeroMagnitude, 1e16, 123456789.125, -0.0, 1e15, 1.7976931348623157e308])
    func writesDoublesAsJSON(value: Double) throws {
        let number = try #require(Number(value))
        #expect(Number(text: number.text) == number)
        #expect(number.double == value)
    }
}
