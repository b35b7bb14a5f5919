import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The cases of JSONTestSuite: as the value of a member, and as a document.
@Suite(.enabled(if: ConformanceData.has("jsontestsuite"), "\(ConformanceData.isMissing)"))
struct JSONTestSuiteTests {
    @Test func findsTheCases() {
        #expect(ConformanceData.files(in: "jsontestsuite/test_parsing", prefix: "y_").count == 95)
        #expect(ConformanceData.files(in: "jsontestsuite/test_parsing", prefix: "n_").count == 188)
        #expect(ConformanceData.files(in: "jsontestsuite/test_parsing", prefix: "i_").count == Self.choices.count)
        #expect(ConformanceData.files(in: "jsontestsuite/test_transform").count == Self.transforms.count)
    }

    private func record(around content: [UInt8]) -> [UInt8] {
        Array("{\"x\":".utf8) + content + [0x7D]
    }

    /// RFC 8259 leaves repeated names to the reader; here they are refused (FORMATS section 2).
    private static let duplicates = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]

    @Test func refusesRepeatedNamesThoughTheSuiteAcceptsThem() throws {
        for file in Self.duplicates {
            let outcome = run(record(around: try ConformanceData.bytes("jsontestsuite/test_parsing/\(file)")))
            #expect(outcome.code == .duplicateField)
            #expect(outcome.path == "$.x.a")
        }
    }

    @Test(arguments: ConformanceData.files(in: "jsontestsuite/test_parsing", prefix: "y_"))
    func accepts(file: String) throws {
        guard !Self.duplicates.contains(file) else { return }
        let content = try ConformanceData.bytes("jsontestsuite/test_parsing/\(file)")
        let value = try SlowJSON(parsing: content)
        let expected = SlowJSON.object([.init("x", value)])
        let outcome = run(record(around: content))
        #expect(outcome.error == nil)
        #expect(outcome.output == expected.bytes + [0x0A])
        for form in Form.allCases where form.isCSV {
            let written = run(record(around: content), to: form.format)
            #expect(sorted(run(written.output, from: form.readingFormat, shape: .item).output) == expected.sorted)
        }
    }

    @Test(arguments: ConformanceData.files(in: "jsontestsuite/test_parsing", prefix: "n_"))
    func refuses(file: String) throws {
        let content = try ConformanceData.bytes("jsontestsuite/test_parsing/\(file)")
        let time = processorTime {
            for document in [content, record(around: content)] {
                let outcome = run(document)
                #expect(outcome.position != nil, "\(outcome)")
                #expect(outcome.path?.first == "$", "\(outcome)")
                #expect(outcome.error?.contains("found") == true, "\(outcome)")
            }
        }
        #expect(time < .seconds(1))
    }

    @Test(arguments: choices)
    func choosesWhereTheSuiteLeavesTheChoice(file: String, expected: String?) throws {
        let outcome = run(record(around: try ConformanceData.bytes("jsontestsuite/test_parsing/\(file)")))
        #expect((outcome.error == nil) == (expected == nil), "\(outcome)")
        if let expected { #expect(outcome.error?.contains("found \(expected)") == true, "\(outcome)") }
    }

    /// What is found, or nil where the file is accepted as a member's value.
    static let choices: [(String, String?)] = [
        ("i_number_double_huge_neg_exp.json", nil),
        ("i_number_huge_exp.json", nil),
        ("i_number_neg_int_huge_exp.json", nil),
        ("i_number_pos_double_huge_exp.json", nil),
        ("i_number_real_neg_overflow.json", nil),
        ("i_number_real_pos_overflow.json", nil),
        ("i_number_real_underflow.json", nil),
        ("i_number_too_big_neg_int.json", nil),
        ("i_number_too_big_pos_int.json", nil),
        ("i_number_very_big_negative_int.json", nil),
        ("i_object_key_lone_2nd_surrogate.json", "the lone surrogate \\udfaa"),
        ("i_string_1st_surrogate_but_2nd_missing.json", "the lone surrogate \\udada"),
        ("i_string_1st_valid_surrogate_2nd_invalid.json", "the lone surrogate \\ud888"),
        ("i_string_UTF-16LE_with_BOM.json", "the byte 0xFF"),
        ("i_string_UTF-8_invalid_sequence.json", "the byte 0xFA"),
        ("i_string_UTF8_surrogate_U+D800.json", "the byte 0xED"),
        ("i_string_incomplete_surrogate_and_escape_valid.json", "the lone surrogate \\ud800"),
        ("i_string_incomplete_surrogate_pair.json", "the lone surrogate \\udd1e"),
        ("i_string_incomplete_surrogates_escape_valid.json", "the lone surrogate \\ud800"),
        ("i_string_invalid_lonely_surrogate.json", "the lone surrogate \\ud800"),
        ("i_string_invalid_surrogate.json", "the lone surrogate \\ud800"),
        ("i_string_invalid_utf-8.json", "the byte 0xFF"),
        ("i_string_inverted_surrogates_U+1D11E.json", "the lone surrogate \\udd1e"),
        ("i_string_iso_latin_1.json", "the byte 0xE9"),
        ("i_string_lone_second_surrogate.json", "the lone surrogate \\udfaa"),
        ("i_string_lone_utf8_continuation_byte.json", "the byte 0x81"),
        ("i_string_not_in_unicode_range.json", "the byte 0xF4"),
        ("i_string_overlong_sequence_2_bytes.json", "the byte 0xC0"),
        ("i_string_overlong_sequence_6_bytes.json", "the byte 0xFC"),
        ("i_string_overlong_sequence_6_bytes_null.json", "the byte 0xFC"),
        ("i_string_truncated-utf-8.json", "the byte 0xE0"),
        ("i_string_utf16BE_no_BOM.json", "the control character U+0000"),
        ("i_string_utf16LE_no_BOM.json", "the control character U+0000"),
        ("i_structure_500_nested_arrays.json", "nesting deeper than 128"),
        ("i_structure_UTF-8_BOM_empty_object.json", "the character U+FEFF"),
    ]

    /// The same files as documents: encodings are told by name, and a mark in front of an object is skipped.
    @Test(arguments: [
        ("i_string_UTF-16LE_with_BOM.json", "error: 1:1: found UTF-16 (little-endian), expected UTF-8 ($)"),
        ("i_string_utf16BE_no_BOM.json", "error: 1:1: found UTF-16 (big-endian), expected UTF-8 ($)"),
        ("i_string_utf16LE_no_BOM.json", "error: 1:1: found UTF-16 (little-endian), expected UTF-8 ($)"),
        ("i_structure_UTF-8_BOM_empty_object.json", "{}\n"),
        ("i_number_huge_exp.json", "error: 1:2: found \"0\", expected an object ($[0])"),
    ])
    func choosesForDocuments(file: String, expected: String) throws {
        #expect(run(try ConformanceData.bytes("jsontestsuite/test_parsing/\(file)")).description == expected)
    }

    @Test(arguments: transforms)
    func writesWhatItReads(file: String, expected: String) throws {
        let content = try ConformanceData.bytes("jsontestsuite/test_transform/\(file)")
        let outcome = run(record(around: content))
        #expect(outcome.output == (outcome.error == nil ? Array("{\"x\":\(expected)}\n".utf8) : []))
        if outcome.error != nil { #expect(outcome.error == expected) }
    }

    private static let second = "a second time, expected each name once in an object"
    private static let pair = "expected a pair of surrogates, or another character ($.x[0])"
    private static let notUTF8 = "1:8: found the byte 0xED, which is not valid UTF-8 here, expected UTF-8 ($.x[0])"

    /// What is written, or the error.
    static let transforms: [(String, String)] = [
        ("number_-9223372036854775808.json", "[-9223372036854775808]"),
        ("number_-9223372036854775809.json", "[-9223372036854775809]"),
        ("number_1.0.json", "[1.0]"),
        ("number_1.000000000000000005.json", "[1.000000000000000005]"),
        ("number_1000000000000000.json", "[1000000000000000]"),
        ("number_10000000000000000999.json", "[10000000000000000999]"),
        ("number_1e-999.json", "[1E-999]"),
        ("number_1e6.json", "[1E6]"),
        ("number_9223372036854775807.json", "[9223372036854775807]"),
        ("number_9223372036854775808.json", "[9223372036854775808]"),
        ("object_key_nfc_nfd.json", "{\"\u{E9}\":\"NFC\",\"e\u{301}\":\"NFD\"}"),
        ("object_key_nfd_nfc.json", "{\"e\u{301}\":\"NFD\",\"\u{E9}\":\"NFC\"}"),
        ("object_same_key_different_values.json", "1:13: found the name \"a\" \(second) ($.x.a)"),
        ("object_same_key_same_value.json", "1:13: found the name \"a\" \(second) ($.x.a)"),
        ("object_same_key_unclear_values.json", "1:14: found the name \"a\" \(second) ($.x.a)"),
        ("string_1_escaped_invalid_codepoint.json", "1:8: found the lone surrogate \\ud800, \(pair)"),
        ("string_1_invalid_codepoint.json", notUTF8),
        ("string_2_escaped_invalid_codepoints.json", "1:8: found the lone surrogate \\ud800, \(pair)"),
        ("string_2_invalid_codepoints.json", notUTF8),
        ("string_3_escaped_invalid_codepoints.json", "1:8: found the lone surrogate \\ud800, \(pair)"),
        ("string_3_invalid_codepoints.json", notUTF8),
        ("string_with_escaped_NULL.json", #"["A\u0000B"]"#),
    ]
}
