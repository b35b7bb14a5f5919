import ResourceFormats
import Testing

/// The grammar of the place of records.
@Suite struct RecordsPathTests {
    @Test(arguments: [
        ("data", "data"), ("$.data", "data"), ("result.items", "result.items"), ("*", "*"), ("$.*", "*"),
        ("[*]", "[*]"), ("$[*].x", "[*].x"), ("resources[*].properties", "resources[*].properties"),
        ("a.*.b", "a.*.b"), ("[\"odd.name\"].x", "[\"odd.name\"].x"), ("$[\"data\"]", "data"),
        ("a[\"\\u00e9\"][*][*]", "a.\u{E9}[*][*]"), ("$ref", "$ref"), ("[\"$\"]", "[\"$\"]"), ("[\"\"]", "[\"\"]"),
        ("[\"a\\\"b\"]", "[\"a\\\"b\"]"), ("two words", "two words"), ("\u{1F600}", "\u{1F600}"),
    ])
    func readsPaths(text: String, written: String) throws {
        #expect(try RecordsPath(text).description == written)
        #expect(try RecordsPath(written) == RecordsPath(text))
    }

    @Test(arguments: [
        ("", "1:1: found the end of the path, expected the name of a member, or *"),
        ("$", "1:2: found the end of the path, expected \".\" or \"[\" before the next step"),
        ("$.", "1:3: found the end of the path, expected the name of a member, or *"),
        ("a..b", "1:3: found \".\", expected the name of a member, or *"),
        ("a.", "1:3: found the end of the path, expected the name of a member, or *"),
        (".a", "1:1: found \".\", expected the name of a member, or *"),
        ("a.[*]", "1:3: found \"[\", expected the name of a member, or *"),
        ("a[0]", "1:3: found \"0\", expected [*] for each element, or a name in quotes"),
        ("\u{E9}[*", "1:4: found the end of the path, expected \"]\""),
        ("a*", "1:2: found \"*\", expected a name without it, or the whole name as [\"…\"]"),
        ("a]", "1:2: found \"]\", expected a name without it, or the whole name as [\"…\"]"),
        ("a[*]b", "1:5: found \"b\", expected \".\" or \"[\" before the next step"),
        ("*a", "1:2: found \"a\", expected \".\" or \"[\" before the next step"),
        ("[\"a", "1:4: found the end of the path, expected the closing quote of the string"),
        ("[\"\\x\"]", "1:4: found the escape \\\"x\", expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"),
    ])
    func pointsIntoPaths(text: String, sentence: String) {
        #expect { try RecordsPath(text) } throws: { error in
            (error as? SerializationError)?.description == sentence
        }
    }

    @Test func wantsAStarForNames() {
        #expect(throws: Never.self) { try RecordsPath("a.*", nameMember: "id") }
        #expect { try RecordsPath("a[*]", nameMember: "id") } throws: { error in
            (error as? SerializationError)?.sentence
                == "found a path without *, expected a * that stands for the names of the records"
        }
    }
}
