import ResourceFormats
import ResourceFormatsTesting
import Testing

@testable import ResourceFormats

@Suite struct TextPatternTests {
    /// An expression, and how it is written again.
    static let expressions = [
        ("^$", ""), ("^a$", "a"), ("^INV-\\d{4,}[A-Z]?$", "INV-[0-9]{4,}[A-Z]?"), ("^a{1}b{0,1}c{0,}d{1,}$", "ab?c*d+"),
        ("^[cab]x{2,5}$", "[a-c]x{2,5}"), ("^[-a]$", "[\\-a]"), ("^[a-]$", "[\\-a]"), ("^\\.\\$\\/$", "\\.\\$/"),
        ("^[\\]\\\\^]$", "[\\\\-\\^]"), ("^[\\w.]+$", "[.0-9A-Z_a-z]+"), ("^[aab]$", "[ab]"), ("^[ -~]*$", "[ -~]*"),
        ("^[0-9a-z]{24}$", "[a-z0-9]{24}"), ("^[a-fA-F0-9]$", "[0-9a-fA-F]"), ("^a{0}$", "a{0}"),
    ]

    @Test(arguments: expressions)
    func isWrittenInOneWay(expression: String, expected: String) throws {
        let pattern = try TextPattern(expression)
        #expect(pattern.expression == expected)
        #expect(try TextPattern("^\(expected)$").expression == expected)
    }

    @Test func knownFormsKeepTheirNames() throws {
        #expect(try TextPattern("^[0-9a-z]{24}$").name == TextPattern.objectIdentifier.name)
        #expect(try TextPattern("^\(TextPattern.uuid.expression)$").jsonSchemaFormat == "uuid")
    }

    static let refused = [
        ("a", "no \"^\" at its beginning at byte 1"), ("^a", "no \"$\" at its end at byte 3"),
        ("^a$b", "more after \"$\" at byte 4"), ("^a.$", "\".\", any character at byte 3"),
        ("^(a)$", "a group at byte 2"),
        ("^a|b$", "an alternative at byte 3"), ("^*$", "a quantifier without a character before it at byte 2"),
        ("^a**$", "a quantifier without a character before it at byte 4"), ("^[^a]$", "a negated class at byte 3"),
        ("^\\s$", "the escape \"\\s\" at byte 2"), ("^\\", "the escape \"\\\" at byte 2"),
        ("^[z-a]$", "a range that does not go from a character to a later one at byte 4"),
        ("^[\\d-z]$", "a range that does not go from a character to a later one at byte 5"),
        ("^[]$", "an empty class at byte 3"), ("^[a", "the end at byte 4"), ("^[[]$", "\"[\" in a class at byte 3"),
        ("^a{2,1}$", "no quantifier after \"{\" at byte 7"),
        ("^a{x}$", "no number up to 1000000 in a quantifier at byte 4"),
        ("^a{99999999999999999999}$", "no number up to 1000000 in a quantifier at byte 11"),
        ("^a+?$", "a lazy quantifier at byte 4"), ("^ä$", "a character that is not printable ASCII at byte 2"),
        ("^a)$", "\")\" at byte 3"), ("", "no \"^\" at its beginning at byte 1"),
    ]

    @Test(arguments: refused)
    func otherPartsAreRefusedByNameAndPlace(expression: String, found: String) {
        do {
            _ = try TextPattern(expression)
            Issue.record("no error")
        } catch {
            #expect(error.found.hasPrefix(found + " of the pattern"))
            #expect(error.code == .unsupported)
        }
    }

    /// The same answers as Swift's own regular expressions, which go back and forth.
    @Test(arguments: [
        "^a*a$", "^a?a?aa$", "^[ab]*b[ab]{2}$", "^a{2,3}b{0,2}[ab]+$", "^-?[0-9]+$", "^[a-b]{0,1}b*a?$", "^b{2}a{1}$",
        "^$",
    ])
    func matchesAsARegularExpressionDoes(expression: String) throws {
        let pattern = try TextPattern(expression)
        let twin = try Regex(expression)
        var random = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            let text = String(
                (0..<Int.random(in: 0...7, using: &random)).map { _ in "ab-1".randomElement(using: &random) ?? "a" })
            #expect(pattern.matches(text) == (try twin.wholeMatch(in: text) != nil), "\(text)")
        }
    }

    @Test func longTextsTakeLinearTime() throws {
        let pattern = try TextPattern("^" + String(repeating: "a*", count: 30) + "b$")
        #expect(!pattern.matches(String(repeating: "a", count: 10_000)))
        #expect(pattern.matches(String(repeating: "a", count: 10_000) + "b"))
    }
}
