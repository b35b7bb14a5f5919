import ContentNegotiation

/// Offers and a policy, prepared once; `all` has every policy with every list of offers.
struct Settings: Sendable {
    let offers: [MediaType]
    let policy: NegotiationPolicy
    let negotiator: Negotiator
    /// Each offer alone.
    let single: [Negotiator]

    private init(_ offers: [MediaType], _ policy: NegotiationPolicy) {
        self.offers = offers
        self.policy = policy
        negotiator = Negotiator(offers: offers, policy: policy)
        single = offers.map { Negotiator(offers: [$0], policy: policy) }
    }

    static let all: [Settings] = offers.flatMap { list in policies.map { Settings(list, $0) } }

    /// None, one, as many as are weighed at once (8), one more, and more than two batches; some twice, some alike.
    static let offers: [[MediaType]] = [
        [],
        ["text/csv;header=present"],
        ["application/json", "application/hal+json", "application/xml", "text/xml", "text/csv;header=present"],
        [
            "application/json", "text/html", "text/html;level=1", "TEXT/HTML;level=2;Charset=UTF-8",
            "text/plain;a=1;a=2",
            "text/plain;a=\"x, \\\"y\\\"\"", "x/y", "text/csv; charset=iso-8859-1",
        ],
        [
            "text/csv;header=absent", "text/csv;header=present", "text/csv", "application/xml", "text/xml",
            "application/json", "application/json", "x/y;z=\"\"", "text/*",
        ],
        (0..<20).map { "text/plain;level=\($0 % 7);a=B\($0)" },
    ].map { $0.compactMap { MediaType($0) } }

    private static let policies: [NegotiationPolicy] = {
        let json = MediaType(type: "application", subtype: "json")
        let names = [MediaType(type: "application", subtype: "vnd.api+json"), MediaType(type: "text", subtype: "html")]
        var policies: [NegotiationPolicy] = []
        for ties in [NegotiationPolicy.Ties.serverOrder, .clientOrder, .moreSpecificRange] {
            for malformed in [NegotiationPolicy.MalformedElements.dropped, .ignoringField, .refusingField] {
                for choices in 0..<16 {
                    var policy = NegotiationPolicy.standard
                    policy.ties = ties
                    policy.malformedElements = malformed
                    if choices & 1 > 0 { policy.charset = .asDeclared }
                    if choices & 2 > 0 { policy.parameterValues = .exact }
                    if choices & 4 > 0 { policy.browsers = .withoutXML }
                    if choices & 8 > 0 { policy.aliases = names.map { .init($0, for: json) } }
                    policies.append(policy)
                }
            }
        }
        return policies
    }()
}
