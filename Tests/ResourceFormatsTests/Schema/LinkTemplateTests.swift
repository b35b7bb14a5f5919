import Testing

@testable import ResourceFormats

/// Templates in pieces (RFC 6570, simple expansion).
@Suite struct LinkTemplateTests {
    @Test(
        arguments: [
            ("", []), ("/a", [.literal("/a")]), ("{a}", [.value("a")]), ("/a/{b}", [.literal("/a/"), .value("b")]),
            ("{a}{b}", [.value("a"), .value("b")]), ("{a}/c", [.value("a"), .literal("/c")]),
            ("/a{?b}", [.literal("/a"), .query("b")]),
            ("{a.b}", [.value("a.b")]), ("{é}", [.value("é")]),
            // What is not an expression is text.
            ("{a", [.literal("{a")]), ("a}", [.literal("a}")]), ("}{", [.literal("}{")]),
            ("{a}{", [.value("a"), .literal("{")]),
            ("{a{b}", [.value("a{b")]), ("{}", [.value("")]), ("{?}", [.query("")]),
        ] as [(String, [LinkTemplate.Piece])])
    func takesTemplatesApart(template: String, pieces: [LinkTemplate.Piece]) {
        #expect(LinkTemplate("x", template).pieces == pieces)
    }
}
