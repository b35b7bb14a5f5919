/// Content negotiation: an input is two bytes that pick policy and offers, then the value of an Accept field.
enum NegotiationTarget: Target {
    static let name = "negotiation"

    static func check(_ input: [UInt8]) {
        guard input.count >= 2 else { return }
        let number = (Int(input[0]) << 8 | Int(input[1])) % Settings.all.count
        NegotiationLaws(settings: Settings.all[number], field: Array(input.dropFirst(2))).check()
    }

    static func seeds() -> [[UInt8]] {
        fields.enumerated().map { index, field in
            // Policies and offers in turn, far apart.
            let number = index * 37
            return [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)] + field.utf8
        }
    }

    private static let fields = [
        "", "*/*", "*", "application/json", "text/csv;header=absent, text/csv;q=0.5", "TEXT/*;q=0.3, */*;q=0.1",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        "text/html;level=1, text/html;q=0.7, */*;q=0.5", "text/plain;a=\"x, \\\"y\\\"\";q=.25 , , x/y;q=1.000",
        "application/vnd.api+json;charset=\"UTF-8\", application/json;charset=utf-8;q=0.123456",
        "application/json;q=0, text/csv; charset=iso-8859-1", "text/plain;a=\"open, text/csv", "text/, json;;q=1;q=0",
        "\u{E4}/b;c=\"\u{E4}\", text/csv;Q=0.",
    ]

    static let words =
        Settings.offers.flatMap { $0 }.map(\.description) + [
            "q=", ";q=0", ";q=0.001", ";q=1.000", ";q=0.9999", ";q=.5", "*/*", "/*", ", ", "; ", "=\"", "\\\"", "\",",
            "charset=", "utf-8", "application/vnd.api+json", "text/html", ";;", ",,", "\t",
        ]
}
