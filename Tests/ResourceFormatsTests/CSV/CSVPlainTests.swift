import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Tables without tags, for consumers that know none.
@Suite struct CSVPlainTests {
    static let plain = CSVOptions(tags: .none)

    /// Records, the table, and what the note says after `without tags `.
    static let tables: [(options: CSVOptions, json: String, csv: String, note: String?)] = [
        (plain, #"[{"name":"12","x":"a","y":1.0,"z":true}]"#, "name,x,y,z\r\n12,a,1.0,true\r\n", nil),
        (
            plain, #"[{"name":"null","x":"12","y":"TRUE","z":"[]","u":"\\s:v"}]"#,
            "name,x,y,z,u\r\nnull,12,TRUE,[],\\s:v\r\n",
            "5 values do not come back as they were: 5 texts that read as something else"
        ),
        (
            plain, #"[{"name":5,"createdAt":"x","isDefault":"","openAI":"y"}]"#,
            "name,openAI,isDefault,createdAt\r\n5,y,\"\",x\r\n",
            "4 values do not come back as they were: 4 values of another kind than the schema's"
        ),
        (
            plain, #"[{"name":null,"x":[null,{}],"openAI":{}},{"name":""}]"#,
            "name,openAI,x[0],x[1]\r\n,,,\r\n\"\",,,\r\n",
            "4 values do not come back as they were: 2 nulls, 2 empty objects or arrays"
        ),
        (
            plain, #"[{"x":null}]"#, "x\r\n\"\"\r\n", "1 value does not come back as it was: 1 null"
        ),
        (
            plain, #"[{},{"name":"a"},{}]"#, "name\r\n\"\"\r\na\r\n\"\"\r\n",
            "2 values do not come back as they were: 2 records without members"
        ),
        (plain, #"[{},{"createdAt":1}]"#, "createdAt\r\n\"\"\r\n1\r\n", nil),
        (plain, #"[{"x":"a\u0001\",b","y":" c\u007F"}]"#, "x,y\r\n\"a\u{1}\"\",b\",\" c\u{7F}\"\r\n", nil),
        (
            CSVOptions(arrays: .json, tags: .none), #"[{"x":["a",null],"assignedToProjects":[null,"b"]}]"#,
            "assignedToProjects,x\r\n\"[null,\"\"b\"\"]\",\"[\"\"a\"\",null]\"\r\n",
            "1 value does not come back as it was: 1 array"
        ),
        // Without tags there is no guard either.
        (CSVOptions(isForSpreadsheets: true, tags: .none), #"[{"x":"=1"}]"#, "\u{FEFF}x\r\n=1\r\n", nil),
        (
            CSVOptions(columns: ["x"], tags: .none), #"[{"x":"1","y":null}]"#, "x\r\n1\r\n",
            "1 value does not come back as it was: 1 text that reads as something else"
        ),
    ]

    @Test(arguments: tables.indices)
    func writesTextsAlone(index: Int) {
        let (options, json, csv, note) = Self.tables[index]
        let outcome = run(json, to: .csv(options))
        #expect(outcome.text == csv)
        #expect(outcome.notes == (note.map { ["without tags " + $0] } ?? []))
    }

    /// The note is there exactly if something does not come back; the text `\a:` counts, whether it would or not.
    @Test(arguments: [plain, CSVOptions(arrays: .json, delimiter: 0x3B, tags: .none)])
    func notesWhatDoesNotComeBack(options: CSVOptions) {
        var generator = RecordGenerator(
            schema: LargeLanguageModel.schema, mood: .adversarial, seed: Settings.propertySeed)
        var noteCount = 0
        for number in 0..<Settings.propertyRecords {
            // Few are without any such value.
            let record = number % 2 == 0 ? generator.nextRecord() : Self.harmless(number)
            let json = SlowJSON.array([record]).text
            let written = run(json, to: .csv(options))
            #expect(written.error == nil)
            let back = run(written.output, from: .csv)
            let comesBack = back.error == nil && sorted(back.output) == SlowJSON.array([record]).sorted
            noteCount += written.notes.count
            if written.notes.isEmpty || !json.contains(#"\\a:"#) {
                #expect(comesBack == written.notes.isEmpty, "\(json)\n\(written.text)\n\(back)\n\(written.notes)")
            }
        }
        #expect(noteCount > 0)
    }

    private static func harmless(_ number: Int) -> SlowJSON {
        let values: [SlowJSON] = [.string("a\u{1}"), .string(""), .number("1e3"), .bool(true), .string("\\x")]
        return .object([
            SlowJSON.Member("name", .string("12")), SlowJSON.Member("x", values[number / 2 % values.count]),
            SlowJSON.Member("y", .array([values[number / 3 % values.count]])),
        ])
    }

    /// In another encoding, and in parts, the same values are counted.
    @Test func countsOnce() {
        let records = (0..<40).map { #"{"name":\#($0),"x":"\#($0)","y":"ü","z":null}"# }
        let json = Array("[\(records.joined(separator: ","))]".utf8)
        let note =
            "without tags 120 values do not come back as they were: "
            + "40 texts that read as something else, 40 values of another kind than the schema's, 40 nulls"
        for options in [Self.plain, CSVOptions(tags: .none, encoding: "ISO-8859-1")] {
            let conversion = Conversion(from: .json, to: .csv(options), schema: LargeLanguageModel.schema)
            let whole = conversion.run(json)
            #expect(whole.notes == [note])
            for start in stride(from: 60, to: json.count - 700, by: 97) {
                #expect(conversion.run(json, parts: [start, start + 300, start + 700]).outcome == whole)
            }
        }
    }
}
