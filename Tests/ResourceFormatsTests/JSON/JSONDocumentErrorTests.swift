import ResourceFormats
import ResourceFormatsTesting
import Testing

/// What makes a page, lines, or bytes of another encoding be refused.
@Suite struct JSONDocumentErrorTests {
    @Test(arguments: pages)
    func refusesPagesWithPlaceAndPath(input: String, expected: String) {
        #expect(convert(input) == "error: \(expected)")
    }

    static let pages: [(String, String)] = [
        (
            #"{"items":[],"name":"x"}"#,
            #"1:20: found the field "name" beside "items", expected a page without fields of a record ($.name)"#
        ),
        (
            #"{"items":[{}],"openAI":{}}"#,
            #"1:24: found the field "openAI" beside "items", expected a page without fields of a record ($.openAI)"#
        ),
        (#"{"items":[{},1]}"#, #"1:14: found "1", expected an object ($.items[1])"#),
        (#"{"items":[{} {}]}"#, #"1:14: found "{", expected "," or "]" after the record ($)"#),
        (#"{"items":[{}"#, #"1:13: found the end of the input, expected "," or "]" after the record ($)"#),
        (#"{"items":[{}]"#, #"1:14: found the end of the input, expected "," or "}" after the member ($)"#),
        (#"{"items":[{}]}x"#, #"1:15: found "x", expected nothing after the page ($)"#),
        (#"{"items":[{}]}{}"#, #"1:15: found "{", expected nothing after the page ($)"#),
        (#"{"items":[],}"#, #"1:13: found "}", expected a member name in quotes ($)"#),
        (#"{"items":[]"a":1}"#, #"1:12: found a quote, expected "," or "}" after the member ($)"#),
        (
            #"{"items":[],"items":[]}"#,
            #"1:13: found the name "items" a second time, expected each name once in an object ($.items)"#
        ),
        (#"{"items":[],"total":"1"}"#, #"1:21: found the string "1", expected a number or null ($.total)"#),
        (#"{"total":"1","items":[]}"#, #"1:10: found the string "1", expected a number or null ($.total)"#),
        (#"{"items":[],"total":true}"#, "1:21: found true, expected a number or null ($.total)"),
        (#"{"nextCursor":1,"items":[]}"#, "1:15: found the number 1, expected a string or null ($.nextCursor)"),
        (
            #"{"items":[],"previousCursor":[]}"#,
            "1:30: found an empty array, expected a string or null ($.previousCursor)"
        ),
        (
            #"{"items":[],"a":1,"a":2}"#,
            #"1:19: found the name "a" a second time, expected each name once in an object ($.a)"#
        ),
        (
            #"{"a":1,"items":[],"a":2}"#,
            #"1:19: found the name "a" a second time, expected each name once in an object ($.a)"#
        ),
        (
            #"{"items":[{"a":1,"a":2}]}"#,
            #"1:18: found the name "a" a second time, expected each name once in an object ($.items[0].a)"#
        ),
        (
            #"{"items":[{},{"fallbacks":[{"isFallbackEnabled":x}]}]}"#,
            #"1:49: found "x", expected a JSON value ($.items[1].fallbacks[0].isFallbackEnabled)"#
        ),
        (#"{"items":[],"name":{}"#, #"1:22: found the end of the input, expected "," or "}" after the member ($)"#),
        (#"{"items":[{"a":1},{"b":tru}]}"#, #"1:27: found "}", expected the value true ($.items[1].b)"#),
        (
            #"{"items":[],"total":1,"total":2}"#,
            #"1:23: found the name "total" a second time, expected each name once in an object ($.total)"#
        ),
        (#"{"items":[],"x":[[1,]]}"#, #"1:21: found "]", expected a JSON value ($.x[0][1])"#),
        (
            #"{"total":1,"items":[],"tot\u0061l":2}"#,
            #"1:23: found the name "total" a second time, expected each name once in an object ($.total)"#
        ),
    ]

    @Test(arguments: lines)
    func refusesLinesWithPlaceAndPath(input: String, expected: String) {
        #expect(convert(input, from: .jsonLines, to: .jsonLines).hasSuffix("error: \(expected)"))
    }

    static let lines: [(String, String)] = [
        ("[]", #"1:1: found "[", expected an object ($)"#),
        ("{}\n[]", #"2:1: found "[", expected another object, or the end of the input ($[1])"#),
        ("{}\n1", #"2:1: found "1", expected another object, or the end of the input ($[1])"#),
        (#"{}\#n{"a":"#, "2:6: found the end of the input, expected a JSON value ($[1].a)"),
        ("null", #"1:1: found "n", expected an object ($)"#),
        ("{},{}", #"1:3: found ",", expected the end of the line after the record ($[0])"#),
        (#"{"a":x}"#, #"1:6: found "x", expected a JSON value ($[0].a)"#),
    ]

    /// Each character of the input stands for one byte.
    @Test(arguments: bytes)
    func refusesWhatIsNotUTF8(input: String, offset: Int, expected: String) {
        let outcome = run(input.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
        #expect(outcome.error == expected)
        #expect(outcome.position?.byteOffset == offset)
    }

    static let bytes: [(String, Int, String)] = [
        (
            "{\"a\":\"\u{FF}\"}", 6,
            "1:7: found the byte 0xFF, which is not valid UTF-8 here, expected UTF-8 ($.a)"
        ),
        (
            "{\"a\":\"\u{C3}\"}", 6,
            "1:7: found the byte 0xC3, which is not valid UTF-8 here, expected UTF-8 ($.a)"
        ),
        (
            "{\"a\":\"\u{ED}\u{A0}\u{80}\"}", 6,
            "1:7: found the byte 0xED, which is not valid UTF-8 here, expected UTF-8 ($.a)"
        ),
        (
            "{\"a\":\"\u{C0}\u{AF}\"}", 6,
            "1:7: found the byte 0xC0, which is not valid UTF-8 here, expected UTF-8 ($.a)"
        ),
        (
            "{\"\u{F5}\":1}", 2,
            "1:3: found the byte 0xF5, which is not valid UTF-8 here, expected UTF-8 ($)"
        ),
        (
            "{\"a\":\"\u{E2}\u{82}", 8,
            "1:8: found the end of the input, expected the closing quote of the string ($.a)"
        ),
        (
            "{\"a\":\"x\u{A}\u{FF}\"}", 7,
            #"1:8: found the control character U+000A, expected an escape such as \n inside a string ($.a)"#
        ),
        (
            "\u{FF}{}", 0,
            "1:1: found the byte 0xFF, which is not valid UTF-8 here, expected an object or an array of objects ($)"
        ),
        (
            "{\"a\":1\u{FF}}", 6,
            #"1:7: found the byte 0xFF, which is not valid UTF-8 here, expected "," or "}" after the member ($)"#
        ),
        (
            "{\u{0}\"\u{0}a\u{0}", 0,
            "1:1: found UTF-16 (little-endian), expected UTF-8 ($)"
        ),
        (
            "\u{FF}\u{FE}{\u{0}}\u{0}", 0,
            "1:1: found UTF-16 (little-endian), expected UTF-8 ($)"
        ),
        (
            "\u{FE}\u{FF}\u{0}{\u{0}}", 0,
            "1:1: found UTF-16 (big-endian), expected UTF-8 ($)"
        ),
        (
            "\u{0}{\u{0}}", 0,
            "1:1: found UTF-16 (big-endian), expected UTF-8 ($)"
        ),
        (
            "\u{0}\u{0}\u{0}{\u{0}\u{0}\u{0}}", 0,
            "1:1: found UTF-32 (big-endian), expected UTF-8 ($)"
        ),
        (
            "{\u{0}\u{0}\u{0}}\u{0}\u{0}\u{0}", 0,
            "1:1: found UTF-32 (little-endian), expected UTF-8 ($)"
        ),
        (
            "\u{FF}\u{FE}\u{0}\u{0}{\u{0}\u{0}\u{0}", 0,
            "1:1: found UTF-32 (little-endian), expected UTF-8 ($)"
        ),
        (
            "\u{0}\u{0}\u{FE}\u{FF}\u{0}\u{0}\u{0}{", 0,
            "1:1: found UTF-32 (big-endian), expected UTF-8 ($)"
        ),
        (
            "{\"a\":\u{0}}", 5,
            "1:6: found the control character U+0000, expected a JSON value ($.a)"
        ),
        (
            "\u{EF}\u{BB}{}", 0,
            "1:1: found the byte 0xEF, which is not valid UTF-8 here, expected an object or an array of objects ($)"
        ),
        (
            "{\"a\":\"\u{F0}\u{9F}\u{98}\"}", 6,
            "1:7: found the byte 0xF0, which is not valid UTF-8 here, expected UTF-8 ($.a)"
        ),
        (
            "{\"a\":\"abcdefghijklmnopq\u{F0}\u{9F}\u{98}\u{80}\u{FF}\"}", 27,
            "1:25: found the byte 0xFF, which is not valid UTF-8 here, expected UTF-8 ($.a)"
        ),
        (
            "{\"a\":\"\u{E2}\u{82}\u{AC}\",\"b\":\"\u{FF}\"}", 16,
            "1:15: found the byte 0xFF, which is not valid UTF-8 here, expected UTF-8 ($.b)"
        ),
        (
            "[{},\u{A}{\"a\":\"\u{F8}\"}]", 11,
            "2:7: found the byte 0xF8, which is not valid UTF-8 here, expected UTF-8 ($[1].a)"
        ),
    ]

    @Test(arguments: [
        (#"{"items":[]}"#, "a record whose \"items\" would be read back as a page"),
        (#"{"a":1,"items":[{}]}"#, "a record whose \"items\" would be read back as a page"),
    ])
    func refusesAnItemThatWouldComeBackAsAPage(input: String, found: String) {
        let expected = "error: 1:1: found \(found), expected a record that is not a page, or several records ($[0])"
        #expect(convert(input, from: .jsonLines, shape: .item) == expected)
        #expect(convert(input, from: .jsonLines, to: .jsonLines, shape: .item) == input + "\n")
    }
}
