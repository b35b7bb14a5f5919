import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Member names as element names and back.
@Suite struct XMLNameTests {
    @Test(arguments: names + boundaries)
    func escapesNamesAndReadsThemBack(json: String, expected: String) throws {
        let written = XMLTexts.written(item: expected)
        #expect(run(json, to: .xml).output == Array(written.utf8))
        #expect(try SlowJSON(parsing: run(written, from: .xml).output) == SlowJSON(parsing: Array(json.utf8)))
    }

    static let names: [(String, String)] = [
        (#"{"a":1,"_":1,"a-b.c_1":1,"Ab":1}"#, "<a>1</a><_>1</_><a-b.c_1>1</a-b.c_1><Ab>1</Ab>"),
        (#"{"":1}"#, "<_x_>1</_x_>"),
        (#"{"_x_":1}"#, "<_x005F_x_>1</_x005F_x_>"),
        (
            #"{"_x":1,"x_x":1,"__x":1,"_X":1,"_y":1}"#,
            "<_x005F_x>1</_x005F_x><x_x005F_x>1</x_x005F_x><__x005F_x>1</__x005F_x><_X>1</_X><_y>1</_y>"
        ),
        (#"{"_x0041_":1}"#, "<_x005F_x0041_>1</_x005F_x0041_>"),
        (#"{"_x005F_":1}"#, "<_x005F_x005F_>1</_x005F_x005F_>"),
        (#"{"1":1,"-":1,".":1}"#, "<_x0031_>1</_x0031_><_x002D_>1</_x002D_><_x002E_>1</_x002E_>"),
        (
            #"{"a b":1,"a:b":1,"a/b":1,"@id":1,"$":1}"#,
            "<a_x0020_b>1</a_x0020_b><a_x003A_b>1</a_x003A_b><a_x002F_b>1</a_x002F_b><_x0040_id>1</_x0040_id><_x0024_>1</_x0024_>"
        ),
        (#"{"<&>\"'":1}"#, "<_x003C__x0026__x003E__x0022__x0027_>1</_x003C__x0026__x003E__x0022__x0027_>"),
        (
            #"{"xml":1,"XML":1,"xMlns":1,"xmlfoo":1,"xm":1,"_xml":1,"axml":1}"#,
            "<_x0078_ml>1</_x0078_ml><_x0058_ML>1</_x0058_ML><_x0078_Mlns>1</_x0078_Mlns><_x0078_mlfoo>1</_x0078_mlfoo><xm>1</xm><_x005F_xml>1</_x005F_xml><axml>1</axml>"
        ),
        (
            #"{"\u0000":1,"\t":1,"\n":1,"\u007f":1,"\uffff":1}"#,
            "<_x0000_>1</_x0000_><_x0009_>1</_x0009_><_x000A_>1</_x000A_><_x007F_>1</_x007F_><_xFFFF_>1</_xFFFF_>"
        ),
        (#"{"é":1,"名":1,"ж":1}"#, "<é>1</é><名>1</名><ж>1</ж>"),
        (
            #"{"😀":1,"a😀":1,"􏿿":1,"𐀀":1}"#,
            "<_x01F600_>1</_x01F600_><a_x01F600_>1</a_x01F600_><_x10FFFF_>1</_x10FFFF_><_x010000_>1</_x010000_>"
        ),
    ]

    /// The edges of the character classes of XML 1.0, fourth edition, appendix B.
    static let boundaries: [(String, String)] = [
        (#"{"ı":1,"Ĳ":1,"ĳ":1,"Ĵ":1}"#, "<ı>1</ı><_x0132_>1</_x0132_><_x0133_>1</_x0133_><Ĵ>1</Ĵ>"),
        (#"{"Ŀ":1,"ŀ":1,"Ł":1,"ŉ":1}"#, "<_x013F_>1</_x013F_><_x0140_>1</_x0140_><Ł>1</Ł><_x0149_>1</_x0149_>"),
        (#"{"·":1,"a·":1}"#, "<_x00B7_>1</_x00B7_><a·>1</a·>"),
        (
            "{\"\u{300}\":1,\"a\u{300}\":1,\"a\u{345}\":1,\"a\u{346}\":1}",
            "<_x0300_>1</_x0300_><a\u{300}>1</a\u{300}><a\u{345}>1</a\u{345}><a_x0346_>1</a_x0346_>"
        ),
        (#"{"×":1,"÷":1,"Ö":1,"Ø":1}"#, "<_x00D7_>1</_x00D7_><_x00F7_>1</_x00F7_><Ö>1</Ö><Ø>1</Ø>"),
        (#"{"٠":1,"a٠":1}"#, "<_x0660_>1</_x0660_><a٠>1</a٠>"),
        (#"{"a々":1,"aゝ":1,"aː":1}"#, "<a々>1</a々><aゝ>1</aゝ><aː>1</aː>"),
        (
            #"{"〇":1,"〆":1,"〡":1,"一":1,"龥":1,"龦":1}"#,
            "<〇>1</〇><_x3006_>1</_x3006_><〡>1</〡><一>1</一><龥>1</龥><_x9FA6_>1</_x9FA6_>"
        ),
        (
            #"{"가":1,"힣":1,"ᄀ":1,"ᄁ":1,"ᄂ":1,"ᄄ":1}"#,
            "<가>1</가><힣>1</힣><ᄀ>1</ᄀ><_x1101_>1</_x1101_><ᄂ>1</ᄂ><_x1104_>1</_x1104_>"
        ),
        (#"{";":1,"Ά":1,"·":1,"a·":1}"#, "<_x037E_>1</_x037E_><Ά>1</Ά><_x0387_>1</_x0387_><a·>1</a·>"),
        (
            #"{"Ω":1,"Å":1,"ↀ":1,"Ↄ":1,"‌":1,"⁰":1}"#,
            "<Ω>1</Ω><Å>1</Å><ↀ>1</ↀ><_x2183_>1</_x2183_><_x200C_>1</_x200C_><_x2070_>1</_x2070_>"
        ),
        (#"{"豈":1,"ﬀ":1,"�":1}"#, "<_xF900_>1</_xF900_><_xFB00_>1</_xFB00_><_xFFFD_>1</_xFFFD_>"),
    ]

    @Test(arguments: spellings)
    func readsEscapesInAnySpelling(content: String, expected: String) {
        #expect(run(XMLTexts.item(content), from: .xml).output == Array((expected + "\n").utf8))
    }

    static let spellings: [(String, String)] = [
        ("<_x006E_ame>a</_x006E_ame>", #"{"name":"a"}"#),
        ("<_x_>1</_x_>", #"{"":1}"#),
        ("<_x005f_x>1</_x005f_x>", #"{"_x":1}"#),
        ("<_x005F_x0041_>1</_x005F_x0041_>", #"{"_x0041_":1}"#),
        ("<_x00e9_>1</_x00e9_><_x00C9_/>", #"{"é":1,"É":""}"#),
        ("<_x10FFFF_/>", #"{"􏿿":""}"#),
        ("<_x000041_/>", #"{"A":""}"#),
        ("<_x0041/>", #"{"_x0041":""}"#),
        ("<_x041_/>", #"{"_x041_":""}"#),
        ("<_x00041_/>", #"{"_x00041_":""}"#),
        ("<_x0000041_/>", #"{"_x0000041_":""}"#),
        ("<_X0041_/>", #"{"_X0041_":""}"#),
        ("<_x004G_/>", #"{"_x004G_":""}"#),
        ("<__x0041__/>", #"{"_A_":""}"#),
        ("<_x0041_x0042_/>", #"{"Ax0042_":""}"#),
        ("<_x0041__x0042_/>", #"{"AB":""}"#),
        ("<_x__x_/>", #"{"_x__x_":""}"#),
        ("<_x_a/>", #"{"_x_a":""}"#),
        ("<xml>1</xml>", #"{"xml":1}"#),
        ("<Xmlx>1</Xmlx>", #"{"Xmlx":1}"#),
        ("<_xml>1</_xml>", #"{"_xml":1}"#),
        ("<_x0000_>1</_x0000_>", #"{"\u0000":1}"#),
        ("<a_x0020_b><_x003A_/></a_x0020_b>", #"{"a b":{":":""}}"#),
        ("<openAI><_x0063_ustomModel>1</_x0063_ustomModel></openAI>", #"{"openAI":{"customModel":"1"}}"#),
        ("<Ĳ/>", #"{"Ĳ":""}"#),
        ("<𐀀/>", #"{"𐀀":""}"#),
        ("<_x0069_tem/>", #"{"item":""}"#),
    ]

    @Test(arguments: refused)
    func refusesEscapesThatNameNoCharacterAndNamesThatRepeat(content: String, expected: String) {
        #expect(run(XMLTexts.item(content), from: .xml).error == expected)
    }

    static let refused: [(String, String)] = [
        ("<_xD800_/>", "2:1: found _xD800_ in the name <_xD800_>, expected an escape that names a character ($)"),
        ("<_xDFFF_/>", "2:1: found _xDFFF_ in the name <_xDFFF_>, expected an escape that names a character ($)"),
        (
            "<_x110000_/>",
            "2:1: found _x110000_ in the name <_x110000_>, expected an escape that names a character ($)"
        ),
        (
            "<_xFFFFFF_/>",
            "2:1: found _xFFFFFF_ in the name <_xFFFFFF_>, expected an escape that names a character ($)"
        ),
        (
            "<_x00D800_/>",
            "2:1: found _x00D800_ in the name <_x00D800_>, expected an escape that names a character ($)"
        ),
        (
            "<x/><_x0078_/>",
            "2:5: found the element <_x0078_> a second time, expected each name once in an object ($.x)"
        ),
        (
            "<_x0041__x0042_/><AB/>",
            "2:18: found the element <AB> a second time, expected each name once in an object ($.AB)"
        ),
        (
            "<name/><_x006e_ame/>",
            "2:8: found the element <_x006e_ame> a second time, expected each name once in an object ($.name)"
        ),
        (
            "<_x000041_/><_x0041_/>",
            "2:13: found the element <_x0041_> a second time, expected each name once in an object ($.A)"
        ),
        (
            "<_x_/><_x_/>",
            #"2:7: found the element <_x_> a second time, expected each name once in an object ($[""])"#
        ),
    ]

    /// libxml2 reads names of at most 50,000 bytes.
    @Test func limitsTheLengthOfNames() {
        let longest = "{\"\(String(repeating: "n", count: 50_000))\":1}"
        let written = run(longest, to: .xml)
        #expect(written.error == nil)
        #expect(run(written.output, from: .xml).text == longest + "\n")
        let tooLong = run("{\"a\":0,\n\"\(String(repeating: "n", count: 50_001))\":1}", to: .xml)
        #expect(tooLong.code == .notRepresentable)
        #expect(
            tooLong.error?.contains("found a member name of 50001 bytes, expected at most 50000 bytes as an element")
                == true)
        // An escape takes seven bytes.
        #expect(run("{\"\(String(repeating: " ", count: 7_142))\":1}", to: .xml).error == nil)
        #expect(run("{\"\(String(repeating: " ", count: 7_143))\":1}", to: .xml).code == .notRepresentable)
        let name = String(repeating: "n", count: 50_001)
        let outcome = run("<largeLanguageModel><\(name)/></largeLanguageModel>", from: .xml)
        #expect(
            outcome.error?.contains("found a name that is too long, expected at most 50000 bytes") == true, "\(outcome)"
        )
    }
}
