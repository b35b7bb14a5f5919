import ResourceFormats
import ResourceFormatsTesting
import Testing

/// What is well-formed and yet no record, with the whole sentence that it gets; the content is on line 2.
@Suite struct XMLErrorTests {
    @Test(arguments: contents)
    func refusesWhatIsNoRecord(content: String, expected: String) {
        let outcome = run(XMLTexts.item(content), from: .xml)
        #expect(outcome.error == expected)
        #expect(outcome.output == [])
    }

    static let contents: [(String, String)] = [
        ("<createdAt/>", "2:1: found an empty element, expected a number ($.createdAt)"),
        ("<isDefault></isDefault>", "2:1: found an empty element, expected true or false ($.isDefault)"),
        ("<createdAt> </createdAt>", "2:1: found an empty element, expected a number ($.createdAt)"),
        ("<createdAt>x</createdAt>", #"2:12: found the text "x", expected a number ($.createdAt)"#),
        ("<createdAt>1 2</createdAt>", #"2:12: found the text "1 2", expected a number ($.createdAt)"#),
        ("<createdAt>01</createdAt>", #"2:12: found the text "01", expected a number ($.createdAt)"#),
        ("<createdAt>+1</createdAt>", #"2:12: found the text "+1", expected a number ($.createdAt)"#),
        ("<createdAt>true</createdAt>", #"2:12: found the text "true", expected a number ($.createdAt)"#),
        ("<isDefault>1</isDefault>", #"2:12: found the text "1", expected true or false ($.isDefault)"#),
        ("<isDefault>TRUE</isDefault>", #"2:12: found the text "TRUE", expected true or false ($.isDefault)"#),
        (
            "<assignedToProjects><item/><item><x/></item></assignedToProjects>",
            "2:34: found the element <x>, expected text that is a string ($.assignedToProjects[1])"
        ),
        (#"<x type="number"/>"#, "2:1: found an empty element, expected a number ($.x)"),
        (#"<x type="number">a</x>"#, #"2:18: found the text "a", expected a number ($.x)"#),
        (#"<x type="boolean">1</x>"#, #"2:19: found the text "1", expected true or false ($.x)"#),
        (#"<x type="null"/>"#, #"2:1: found type="null", expected string, number, boolean, object or array ($.x)"#),
        (#"<x type=""/>"#, #"2:1: found type="", expected string, number, boolean, object or array ($.x)"#),
        (
            #"<x type="String"/>"#,
            #"2:1: found type="String", expected string, number, boolean, object or array ($.x)"#
        ),
        (
            #"<x type="integer">1</x>"#,
            #"2:1: found type="integer", expected string, number, boolean, object or array ($.x)"#
        ),
        (
            #"<x type=" string">1</x>"#,
            #"2:1: found type=" string", expected string, number, boolean, object or array ($.x)"#
        ),
        ("<x>a<y/></x>", #"2:5: found an element behind the text "a", expected either text or elements ($.x)"#),
        ("<x><y/>a</x>", #"2:8: found the text "a", expected elements only ($.x)"#),
        ("<x> <y/> a</x>", #"2:10: found the text "a", expected elements only ($.x)"#),
        ("<x><y/>&#65;</x>", #"2:8: found the text "A", expected elements only ($.x)"#),
        ("<x><y/><![CDATA[a]]></x>", #"2:17: found the text "a", expected elements only ($.x)"#),
        (#"<x type="array"><y/></x>"#, "2:17: found the element <y>, expected <item>, as in every array ($.x)"),
        (#"<x type="array">a</x>"#, #"2:17: found the text "a", expected elements only ($.x)"#),
        (#"<x type="object">a</x>"#, #"2:18: found the text "a", expected elements only ($.x)"#),
        ("<openAI>a</openAI>", #"2:9: found the text "a", expected elements only ($.openAI)"#),
        ("<openAI>&#65;</openAI>", #"2:9: found the text "A", expected elements only ($.openAI)"#),
        ("<openAI><![CDATA[a]]></openAI>", #"2:18: found the text "a", expected elements only ($.openAI)"#),
        (
            "<fallbacks><x/></fallbacks>",
            "2:12: found the element <x>, expected <item>, as in every array ($.fallbacks)"
        ),
        ("<fallbacks><item/>a</fallbacks>", #"2:19: found the text "a", expected elements only ($.fallbacks)"#),
        ("<name><x/></name>", "2:7: found the element <x>, expected text that is a string ($.name)"),
        ("<name>a<x/></name>", "2:8: found the element <x>, expected text that is a string ($.name)"),
        ("<createdAt>1<x/></createdAt>", "2:13: found the element <x>, expected text that is a number ($.createdAt)"),
        (#"<x xsi:nil="yes"/>"#, #"2:1: found xsi:nil="yes", expected true or false ($.x)"#),
        (#"<x xsi:nil="TRUE"/>"#, #"2:1: found xsi:nil="TRUE", expected true or false ($.x)"#),
        (#"<x xsi:nil=""/>"#, #"2:1: found xsi:nil="", expected true or false ($.x)"#),
        (#"<x xsi:nil="true"> </x>"#, #"2:19: found content beside xsi:nil="true", expected an empty element ($.x)"#),
        (#"<x xsi:nil="true">a</x>"#, #"2:19: found content beside xsi:nil="true", expected an empty element ($.x)"#),
        (#"<x xsi:nil="true"><y/></x>"#, "2:19: found the element <y>, expected nothing inside ($.x)"),
        (
            #"<x xsi:nil="true" type="string"/>"#,
            #"2:1: found type="string" beside xsi:nil="true", expected no type ($.x)"#
        ),
        (
            #"<x type="object" xsi:nil="1"/>"#,
            #"2:1: found type="object" beside xsi:nil="true", expected no type ($.x)"#
        ),
        (
            #"<name type="number" xsi:nil="true"/>"#,
            #"2:1: found type="number" beside xsi:nil="true", expected no type, or type="string" ($.name)"#
        ),
        (
            #"<openAI xsi:nil="true" type="array"/>"#,
            #"2:1: found type="array" beside xsi:nil="true", expected no type, or type="object" ($.openAI)"#
        ),
        (
            #"<name type="string" xsi:nil="true">a</name>"#,
            #"2:36: found content beside xsi:nil="true", expected an empty element ($.name)"#
        ),
        (
            #"<x escaped="true">\n</x>"#,
            #"2:19: found a backslash at character 1 of the text that begins no escape, expected \\, or \u "#
                + "and four hexadecimal digits of a character ($.x)"
        ),
        (
            #"<x escaped="true">\</x>"#,
            #"2:19: found a backslash at character 1 of the text that begins no escape, expected \\, or \u "#
                + "and four hexadecimal digits of a character ($.x)"
        ),
        (
            #"<x escaped="true">\u12</x>"#,
            #"2:19: found a backslash at character 1 of the text that begins no escape, expected \\, or \u "#
                + "and four hexadecimal digits of a character ($.x)"
        ),
        (
            #"<x escaped="true">\u12G4</x>"#,
            #"2:19: found a backslash at character 1 of the text that begins no escape, expected \\, or \u "#
                + "and four hexadecimal digits of a character ($.x)"
        ),
        (
            #"<x escaped="true">\ud83d\ude00</x>"#,
            #"2:19: found a backslash at character 1 of the text that begins no escape, expected \\, or \u "#
                + "and four hexadecimal digits of a character ($.x)"
        ),
        (
            #"<x escaped="true">\U0041</x>"#,
            #"2:19: found a backslash at character 1 of the text that begins no escape, expected \\, or \u "#
                + "and four hexadecimal digits of a character ($.x)"
        ),
        (
            #"<x escaped="true">é😀\q</x>"#,
            #"2:19: found a backslash at character 3 of the text that begins no escape, expected \\, or \u "#
                + "and four hexadecimal digits of a character ($.x)"
        ),
        (#"<x escaped="yes">a</x>"#, #"2:1: found escaped="yes", expected true or false ($.x)"#),
        (#"<x escaped="true"><y/></x>"#, #"2:19: found an element, expected text, as escaped="true" says ($.x)"#),
        (
            #"<x escaped="true" type="object"/>"#,
            #"2:1: found escaped="true" on an object or array, expected it on texts only ($.x)"#
        ),
        (
            #"<x type="array" escaped="true"/>"#,
            #"2:1: found escaped="true" on an object or array, expected it on texts only ($.x)"#
        ),
        (
            #"<openAI escaped="true"/>"#,
            #"2:1: found escaped="true" on an object or array, expected it on texts only ($.openAI)"#
        ),
        (
            #"<createdAt escaped="true">\u0041</createdAt>"#,
            #"2:27: found the text "A", expected a number ($.createdAt)"#
        ),
        (
            "<name>a</name><name>b</name>",
            "2:15: found the element <name> a second time, expected each name once in an object ($.name)"
        ),
        ("<x>1</x><x>2</x>", "2:9: found the element <x> a second time, expected each name once in an object ($.x)"),
        (
            "<x/><_x0078_/>",
            "2:5: found the element <_x0078_> a second time, expected each name once in an object ($.x)"
        ),
        (
            "<name/><_x006E_ame>a</_x006E_ame>",
            "2:8: found the element <_x006E_ame> a second time, expected each name once in an object ($.name)"
        ),
        (
            "<_x_>1</_x_><_x_>2</_x_>",
            #"2:13: found the element <_x_> a second time, expected each name once in an object ($[""])"#
        ),
        (
            "<openAI><x/><y/><x/></openAI>",
            "2:17: found the element <x> a second time, expected each name once in an object ($.openAI.x)"
        ),
        (
            #"<x type="array"><item><a/><a/></item></x>"#,
            "2:27: found the element <a> a second time, expected each name once in an object ($.x[0].a)"
        ),
        ("<_xD800_/>", "2:1: found _xD800_ in the name <_xD800_>, expected an escape that names a character ($)"),
        (
            "<_x110000_/>",
            "2:1: found _x110000_ in the name <_x110000_>, expected an escape that names a character ($)"
        ),
        (
            "<a_x00D800_/>",
            "2:1: found _x00D800_ in the name <a_x00D800_>, expected an escape that names a character ($)"
        ),
        (#"<x a="1"/>"#, "2:1: found the attribute a, expected type, escaped or xsi:nil ($.x)"),
        (#"<x nil="true"/>"#, "2:1: found the attribute nil, expected type, escaped or xsi:nil ($.x)"),
        (#"<x Type="string"/>"#, "2:1: found the attribute Type, expected type, escaped or xsi:nil ($.x)"),
        (#"<name kind="string"/>"#, "2:1: found the attribute kind, expected type, escaped or xsi:nil ($.name)"),
        (#"<page total="1"/>"#, "2:1: found the attribute total, expected type, escaped or xsi:nil ($.page)"),
        (#"<p:x xmlns:p="u"/>"#, "2:1: found the element <x> in a namespace, expected elements in none ($)"),
        (#"<x xmlns="u"/>"#, "2:1: found the element <x> in a namespace, expected elements in none ($)"),
        ("<p:x/>", "2:1: found a prefix that nothing declares, at the element <x>, expected elements in none ($)"),
        ("<xsi:x/>", "2:1: found the element <x> in a namespace, expected elements in none ($)"),
        ("<xml:x/>", "2:1: found the element <x> in a namespace, expected elements in none ($)"),
        (
            #"<x p:a="1"/>"#,
            "2:1: found a prefix that nothing declares, at the attribute a, expected the attributes type, "
                + "escaped and xsi:nil ($.x)"
        ),
        (
            #"<x p:type="string"/>"#,
            "2:1: found a prefix that nothing declares, at the attribute type, expected the attributes type, "
                + "escaped and xsi:nil ($.x)"
        ),
        (
            #"<x xmlns:p="u" p:type="string"/>"#,
            "2:1: found the attribute type in a namespace, expected the attributes type, escaped and xsi:nil "
                + "($.x)"
        ),
        (
            #"<x xmlns:xsi="u" xsi:nil="true"/>"#,
            "2:1: found the attribute nil in a namespace, expected the attributes type, escaped and xsi:nil "
                + "($.x)"
        ),
        (
            "<:x/>",
            "2:4: found a name or declaration that breaks the rules of namespaces, expected names without "
                + "prefixes ($)"
        ),
        (
            "<x:/>",
            "2:4: found a name or declaration that breaks the rules of namespaces, expected names without "
                + "prefixes ($)"
        ),
        (
            "<a:b:c/>",
            "2:5: found a name or declaration that breaks the rules of namespaces, expected names without "
                + "prefixes ($)"
        ),
        (
            #"<x xmlns:p=""/>"#,
            "2:14: found a name or declaration that breaks the rules of namespaces, expected names without "
                + "prefixes ($)"
        ),
        (
            #"<x xmlns:xmlns="u"/>"#,
            "2:19: found a name or declaration that breaks the rules of namespaces, expected names without "
                + "prefixes ($)"
        ),
        ("a", #"2:1: found the text "a\n", expected elements only ($)"#),
        ("a<name/>", #"2:1: found the text "a", expected elements only ($)"#),
        ("<name/>a", #"2:8: found the text "a\n", expected elements only ($)"#),
        ("é&amp;", #"2:1: found the text "é", expected elements only ($)"#),
        (
            "<fallbacks>\n<item><immediateFallBack><failedRequests>x</failedRequests></immediateFallBack></item>\n</fallbacks>",
            #"3:42: found the text "x", expected a number ($.fallbacks[0].immediateFallBack.failedRequests)"#
        ),
        (
            "<x>\n<y>\n<z type=\"array\"><item/><item type=\"number\">é</item></z></y></x>",
            #"4:44: found the text "é", expected a number ($.x.y.z[1])"#
        ),
        ("<é>€😀</é><createdAt>x</createdAt>", #"2:21: found the text "x", expected a number ($.createdAt)"#),
        (
            #"<a_x0020_b><c type="number">x</c></a_x0020_b>"#,
            #"2:29: found the text "x", expected a number ($["a b"].c)"#
        ),
    ]
}
