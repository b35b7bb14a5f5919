import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Records at a path of a JSON document.
@Suite struct JSONRecordsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        var nameMember: String?
        let input: String
        /// The records as JSON Lines, up to an error.
        let output: String
        var error: String?
        var notes: [String] = []

        var testDescription: String { "\(path): \(input)" }

        func run(to target: Format = .jsonLines) throws -> ResourceFormatsTesting.Conversion {
            let records = try RecordsPath(path, nameMember: nameMember)
            return ResourceFormatsTesting.Conversion(
                from: .json(JSONOptions(records: records)), to: target, schema: AnyRecord.schema,
                limits: Limits(depth: 8))
        }
    }

    static let good = [
        Case(path: "data", input: #"{"data":[{"a":1.0},{"a":"é"}]}"#, output: "{\"a\":1.0}\n{\"a\":\"é\"}\n"),
        Case(path: "data", input: "\u{FEFF} { \"data\" : [ ] } \n", output: ""),
        Case(path: "data", input: #"{"data":{"a":[{}]}}"#, output: "{\"a\":[{}]}\n"),
        Case(
            path: "data", input: #"{"object":"list","n":[],"data":[{}],"has_more":false,"m":{}, "x":-1.5e3 }"#,
            output: "{}\n"),
        Case(
            path: "r.i", input: #"{"x":{"i":[{}],"r":[1,"\n",{"z":tru\#u{65}}]},"r":{"i":[{"b":1}],"j":[0]},"y":[[]]}"#,
            output: "{\"b\":1}\n", notes: ["outside of the records $.x and 2 other values are left out"]),
        Case(
            path: "r[*].p", input: #"{"r":[{"p":{"a":1},"q":5},{"q":null,"p":[{"a":2},{"a":3}]}]}"#,
            output: "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n",
            notes: ["outside of the records $.r[0].q and one other value are left out"]),
        Case(
            path: "*", nameMember: "id", input: #"{"gpt-4":{"a":1},"\u00e9\"":{},"":{"b":{"c":[2]}}}"#,
            output: "{\"id\":\"gpt-4\",\"a\":1}\n{\"id\":\"é\\\"\"}\n{\"id\":\"\",\"b\":{\"c\":[2]}}\n"),
        Case(
            path: "*.m.*", nameMember: "k", input: #"{"x":{"m":{"a":{"v":1},"b":[{"v":2},{"v":3}]}},"y":{"m":{}}}"#,
            output: "{\"k\":\"a\",\"v\":1}\n{\"k\":\"b\",\"v\":2}\n{\"k\":\"b\",\"v\":3}\n"),
        Case(path: "[*][*].d", input: #"[[{"d":{"a":1}}],[],[{"d":{}}]]"#, output: "{\"a\":1}\n{}\n"),
        Case(
            path: #"["a.b"]"#, input: #"{"a":{"b":[{"x":1}]},"a.b":[{"x":2}]}"#, output: "{\"x\":2}\n",
            notes: ["outside of the records $.a is left out"]),
        Case(path: "é", input: #"{"\u00e9":[{"a":2}]}"#, output: "{\"a\":2}\n"),
    ]

    static let bad = [
        Case(path: "data", input: "", output: "", error: "1:1: found the end of the input, expected a JSON value ($)"),
        Case(
            path: "data", input: "[]", output: "",
            error:
                "1:1: found an array, expected an object with the member \"data\"; [*] in the path stands for each element ($)"
        ),
        Case(
            path: "[*].x", input: "{}", output: "",
            error: "1:1: found an object, expected an array; * stands for each member ($)"),
        Case(
            path: "*", input: "[]", output: "",
            error: "1:1: found an array, expected an object; [*] stands for each element ($)"),
        Case(
            path: "r.items", input: #"{"r":{"item":[],"n":1}}"#, output: "",
            error:
                "1:22: found no member \"items\", expected the records at r.items; did you mean \"item\"? ($.r)"),
        Case(
            path: "r.items", input: #"{"alpha":1,"beta":2}"#, output: "",
            error:
                "1:20: found no member \"r\", expected the records at r.items; the object has \"alpha\", \"beta\" ($)"),
        Case(
            path: "data", input: "{\n}", output: "",
            error: "2:1: found no member \"data\", expected the records at data ($)"),
        Case(
            path: "r.i", input: "{\"r\":{\"i\":[{\"a\":1},\n{\"n\":{\"x\":[1,01]}}]}}", output: "{\"a\":1}\n",
            error: "2:15: found \"1\", expected the end of the number ($.r.i[1].n.x[1])"),
        Case(
            path: "data", input: #"{"data":[{"a":1},5]}"#, output: "{\"a\":1}\n",
            error: "1:18: found a number, expected an object ($.data[1])"),
        Case(
            path: "data", input: #"{"data":"none"}"#, output: "",
            error: "1:9: found a string, expected an object or an array of objects ($.data)"),
        Case(
            path: "data", input: #"{"data":[],"x":{"y":[1,{"z":"\q"}]}}"#, output: "",
            error: #"1:31: found the escape \"q", expected one of \" \\ \/ \b \f \n \r \t \u ($.x.y[1].z)"#),
        Case(
            path: "data", input: #"{"data":[{}],"data":[{}]}"#, output: "{}\n",
            error: "1:14: found the records' member a second time, expected each name once in an object ($.data)"),
        Case(
            path: "data", input: #"{"data":[{}]} x"#, output: "{}\n",
            error: "1:15: found \"x\", expected nothing after the document ($)"),
        Case(
            path: "data", input: #"{"data":[{}}"#, output: "{}\n",
            error: "1:12: found \"}\", expected \",\" or \"]\" after the element ($.data)"),
        Case(
            path: "data", input: #"{"data":[{},]}"#, output: "{}\n",
            error: "1:13: found \"]\", expected a JSON value ($.data[1])"),
        Case(
            path: "data", input: #"{"x":nul}"#, output: "",
            error: "1:9: found \"}\", expected the value null ($.x)"),
        Case(
            path: "data", input: #"{"x" 1}"#, output: "",
            error: "1:6: found \"1\", expected \":\" after the name ($.x)"),
        Case(
            path: "data", input: #"{"data":[{}],}"#, output: "{}\n",
            error: "1:14: found \"}\", expected a member name in quotes ($)"),
        Case(
            path: "data", input: #"{"data":[{}],"x":12"#, output: "{}\n",
            error: "1:20: found the end of the input, expected \",\" or \"}\" after the member ($)"),
        Case(
            path: "data", input: #"{"x":[[[[[[[[0]]]]]]]],"data":[]}"#, output: "",
            error: "1:13: found nesting deeper than 8, expected at most 8 levels ($.x[0][0][0][0][0][0][0])"),
        Case(
            path: "*", nameMember: "id", input: "{\"k\":\n{\"a\":1,\"id\":2}}", output: "",
            error:
                "2:8: found the member \"id\", expected a record without it: it gets its name in the document under this name ($.k.id)"
        ),
        Case(
            path: "*", input: "{\"k\":{\"a\":\"\u{E9}\u{1}\"}}", output: "",
            error: "1:13: found the control character U+0001, expected an escape such as \\n inside a string ($.k.a)"),
    ]

    @Test(arguments: good + bad)
    func reads(one: Case) throws {
        let outcome = try one.run().run(one.input)
        #expect(outcome.text == one.output)
        #expect(outcome.error == one.error)
        if one.error == nil { #expect(outcome.notes == one.notes) }
    }

    /// Wherever the input is cut, once and at every byte.
    @Test(arguments: good + bad)
    func readsInPieces(one: Case) throws {
        let conversion = try one.run()
        let bytes = Array(one.input.utf8)
        let whole = conversion.run(bytes)
        for cut in 0...bytes.count { #expect(conversion.run(bytes, cuts: [cut]) == whole, "cut at \(cut)") }
        #expect(conversion.run(bytes, cuts: Array(1..<max(1, bytes.count))) == whole)
    }

    /// Errors of a writer have the path in the document, too.
    @Test func placesWhatAWriterRefuses() throws {
        let one = Case(
            path: "r.*", nameMember: "id", input: "{\"r\":{\"k\":{\"a\":1},\"l\":\n{\"b\":{\"x\\u0001\":{}}}}}",
            output: "")
        let outcome = try one.run(to: .hal).run(one.input)
        #expect(outcome.error == nil)
        let links = Case(path: "r.*", input: "{\"r\":{\"k\":{\"a\":1},\"l\":\n{\"_links\":5}}}", output: "")
        let refused = try links.run(to: .hal).run(links.input)
        #expect(refused.path == "$.r.l._links")
        #expect(refused.position?.line == 2)
    }

    /// What is around the records is used up as it comes, whatever its size.
    @Test func holdsNoMoreThanAToken() throws {
        let records = try RecordsPath("data")
        var converter = Converter(
            from: .json(JSONOptions(records: records)), to: .jsonLines, schema: AnyRecord.schema)
        var output = OutputBuffer()
        var window: [UInt8] = []
        var largest = 0
        let pieces =
            ["{\"before\":["] + (0..<2_000).map { "{\"n\":\($0),\"deep\":[[\"some text\",{}]]}," } + ["0],\"data\":["]
            + (0..<2_000).map { "{\"a\":\($0)}," } + ["{}]}"]
        for (index, piece) in pieces.enumerated() {
            window += Array(piece.utf8)
            var used = 0
            _ = try converter.resume(
                window.span, isComplete: index == pieces.count - 1, used: &used, into: &output)
            window.removeFirst(used)
            largest = max(largest, window.count)
            output.removeAll()
        }
        #expect(largest < 100)
        #expect(converter.recordCount == 2_001)
    }

    @Test func goesOnAfterRefusedRecords() throws {
        let records = try RecordsPath("r[*].p")
        let input = Array(
            #"{"r":[{"p":{"a":1}},{"p":{"a":01}},{"p":[{"a":2},7,{"a":3}]},{"q":1},{"p":null},{"p":{"a":4}}]}"#.utf8)
        var stream = RecordStream(.json(JSONOptions(records: records)), schema: AnyRecord.schema)
        var found: [String] = []
        reading: while true {
            do {
                switch try stream.next(input.span, isComplete: true) {
                case .record: found.append(stream.path(ofRecord: stream.recordCount - 1))
                case .end, .needsMoreInput: break reading
                }
            } catch {
                found.append("! \(error.path ?? "")")
                let progress = stream.skipRefusedRecord(input.span, isComplete: true)
                if case .impossible = progress { break }
            }
        }
        #expect(
            found == [
                "$.r[0].p", "! $.r[1].p.a", "$.r[2].p[0]", "! $.r[2].p[1]", "$.r[2].p[2]", "! $.r[3]", "! $.r[4].p",
                "$.r[5].p",
            ])
    }

    @Test(arguments: [
        (100, 1, "\"m\":{\"items\":[", "]}", "m.items", "the array at m.items"),
        (100, 1, "\"m\":{", "}", "m.*", "the object at m"),
        (99, 1, "\"m\":{\"items\":[", "]}", nil, ""),
        (2, 600_000, "\"a b\":[", "]", "a b", "the array at a b"),
        (100, 1, "\"x\":[{}],\"y\":[", "]", nil, ""),
    ])
    func proposesWhereTheRecordsAre(
        count: Int, size: Int, start: String, end: String, path: String?, place: String
    ) throws {
        let isMap = end == "}"
        let element = "{\"a\":\"\(String(repeating: "x", count: size))\"}"
        let list = (0..<count).map { isMap ? "\"k\($0)\":\(element)" : element }.joined(separator: ",")
        let input = Array("{\"n\":1,\(start)\(list)\(end)}".utf8)
        var converter = Converter(from: .json, to: .json, schema: AnyRecord.schema)
        var output = OutputBuffer()
        try converter.convert(input.span, from: .json, into: &output)
        #expect(converter.notes.map(\.proposedRecords) == (path.map { [$0] } ?? []))
        #expect(
            converter.notes.map(\.sentence)
                == (path == nil ? [] : ["the document is one object, and \(place) has \(count) objects"]))
        // Several objects, and an array with one, are records already.
        for list in [input + input, [0x5B] + input + [0x5D]] {
            var converter = Converter(from: .json, to: .json, schema: AnyRecord.schema)
            try converter.convert(list.span, from: .json, into: &output)
            #expect(converter.notes.isEmpty)
        }
    }
}
