import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// XML in pieces: the same records, errors and places wherever the input is cut, and wherever it ends.
@Suite struct XMLSplitTests {
    static let documents: [String] = [
        "", "<", "<?xml", "\u{FEFF}<largeLanguageModel/>",
        "<?xml version='1.0' encoding='utf-8'?>\n<largeLanguageModel/>\n",
        "<largeLanguageModels><largeLanguageModel><x>a&#13;&amp;é€😀</x></largeLanguageModel><largeLanguageModel/>\r\n"
            + "<page total=\"1\" nextCursor=\"a&amp;\"/></largeLanguageModels>",
        "<!-- </largeLanguageModel> --><largeLanguageModel><x><![CDATA[a\r\nb\rc]]]]><![CDATA[>\r]]>\n</x><?p </?>"
            + "</largeLanguageModel>",
        "<largeLanguageModels><largeLanguageModel/><largeLanguageModel><createdAt>x</createdAt></largeLanguageModel>"
            + "<largeLanguageModel/></largeLanguageModels>",
        "<largeLanguageModels><largeLanguageModel/><p:x/></largeLanguageModels>",
        "<largeLanguageModel>\r\n<x>a\r\nb\r</x>\r<x/></largeLanguageModel>",
        "<largeLanguageModel><x type=\"array\"><item/><y/></x></largeLanguageModel>",
        "<largeLanguageModel><x>R&D</x></largeLanguageModel>", "<largeLanguageModel><x>&é;</x></largeLanguageModel>",
        // A declaration that is longer than is looked for, with and without an end.
        "<?xml version='1.0' encoding='\(String(repeating: "x", count: 1100))'?><largeLanguageModel/>",
        "<?xml version='1.0' encoding='x\(String(repeating: " ", count: 1100))' <largeLanguageModel/>",
        "<largeLanguageModel/>a", "<largeLanguageModel/><!-- a", "<!DOCTYPE a [<!ENTITY a 'b'>]><largeLanguageModel/>",
    ]

    private let suite = FormatConformance(of: .xml, schema: LargeLanguageModel.schema)

    @Test(arguments: documents)
    func changesNothingInXML(document: String) {
        #expect(suite.splitFailures(of: Array(document.utf8)) == [])
    }

    /// In a debug run the short ones: the split takes the square of the length.
    @Test(
        arguments: documents.filter { Settings.isThorough || $0.utf8.count < 500 },
        [XMLEncodingTests.Wide.utf16LE, .utf32BE])
    func changesNothingInWideEncodings(document: String, wide: XMLEncodingTests.Wide) {
        let text = document.replacing(" encoding='utf-8'", with: "")
        #expect(suite.splitFailures(of: wide.bytes(text)) == [])
    }

    /// What is wrong in the text comes before what is wrong in the encoding after it.
    @Test(arguments: ["UTF8-", "ASCII", "ISO-8859-1", "UTF-7"])
    func changesNothingWhereTheEncodingBreaks(encoding: String) {
        for text in ["<larg\u{0}e>", "<a>x</a>", "<largeLanguageModel><x>", "<largeLanguageModel/>", "", "<p:q/>"] {
            for broken in [[0xBA, 0x0A], [0xBA], [0xC3, 0x0A], [0x2B, 0x2D, 0xFF, 0x3C]] as [[UInt8]] {
                let start = Array("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n\(text)".utf8)
                #expect(suite.splitFailures(of: start + broken) == [])
                #expect(suite.splitFailures(of: start + broken + Array("</x></largeLanguageModel>".utf8)) == [])
            }
        }
    }

    /// Names that iconv does not know libxml2 may look up in ICU, whose converters would drop bytes.
    @Test(arguments: ["UTF8-", "utf-8_", "ibm-943_P15A-2003", "ASCII", "windows-1253"])
    func dropsNoByteThatTheEncodingDoesNotHave(encoding: String) {
        let start = "<?xml version=\"1.0\" encoding=\"\(encoding)\"?><largeLanguageModel><x>a"
        let document = Array(start.utf8) + [0xFF, 0xD2] + Array("b</x></largeLanguageModel>".utf8)
        #expect(run(document, from: .xml).code == .invalidEncoding)
        #expect(suite.splitFailures(of: document) == [])
    }

    @Test(arguments: documents)
    func changesNothingWhereRecordsAreTooLargeOrTooDeep(document: String) {
        #expect(suite.splitFailures(of: Array(document.utf8), limits: Limits(depth: 1, recordSize: 60)) == [])
    }

    /// Blocks of 16 KiB, line ends of two characters, and pieces of any size: none may cut a line end in two.
    @Test func keepsLineEndsThatCrossBlocksAndPieces() {
        for padding in 16_340..<16_390 {
            let filler = String(repeating: "f", count: padding - 40)
            let text = "<largeLanguageModel><x>\(filler)\r\n\r\n<![CDATA[\r\n]]>\r\n</x></largeLanguageModel>"
            let expected = "{\"x\":\"\(filler)\\n\\n\\n\\n\"}\n"
            #expect(convert(text, from: .xml) == expected)
            let section = "<largeLanguageModel><x><![CDATA[\(filler)\r\n\r\n\r]]></x></largeLanguageModel>"
            #expect(convert(section, from: .xml) == "{\"x\":\"\(filler)\\n\\n\\n\"}\n")
        }
    }

    /// A document that is cut off anywhere is refused, and never for a reason that its whole does not have.
    @Test func refusesADocumentThatIsCutOffAnywhere() {
        let document = Array(
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><largeLanguageModels\(XMLTexts.namespace)>\n"
                + "<largeLanguageModel><name>é&amp;&#13;</name><x type=\"array\"><item xsi:nil=\"true\"/><item>"
                + "<![CDATA[<]]></item></x><?p d?></largeLanguageModel><page total=\"1\" nextCursor=\"n\"/>"
                + "</largeLanguageModels>").utf8)
        #expect(run(document, from: .xml).error == nil)
        for count in 0..<document.count {
            let outcome = run(Array(document.prefix(count)), from: .xml)
            let isInsideACharacter = count > 0 && document[count] & 0xC0 == 0x80
            let expected =
                isInsideACharacter ? "which is not valid UTF-8 here" : "found the end of the input, expected "
            #expect(outcome.error?.contains(expected) == true, "\(count): \(outcome)")
        }
    }
}

/// What the end of a document tells of its shape.
@Suite struct XMLTailTests {
    /// Documents, and whether their end is enough.
    @Test(arguments: documents)
    func tellsTheShapeFromTheEndOrNotAtAll(document: String, isEnough: Bool, expected: String) {
        let bytes = Array(document.utf8)
        var converter = Converter(from: .xml, to: .json, schema: LargeLanguageModel.schema)
        let needsAtFirst = converter.needsFirstPass
        #expect(needsAtFirst)
        converter.lookAtEnd(bytes.span)
        let needsThen = converter.needsFirstPass
        #expect(needsThen == !isEnough)
        #expect(convert(document, from: .xml) == expected)
        let conversion = Conversion(from: .xml, to: .json, schema: LargeLanguageModel.schema)
        #expect(conversion.run(bytes, cuts: []).text == expected)
    }

    private static let page = "{\"items\":[{}],\"total\":null,\"nextCursor\":null,\"previousCursor\":null}\n"

    static let documents: [(String, Bool, String)] = [
        ("<largeLanguageModel/>", true, "{}\n"),
        ("<largeLanguageModel></largeLanguageModel >\r\n", true, "{}\n"),
        ("<largeLanguageModels/>\n", true, "[]\n"),
        ("<largeLanguageModels><largeLanguageModel/></largeLanguageModels>", true, "[{}]\n"),
        ("<largeLanguageModels><largeLanguageModel/><page/></largeLanguageModels>", true, page),
        ("<largeLanguageModels><largeLanguageModel/><page></page>\n</largeLanguageModels\n>\n", true, page),
        ("<?xml version=\"1.0\"?><largeLanguageModels><largeLanguageModel/><page/></largeLanguageModels>", true, page),
        ("<largeLanguageModels><largeLanguageModel/><page/></largeLanguageModels><!-- -->", false, page),
        ("<largeLanguageModels><largeLanguageModel/><page/><!-- <page/> --></largeLanguageModels>", false, page),
        ("<largeLanguageModels><largeLanguageModel/><!-- <page/> --></largeLanguageModels>", false, "[{}]\n"),
        ("<largeLanguageModels><largeLanguageModel/><?p <page/>?></largeLanguageModels>", false, "[{}]\n"),
        (
            "<largeLanguageModels><largeLanguageModel><page><![CDATA[a]]></page></largeLanguageModel></largeLanguageModels>",
            true, "[{\"page\":\"a\"}]\n"
        ),
        (
            "<largeLanguageModels><!-- <page/> --><largeLanguageModel><?p?></largeLanguageModel></largeLanguageModels>",
            true,
            "[{}]\n"
        ),
        (
            "<largeLanguageModels><largeLanguageModel><!-- a --></largeLanguageModel><page \n nextCursor='-->'/>"
                + "</largeLanguageModels>", false,
            "{\"items\":[{}],\"total\":null,\"nextCursor\":\"-->\",\"previousCursor\":null}\n"
        ),
        (
            "<largeLanguageModels><largeLanguageModel><page/></largeLanguageModel></largeLanguageModels>", true,
            "[{\"page\":\"\"}]\n"
        ),
    ]

    /// The tail is 64 KiB; here it begins at every place of what hides tags.
    @Test func isNotMisledByAnEndThatBeginsInsideAComment() {
        let inside = "<page/></largeLanguageModels>"
        let middles = [
            "<!-- \(inside) -->", "<?p \(inside)?>", "<page><![CDATA[\(inside)]]></page>", "<x>a -&gt; b</x>",
        ]
        let conversion = Conversion(from: .xml, to: .json, schema: LargeLanguageModel.schema)
        for middle in middles {
            for shift in stride(from: 0, to: 60, by: 1) {
                let end = "</largeLanguageModel></largeLanguageModels>"
                let blank = String(repeating: " ", count: Converter.tailLength - end.utf8.count - shift)
                let text = "<largeLanguageModels><largeLanguageModel>\(middle)\(blank)\(end)"
                let bytes = Array(text.utf8)
                let whole = conversion.run(bytes, cuts: [])
                #expect(whole.error == nil)
                #expect(conversion.run(bytes) == whole)
            }
        }
    }
}
