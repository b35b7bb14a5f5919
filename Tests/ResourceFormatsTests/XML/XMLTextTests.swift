import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Texts and layout: what is escaped, and where lines break.
@Suite struct XMLTextTests {
    @Test(arguments: texts)
    func escapesTextsAndReadsThemBack(json: String, expected: String) throws {
        let written = XMLTexts.written(item: expected)
        #expect(run(json, to: .xml).output == Array(written.utf8))
        #expect(try SlowJSON(parsing: run(written, from: .xml).output) == SlowJSON(parsing: Array(json.utf8)))
    }

    static let texts: [(String, String)] = [
        (#"{"x":"<&>\"'"}"#, #"<x>&lt;&amp;&gt;"'</x>"#),
        (#"{"name":"]]>"}"#, "<name>]]&gt;</name>"),
        (#"{"x":"a\tb\nc\rd\r\n"}"#, "<x>a\tb\nc&#13;d&#13;\n</x>"),
        (#"{"x":" a "}"#, "<x> a </x>"),
        (#"{"x":"\u007f\u0085\u2028\u00a0"}"#, "<x>\u{7F}\u{85}\u{2028} </x>"),
        (#"{"x":"é€😀"}"#, "<x>é€😀</x>"),
        (#"{"x":"\ufeff\ufffd\ufffc\uf000\ue000"}"#, "<x>\u{FEFF}�￼</x>"),
        (#"{"x":"\\"}"#, #"<x>\</x>"#),
        (#"{"x":"C:\\new"}"#, #"<x>C:\new</x>"#),
        (#"{"x":"\\u0041"}"#, #"<x>\u0041</x>"#),
        (#"{"x":"\u0000"}"#, #"<x escaped="true">\u0000</x>"#),
        (
            #"{"x":"\u0001\u0002\b\u000b\f\u000e\u001f"}"#,
            #"<x escaped="true">\u0001\u0002\u0008\u000b\u000c\u000e\u001f</x>"#
        ),
        (#"{"x":"\ufffe"}"#, #"<x escaped="true">\ufffe</x>"#),
        (#"{"x":"\uffff"}"#, #"<x escaped="true">\uffff</x>"#),
        (#"{"x":"a\u0000\\b<&>\r\n\t\"é😀"}"#, "<x escaped=\"true\">a\\u0000\\\\b&lt;&amp;&gt;&#13;\n\t\"é😀</x>"),
        (#"{"name":"\u0007"}"#, #"<name escaped="true">\u0007</name>"#),
        (#"{"x":"\\\u0000"}"#, #"<x escaped="true">\\\u0000</x>"#),
        (#"{"x":{"y":"\u0000"},"z":"\\"}"#, #"<x><y escaped="true">\u0000</y></x><z>\</z>"#),
        (
            #"{"x":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u0000"}"#,
            #"<x escaped="true">aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u0000</x>"#
        ),
        (#"{"openAI":"\u0000"}"#, #"<openAI type="string" escaped="true">\u0000</openAI>"#),
    ]

    /// Each character below U+0100 and around the two others that XML forbids, in every place that text can have.
    @Test func escapesJustWhatXMLForbids() throws {
        for code in Array(0..<0x100) + [0xD7FF, 0xE000, 0xF000, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1FFFE, 0x10FFFF] {
            let scalar = try #require(Unicode.Scalar(UInt32(code)))
            let isForbidden = code < 0x20 && ![9, 10, 13].contains(code) || code == 0xFFFE || code == 0xFFFF
            for prefix in ["", "abc", "abcdefghijklmnop"] {
                let text = ExactText(scalars: Array(prefix.unicodeScalars) + [scalar, "z"])
                let record = SlowJSON.object([.init("name", .string(text)), .init("x", .array([.string(text)]))])
                let written = run(record.bytes, to: .xml)
                #expect(written.text.contains(" escaped=\"true\"") == isForbidden, "U+\(String(code, radix: 16))")
                #expect(run(written.output, from: .xml).output == record.bytes + [0x0A])
            }
        }
    }

    @Test(arguments: pretty)
    func indentsElementsButNeverText(json: String, expected: String) {
        let written = convert(json, to: .xml(XMLOptions(isPretty: true)))
        #expect(written.replacing(XMLTexts.namespace, with: "") == XMLTexts.declaration + expected)
        #expect(convert(written, from: .xml) == convert(json))
    }

    static let pretty: [(String, String)] = [
        (
            "{}",
            #"""
            <largeLanguageModel/>

            """#
        ),
        (
            "[]",
            #"""
            <largeLanguageModels/>

            """#
        ),
        (
            "[{}]",
            #"""
            <largeLanguageModels>
              <largeLanguageModel/>
            </largeLanguageModels>

            """#
        ),
        (
            #"{"items":[]}"#,
            #"""
            <largeLanguageModels>
              <page/>
            </largeLanguageModels>

            """#
        ),
        (
            #"{"items":[{"name":"a"}],"total":1}"#,
            #"""
            <largeLanguageModels>
              <largeLanguageModel>
                <name>a</name>
              </largeLanguageModel>
              <page total="1"/>
            </largeLanguageModels>

            """#
        ),
        (
            #"{"name":"a\n","openAI":{"customModel":"m"},"x":{},"y":[1,[2,{}],{"a":null}],"z":{"q":"1"},"w":""}"#,
            #"""
            <largeLanguageModel>
              <name>a
            </name>
              <openAI>
                <customModel>m</customModel>
              </openAI>
              <x type="object"/>
              <y type="array">
                <item>1</item>
                <item type="array">
                  <item>2</item>
                  <item type="object"/>
                </item>
                <item>
                  <a xsi:nil="true"/>
                </item>
              </y>
              <z>
                <q type="string">1</q>
              </z>
              <w/>
            </largeLanguageModel>

            """#
        ),
        (
            #"[{"fallbacks":[{"isFallbackEnabled":true}],"openAI":{}},{}]"#,
            #"""
            <largeLanguageModels>
              <largeLanguageModel>
                <fallbacks>
                  <item>
                    <isFallbackEnabled>true</isFallbackEnabled>
                  </item>
                </fallbacks>
                <openAI/>
              </largeLanguageModel>
              <largeLanguageModel/>
            </largeLanguageModels>

            """#
        ),
        (
            #"{"x":{"y":{"z":[[1]]}}}"#,
            #"""
            <largeLanguageModel>
              <x>
                <y>
                  <z type="array">
                    <item type="array">
                      <item>1</item>
                    </item>
                  </z>
                </y>
              </x>
            </largeLanguageModel>

            """#
        ),
    ]
}
