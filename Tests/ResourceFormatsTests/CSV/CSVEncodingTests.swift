import ContentNegotiation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Tables in other encodings than UTF-8, read and written.
@Suite struct CSVEncodingTests {
    static func wide(_ text: String, isBigEndian: Bool = false, hasMark: Bool = true) -> [UInt8] {
        ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
            let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return isBigEndian ? bytes.reversed() : bytes
        }
    }

    static func latin(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    private static let ragged =
        "found 1 cell in the row, none for column \"x\", expected 2, as many as the header has"

    /// Bytes, the encoding that is given, and what they give.
    static let inputs: [(bytes: [UInt8], encoding: String?, expected: String)] = [
        (wide("name\tx\r\nü\u{1F600}\t1\r\n"), nil, "[{\"name\":\"ü\u{1F600}\",\"x\":1}]\n"),
        (wide("name\tx\r\nü\t1\r\n", isBigEndian: true), nil, "[{\"name\":\"ü\",\"x\":1}]\n"),
        (wide("name\nü"), "windows-1252", "[{\"name\":\"ü\"}]\n"),
        (wide("name\nü", hasMark: false), "utf-16le", "[{\"name\":\"ü\"}]\n"),
        (wide("name\nü", isBigEndian: true, hasMark: false), "UTF-16", "[{\"name\":\"ü\"}]\n"),
        (
            wide("sep=;\r\n\"a;b\";name\r\n\"c\r\n\"\"d\";\r\n\r\n1;2"), nil,
            #"[{"a;b":"c\r\n\"d"},{"a;b":1,"name":"2"}]"# + "\n"
        ),
        (
            [0xFF, 0xFE, 0, 0] + "name\nü".unicodeScalars.flatMap { [UInt8($0.value), 0, 0, 0] }, nil,
            "[{\"name\":\"ü\"}]\n"
        ),
        (latin("name,\u{80}\n\u{FC},\u{93}\n"), "windows-1252", "[{\"name\":\"ü\",\"€\":\"“\"}]\n"),
        (latin("name\n\u{FC}\n"), "ISO-8859-1", "[{\"name\":\"ü\"}]\n"),
        (Array("\u{FEFF}name\nü\n".utf8), "ISO-8859-1", "[{\"name\":\"ü\"}]\n"),
        (Array("name\nü\n".utf8), "utf8", "[{\"name\":\"ü\"}]\n"),
        ([], "ISO-8859-1", "error: 1:1: found no header, expected a first row with the names of the columns ($)"),
        (wide("name,x\nü,ü\nü\n"), nil, "error: 3:2: \(ragged) ($[1])"),
        (
            latin("name,createdAt\n\u{FC}\u{FC},x\n"), "ISO-8859-1",
            "error: 2:4: found \"x\", expected a number in column \"createdAt\" ($[0].createdAt)"
        ),
        (
            wide("name\nab") + [0x63], nil,
            "error: 2:3: found half a character at the end, expected UTF-16LE ($[0])"
        ),
        (
            latin("name\na\nb\u{81}\n"), "windows-1252",
            "error: 3:2: found bytes that are not windows-1252, expected windows-1252 ($[1])"
        ),
        (
            latin("na\u{81}me\n"), "windows-1252",
            "error: 1:3: found bytes that are not windows-1252, expected windows-1252 ($)"
        ),
    ]

    private static func format(_ encoding: String?) -> Format { .csv(CSVOptions(inputEncoding: encoding)) }

    @Test(arguments: inputs.indices)
    func readsOtherEncodings(index: Int) {
        let (bytes, encoding, expected) = Self.inputs[index]
        #expect(run(bytes, from: Self.format(encoding)).description == expected)
    }

    @Test(arguments: inputs.indices)
    func givesTheSameWhereverItIsSplit(index: Int) {
        let (bytes, encoding, _) = Self.inputs[index]
        let conversion = Conversion(from: Self.format(encoding), to: .json, schema: LargeLanguageModel.schema)
        let whole = conversion.run(bytes)
        for cut in 1..<max(bytes.count, 2) where cut < bytes.count {
            #expect(conversion.run(bytes, cuts: [cut]) == whole, "cut at \(cut)")
        }
        #expect(conversion.run(bytes, cuts: Array(bytes.indices.dropFirst())) == whole)
    }

    @Test(arguments: inputs.indices)
    func givesTheSameInParts(index: Int) {
        let (bytes, encoding, _) = Self.inputs[index]
        let conversion = Conversion(from: Self.format(encoding), to: .csv, schema: LargeLanguageModel.schema)
        let whole = conversion.run(bytes)
        for start in bytes.indices.dropFirst() {
            #expect(conversion.run(bytes, parts: [start, (start + bytes.count) / 2]).outcome == whole)
        }
    }

    /// A refused row is passed over, and the next one read.
    @Test(arguments: [nil, 1, 7] as [Int?])
    func goesOnAfterARefusedRow(step: Int?) {
        let bytes = Self.wide("name,x\nü,1\nonly one\n\"two\n lines\"\nü\u{1F600},2\n")
        var stream = RecordStream(.csv, schema: LargeLanguageModel.schema)
        var window: [UInt8] = []
        var shown = 0
        var found: [String] = []
        func more() {
            let end = step.map { min(shown + $0, bytes.count) } ?? bytes.count
            window += bytes[shown..<end]
            shown = end
        }
        reading: while true {
            do throws(SerializationError) {
                switch try stream.next(window.span, isComplete: shown == bytes.count) {
                case .record:
                    found.append("record at line \(stream.recordPosition(in: window.span).line)")
                case .needsMoreInput:
                    window.removeFirst(stream.release(window.span))
                    more()
                case .end: break reading
                }
            } catch {
                found.append(error.description)
                window.removeFirst(stream.release(window.span))
                skipping: while true {
                    switch stream.skipRefusedRecord(window.span, isComplete: shown == bytes.count) {
                    case .needsMoreInput: more()
                    case .skipped, .skippedBetweenRecords: break skipping
                    case .impossible: break reading
                    }
                }
            }
        }
        let expected = [
            "record at line 2", "3:9: \(Self.ragged) ($[1])", "5:8: \(Self.ragged) ($[2])", "record at line 6",
        ]
        #expect(found == expected)
    }

    // MARK: Writing

    private static let json = #"[{"name":"ü","x":"“a”","y":1},{"name":"b\r\nc","é":true}]"#

    @Test(arguments: ["UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "windows-1252", "GB18030", "utf-8"])
    func writesWhatComesBack(encoding: String) {
        for isForSpreadsheets in [false, true] {
            let options = CSVOptions(isForSpreadsheets: isForSpreadsheets, encoding: encoding)
            let outcome = run(Self.json, to: .csv(options))
            #expect(outcome.error == nil)
            #expect(run(outcome.output, from: Self.format(encoding)).text == Self.json + "\n")
        }
    }

    @Test func beginsUTF16WithAMark() {
        let wide = run(#"[{"name":"ü"}]"#, to: .tsv(CSVOptions(isForSpreadsheets: true, encoding: "UTF-16")))
        #expect(wide.output == Self.wide("name\r\nü\r\n"))
        let narrow = run(#"[{"name":"ü"}]"#, to: .csv(CSVOptions(encoding: "ISO-8859-1")))
        #expect(narrow.output == Self.latin("name\r\n\u{FC}\r\n"))
    }

    @Test(arguments: [
        (#"[{"name":"a"},{"name":"ü","x":["a","b€"]}]"#, CSVOptions.Arrays.index, "€", "$[1].x[1]"),
        (#"[{"name":"a","x":[{"y":"a😀"}]}]"#, .json, "😀", "$[0].x[0].y"),
        (#"[{"name":"a","x":[{"y€":1}]}]"#, .json, "€", #"$[0].x[0]["y€"]"#),
    ])
    func refusesCharactersThatTheEncodingLacks(
        input: String, arrays: CSVOptions.Arrays, character: String, path: String
    ) {
        let outcome = run(input, to: .csv(CSVOptions(arrays: arrays, encoding: "ISO-8859-1")))
        #expect(
            outcome.error?.contains(
                "found the character \"\(character)\" in a text, expected characters that ISO-8859-1 has") == true)
        #expect(outcome.path == path)
        #expect(outcome.code == .notRepresentable)
    }

    @Test func refusesColumnNamesThatTheEncodingLacks() {
        let outcome = run(#"{"€":1}"#, to: .csv(CSVOptions(encoding: "ISO-8859-1")))
        #expect(
            outcome.error
                == "found the character \"€\" in the header row, expected characters that ISO-8859-1 has ($)")
    }

    @Test func saysWhichEncodingsThereAre() {
        #expect(CSVOptions.supports(encoding: "windows-1252") && CSVOptions.supports(inputEncoding: "UTF-16"))
        #expect(!CSVOptions.supports(encoding: "nosuch") && !CSVOptions.supports(inputEncoding: "nosuch"))
        #expect(!CSVOptions.supports(encoding: "ASCII//TRANSLIT"))
        #expect(Format.csv.traits.inEncoding?("nosuch") == nil)
        #expect(
            Format.csv.traits.inEncoding?("windows-1252")?.mediaType.description
                == "text/csv;header=present;charset=windows-1252")
        #expect(Format.csv.traits.inEncoding?("utf-8") == .csv)
        #expect(Format.tsv.traits.fromEncoding?("windows-1252")?.name == "tsv")
    }
}
