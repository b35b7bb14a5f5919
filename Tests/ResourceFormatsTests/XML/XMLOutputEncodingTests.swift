import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Documents written in other encodings than UTF-8, and read in an encoding that a protocol gives.
@Suite struct XMLOutputEncodingTests {
    /// Encodings of every kind: Unicode, single bytes, several bytes, shift sequences, combining characters.
    static let encodings = [
        "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UCS-2", "US-ASCII", "ISO-8859-1", "iso-8859-15", "windows-1252",
        "windows-1258", "TCVN5712-1", "KOI8-R", "IBM037", "Shift_JIS", "EUC-JP", "EUC-JISX0213", "ISO-2022-JP",
        "GB18030",
        "Big5", "BIG5-HKSCS", "EUC-KR", "JOHAB",
    ]

    private static func roundTrip(_ json: String, through encoding: String) -> String {
        let written = run(json, to: .xml(XMLOptions(encoding: encoding)))
        guard written.error == nil else { return written.description }
        return run(written.output, from: .xml).description
    }

    @Test(arguments: encodings)
    func comesBackFromEveryEncoding(encoding: String) {
        #expect(XMLOptions.supports(encoding: encoding))
        var generator = RecordGenerator(
            schema: LargeLanguageModel.schema, mood: .adversarial, seed: Settings.propertySeed)
        for _ in 0..<max(Settings.propertyRecords / 20, 10) {
            let json = SlowJSON.array([generator.nextRecord()]).text
            #expect(Self.roundTrip(json, through: encoding) == json + "\n")
        }
    }

    /// Every character, in texts and in names; in a debug run some of each block.
    @Test(arguments: encodings)
    func keepsEveryCharacter(encoding: String) {
        let step: UInt32 = Settings.isThorough ? 1 : 61
        var scalars = stride(from: UInt32(0x20), to: 0x3_0000, by: Int(step)).compactMap(Unicode.Scalar.init)
        // Tags, which some converters drop, and what others compose with the letter before.
        scalars += (UInt32(0xE_0000)..<0xE_0080).compactMap(Unicode.Scalar.init)
        scalars += "a\u{301}A\u{300}e\u{302}\u{301}か\u{3099}\\~¥‾₩".unicodeScalars
        for start in stride(from: 0, to: scalars.count, by: 512) {
            var json = "[{\"x\":\""
            for scalar in scalars[start..<min(start + 512, scalars.count)] {
                if scalar == "\"" || scalar == "\\" { json += "\\" }
                json.unicodeScalars.append(scalar)
            }
            json += "\"}]"
            #expect(Self.roundTrip(json, through: encoding) == json + "\n")
        }
    }

    @Test(arguments: [
        (
            "ISO-8859-1", #"{"name":"Größe €"}"#,
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<largeLanguageModel "
                + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><name>Größe &#8364;</name></largeLanguageModel>\n"
        ),
        (
            "US-ASCII", #"{"größe":"é","_":{"日":null}}"#,
            "<?xml version=\"1.0\" encoding=\"US-ASCII\"?>\n<largeLanguageModel "
                + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><gr_x00F6__x00DF_e>&#233;</gr_x00F6__x00DF_e>"
                + "<_><_x65E5_ xsi:nil=\"true\"/></_></largeLanguageModel>\n"
        ),
    ])
    func writesReferencesAndEscapesForWhatTheEncodingLacks(encoding: String, json: String, expected: String) {
        let written = run(json, to: .xml(XMLOptions(encoding: encoding)), shape: .item)
        #expect(written.output == expected.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    }

    @Test func writesAByteOrderMarkInUTF16Once() {
        let json = #"[{"name":"a"},{"name":"日😀"}]"#
        let written = run(json, to: .xml(XMLOptions(encoding: "UTF-16")))
        let text = String(
            decoding: stride(from: 0, to: written.output.count - 1, by: 2).map { index in
                UInt16(written.output[index]) | UInt16(written.output[index + 1]) << 8
            }, as: UTF16.self)
        #expect(
            text.unicodeScalars.elementsEqual(
                ("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<largeLanguageModels "
                    + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><largeLanguageModel><name>a</name>"
                    + "</largeLanguageModel><largeLanguageModel><name>日😀</name></largeLanguageModel>"
                    + "</largeLanguageModels>\n").unicodeScalars))
    }

    @Test(arguments: ["utf-8", "UTF8", "Utf-8"])
    func isTheOrdinaryFormatInUTF8(encoding: String) {
        let format = Format.xml(XMLOptions(encoding: encoding))
        #expect(format == .xml)
        #expect(run(#"{"name":"é"}"#, to: format).output == run(#"{"name":"é"}"#, to: .xml).output)
    }

    /// Unknown ones, those that a reader would take for another one, and what iconv reads out of a name.
    @Test(arguments: ["nosuch", "", "HTML", "IBM500", "ASCII//TRANSLIT", "UTF-16//IGNORE", "1", "ISO 8859-1", "\"?><x"])
    func refusesOtherEncodings(encoding: String) {
        #expect(!XMLOptions.supports(encoding: encoding))
        #expect(Format.xml.traits.inEncoding?(encoding) == nil)
        let written = run(#"{"name":"a"}"#, to: .xml(XMLOptions(encoding: encoding)))
        #expect(written.output.isEmpty)
        #expect(
            written.error?.contains(
                "found the encoding \"\(encoding)\", expected one that libxml2 knows and readers can tell, such as UTF-16 "
                    + "or ISO-8859-1") == true)
    }

    @Test func goesOnAfterARefusedRecord() {
        let name = String(repeating: "n", count: 60_000)
        let written = Conversion(
            from: .json, to: .xml(XMLOptions(encoding: "ISO-8859-1")), schema: LargeLanguageModel.schema
        ).run(Array("[{\"\(name)\":1},{\"name\":\"é\"}]".utf8))
        #expect(written.error?.contains("a member name of 60000 bytes") == true)
    }

    /// 12 million times `€` take 36 MB of UTF-8 and 84 MB as references.
    @Test(.enabled(if: Settings.isThorough, "it takes some seconds"))
    func keepsToTheBoundOfReaders() {
        let json = "{\"name\":\"\(String(repeating: "€", count: 12_000_000))\"}"
        #expect(run(json, to: .xml).error == nil)
        let written = run(json, to: .xml(XMLOptions(encoding: "US-ASCII")))
        #expect(written.error?.contains("with its character references, expected at most 67108864") == true)
    }

    // MARK: Reading

    /// What comes of one letter `é`, as the bytes say it, under a declaration and an encoding that is given.
    @Test(
        arguments: [
            ([0xC3, 0xA9], nil, nil, "é"), ([0xE9], "ISO-8859-1", nil, "é"), ([0xE9], nil, "ISO-8859-1", "é"),
            // What is given goes before the declaration.
            ([0xC3, 0xA9], "ISO-8859-1", "utf-8", "é"), ([0xE9], "UTF-8", "iso-8859-1", "é"),
            ([0xE9], "UTF-16", "iso-8859-1", "é"), ([0xA4], "ISO-8859-1", "ISO-8859-15", "€"),
        ] as [([UInt8], String?, String?, String)])
    func putsTheGivenEncodingBeforeTheDeclaration(letter: [UInt8], declared: String?, given: String?, expected: String)
    {
        let declaration = declared.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>" } ?? ""
        let start = Array("\(declaration)<largeLanguageModel><x>".utf8)
        let document = start + letter + Array("</x></largeLanguageModel>".utf8)
        let format = Format.xml(XMLOptions(inputEncoding: given))
        #expect(run(document, from: format).text == "{\"x\":\"\(expected)\"}\n")
    }

    @Test(arguments: XMLEncodingTests.Wide.allCases)
    func putsTheByteOrderMarkBeforeTheGivenEncoding(wide: XMLEncodingTests.Wide) {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><largeLanguageModel><x>é</x></largeLanguageModel>"
        let format = Format.xml(XMLOptions(inputEncoding: "windows-1252"))
        #expect(run(wide.bytes("\u{FEFF}" + text), from: format).text == "{\"x\":\"é\"}\n")
        #expect(run(Array(("\u{FEFF}" + text).utf8), from: format).text == "{\"x\":\"é\"}\n")
        for name in wide.names {
            let format = Format.xml(XMLOptions(inputEncoding: name))
            #expect(run(wide.bytes(text), from: format).text == "{\"x\":\"é\"}\n", "\(name)")
        }
    }

    @Test func refusesAGivenEncodingThatIsUnknown() {
        #expect(!XMLOptions.supports(inputEncoding: "nosuch"))
        #expect(Format.xml.traits.fromEncoding?("nosuch") == nil)
        let read = run("<largeLanguageModel/>", from: .xml(XMLOptions(inputEncoding: "nosuch")))
        #expect(read.error?.contains("found the encoding \"nosuch\"") == true)
    }
}
