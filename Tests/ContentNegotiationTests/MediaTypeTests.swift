import ContentNegotiation
import Testing

@Suite struct MediaTypeTests {
    @Test(arguments: [
        ("application/json", "application/json"),
        ("Application/JSON", "application/json"),
        ("  application/hal+json\t", "application/hal+json"),
        ("text/csv;header=present", "text/csv;header=present"),
        ("text/csv ; header=absent", "text/csv;header=absent"),
        ("text/csv; header=\"present\"", "text/csv;header=present"),
        ("text/csv; HEADER=Present", "text/csv;header=Present"),
        ("text/xml; CharSet=UTF-8", "text/xml;charset=utf-8"),
        ("text/plain; a=\"x, y; \\\"z\\\\\"", "text/plain;a=\"x, y; \\\"z\\\\\""),
        ("text/plain; a=\"\"", "text/plain;a=\"\""),
        ("text/plain;;a=1;", "text/plain;a=1"),
    ])
    func readsAndWrites(text: String, expected: String) {
        #expect(MediaType(text)?.description == expected)
    }

    @Test(arguments: [
        "", "/", "text", "text/", "/csv", "text /csv", "text/ csv", "text/csv x", "text/csv;a", "text/csv;a=",
        "text/csv;a= b", "text/csv;a=\"b", "text/csv;a=\"b\\", "text/csv;a=\"b\"c", "text/csv,text/xml", "tëxt/csv",
        "text/csv\u{0}", "text/csv\r\n",
    ])
    func refusesWhatIsNone(text: String) {
        #expect(MediaType(text) == nil)
    }

    @Test(arguments: [
        ("text/csv;a=1;b=2", "text/csv;b=2;a=1", true),
        ("TEXT/CSV;A=1", "text/csv;a=1", true),
        ("text/csv;charset=UTF-8", "text/csv;charset=utf-8", true),
        ("text/csv;a=x", "text/csv;a=X", false),
        ("text/csv;a=1", "text/csv", false),
        ("text/csv;a=1;a=1;b=1", "text/csv;a=1;b=1", false),
        ("text/csv;a=1;b=2;a=1", "text/csv;b=2;a=1;a=1", true),
        ("text/csv;a=1;a=1;b=2", "text/csv;a=1;b=2;b=2", false),
        ("text/csv;a=\"\u{E9}\"", "text/csv;a=\"e\u{301}\"", false),
        ("text/csv", "text/xml", false),
        ("application/json", "application/hal+json", false),
    ])
    func comparesAsTheStandardSays(one: String, other: String, areEqual: Bool) throws {
        let first = try #require(MediaType(one))
        let second = try #require(MediaType(other))
        #expect((first == second) == areEqual)
        if areEqual { #expect(first.hashValue == second.hashValue) }
    }

    @Test func tellsParametersByName() throws {
        let type = try #require(MediaType("text/csv; header=absent; charset=UTF-8"))
        #expect(type.value(of: "header") == "absent")
        #expect(type.value(of: "charset") == "utf-8")
        #expect(type.value(of: "q") == nil)
        #expect(type.hasSameEssence(as: MediaType(type: "Text", subtype: "CSV")))
    }
}
