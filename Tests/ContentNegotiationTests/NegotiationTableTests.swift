import ContentNegotiation
import TestSupport
import Testing

/// The public table of Accept fields: what ten implementations do, and what we have chosen where they differ.
@Suite(.enabled(if: ConformanceData.hasNegotiations, "\(ConformanceData.isMissing)"))
struct NegotiationTableTests {
    @Test func findsTheCases() throws {
        #expect(try ConformanceData.negotiations().count == 211)
    }

    @Test func decidesEachLineAsExpected() throws {
        for line in try ConformanceData.negotiations() {
            let offers = line.offers.compactMap { MediaType($0) }
            #expect(offers.count == line.offers.count, "line \(line.line)")
            let negotiator = Negotiator(offers: offers)
            guard let accept = line.accept else {
                let decision = negotiator.decision(accept: nil)
                #expect(decision.ranking.first.map { line.offers[$0.index] } == line.expected)
                continue
            }
            let decision = negotiator.decision(accept: accept.span)
            let found = decision.choice.flatMap { _ in decision.ranking.first.map { line.offers[$0.index] } }
            #expect(found == line.expected, "line \(line.line)")
            #expect(negotiator.bestOffer(accept: accept.span).map { line.offers[$0] } == line.expected)
            #expect(negotiate(accept: String(decoding: accept, as: UTF8.self), offers: offers) == decision)
        }
    }
}
