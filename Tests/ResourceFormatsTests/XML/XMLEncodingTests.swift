import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Documents in other encodings than UTF-8: texts, errors and places are those of the same text in UTF-8.
@Suite struct XMLEncodingTests {
    /// How a text is laid out in units of two or four bytes.
    enum Wide: CaseIterable {
        case utf16LE, utf16BE, utf32LE, utf32BE

        func bytes(_ text: String) -> [UInt8] {
            switch self {
            case .utf16LE: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case .utf16BE: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            case .utf32LE: text.unicodeScalars.flatMap { Self.bytes($0.value).reversed() }
            case .utf32BE: text.unicodeScalars.flatMap { Self.bytes($0.value) }
            }
        }

        private static func bytes(_ value: UInt32) -> [UInt8] {
            [UInt8(value >> 24), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
        }

        var names: [String] {
            switch self {
            case .utf16LE: ["UTF-16", "utf-16le"]
            case .utf16BE: ["UTF-16", "UTF-16BE", "ISO-10646-UCS-2"]
            case .utf32LE: ["UTF-32", "UTF-32LE"]
            case .utf32BE: ["UTF-32", "UTF-32BE", "UCS-4"]
            }
        }
    }

    @Test(arguments: Wide.allCases)
    func readsWideEncodingsWithAndWithoutMarkAndDeclaration(wide: Wide) {
        let body = "<largeLanguageModel><x>é€😀&#xD;</x></largeLanguageModel>\n"
        // Text that was turned from UTF-8 often still says so.
        let declarations = [""] + (wide.names + ["UTF-8"]).map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>\r\n" }
        for declaration in declarations {
            for mark in ["", "\u{FEFF}"] {
                let document = wide.bytes(mark + declaration + body)
                #expect(run(document, from: .xml).text == "{\"x\":\"é€😀\\r\"}\n", "\(declaration)")
            }
        }
    }

    /// The bytes of one text between `<x>` and `</x>`; each character of the middle column stands for one byte.
    @Test(arguments: narrow)
    func readsDeclaredEncodings(name: String, bytes: String, text: String) {
        let content = bytes.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        for quote in ["\"", "'"] {
            let start =
                "<?xml version=\(quote)1.0\(quote) encoding = \(quote)\(name)\(quote)?>\n<largeLanguageModel><x>"
            let document = Array(start.utf8) + content + Array("</x></largeLanguageModel>".utf8)
            #expect(run(document, from: .xml).output == Array("{\"x\":\"\(text)\"}\n".utf8))
        }
    }

    static let narrow: [(String, String, String)] = [
        ("utf-8", "\u{C3}\u{A9}", "é"), ("UTF8", "\u{C3}\u{A9}", "é"), ("US-ASCII", "a", "a"),
        ("ISO-8859-1", "\u{E9}\u{FF}", "éÿ"), ("iso-8859-15", "\u{E9}\u{A4}", "é€"),
        ("windows-1252", "\u{E9}\u{80}\u{93}", "é€“"), ("KOI8-R", "\u{F0}\u{D2}\u{C9}\u{D7}\u{C5}\u{D4}", "Привет"),
        ("Shift_JIS", "\u{93}\u{FA}\u{96}{\u{83}\\", "日本ソ"), ("EUC-JP", "\u{C6}\u{FC}\u{CB}\u{DC}", "日本"),
        ("ISO-2022-JP", "\u{1B}$BF|K\\\u{1B}(B", "日本"), ("Big5", "\u{A4}\u{A4}", "中"),
        ("GB18030", "\u{D6}\u{D0}\u{94}\u{39}\u{FC}\u{36}", "中😀"),
    ]

    /// `<?xml version="1.0" encoding="IBM037"?>` and an item, as code page 37 has them.
    @Test func readsEBCDIC() {
        let document: [UInt8] = [
            0x4C, 0x6F, 0xA7, 0x94, 0x93, 0x40, 0xA5, 0x85, 0x99, 0xA2, 0x89, 0x96, 0x95, 0x7E, 0x7F, 0xF1, 0x4B, 0xF0,
            0x7F, 0x40, 0x85, 0x95, 0x83, 0x96, 0x84, 0x89, 0x95, 0x87, 0x7E, 0x7F, 0xC9, 0xC2, 0xD4, 0xF0, 0xF3, 0xF7,
            0x7F, 0x6F, 0x6E, 0x4C, 0x93, 0x81, 0x99, 0x87, 0x85, 0xD3, 0x81, 0x95, 0x87, 0xA4, 0x81, 0x87, 0x85, 0xD4,
            0x96, 0x84, 0x85, 0x93, 0x6E, 0x4C, 0xA7, 0x6E, 0x51, 0x4C, 0x61, 0xA7, 0x6E, 0x4C, 0x61, 0x93, 0x81, 0x99,
            0x87, 0x85, 0xD3, 0x81, 0x95, 0x87, 0xA4, 0x81, 0x87, 0x85, 0xD4, 0x96, 0x84, 0x85, 0x93, 0x6E,
        ]
        #expect(run(document, from: .xml).text == "{\"x\":\"é\"}\n")
    }

    @Test func readsUTF8WithAMark() {
        for declaration in ["", "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"utf-8\"?>"] {
            let document = "\u{FEFF}\(declaration)<largeLanguageModel><x>é</x></largeLanguageModel>"
            #expect(convert(document, from: .xml) == "{\"x\":\"é\"}\n")
        }
    }

    // MARK: Refusals

    @Test(arguments: refused)
    func refusesContradictionsAndUnknownNames(mark: String, name: String, wide: Wide?, expected: String) {
        let text = "\(mark)<?xml version=\"1.0\" encoding=\"\(name)\"?>\n<largeLanguageModel/>"
        let outcome = run(wide?.bytes(text) ?? Array(text.utf8), from: .xml)
        #expect(outcome.error == expected)
        #expect(outcome.code == .invalidEncoding)
    }

    static let refused: [(String, String, Wide?, String)] = [
        (
            "", "x-none", nil,
            #"1:1: found the encoding "x-none", expected one that libxml2 knows, such as UTF-8, UTF-16 or "#
                + "ISO-8859-1 ($)"
        ),
        (
            "", "", nil,
            #"1:1: found the encoding "", expected one that libxml2 knows, such as UTF-8, UTF-16 or ISO-8859-1 ($)"#
        ),
        (
            "\u{FEFF}", "ISO-8859-1", nil,
            #"1:1: found a UTF-8 byte order mark and encoding="ISO-8859-1", expected one encoding ($)"#
        ),
        ("", "UTF-16", nil, #"1:1: found encoding="UTF-16" in text of single bytes, expected one encoding ($)"#),
        ("", "utf-32be", nil, #"1:1: found encoding="utf-32be" in text of single bytes, expected one encoding ($)"#),
        (
            "", "US-ASCII", .utf16LE,
            #"1:1: found encoding="US-ASCII" in text that is UTF-16LE, expected one encoding ($)"#
        ),
        (
            "\u{FEFF}", "ISO-8859-1", .utf16BE,
            #"1:1: found encoding="ISO-8859-1" in text that is UTF-16BE, expected one encoding ($)"#
        ),
        (
            "", "UTF-16BE", .utf16LE,
            #"1:1: found encoding="UTF-16BE" in text that is UTF-16LE, expected one encoding ($)"#
        ),
        (
            "\u{FEFF}", "UTF-32", .utf16LE,
            #"1:1: found encoding="UTF-32" in text that is UTF-16LE, expected one encoding ($)"#
        ),
        ("", "UTF-16", .utf32BE, #"1:1: found encoding="UTF-16" in text that is UTF-32BE, expected one encoding ($)"#),
    ]

    /// Each character of the middle column stands for one byte, at 2:24 of the document.
    @Test(arguments: broken)
    func refusesBytesThatAreNoText(name: String, bytes: String, expected: String) {
        let start = Array("<?xml version=\"1.0\" encoding=\"\(name)\"?>\n<largeLanguageModel><x>".utf8)
        let content = bytes.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let document = start + content + Array("</x></largeLanguageModel>".utf8)
        let outcome = run(document, from: .xml)
        #expect(outcome.error == expected)
        #expect(outcome.output == [])
        let conversion = Conversion(from: .xml, to: .json, schema: LargeLanguageModel.schema)
        for cut in 0...document.count { #expect(conversion.run(document, cuts: [cut]).error == expected) }
        #expect(conversion.run(document, cuts: Array(0..<document.count)).error == expected)
    }

    static let broken: [(String, String, String)] = [
        ("US-ASCII", "\u{E9}", "2:24: found bytes that are not US-ASCII, expected US-ASCII ($)"),
        ("Shift_JIS", "\u{81}", "2:24: found bytes that are not Shift_JIS, expected Shift_JIS ($)"),
        ("windows-1252", "é\u{81}", "2:25: found bytes that are not windows-1252, expected windows-1252 ($)"),
        (
            "UTF-8", "\u{E9}",
            "2:24: found the byte 0xE9, which is not valid UTF-8 here, expected UTF-8 ($.x)"
        ),
        (
            "ISO-8859-1", "\u{E9}\u{0}",
            "2:25: found the control character U+0000, expected characters that XML 1.0 allows ($.x)"
        ),
    ]

    @Test func refusesHalfCharactersInUTF16() {
        let start = Wide.utf16LE.bytes("\u{FEFF}<largeLanguageModel>\n<x>é")
        let end = Wide.utf16LE.bytes("</x></largeLanguageModel>")
        #expect(run(start + end, from: .xml).text == "{\"x\":\"é\"}\n")
        #expect(
            run(start + end + [0x20], from: .xml).error
                == "2:30: found half a character at the end, expected UTF-16LE ($)")
        #expect(run(start + end.dropLast(), from: .xml).code == .invalidEncoding)
        for surrogate: [UInt8] in [[0x00, 0xD8], [0x00, 0xDC]] {
            let outcome = run(start + surrogate + end, from: .xml)
            #expect(outcome.error?.hasPrefix("2:5: found bytes that are not UTF-16LE, expected UTF-16LE ($") == true)
        }
    }

    /// What is refused in UTF-8 is refused in UTF-16 and UTF-32 in the same words, at the same line and column.
    @Test(arguments: Wide.allCases)
    func givesTheSameErrorsAndPlaces(wide: Wide) {
        for (content, expected) in XMLErrorTests.contents + XMLSyntaxErrorTests.contents {
            #expect(run(wide.bytes(XMLTexts.item(content)), from: .xml).error == expected)
        }
    }

    /// Records that follow each other, with their errors, in a document that is turned into UTF-8 as it comes.
    @Test func countsLinesAndColumnsAcrossRecords() {
        let text =
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<largeLanguageModels>\n<largeLanguageModel/>\n "
            + "<largeLanguageModel><x>éé😀</x><createdAt>é</createdAt></largeLanguageModel></largeLanguageModels>"
        let outcome = run(Wide.utf16BE.bytes(text), from: .xml)
        #expect(outcome.error == "4:43: found the text \"é\", expected a number ($[1].createdAt)")
    }
}
