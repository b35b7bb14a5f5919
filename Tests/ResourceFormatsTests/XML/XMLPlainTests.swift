import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Documents without tags, for consumers that know none.
@Suite struct XMLPlainTests {
    static let plain = Format.xml(XMLOptions(tags: .none))

    /// A record, the elements inside its own, and what the note says after `without tags `.
    static let records: [(json: String, elements: String, note: String?)] = [
        (
            #"{"name":"12","x":1.0,"y":"a","z":true,"openAI":{},"fallbacks":[],"u":""}"#,
            "<name>12</name><x>1.0</x><y>a</y><z>true</z><openAI/><fallbacks/><u/>", nil
        ),
        (
            #"{"x":"12","y":"true","z":"-0","u":"TRUE"}"#, "<x>12</x><y>true</y><z>-0</z><u>TRUE</u>",
            "3 values do not come back as they were: 3 texts that read as something else"
        ),
        (
            #"{"name":5,"createdAt":"x","openAI":"y"}"#, "<name>5</name><createdAt>x</createdAt><openAI>y</openAI>",
            "3 values do not come back as they were: 3 values of another kind than the schema's"
        ),
        (
            #"{"name":null,"openAI":{"customModel":null},"assignedToProjects":[null,"a"],"u":{"v":null}}"#,
            "<openAI/><assignedToProjects><item/><item>a</item></assignedToProjects><u/>",
            "4 values do not come back as they were: 4 nulls"
        ),
        (
            #"{"x":["a",["b"]],"y":[],"z":{}}"#, "<x><item>a</item><item><item>b</item></item></x><y/><z/>",
            "4 values do not come back as they were: 2 empty objects or arrays, 2 arrays"
        ),
        (
            #"{"name":"a\u0001\\","x":"\uffff<"}"#, "<name>a\u{FFFD}\\</name><x>\u{FFFD}&lt;</x>",
            "2 values do not come back as they were: 2 texts with characters that XML forbids"
        ),
    ]

    @Test(arguments: records.indices)
    func writesElementsAndTextsAlone(index: Int) {
        let (json, elements, note) = Self.records[index]
        let outcome = run(json, to: Self.plain)
        #expect(
            outcome.text == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<largeLanguageModel>\(elements)"
                + "</largeLanguageModel>\n")
        #expect(outcome.notes == (note.map { ["without tags " + $0] } ?? []))
    }

    @Test func leavesNoBlankLineForNull() {
        let options = XMLOptions(isPretty: true, tags: .none, attributes: ["id"])
        #expect(
            run(#"[{"a":null,"b":1,"c":{"d":null},"id":null},{"a":null},{"id":"1"}]"#, to: .xml(options)).text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <largeLanguageModels>
                  <largeLanguageModel>
                    <b>1</b>
                    <c/>
                  </largeLanguageModel>
                  <largeLanguageModel/>
                  <largeLanguageModel id="1"/>
                </largeLanguageModels>

                """)
    }

    /// The note is there exactly if something does not come back.
    @Test func notesWhatDoesNotComeBack() {
        var generator = RecordGenerator(
            schema: LargeLanguageModel.schema, mood: .adversarial, seed: Settings.propertySeed)
        var realistic = RecordGenerator(
            schema: LargeLanguageModel.schema, mood: .realistic, seed: Settings.propertySeed)
        var counts = [0, 0]
        for number in 0..<Settings.propertyRecords {
            let json = SlowJSON.array([number % 2 == 0 ? generator.nextRecord() : realistic.nextRecord()]).text
            let written = run(json, to: Self.plain)
            #expect(written.error == nil)
            let back = run(written.output, from: .xml)
            #expect(
                (back.description == json + "\n") == written.notes.isEmpty,
                "\(json)\n\(written.text)\n\(back)\n\(written.notes)")
            counts[written.notes.count] += 1
        }
        #expect(counts[0] > 0 && counts[1] > 0)
    }

    /// In another encoding, and in parts, the same values are counted.
    @Test func countsOnce() {
        let records = (0..<40).map { #"{"name":\#($0),"x":"\#($0)","y":"ü","z":null}"# }
        let json = Array("[\(records.joined(separator: ","))]".utf8)
        let note =
            "without tags 120 values do not come back as they were: "
            + "40 texts that read as something else, 40 values of another kind than the schema's, 40 nulls"
        for options in [XMLOptions(tags: .none), XMLOptions(tags: .none, encoding: "ISO-8859-1")] {
            let conversion = Conversion(from: .json, to: .xml(options), schema: LargeLanguageModel.schema)
            let whole = conversion.run(json)
            #expect(whole.notes == [note])
            for start in stride(from: 60, to: json.count - 700, by: 97) {
                #expect(conversion.run(json, parts: [start, start + 300, start + 700]).outcome == whole)
            }
        }
    }
}
