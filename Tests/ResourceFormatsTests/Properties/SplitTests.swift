import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// An input in pieces gives the same records, errors, places and notes as the whole, wherever it is cut.
@Suite struct SplitTests {
    /// Documents of every shape, and broken ones.
    static let json = [
        "", "{}", "[]", " [ ] ", "{\"name\":\"a\"}", "\u{FEFF}{\"name\":\"a\"} ", "[{\"x\":-1.5e+10},{\"y\":true}]\n",
        "{\"a\":1}\r\n{\"b\":null}\r\n", "{\"total\":2,\"items\":[{\"a\":1},{}],\"x\":[1],\"nextCursor\":\"n\"}",
        "{\"items\":[]}", "{\"items\" : [ ] , \"total\":1}", "{\"items\":[1]}", "{\"items\":[],\"name\":1}",
        "{\"it\\u0065ms\":[{}]}", "{\"a\":\"\\ud83d\\ude00\\n\\\"\u{20AC}\u{1F600}\"}", "{\"a\":\"\\ud83d\"}",
        "{\"a\":\"\\ud83dx\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\u12g\"}", "{\"a\":\"\\x\"}", "{\"a\":tru}",
        "{\"a\":nulll}",
        "{\"a\":01}", "{\"a\":1.}", "{\"a\":-}", "{\"a\":1,\n\"a\":2}", "{\"name\":1,\"n\\u0061me\":2}", "[{},]",
        "[{}}", "[{}]x",
        "{\"a\":1}\n\u{E9}", "[{\"a\":1 \u{20AC}}]", "{\"a\":\u{1F600}}", "[{\"a\":\"\u{1}\"}]", "{\"a\"", "[{\"a\":1",
        "1",
        "{\"fallbacks\":[{\"immediateFallBack\":{\"failedRequests\":x}}]}",
    ]

    static let lines = [
        "", "\n\n", "{}\n{\"a\":1}\r\n\n{\"b\":2}", "{}\n[]", "{}{}", "{\"a\":1}\n{\"a\":", "\u{FEFF}{}", "x",
    ]

    static let csv = [
        "", "\n\n", "name", "name\r\na\r\n", "\u{FEFF}name\ra\rb", "name,x\r\n\"a\r\n\"\"b\",1\r\n\r\n,\r\n",
        "sep=;\r\nname;x\r\na;1\r\n",
        "sep=ab\n1\n", "sep=", "\"a;b\"|c\n1|2\n", "name\tx\n\"\"\t\n", "name,x\na\n", "name,x\na,b,c\n", "name,name\n",
        "name,\n",
        "x\n\"a\"b\n", "x\n\"a\"\u{E9}\n", "x\n\"a", "x\n\"a\"", "x\n\"a\"\"", "createdAt\nabc\n", "x[0],x[1]\n,1\n",
        "x,x.y\n1,2\n",
        "x\n\\j:[1,]\n", "x\n\\a:\n\u{20AC}\u{1F600}\n", "Size [mm]\n1\n",
        "openAI.customModel,fallbacks[0].x\nm,\"\\j:\"\"\\u0001\"\"\"\n",
        "a\r\n\r\r\n1\r\r2\n\r3",
    ]

    static let hal = [
        "{\"_links\":{},\"a\":1}", "{\"_links\" :5}", "{\"a\":1,\"_links\":{\"x\":{\"href\":\"\\u00e9\"}}}\n",
        "{\"_embedded\":{\"x\":[{\"name\":\"a\"},{\"_links\":{\"y\":1}}]},\"_links\":{\"z\":1}}",
        " { \"_embedded\" : { \"x\\\"\" : [ ] } , \"_links\" : { } , \"total\" : 1 } ",
        "{\"total\":2,\"_embedded\":{\"x\":[{}]}}", "{\"_embedded\":{\"x\":[{}],\"y\":1}}",
        "{\"_embedded\":{\"x\":[],\"y\":1},\"a\":2}", "{\"_embedded\":{\"x\":[{}]},\"name\":1}",
        "{\"_embedded\":{\"x\":[{},1]}}", "{\"_embedded\":{\"\\x\":[{}]}}", "{\"_embedded\":{\"x\":1}}",
        "{\"_embedded\":{\"x\":[{}]}}{}", "{\"_embedded\":{\"x\":[{}]}", "{\"_embedded\":{}}",
        "{\"items\":[{\"_links\":{\"x\":1}}],\"_links\":{\"y\":1}}", "{\"_embedded\":{\"x\":[]},\"items\":1}",
        "[{\"_links\":{\"collection\":{\"href\":\"/v2.0/largelanguagemodels\"}},\"a\":1},{\"_links\":{}}]",
        "[{\"_links\":{\"collection\":{\"href\":\"/v2.0/largelanguagemodels\"}}},{\"_links\":{\"a\":tru}}]",
        "[{\"_links\":{\"collection\":{\"href\":\"/v2.0/largelanguagemodels\"}},\"a\":01}]",
        "[{\"_links\":{\"self\":{\"href\":\"/v2.0/largelanguagemodels/1\"}},\"_id\":\"1\"}]",
        "{\"_links\":{}}{\"_links\":{\"collection\":{\"href\":\"/v2.0/largelanguagemodels\"}},\"a\":\"\u{20AC}\"} ",
    ]

    private static func failures(_ document: String, from format: Format, limits: Limits = .default) -> [String] {
        FormatConformance(of: format, schema: LargeLanguageModel.schema)
            .splitFailures(of: Array(document.utf8), limits: limits)
    }

    /// A byte order mark is one at the start of the input, and nowhere else.
    @Test(arguments: [
        " \u{FEFF}{}", "    \u{FEFF}{\"a\":1}", "\u{FEFF}    \u{FEFF}{}", "\u{FEFF}\u{FEFF}[{}]", "{}    \u{FEFF}{}",
        "[{},    \u{FEFF}{}]", "\n\n\n\n\u{FEFF}x\n1\n", "\u{FEFF}s\u{FEFF}", "\u{FEFF}sep=;\n\u{FEFF}x;y\n1;2\n",
        "\u{FEFF}\n\n\n\n\u{FEFF}x,y\n1,2\n", "\u{FEFF}se\0\0\0\0", "    \u{FEFF}<a/>",
        "\u{FEFF}    \u{FEFF}<largeLanguageModel/>",
        "\u{FEFF}<largeLanguageModel/>    \u{FEFF}", "     \0\0\0{}", "    {\0}\0",
    ])
    func takesByteOrderMarksAtTheStartAlone(document: String) {
        for format in [Format.json, .jsonLines, .hal, .csv, .xml] {
            #expect(Self.failures(document, from: format) == [], "\(format)")
        }
    }

    /// What is not UTF-8, or what no format has a place for, put at every place of documents.
    @Test(arguments: [
        ("{\"a\":[1,\"x\"]}", Format.json), ("[{\"a\":tru},{}]", .json), ("{\"items\":[{}],\"total\":1}", .json),
        ("{\"a\":1}\n{}\n", .jsonLines), ("{\"_links\":{\"a\":{}}}", .hal),
        ("{\"_embedded\":{\"x\":[{}]},\"a\":1}", .hal),
        ("a,name\r\n\"1\",x\r\n", .csv), ("sep=;\na;b\n1;2", .csv),
        ("<largeLanguageModel><a>1</a></largeLanguageModel>", .xml),
        ("<largeLanguageModel a=\"\"><!-- c -->&amp;</largeLanguageModel>", .xml),
        ("<largeLanguageModels><largeLanguageModel/></largeLanguageModels>", .xml),
    ])
    func saysTheSameOfStrayBytes(document: String, format: Format) {
        let strays: [[UInt8]] = [
            [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xFF], [0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            Array("\u{E9}".utf8), Array("\u{1F600}".utf8), [0x01],
        ]
        let bytes = Array(document.utf8)
        let conversion = Conversion(from: format, to: .json, schema: LargeLanguageModel.schema)
        for place in stride(from: 0, through: bytes.count, by: Settings.isThorough ? 1 : 4) {
            for stray in strays {
                let input = Array(bytes[..<place] + stray + bytes[place...])
                let whole = conversion.run(input)
                // Around what is odd, and byte by byte.
                for cut in max(0, place - 1)...min(input.count, place + stray.count + 1) {
                    #expect(conversion.run(input, cuts: [cut]) == whole, "\(input) cut at \(cut)")
                }
                #expect(conversion.run(input, cuts: Array(0..<input.count)) == whole, "\(input) byte by byte")
            }
        }
    }

    @Test(arguments: json)
    func changesNothingInJSON(document: String) {
        #expect(Self.failures(document, from: .json) == [])
    }

    @Test(arguments: Settings.isThorough ? hal + json : hal)
    func changesNothingInHAL(document: String) {
        #expect(Self.failures(document, from: .hal) == [])
        #expect(Self.failures(document, from: .hal, limits: Limits(depth: 4, recordSize: 40)) == [])
        #expect(Self.failures(document, from: .hal, limits: Limits(depth: 2, recordSize: 12)) == [])
        // To HAL as well, where foreign links and pages are kept.
        let conversion = Conversion(from: .hal, to: .hal, schema: LargeLanguageModel.schema)
        let bytes = Array(document.utf8)
        let whole = conversion.run(bytes)
        for cut in 0...bytes.count { #expect(conversion.run(bytes, cuts: [cut]) == whole) }
        #expect(conversion.run(bytes, cuts: Array(0..<bytes.count), outputLimit: 1) == whole)
    }

    @Test(arguments: json)
    func changesNothingWhereJSONRecordsAreTooDeepOrTooLarge(document: String) {
        #expect(Self.failures(document, from: .json, limits: Limits(depth: 2, recordSize: 12)) == [])
    }

    @Test(arguments: csv)
    func changesNothingWhereRowsAreTooDeepOrTooLarge(document: String) {
        #expect(Self.failures(document, from: .csv, limits: Limits(depth: 1, recordSize: 6)) == [])
    }

    @Test(arguments: lines)
    func changesNothingInLines(document: String) {
        #expect(Self.failures(document, from: .jsonLines) == [])
    }

    @Test(arguments: csv)
    func changesNothingInCSV(document: String) {
        #expect(Self.failures(document, from: .csv) == [])
    }

    @Test(arguments: [
        [UInt8](), [0xEF], [0xEF, 0xBB], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE, 0x7B, 0x00], [0x00, 0x7B],
        [0x7B, 0x00, 0x7D, 0x00],
        [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], [0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xE2, 0x82, 0x22, 0x7D],
        // White space before what may only stand at the first byte of a document.
        Array("\n \u{FEFF}{}".utf8), Array("\u{FEFF}\u{FEFF}{}".utf8), Array("\u{FEFF} \u{FEFF}{}".utf8),
        [0x0A, 0x0A, 0x0A, 0x0A, 0x0A, 0x00, 0x21, 0x7D], [0x20, 0x20, 0x20, 0x20, 0xFF, 0xFE, 0x7B, 0x00],
        Array("\u{FEFF}se\u{0}\n".utf8), Array("\u{FEFF}\u{FEFF}name\na\n".utf8), Array("\u{FEFF}s\u{FEFF}=;\n".utf8),
        // Whole characters before stray bytes, where something else should stand.
        [0x7B, 0x22, 0x22, 0xC6, 0x8B, 0x8D, 0x8A, 0x83], [0x5B, 0xDE, 0x96, 0x9F, 0x7D], [0xE2, 0x82, 0xAC, 0x80],
        [0x7B, 0x7D, 0xC3, 0xA9, 0xBF, 0x0A], [0xF0, 0x9F, 0x98, 0x80, 0x80], [0xF8, 0x80, 0x80, 0x80, 0x80],
        [0x61, 0x0A, 0xE2, 0x82, 0x0A], [0x61, 0x0A, 0xF0, 0x9F, 0x98, 0x80, 0xC3, 0x0A], [0x0A, 0xC3],
    ])
    func changesNothingInBytesThatAreNoText(bytes: [UInt8]) {
        for format in Format.builtIn {
            let suite = FormatConformance(of: format, schema: LargeLanguageModel.schema)
            #expect(suite.splitFailures(of: bytes) == [])
        }
    }

    /// CSV reads its input twice, so the first pass is fed in pieces as well.
    @Test func changesNothingInWhatIsWrittenToCSV() {
        let document = Array(#"{"items":[{"name":"a","x":[1,{"y":2}]},{"z":"\u00e9"},{}],"total":3}"#.utf8)
        for form in Form.allCases {
            let conversion = Conversion(from: .json, to: form.format, schema: LargeLanguageModel.schema)
            let whole = conversion.run(document)
            #expect(whole.error == nil)
            for cut in 0...document.count { #expect(conversion.run(document, cuts: [cut]) == whole) }
            #expect(conversion.run(document, cuts: Array(0..<document.count), outputLimit: 1) == whole)
        }
    }

    /// What makes a page stands at the end, and the records before it are stepped over in pieces.
    @Test func changesNothingInLongHALLists() {
        var generator = RecordGenerator(schema: LargeLanguageModel.schema, mood: .adversarial, seed: 7, depthLimit: 20)
        var random = SeededGenerator(seed: 8)
        for round in 0..<(Settings.isThorough ? 20 : 4) {
            let records = (0..<30).map { _ in generator.nextRecord() }.filter { $0["_links"] == nil }
            let texts = records.map { generator.spell($0) }
            let end = round % 2 == 0 ? "]},\"_links\":{}}" : "] } , \"total\" : 1 }"
            let document = Array("{\"_embedded\":{\"x\":[".utf8) + texts.joined(separator: [0x2C]) + Array(end.utf8)
            let conversion = Conversion(from: .hal, to: .json, schema: LargeLanguageModel.schema)
            let whole = conversion.run(document)
            let list = SlowJSON.array(records).text
            let page = "{\"items\":\(list),\"total\":1,\"nextCursor\":null,\"previousCursor\":null}"
            #expect(whole.text == (round % 2 == 0 ? list : page) + "\n")
            for _ in 0..<10 {
                let cuts = (0..<8).map { _ in Int.random(in: 0...document.count, using: &random) }.sorted()
                #expect(conversion.run(document, cuts: cuts) == whole)
            }
        }
    }

    @Test func changesNothingInRandomRecordsWithRandomLimits() {
        var generator = RecordGenerator(schema: LargeLanguageModel.schema, mood: .adversarial, seed: 5, depthLimit: 10)
        var random = SeededGenerator(seed: 6)
        for _ in 0..<40 {
            let document = generator.nextText() + generator.nextText()
            let limits = Limits(
                depth: Int.random(in: 1...6, using: &random), recordSize: Int.random(in: 10...400, using: &random))
            let conversion = Conversion(
                from: .jsonLines, to: .jsonLines, schema: LargeLanguageModel.schema, limits: limits)
            let cuts = (0..<8).map { _ in Int.random(in: 0...document.count, using: &random) }.sorted()
            #expect(conversion.run(document, cuts: cuts) == conversion.run(document))
        }
    }
}
