import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing
import YAMLFormat
import Yams

/// Tables of awkward scalars.
@Suite struct YAMLScalarTests {
    private func read(_ yaml: String) -> String {
        Conversion(from: .yaml, to: .json, schema: LargeLanguageModel.schema, shape: .list).run(yaml).description
    }

    private func write(_ json: String) -> String {
        Conversion(from: .json, to: .yaml, schema: LargeLanguageModel.schema, shape: .list).run(json).description
    }

    /// Without quotes: by the core schema of YAML 1.2, whatever YAML 1.1 makes of it.
    @Test(arguments: [
        ("", "null"), ("~", "null"), ("null", "null"), ("Null", "null"), ("NULL", "null"), ("nULL", #""nULL""#),
        ("true", "true"), ("True", "true"), ("TRUE", "true"), ("tRUE", #""tRUE""#),
        ("false", "false"), ("False", "false"), ("FALSE", "false"),
        ("no", #""no""#), ("No", #""No""#), ("NO", #""NO""#), ("yes", #""yes""#), ("on", #""on""#), ("off", #""off""#),
        ("y", #""y""#), ("n", #""n""#),
        ("1:30", #""1:30""#), ("12:30:45", #""12:30:45""#), ("1_000", #""1_000""#), ("2024-02-15", #""2024-02-15""#),
        ("2024-02-15T10:00:00Z", #""2024-02-15T10:00:00Z""#), ("0b101", #""0b101""#), ("-0x1F", #""-0x1F""#),
        ("0o8", #""0o8""#), ("0xG", #""0xG""#), ("0x", #""0x""#), ("=", #""=""#), ("1,000", #""1,000""#),
        ("12 apples", #""12 apples""#), ("1.2.3", #""1.2.3""#), (".", #"".""#), ("..", #""..""#),
        ("+", #""+""#), ("-.", #""-.""#), ("1e", #""1e""#), ("1e+", #""1e+""#), ("e5", #""e5""#), ("inf", #""inf""#),
        ("nan", #""nan""#), ("<<", #""<<""#), ("a#b", #""a#b""#), ("a #b", #""a""#), ("a:b", #""a:b""#),
        ("0", "0"), ("-0", "-0"), ("12", "12"), ("-12", "-12"), ("1.50", "1.50"), ("1e3", "1e3"), ("1E+400", "1E+400"),
        ("10000000000000000999", "10000000000000000999"), ("0.1234567890123456789", "0.1234567890123456789"),
        ("+12", "12"), (".5", "0.5"), ("-.5", "-0.5"), ("+.5e3", "0.5e3"), ("5.", "5.0"), ("5.e3", "5.0e3"),
        ("'12'", #""12""#), ("\"12\"", #""12""#), ("'no'", #""no""#), ("'~'", #""~""#), ("''", #""""#),
        ("'it''s'", #""it's""#),
        (#""\t\e\0\x41\u00e9\U0001F600\_\N\L""#, "\"\\t\\u001b\\u0000Aé😀\u{A0}\u{85}\u{2028}\""),
        ("|-\n    12", #""12""#), (">-\n    true", #""true""#),
    ])
    func readsByTheCoreSchema(yaml: String, json: String) {
        #expect(Array(read("- x: \(yaml)\n").utf8) == Array("[{\"x\":\(json)}]\n".utf8))
    }

    @Test(arguments: [
        ("012", "YAML 1.1 reads leading zeros in another way"), ("-01", "YAML 1.1 reads leading zeros in another way"),
        ("00", "YAML 1.1 reads leading zeros in another way"), ("08.5", "YAML 1.1 reads leading zeros in another way"),
        ("0x1F", "JSON has decimal numbers only"), ("0o17", "JSON has decimal numbers only"),
        (".inf", "JSON has no such number"), ("-.INF", "JSON has no such number"), ("+.Inf", "JSON has no such number"),
        (".nan", "JSON has no such number"), (".NaN", "JSON has no such number"),
    ])
    func refusesNumbersThatJSONDoesNotHave(yaml: String, reason: String) {
        #expect(
            read("- x: \(yaml)\n")
                == "error: 1:6: found the number \(yaml), expected a number as JSON has it, or a string in quotes: \(reason) ($[0].x)"
        )
        #expect(read("- x: '\(yaml)'\n") == "[{\"x\":\"\(yaml)\"}]\n")
    }

    /// Texts as they are written: as a value, and as a name.
    @Test(arguments: [
        ("a", "a"), ("gpt-4o", "gpt-4o"), ("a b, c (d)", "a b, c (d)"), ("Über-Modell", "Über-Modell"), ("模型", "模型"),
        ("https://example.com/v1?x=1&y=2#z", "https://example.com/v1?x=1&y=2#z"), ("Norway", "Norway"),
        ("", #""""#), ("no", #""no""#), ("No", #""No""#), ("NO", #""NO""#), ("nO", #""nO""#), ("yes", #""yes""#),
        ("on", #""on""#), ("Off", #""Off""#), ("y", #""y""#), ("N", #""N""#), ("true", #""true""#),
        ("False", #""False""#),
        ("null", #""null""#), ("~", #""~""#), ("NaN", #""NaN""#), ("Infinity", #""Infinity""#),
        ("1", #""1""#), ("-1", #""-1""#), ("+1", #""+1""#), (".5", #"".5""#), ("1e3", #""1e3""#), ("012", #""012""#),
        ("0x1F", #""0x1F""#), ("0o7", #""0o7""#), ("1_000", #""1_000""#), ("1:30", #""1:30""#),
        ("2024-02-15", #""2024-02-15""#), (".inf", #"".inf""#), ("<<", #""<<""#), ("=", #""=""#),
        ("-", #""-""#), ("- a", #""- a""#), ("? a", #""? a""#), (": a", #"": a""#), ("a: b", #""a: b""#),
        ("a:", #""a:""#), ("a #b", #""a #b""#), ("#a", ##""#a""##), ("&a", #""&a""#), ("*a", #""*a""#),
        ("!a", #""!a""#),
        ("|", #""|""#), (">", #"">""#), ("%a", #""%a""#), ("@a", #""@a""#), ("`a", #""`a""#), ("[a]", #""[a]""#),
        ("{a}", #""{a}""#), ("---", #""---""#), ("...", #""...""#), (" a", #"" a""#), ("a ", #""a ""#),
        ("'a'", #""'a'""#), (#"\"a\""#, #""\"a\"""#), (#"a\\b"#, #""a\\b""#), (#"a\tb"#, #""a\tb""#),
        (#"a\rb"#, #""a\rb""#), (#"\u0000"#, #""\u0000""#), (#"\u007f"#, #""\u007F""#), (#"\u0085"#, #""\u0085""#),
        (#"\u2028"#, #""\u2028""#), (#"\ufeffa"#, #""\uFEFFa""#), (#"\uffff"#, #""\uFFFF""#), ("٣", #""٣""#),
        ("\u{A0}a", "\"\u{A0}a\""), ("😀", "😀"), ("e\u{301}", "e\u{301}"),
    ])
    func quotesWhatAnyReaderWouldTakeForSomethingElse(text: String, yaml: String) throws {
        let written = write("[{\"x\":\"\(text)\",\"z\":{\"\(text)\":1}}]")
        #expect(Array(written.utf8) == Array("- x: \(yaml)\n  z:\n    \(yaml): 1\n".utf8))
        let back = Conversion(from: .json, to: .json, schema: LargeLanguageModel.schema)
            .run("[{\"x\":\"\(text)\",\"z\":{\"\(text)\":1}}]")
        #expect(Array(read(written).utf8) == back.output)
        // Yams itself resolves scalars by YAML 1.1.
        let node = try #require(try Yams.compose(yaml: written)?.sequence?.first?.mapping)
        let (value, name) = try (#require(node["x"]), #require(node["z"]?.mapping?.first?.key))
        #expect(value.tag == Tag(.str) && name.tag == Tag(.str))
        #expect(value.scalar?.string == name.scalar?.string)
    }

    /// Texts of several lines stay lines where that is certain to keep them.
    @Test(arguments: [
        (#"a\nb"#, "|-\n    a\n    b"), (#"a\nb\n"#, "|\n    a\n    b"), (#"a\n\n  b"#, "|-\n    a\n\n      b"),
        (#"a\n"#, "|\n    a"), (##"a\n# b\n---\nc: d"##, "|-\n    a\n    # b\n    ---\n    c: d"),
        (#"\n"#, #""\n""#), (#"a\n\n"#, #""a\n\n""#), (#" a\nb"#, #"" a\nb""#), (#"a \nb"#, #""a \nb""#),
        (#"a\n \nb"#, #""a\n \nb""#), (#"a\nb "#, #""a\nb ""#), (#"a\n\tb"#, #""a\n\tb""#), (#"a\r\nb"#, #""a\r\nb""#),
        (#"a\n\u2028b"#, #""a\n\u2028b""#),
    ])
    func writesLinesOfTexts(text: String, yaml: String) {
        let json = "[{\"x\":\"\(text)\",\"z\":[\"\(text)\"]}]"
        let written = write(json)
        let inner = yaml.replacing("\n    ", with: "\n      ")
        #expect(written == "- x: \(yaml)\n  z:\n    - \(inner)\n")
        let back = Conversion(from: .json, to: .json, schema: LargeLanguageModel.schema).run(json)
        #expect(Array(read(written).utf8) == back.output)
    }

    @Test(arguments: ["0", "-0", "1.0", "1e5", "1E400", "-1e-400", "10000000000000000999", "0.1234567890123456789"])
    func keepsTheDigitsOfNumbers(number: String) {
        #expect(write("[{\"x\":\(number)}]") == "- x: \(number)\n")
        #expect(read("- x: \(number)\n") == "[{\"x\":\(number)}]\n")
    }

    /// Yams' own tree would refuse these as one key twice.
    @Test func tellsCanonicallyEquivalentNamesApart() {
        let json = "[{\"\u{E9}\":1,\"e\u{301}\":2}]\n"
        #expect(Array(read(write(json)).utf8) == Array(json.utf8))
        #expect(throws: YamlError.self) { try Yams.compose(yaml: write(json)) }
    }
}
