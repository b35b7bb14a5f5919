import ResourceFormats
import ResourceFormatsTesting
import Testing

/// What is not well-formed XML, or none that is ever read, with the whole sentence that it gets.
@Suite struct XMLSyntaxErrorTests {
    /// The content is on line 2.
    @Test(arguments: contents)
    func refusesContentThatIsNotWellFormed(content: String, expected: String) {
        let outcome = run(XMLTexts.item(content), from: .xml)
        #expect(outcome.error == expected)
        #expect(outcome.output == [])
    }

    static let contents: [(String, String)] = [
        (
            "<x>&#0;</x>",
            "2:4: found a character reference that is not complete or names no character of XML 1.0, "
                + "expected &#…; or &#x…; with the number of a character ($.x)"
        ),
        (
            "<x>&#x1;</x>",
            "2:4: found a character reference that is not complete or names no character of XML 1.0, "
                + "expected &#…; or &#x…; with the number of a character ($.x)"
        ),
        (
            "<x>&#xD800;</x>",
            "2:4: found a character reference that is not complete or names no character of XML 1.0, "
                + "expected &#…; or &#x…; with the number of a character ($.x)"
        ),
        (
            "<x>&#xFFFE;</x>",
            "2:4: found a character reference that is not complete or names no character of XML 1.0, "
                + "expected &#…; or &#x…; with the number of a character ($.x)"
        ),
        (
            "<x>&#x110000;</x>",
            "2:4: found a character reference that is not complete or names no character of XML 1.0, "
                + "expected &#…; or &#x…; with the number of a character ($.x)"
        ),
        (
            "<x>&#65</x>",
            "2:4: found a character reference that is not complete or names no character of XML 1.0, "
                + "expected &#…; or &#x…; with the number of a character ($.x)"
        ),
        (
            "<x>&#;</x>",
            "2:4: found a character reference that is not complete or names no character of XML 1.0, "
                + "expected &#…; or &#x…; with the number of a character ($.x)"
        ),
        (
            "<x>&#xG;</x>",
            "2:4: found a character reference that is not complete or names no character of XML 1.0, "
                + "expected &#…; or &#x…; with the number of a character ($.x)"
        ),
        (
            "<x>&nbsp;</x>",
            "2:4: found the entity &nbsp;, which is not declared, expected &amp; &lt; &gt; &quot; &apos; or "
                + "a character reference; a lone & is written &amp; ($.x)"
        ),
        (
            #"<x a="&lol;"/>"#,
            "2:7: found the entity &lol;, which is not declared, expected &amp; &lt; &gt; &quot; &apos; or a "
                + "character reference; a lone & is written &amp; ($)"
        ),
        (
            "<x>R&D</x>",
            "2:5: found an & that begins no reference, expected &amp; &lt; &gt; &quot; &apos; or a character "
                + "reference; a lone & is written &amp; ($.x)"
        ),
        (
            "<x>a & b</x>",
            "2:6: found an & that begins no reference, expected &amp; &lt; &gt; &quot; &apos; or a character "
                + "reference; a lone & is written &amp; ($.x)"
        ),
        (
            "<x>&</x>",
            "2:4: found an & that begins no reference, expected &amp; &lt; &gt; &quot; &apos; or a character "
                + "reference; a lone & is written &amp; ($.x)"
        ),
        (
            "<x>&amp</x>",
            "2:4: found an & that begins no reference, expected &amp; &lt; &gt; &quot; &apos; or a character "
                + "reference; a lone & is written &amp; ($.x)"
        ),
        (
            #"<x a="R&D"/>"#,
            "2:8: found an & that begins no reference, expected &amp; &lt; &gt; &quot; &apos; or a character "
                + "reference; a lone & is written &amp; ($)"
        ),
        (
            #"<x a="R & D"/>"#,
            "2:9: found an & that begins no reference, expected &amp; &lt; &gt; &quot; &apos; or a character "
                + "reference; a lone & is written &amp; ($)"
        ),
        (
            #"<x a="&#0;"/>"#,
            "2:7: found a character reference that is not complete or names no character of XML 1.0, "
                + "expected &#…; or &#x…; with the number of a character ($)"
        ),
        ("<x>]]></x>", "2:4: found ]]> in a text, expected ]]&gt; ($.x)"),
        ("<x>a<b</x>", "2:7: found a tag that is none, or a lone <, expected a tag such as <name>, or &lt; ($.x)"),
        ("<x a=1/>", "2:6: found an attribute's value without quotes, expected quotes around it ($)"),
        ("<x a/>", "2:5: found the attribute a without a value, expected = and a quoted value ($)"),
        (#"<x a = "1" b/>"#, "2:13: found the attribute b without a value, expected = and a quoted value ($)"),
        (#"<x a="<"/>"#, "2:7: found a < in an attribute's value, expected &lt; ($)"),
        (
            #"<x type="string" type="string"/>"#,
            "2:31: found the attribute type a second time, expected each attribute once in a tag ($)"
        ),
        (#"<x type="string>1</x>"#, "2:18: found a < in an attribute's value, expected &lt; ($)"),
        (
            #"<x type="string"escaped="true">1</x>"#,
            "2:17: found no white space between two parts of a tag or declaration, expected some ($)"
        ),
        ("<1x/>", "2:2: found a tag that is none, or a lone <, expected a tag such as <name>, or &lt; ($)"),
        ("< x/>", "2:2: found a tag that is none, or a lone <, expected a tag such as <name>, or &lt; ($)"),
        ("<x/ >", "2:3: found a tag that is none, or a lone <, expected a tag such as <name>, or &lt; ($)"),
        ("<x></ x>", "2:7: found a tag that is not closed, expected its > ($.x)"),
        ("</x>", "2:5: found an end tag that does not match, </x>, expected </largeLanguageModel> ($)"),
        ("<x></y>", "2:8: found an end tag that does not match, </y>, expected </x> ($.x)"),
        ("<x><y></x></y>", "2:11: found an end tag that does not match, </x>, expected </y> ($.x.y)"),
        ("<x>", "3:22: found an end tag that does not match, </largeLanguageModel>, expected </x> ($.x)"),
        ("<x", "3:1: found a tag that is none, or a lone <, expected a tag such as <name>, or &lt; ($)"),
        ("<Ĳ$/>", "2:3: found a tag that is none, or a lone <, expected a tag such as <name>, or &lt; ($)"),
        ("<x>\u{1}</x>", "2:4: found the control character U+0001, expected characters that XML 1.0 allows ($.x)"),
        ("<x>\u{0}</x>", "2:4: found the control character U+0000, expected characters that XML 1.0 allows ($.x)"),
        ("<x>\u{FFFE}</x>", "2:4: found the character U+FFFE, expected characters that XML 1.0 allows ($.x)"),
        ("<x>a\u{FFFF}b</x>", "2:5: found the character U+FFFF, expected characters that XML 1.0 allows ($.x)"),
        ("<x a=\"\u{1}\"/>", "2:7: found the control character U+0001, expected characters that XML 1.0 allows ($)"),
        ("<!-- \u{1} -->", "2:6: found the control character U+0001, expected characters that XML 1.0 allows ($)"),
        ("<x><!-- -- --></x>", "2:9: found -- inside a comment, expected no two hyphens there ($.x)"),
        ("<x><!-- a</x>", "3:22: found the end of the input, expected </x> ($.x)"),
        ("<x><![CDATA[ a</x>", "3:22: found the end of the input, expected </x> ($.x)"),
        (
            "<![cdata[a]]>",
            "2:1: found markup that has no place here, expected elements, text, comments and processing "
                + "instructions ($)"
        ),
        (
            #"<x><?xml version="1.0"?></x>"#,
            "2:9: found an XML declaration that is not at the very start, expected it there, or a name other "
                + "than xml ($.x)"
        ),
        (
            "<?XML?>",
            "2:6: found an XML declaration that is not at the very start, expected it there, or a name other "
                + "than xml ($)"
        ),
        ("<?p", "3:22: found the end of the input, expected </largeLanguageModel> ($)"),
        ("<? p?>", "2:3: found a processing instruction that is not complete, expected a name and ?> ($)"),
        (
            "<!DOCTYPE a>",
            "2:1: found markup that has no place here, expected elements, text, comments and processing "
                + "instructions ($)"
        ),
        (
            #"<!ENTITY a "b">"#,
            "2:1: found markup that has no place here, expected elements, text, comments and processing "
                + "instructions ($)"
        ),
        (
            "<!x>",
            "2:1: found markup that has no place here, expected elements, text, comments and processing "
                + "instructions ($)"
        ),
    ]

    @Test(arguments: documents)
    func refusesDocuments(document: String, expected: String) {
        #expect(run(document, from: .xml).error == expected)
    }

    static let documents: [(String, String)] = [
        ("", "1:1: found the end of the input, expected an XML document ($)"),
        (" ", "1:2: found the end of the input, expected an XML document ($)"),
        ("\n", "2:1: found the end of the input, expected an XML document ($)"),
        ("\u{FEFF}", "1:1: found the end of the input, expected an XML document ($)"),
        ("<", "1:2: found the end of the input, expected an XML document ($)"),
        ("<a", "1:3: found the end of the input, expected an XML document ($)"),
        ("<?xml version=\"1.0\"?>\n", "2:1: found the end of the input, expected an XML document ($)"),
        ("hello", "1:1: found no element, expected an XML document ($)"),
        (#"{"name":"a"}"#, "1:1: found no element, expected an XML document ($)"),
        ("<x/>", "1:1: found the root element <x>, expected <largeLanguageModel> or <largeLanguageModels> ($)"),
        (
            "<html></html>",
            "1:1: found the root element <html>, expected <largeLanguageModel> or <largeLanguageModels> ($)"
        ),
        (
            "<largelanguagemodel/>",
            "1:1: found the root element <largelanguagemodel>, expected <largeLanguageModel> or "
                + "<largeLanguageModels> ($)"
        ),
        ("a<largeLanguageModel/>", "1:1: found no element, expected an XML document ($)"),
        (
            "</largeLanguageModel>",
            "1:2: found a tag that is none, or a lone <, expected a tag such as <name>, or &lt; ($)"
        ),
        (
            "<![CDATA[a]]><largeLanguageModel/>",
            "1:2: found a tag that is none, or a lone <, expected a tag such as <name>, or &lt; ($)"
        ),
        (
            "<largeLanguageModel/><largeLanguageModel/>",
            "1:22: found more behind the root element, expected only comments and white space there ($)"
        ),
        (
            "<largeLanguageModel/>a",
            "1:22: found more behind the root element, expected only comments and white space there ($)"
        ),
        (
            "<largeLanguageModel/>\n&amp;",
            "2:1: found more behind the root element, expected only comments and white space there ($)"
        ),
        (
            "<largeLanguageModel/>\u{0}",
            "1:22: found the control character U+0000, expected characters that XML 1.0 allows ($)"
        ),
        (
            "<largeLanguageModel></largeLanguageModel",
            "1:41: found the end of the input, expected the rest of the document ($)"
        ),
        ("<largeLanguageModel", "1:20: found the end of the input, expected the rest of a tag ($)"),
        ("<largeLanguageModel/", "1:21: found the end of the input, expected </largeLanguageModel> ($)"),
        ("<largeLanguageModel><name>a", "1:28: found the end of the input, expected </name> ($.name)"),
        (
            "<largeLanguageModel><name>a</nam",
            "1:33: found the end of the input, expected </largeLanguageModel> ($.name)"
        ),
        (
            "<largeLanguageModel><x><![CDATA[</largeLanguageModel>",
            "1:54: found the end of the input, expected </x> ($.x)"
        ),
        (
            "<largeLanguageModels><largeLanguageModel>",
            "1:42: found the end of the input, expected </largeLanguageModel> ($[0])"
        ),
        (
            "<largeLanguageModels><largeLanguageModel/>\n<largeLanguageModel><x a=\"",
            "2:27: found the end of the input, expected </x> ($[1])"
        ),
        (
            "<largeLanguageModels><x/></largeLanguageModels>",
            "1:22: found the element <x>, expected <largeLanguageModel> or <page> ($)"
        ),
        ("<largeLanguageModels>a</largeLanguageModels>", #"1:22: found the text "a", expected elements only ($)"#),
        (
            "<largeLanguageModels><largeLanguageModels/></largeLanguageModels>",
            "1:22: found the element <largeLanguageModels>, expected <largeLanguageModel> or <page> ($)"
        ),
        (#"<largeLanguageModels type="array"/>"#, "1:1: found the attribute type, expected no attributes here ($)"),
        (
            #"<largeLanguageModels xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#,
            "1:1: found the attribute xsi:nil, expected no attributes here ($)"
        ),
        (
            #"<largeLanguageModels escaped="true"/>"#,
            "1:1: found the attribute escaped, expected no attributes here ($)"
        ),
        (#"<largeLanguageModel type="object"/>"#, "1:1: found the attribute type, expected no attributes here ($)"),
        (
            #"<largeLanguageModel xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#,
            "1:1: found the attribute xsi:nil, expected no attributes here ($)"
        ),
        (
            #"<largeLanguageModel xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="false"/>"#,
            "1:1: found the attribute xsi:nil, expected no attributes here ($)"
        ),
        (
            #"<largeLanguageModel escaped="false"/>"#,
            "1:1: found the attribute escaped, expected no attributes here ($)"
        ),
        (
            "<largeLanguageModels>\n<largeLanguageModel type=\"object\"/></largeLanguageModels>",
            "2:1: found the attribute type, expected no attributes here ($[0])"
        ),
        (
            #"<largeLanguageModels><largeLanguageModel a="1"/></largeLanguageModels>"#,
            "1:22: found the attribute a, expected no attributes here ($[0])"
        ),
        (#"<largeLanguageModels a="1"/>"#, "1:1: found the attribute a, expected no attributes here ($)"),
        (
            #"<largeLanguageModels xmlns="u"/>"#,
            "1:1: found the element <largeLanguageModels> in a namespace, expected elements in none ($)"
        ),
        (
            #"<p:largeLanguageModels xmlns:p="u"/>"#,
            "1:1: found the element <largeLanguageModels> in a namespace, expected elements in none ($)"
        ),
        (
            "<p:largeLanguageModel/>",
            "1:1: found a prefix that nothing declares, at the element <largeLanguageModel>, expected "
                + "elements in none ($)"
        ),
        (
            #"<largeLanguageModels><largeLanguageModel xmlns="u"/></largeLanguageModels>"#,
            "1:22: found the element <largeLanguageModel> in a namespace, expected elements in none ($)"
        ),
        (
            #"<largeLanguageModel xmlns:p="u"><p:name/></largeLanguageModel>"#,
            "1:33: found the element <name> in a namespace, expected elements in none ($)"
        ),
        (
            "<!DOCTYPE largeLanguageModel><largeLanguageModel/>",
            "1:1: found a document type declaration, expected none: entities are never read ($)"
        ),
        (
            "<?xml version=\"1.0\"?>\n<!-- c -->\n  <!DOCTYPE largeLanguageModel [<!ENTITY a "
                + #""b">]><largeLanguageModel>&a;</largeLanguageModel>"#,
            "3:3: found a document type declaration, expected none: entities are never read ($)"
        ),
        (
            #"<!DOCTYPE largeLanguageModel SYSTEM "file:///etc/passwd"><largeLanguageModel/>"#,
            "1:1: found a document type declaration, expected none: entities are never read ($)"
        ),
        (
            #"<!DOCTYPE largeLanguageModel PUBLIC "p" "http://127.0.0.1/x.dtd"><largeLanguageModel/>"#,
            "1:1: found a document type declaration, expected none: entities are never read ($)"
        ),
        (
            "<!doctype largeLanguageModel><largeLanguageModel/>",
            "1:2: found a tag that is none, or a lone <, expected a tag such as <name>, or &lt; ($)"
        ),
        (
            "<largeLanguageModel/><!DOCTYPE a>",
            "1:22: found more behind the root element, expected only comments and white space there ($)"
        ),
        ("<!DOCTYPE", "1:10: found the end of the input, expected an XML document ($)"),
        (#"<?xml version="1.1"?><largeLanguageModel/>"#, "1:22: found XML 1.1, expected XML 1.0 ($)"),
        (
            "<?xml version=\"1.1\" encoding=\"UTF-8\"?>\n<largeLanguageModel/>",
            "1:39: found XML 1.1, expected XML 1.0 ($)"
        ),
        (#"<?xml version="1.2"?><largeLanguageModel/>"#, "1:22: found XML 1.2, expected XML 1.0 ($)"),
        (#"<?xml version="2.0"?><largeLanguageModel/>"#, "1:20: found XML 2.0, expected XML 1.0 ($)"),
        (
            #" <?xml version="1.0"?><largeLanguageModel/>"#,
            "1:7: found an XML declaration that is not at the very start, expected it there, or a name other "
                + "than xml ($)"
        ),
        (
            "<?xml?><largeLanguageModel/>",
            "1:6: found an XML declaration that is not at the very start, expected it there, or a name other "
                + "than xml ($)"
        ),
        (
            #"<?xml encoding="UTF-8"?><largeLanguageModel/>"#,
            #"1:7: found an XML declaration that is not complete, expected <?xml version="1.0" encoding="…"?> "#
                + "($)"
        ),
        (
            "<?xml version=1.0?><largeLanguageModel/>",
            #"1:15: found an XML declaration that is not complete, expected <?xml version="1.0" "#
                + #"encoding="…"?> ($)"#
        ),
        (
            #"<?xml version="1.0" standalone="maybe"?><largeLanguageModel/>"#,
            #"1:33: found an XML declaration that is not complete, expected <?xml version="1.0" "#
                + #"encoding="…"?> ($)"#
        ),
        (
            #"<?xml version="1.0" foo="1"?><largeLanguageModel/>"#,
            #"1:21: found an XML declaration that is not complete, expected <?xml version="1.0" "#
                + #"encoding="…"?> ($)"#
        ),
        (#"<?xml version="1.0""#, "1:20: found the end of the input, expected an XML document ($)"),
        (
            "<largeLanguageModels><largeLanguageModel><name>a</name></largeLanguageModel>\n  "
                + "<largeLanguageModel><createdAt>x</createdAt></largeLanguageModel></largeLanguageModels>",
            #"2:34: found the text "x", expected a number ($[1].createdAt)"#
        ),
        (
            "<largeLanguageModels><largeLanguageModel/>\n<largeLanguageModel><x>é😀</x><x/></largeLanguageModel></largeLanguageModels>",
            "2:30: found the element <x> a second time, expected each name once in an object ($[1].x)"
        ),
        (
            "<largeLanguageModel>\r\n<name>a</name>\r<x>1</x>\r\n<x/></largeLanguageModel>",
            "4:1: found the element <x> a second time, expected each name once in an object ($.x)"
        ),
    ]
}
