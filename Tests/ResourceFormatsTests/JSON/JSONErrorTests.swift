import ResourceFormats
import Testing

/// Every way to write JSON wrong, with the whole sentence that it gets.
@Suite struct JSONErrorTests {
    @Test(arguments: broken)
    func refusesWithPlaceAndPath(input: String, expected: String) {
        #expect(convert(input) == "error: \(expected)")
    }

    static let broken: [(String, String)] = [
        ("", "1:1: found the end of the input, expected an object or an array of objects ($)"),
        ("  \n", "2:1: found the end of the input, expected an object or an array of objects ($)"),
        ("{", "1:2: found the end of the input, expected a member name in quotes ($)"),
        ("[", "1:2: found the end of the input, expected an object ($[0])"),
        ("1", #"1:1: found "1", expected an object or an array of objects ($)"#),
        (#""a""#, "1:1: found a quote, expected an object or an array of objects ($)"),
        ("null", #"1:1: found "n", expected an object or an array of objects ($)"#),
        ("true", #"1:1: found "t", expected an object or an array of objects ($)"#),
        ("[1]", #"1:2: found "1", expected an object ($[0])"#),
        ("[{},1]", #"1:5: found "1", expected an object ($[1])"#),
        ("[{},]", #"1:5: found "]", expected an object ($[1])"#),
        ("[,]", #"1:2: found ",", expected an object ($[0])"#),
        ("[{}", #"1:4: found the end of the input, expected "," or "]" after the record ($)"#),
        ("[{}}", #"1:4: found "}", expected "," or "]" after the record ($)"#),
        ("[{} {}]", #"1:5: found "{", expected "," or "]" after the record ($)"#),
        ("[[]]", #"1:2: found "[", expected an object ($[0])"#),
        ("{}x", #"1:3: found "x", expected another object, or the end of the input ($)"#),
        ("{},", #"1:3: found ",", expected another object, or the end of the input ($)"#),
        ("[]x", #"1:3: found "x", expected nothing after the array ($)"#),
        ("[]{}", #"1:3: found "{", expected nothing after the array ($)"#),
        ("[] []", #"1:4: found "[", expected nothing after the array ($)"#),
        ("{} []", #"1:4: found "[", expected another object, or the end of the input ($)"#),
        ("{} 1", #"1:4: found "1", expected another object, or the end of the input ($)"#),
        ("{}{", "1:4: found the end of the input, expected a member name in quotes ($[1])"),
        (#"{"a":1"#, #"1:7: found the end of the input, expected "," or "}" after the member ($)"#),
        (#"{"a":1,}"#, #"1:8: found "}", expected a member name in quotes ($)"#),
        ("{,}", #"1:2: found ",", expected a member name in quotes ($)"#),
        (#"{"a"}"#, #"1:5: found "}", expected ":" after the name ($.a)"#),
        (#"{"a":}"#, #"1:6: found "}", expected a JSON value ($.a)"#),
        (#"{"a" 1}"#, #"1:6: found "1", expected ":" after the name ($.a)"#),
        ("{a:1}", #"1:2: found "a", expected a member name in quotes ($)"#),
        ("{'a':1}", #"1:2: found "'", expected a member name in quotes ($)"#),
        (#"{"a":1 "b":2}"#, #"1:8: found a quote, expected "," or "}" after the member ($)"#),
        (#"{"a":1;}"#, #"1:7: found ";", expected "," or "}" after the member ($)"#),
        (#"{"a":[1,]}"#, #"1:9: found "]", expected a JSON value ($.a[1])"#),
        (#"{"a":[1 2]}"#, #"1:9: found "2", expected "," or "]" after the element ($.a)"#),
        (#"{"a":[1}"#, #"1:8: found "}", expected "," or "]" after the element ($.a)"#),
        (#"{"a":[}"#, #"1:7: found "}", expected a JSON value ($.a[0])"#),
        (#"{"a":+1}"#, #"1:6: found "+", expected a JSON value ($.a)"#),
        (#"{"a":01}"#, #"1:7: found "1", expected the end of the number ($.a)"#),
        (#"{"a":-}"#, #"1:7: found "}", expected a digit ($.a)"#),
        (#"{"a":-01}"#, #"1:8: found "1", expected the end of the number ($.a)"#),
        (#"{"a":1.}"#, #"1:8: found "}", expected a digit ($.a)"#),
        (#"{"a":.5}"#, #"1:6: found ".", expected a JSON value ($.a)"#),
        (#"{"a":1e}"#, #"1:8: found "}", expected a digit ($.a)"#),
        (#"{"a":1e+}"#, #"1:9: found "}", expected a digit ($.a)"#),
        (#"{"a":1.2.3}"#, #"1:9: found ".", expected the end of the number ($.a)"#),
        (#"{"a":1x}"#, #"1:7: found "x", expected the end of the number ($.a)"#),
        (#"{"a":0x10}"#, #"1:7: found "x", expected the end of the number ($.a)"#),
        (#"{"a":NaN}"#, #"1:6: found "N", expected a JSON value ($.a)"#),
        (#"{"a":Infinity}"#, #"1:6: found "I", expected a JSON value ($.a)"#),
        (#"{"a":-Infinity}"#, #"1:7: found "I", expected a digit ($.a)"#),
        (#"{"a":tru}"#, #"1:9: found "}", expected the value true ($.a)"#),
        (#"{"a":True}"#, #"1:6: found "T", expected a JSON value ($.a)"#),
        (#"{"a":nul"#, "1:9: found the end of the input, expected the value null ($.a)"),
        (#"{"a":truee}"#, #"1:10: found "e", expected "," or "}" after the member ($)"#),
        (#"{"a":"b"#, "1:8: found the end of the input, expected the closing quote of the string ($.a)"),
        (#"{"a":"\"#, #"1:8: found the end of the input, expected one of \" \\ \/ \b \f \n \r \t \u ($.a)"#),
        (#"{"a":"\x"}"#, #"1:8: found the escape \"x", expected one of \" \\ \/ \b \f \n \r \t \u ($.a)"#),
        (#"{"a":"\u12"}"#, #"1:11: found a quote, expected four hexadecimal digits after \u ($.a)"#),
        (#"{"a":"\u12G4"}"#, #"1:11: found "G", expected four hexadecimal digits after \u ($.a)"#),
        (#"{"a":"\u"#, #"1:9: found the end of the input, expected four hexadecimal digits after \u ($.a)"#),
        (
            #"{"a":"\#t"}"#,
            #"1:7: found the control character U+0009, expected an escape such as \n inside a string ($.a)"#
        ),
        (
            #"{"a":"b\#nc"}"#,
            #"1:8: found the control character U+000A, expected an escape such as \n inside a string ($.a)"#
        ),
        (#"{"a\#u{0}":1}"#, "1:1: found UTF-16 (little-endian), expected UTF-8 ($)"),
        (
            #"{"a":"\#u{0}"}"#,
            #"1:7: found the control character U+0000, expected an escape such as \n inside a string ($.a)"#
        ),
        (
            #"{"a":"\ud800"}"#,
            #"1:7: found the lone surrogate \ud800, expected a pair of surrogates, or another character ($.a)"#
        ),
        (
            #"{"a":"\ud800x"}"#,
            #"1:7: found the lone surrogate \ud800, expected a pair of surrogates, or another character ($.a)"#
        ),
        (
            #"{"a":"\ud800\n"}"#,
            #"1:7: found the lone surrogate \ud800, expected a pair of surrogates, or another character ($.a)"#
        ),
        (
            #"{"a":"\ud800\ud800"}"#,
            #"1:7: found the lone surrogate \ud800, expected a pair of surrogates, or another character ($.a)"#
        ),
        (
            #"{"a":"\udc00"}"#,
            #"1:7: found the lone surrogate \udc00, expected a pair of surrogates, or another character ($.a)"#
        ),
        (#"{"a":"\ud8"#, #"1:11: found the end of the input, expected four hexadecimal digits after \u ($.a)"#),
        (
            #"{"\udfff":1}"#,
            #"1:3: found the lone surrogate \udfff, expected a pair of surrogates, or another character ($)"#
        ),
        ("/*c*/{}", #"1:1: found "/", expected an object or an array of objects ($)"#),
        (#"{"a":1}//c"#, #"1:8: found "/", expected another object, or the end of the input ($)"#),
        (#"{"a":/**/1}"#, #"1:6: found "/", expected a JSON value ($.a)"#),
        ("# c\n{}", "1:1: found \"#\", expected an object or an array of objects ($)"),
        (
            #"{"a":1,\#n "b":2,\#n "a":3}"#,
            #"3:2: found the name "a" a second time, expected each name once in an object ($.a)"#
        ),
        (#"{"a":1,"\u0061":2}"#, #"1:8: found the name "a" a second time, expected each name once in an object ($.a)"#),
        (
            #"{"name":1,"n\u0061me":2}"#,
            #"1:11: found the name "name" a second time, expected each name once in an object ($.name)"#
        ),
        (
            #"{"name":1,"name":2}"#,
            #"1:11: found the name "name" a second time, expected each name once in an object ($.name)"#
        ),
        (
            #"{"openAI":{"customModel":"a","customModel":"b"}}"#,
            #"1:30: found the name "customModel" a second time, expected each name once in an object "#
                + "($.openAI.customModel)"
        ),
        (
            #"{"fallbacks":[{},{"isFallbackEnabled":1,"isFallbackEnabled":1}]}"#,
            #"1:41: found the name "isFallbackEnabled" a second time, expected each name once in an object "#
                + "($.fallbacks[1].isFallbackEnabled)"
        ),
        (
            #"{"x":{"k":1,"k":2}}"#,
            #"1:13: found the name "k" a second time, expected each name once in an object ($.x.k)"#
        ),
        (
            #"{"fallbacks":[{"immediateFallBack":{"failedRequests":tru}}]}"#,
            #"1:57: found "}", expected the value true ($.fallbacks[0].immediateFallBack.failedRequests)"#
        ),
        (#"{"odd key":[{"":x}]}"#, #"1:17: found "x", expected a JSON value ($["odd key"][0][""])"#),
        (#"{"a":1}\#n{"b":}"#, #"2:6: found "}", expected a JSON value ($[1].b)"#),
        (
            #"{"a":1}\#n{"b":1,"b":2}"#,
            #"2:8: found the name "b" a second time, expected each name once in an object ($[1].b)"#
        ),
        (#"[{"a":1},\#n {"b":é}]"#, #"2:7: found "é", expected a JSON value ($[1].b)"#),
        (#"\#u{FEFF}{"a":}"#, #"1:6: found "}", expected a JSON value ($.a)"#),
        (#"{"a":"é" é}"#, #"1:10: found "é", expected "," or "}" after the member ($)"#),
        (#"{"a":1}é"#, #"1:8: found "é", expected another object, or the end of the input ($)"#),
        (#"{"name":"a","x""#, #"1:16: found the end of the input, expected ":" after the name ($.x)"#),
        (#"{"a":1\#u{A0}}"#, #"1:7: found the character U+00A0, expected "," or "}" after the member ($)"#),
        (#"{"a":1\#u{B}}"#, #"1:7: found the control character U+000B, expected "," or "}" after the member ($)"#),
        (#"{"a":\#u{7F}}"#, "1:6: found the control character U+007F, expected a JSON value ($.a)"),
    ]
}
