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
            ("a/b;q=0.1, a/b", "a/b", "a/b=1", []), ("a/b;q=0.0004", "a/b", "a/b=0.0004", []),
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

    /// Weights from the least to the greatest; several in one text are equal.
    @Test func weightsKeepTheirOrderWithAnyNumberOfDecimals() {
        let manyZeros = String(repeating: "0", count: 1000)
        let weights = [
            "0 0.000 .0 0.\(manyZeros)", "0.\(manyZeros)1 0.\(manyZeros)10", "0.\(manyZeros)2",
            "0.\(manyZeros.dropLast())1", "0.0000000000000000001", "0.000000000000000001", "0.00001 0.000010",
            "0.0001 .0001000", "0.001", "0.123456789012345678", "0.1234567890123456780\(manyZeros)9",
            "0.1234567890123456781", "0.12345678901234567811", "0.1234567890123456782", "0.123456789012345679", "0.5",
            "0.999", "0.99949", "0.9994\(String(repeating: "9", count: 15))",
            "0.9994\(String(repeating: "9", count: 1000))",
            "1 1. 1.000 1.\(manyZeros) 0.9995 0.9995\(manyZeros)1 0.\(String(repeating: "9", count: 1000))",
        ].map { $0.split(separator: " ") }
        let offers = ["a/b", "c/d"].compactMap { MediaType($0) }
        for (place, group) in weights.enumerated() {
            for (otherPlace, otherGroup) in weights.enumerated() {
                for weight in group {
                    for other in otherGroup {
                        let accept = "a/b;q=\(weight), c/d;q=\(other)"
                        let decision = negotiate(accept: accept, offers: offers)
                        #expect(decision.ignored.isEmpty, "\(accept)")
                        #expect(decision.ranking.first?.index == (place < otherPlace ? 1 : 0), "\(accept)")
                        let one = decision.ranking.first { $0.index == 0 }?.quality ?? .full
                        let two = decision.ranking.first { $0.index == 1 }?.quality ?? .full
                        #expect((one < two) == (place < otherPlace), "\(accept)")
                        #expect((one == two) == (place == otherPlace), "\(accept)")
                        #expect(one.isAcceptable == (place > 0), "\(accept)")
                        #expect((one.thousandths > 0) == (place > 0), "\(accept)")
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ("0.00001", "0.00001", 1), ("0.000010", "0.00001", 1), (".0004", "0.0004", 1), ("0.0005", "0.0005", 1),
        ("0.0015", "0.0015", 2), ("0.9994", "0.9994", 999), ("0.9995", "1", 1000),
        ("0.12345678901234567890123450", "0.1234567890123456789012345", 123), ("1.00000", "1", 1000),
    ])
    func tellsTheWeightAsItCompares(weight: String, expected: String, thousandths: Int) {
        let quality = negotiate(accept: "a/b;q=\(weight)", offers: [MediaType(type: "a", subtype: "b")])
            .ranking.first?.quality
        #expect(quality?.description == expected)
        #expect(quality?.thousandths == thousandths)
    }

    @Test(arguments: ["1.\(String(repeating: "0", count: 30))1", "0.\(String(repeating: "1", count: 30))x", "1.0.0"])
    func dropsWeightsThatAreNoNumbersFarBehindThePoint(weight: String) {
        let accept = "a/b;q=\(weight), c/d;q=0.1"
        let decision = negotiate(accept: accept, offers: ["a/b", "c/d"].compactMap { MediaType($0) })
        #expect(decision.choice?.description == "c/d")
        #expect(decision.ignored == ["a/b;q=\(weight)"])
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
