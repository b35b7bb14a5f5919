import ResourceFormats
import ResourceFormatsTesting
import Testing

/// How JSON is written: compact or indented, with the fewest escapes, numbers as they came.
@Suite struct JSONWriterTests {
    @Test(arguments: [
        (#""\"\\\/""#, #""\"\\/""#),
        (#""\b\f\n\r\t""#, #""\b\f\n\r\t""#),
        (#""\u0008\u000C\u000a\u000D\u0009""#, #""\b\f\n\r\t""#),
        (#""\u0000\u0001\u001F\u001b""#, #""\u0000\u0001\u001f\u001b""#),
        (#""\u007f""#, "\"\u{7F}\""),
        (#""\u0041\u00e9\u20AC""#, "\"A\u{E9}\u{20AC}\""),
        (#""\ud83d\uDE00""#, "\"\u{1F600}\""),
        (#""\u2028\u2029\ufeff""#, "\"\u{2028}\u{2029}\u{FEFF}\""),
        ("\"</script>\"", "\"</script>\""),
        ("\"e\u{301}\"", "\"e\u{301}\""),
        (
            #""aaaaaaaaaaaaaaaaaaaaaaa\u0001bbbbbbbbbbbbbbbbbbbbbbbb\"""#,
            #""aaaaaaaaaaaaaaaaaaaaaaa\u0001bbbbbbbbbbbbbbbbbbbbbbbb\"""#
        ),
    ])
    func escapesAsLittleAsPossible(input: String, expected: String) {
        // As a known value, an unknown one, an unknown name, and beside white space that forbids copying.
        #expect(run("{\"name\":\(input)}").output == Array("{\"name\":\(expected)}\n".utf8))
        #expect(run("{ \"x\":[\(input)]}").output == Array("{\"x\":[\(expected)]}\n".utf8))
        #expect(run("{\(input):1 }").output == Array("{\(expected):1}\n".utf8))
        #expect(
            run("[{\(input):{\(input):\(input)}}]").output == Array("[{\(expected):{\(expected):\(expected)}}]\n".utf8))
    }

    @Test(arguments: [
        "0", "-0", "-0.0", "1.0", "1.10", "1e3", "1E3", "1e+3", "1E-03", "1e400", "-1e-400", "10000000000000000999",
        "0.1234567890123456789", "9223372036854775808", "1.000000000000000005", "123456789012345678901234567890e-10",
    ])
    func keepsTheTextOfNumbers(number: String) {
        let record = "{\"createdAt\":\(number),\"name\":\(number),\"x\":[\(number)]}"
        #expect(convert(record) == record + "\n")
        #expect(convert("[ " + record + "]") == "[" + record + "]\n")
    }

    private static let pretty = Format.json(JSONOptions(isPretty: true))

    @Test(arguments: [
        ("{}", "{}\n"),
        ("[]", "[]\n"),
        ("[{}]", "[\n  {}\n]\n"),
        (#"{"name":"a","x":[],"y":{}}"#, "{\n  \"name\": \"a\",\n  \"x\": [],\n  \"y\": {}\n}\n"),
        (
            #"{"items":[],"total":1}"#,
            "{\n  \"items\": [],\n  \"total\": 1,\n  \"nextCursor\": null,\n  \"previousCursor\": null\n}\n"
        ),
    ])
    func indentsByTwo(input: String, expected: String) {
        #expect(convert(input, to: Self.pretty) == expected)
        #expect(convert(expected) == convert(input))
    }

    @Test func endsEveryDocumentWithALineFeed() {
        #expect(convert("{}", to: .jsonLines) == "{}\n")
        #expect(convert("[]", to: .jsonLines) == "")
        #expect(convert(#"[{"a":1}, {"b":"\n"}]"#, to: .jsonLines) == "{\"a\":1}\n{\"b\":\"\\n\"}\n")
    }
}
