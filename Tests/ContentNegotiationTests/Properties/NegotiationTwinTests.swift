import ContentNegotiation
import TestSupport
import Testing

/// Generated fields against the slow twin, under every policy.
@Suite struct NegotiationTwinTests {
    @Test func decidesAsTheSlowTwinDoes() {
        var generator = FieldGenerator(seed: Settings.propertySeed)
        let allOffers = FieldGenerator.offers.compactMap { MediaType($0) }
        #expect(allOffers.count == FieldGenerator.offers.count)
        var decidedCount = 0
        for number in 0..<Settings.fieldCount {
            let field = generator.field()
            let count = Int.random(in: 0...allOffers.count, using: &generator)
            let offers = Array(allOffers.shuffled(using: &generator).prefix(count))
            let policy = Self.policy(&generator)
            let negotiator = Negotiator(offers: offers, policy: policy)
            let decision = negotiator.decision(accept: field.span)
            let twin = SlowNegotiation(field, offers, policy)
            let ranking = decision.ranking.map { ranked in
                SlowNegotiation.Ranked(
                    index: ranked.index, weight: ranked.quality.description,
                    range: ranked.range.map { Array(field[$0]) })
            }
            let isSame =
                ranking == twin.ranking && decision.ignored == twin.ignored.map { String(decoding: $0, as: UTF8.self) }
                && decision.ranking.allSatisfy { $0.offer == offers[$0.index] }
                && negotiator.bestOffer(accept: field.span)
                    == decision.ranking.first { $0.quality.isAcceptable }.map(\.index)
            if !isSame {
                Issue.record(
                    """
                    field \(number), \(String(decoding: field, as: UTF8.self).debugDescription) for \(offers) \
                    under \(policy): found \(ranking), \(decision.ignored), expected \(twin.ranking), \(twin.ignored)
                    """)
                return
            }
            if decision.choice != nil { decidedCount += 1 }
        }
        #expect(decidedCount > Settings.fieldCount / 4)
        #expect(decidedCount < Settings.fieldCount)
    }

    private static func policy(_ generator: inout FieldGenerator) -> NegotiationPolicy {
        var policy = NegotiationPolicy.standard
        if Bool.random(using: &generator) { return policy }
        policy.ties = generator.pick([.serverOrder, .clientOrder, .moreSpecificRange])
        policy.malformedElements = generator.pick([.dropped, .dropped, .dropped, .ignoringField, .refusingField])
        policy.charset = generator.pick([.utf8IsUnderstood, .asDeclared])
        policy.parameterValues = generator.pick([.ignoringCase, .exact])
        policy.browsers = generator.pick([.asAnyClient, .withoutXML])
        let json = MediaType(type: "application", subtype: "json")
        let api = MediaType(type: "application", subtype: "vnd.api+json")
        policy.aliases = generator.pick([
            [], [.init(api, for: json), .init(MediaType(type: "x", subtype: "y"), for: json)],
        ])
        return policy
    }
}
