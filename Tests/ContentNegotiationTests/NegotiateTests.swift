import ContentNegotiation
import Testing

/// The rules by example: RFC 9110, and what fields hold in the wild.
@Suite struct NegotiateTests {
    private static let table =
        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5"

    /// RFC 9110 section 12.5.1, table 5.
    @Test(arguments: [
        ("text/plain;format=flowed", "1"), ("text/plain", "0.7"), ("text/html", "0.3"), ("image/jpeg", "0.5"),
        ("text/plain;format=fixed", "0.4"), ("text/html;level=3", "0.3"),
    ])
    func weighsAsTheStandardsTable(offer: String, expected: String) throws {
        let decision = negotiate(accept: Self.table, offers: [try #require(MediaType(offer))])
        #expect(decision.ranking.map(\.quality.description) == [expected])
    }

    /// Field, offers, the ranking as `offer=weight`, the ignored elements.
    @Test(
        arguments: [
            ("", "a/b c/d", "a/b=1 c/d=1", []), (" ,\t,", "a/b c/d", "a/b=1 c/d=1", []),
            ("c/d", "a/b c/d", "c/d=1 a/b=0", []), ("C/D;Q=0.5", "a/b c/d", "c/d=0.5 a/b=0", []),
            ("*", "a/b", "a/b=1", []), ("*;q=.2", "a/b", "a/b=0.2", []), ("a/*", "a/b c/d", "a/b=1 c/d=0", []),
            ("*/*;q=0", "a/b", "a/b=0", []), ("*/*, a/b;q=0", "a/b c/d", "c/d=1 a/b=0", []),
            ("a/b;q=0.1, a/b", "a/b", "a/b=1", []), ("a/b;q=0.0004", "a/b", "a/b=0.001", []),
            ("a/b;q=0.0000", "a/b", "a/b=0", []), ("a/b;q=0.9995", "a/b", "a/b=1", []),
            ("a/b;q=0.050", "a/b", "a/b=0.05", []), ("a/b;q=1.;", "a/b", "a/b=1", []),
            ("a/b;x=1", "a/b;x=1", "a/b;x=1=1", []), ("a/b;x=1", "a/b", "a/b=0", []),
            ("a/b;x=\"\\1\"", "a/b;x=1", "a/b;x=1=1", []), ("a/b;X=y", "a/b;x=Y", "a/b;x=Y=1", []),
            ("a/b;x=1;q=0.2;y=2, a/b;q=0.3", "a/b;x=1;y=2 a/b", "a/b=0.3 a/b;x=1;y=2=0.2", []),
            ("a/b;charset=UTF-8", "a/b", "a/b=1", []), ("a/b;charset=latin1", "a/b", "a/b=0", []),
            ("a/b;charset=utf-8", "a/b;charset=latin1", "a/b;charset=latin1=0", []),
            ("a/b;x=\"1,c/d\"", "c/d", "c/d=0", []),
            ("a/b;q=2, c/d;q=0.1", "a/b c/d", "c/d=0.1 a/b=0", ["a/b;q=2"]),
            ("a/b;q=0.1;q=0.2, c/d", "a/b c/d", "c/d=1 a/b=0", ["a/b;q=0.1;q=0.2"]),
            (
                "a, /b, a/, */b, a/b/c, a b, a/b;x, a/b x", "c/d", "c/d=1",
                ["a", "/b", "a/", "*/b", "a/b/c", "a b", "a/b;x", "a/b x"]
            ),
            ("a/b;x=\"1, c/d", "a/b c/d", "a/b=1 c/d=1", ["a/b;x=\"1, c/d"]),
            ("a/b\r\nx: 1", "a/b", "a/b=1", ["a/b\r\nx: 1"]), ("\u{E4}/b, c/d", "c/d", "c/d=1", ["\u{E4}/b"]),
            ("a/j+json, a/*+json", "a/json", "a/json=0", []), ("", "", "", []),
        ] as [(String, String, String, [String])])
    func ranksOffers(accept: String, offers: String, expected: String, ignored: [String]) {
        let decision = negotiate(
            accept: accept, offers: offers.split(separator: " ").compactMap { MediaType(String($0)) })
        #expect(decision.ranking.map { "\($0.offer)=\($0.quality)" }.joined(separator: " ") == expected)
        #expect(decision.ignored == ignored)
    }

    @Test func tellsTheRangeThatGaveTheWeight() {
        let accept = "\u{E4}, text/* ;q=0.5 , */*"
        let decision = negotiate(accept: accept, offers: ["x/y", "text/csv"].compactMap { MediaType($0) })
        #expect(decision.ranking.map { $0.rangeText(in: accept) } == ["*/*", "text/* ;q=0.5"])
        #expect(decision.ranking.map(\.index) == [0, 1])
        #expect(decision.ranking.first?.rangeText(in: "") == nil)
        #expect(negotiate(accept: nil, offers: [MediaType(type: "x", subtype: "y")]).ranking.first?.range == nil)
    }

    @Test func takesBytesThatAreNoUTF8() {
        let field = Array("x/y;a=\"".utf8) + [0xFF] + Array("\", ".utf8) + [0xC3] + Array("/b".utf8)
        let decision = negotiate(accept: field.span, offers: [MediaType(type: "x", subtype: "y")])
        #expect(decision.choice == nil)
        #expect(decision.ignored == ["\u{FFFD}/b"])
    }

    @Test func ranksMoreOffersThanAreWeighedAtOnce() {
        let offers = (0..<100).map { MediaType(type: "x", subtype: "s\($0)") }
        let negotiator = Negotiator(offers: offers)
        let accept = "x/*;q=0.5, x/s77, x/s8;q=0"
        let decision = negotiator.decision(accept: accept)
        #expect(decision.choice == offers[77])
        #expect(decision.ranking.map(\.index) == [77] + (0..<100).filter { $0 != 77 && $0 != 8 } + [8])
        #expect(negotiator.bestOffer(accept: accept) == 77)
    }

    @Test(arguments: [
        ("text/csv;q=0.5,", 100_000), ("*/*;q=0.1,", 100_000), ("\"", 1 << 20), ("\\", 1 << 20), ("\"\\", 1 << 19),
        (",", 1 << 20), ("text/csv;", 100_000), ("text/csv;a=b,", 100_000), ("x,", 100_000), ("a/b;q=0.", 100_000),
    ])
    func finishesWithHostileFields(piece: String, count: Int) {
        let offers = ["application/json", "text/csv;header=present"].compactMap { MediaType($0) }
        for prefix in ["", "text/csv", "text/csv;a=\"", "text/csv;header=present;q=0."] {
            let decision = negotiate(accept: prefix + String(repeating: piece, count: count), offers: offers)
            #expect(decision.ranking.count == 2)
        }
    }

    @Test func makesQualityValuesOfThousandths() {
        #expect(QualityValue(thousandths: -1) == nil)
        #expect(QualityValue(thousandths: 1001) == nil)
        #expect((0...1000).compactMap { QualityValue(thousandths: $0)?.thousandths } == Array(0...1000))
        #expect(
            [0, 1, 10, 120, 123, 900, 1000].map { QualityValue(thousandths: $0)?.description ?? "" }
                == ["0", "0.001", "0.01", "0.12", "0.123", "0.9", "1"])
        #expect(QualityValue.none < QualityValue.full)
    }
}
