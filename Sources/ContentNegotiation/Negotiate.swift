/// The decision between a server's offers for one Accept value, by RFC 9110 section 12.5.1.
///
/// It is a pure and total function: equal arguments give equal decisions, and no argument is refused. Each offer takes
/// the weight of the most specific range that matches it; the highest weight wins. `docs/negotiation.md` has all rules.
///
/// - Parameters:
///   - accept: The value of the field, several lines joined by commas; nil if there is no such field.
///   - offers: The media types that the server can send, in its order of preference.
///   - policy: The choices that the RFC leaves to the server.
/// - Complexity: O(*f* · *o*) for a field of *f* bytes and *o* offers.
public func negotiate(
    accept: String?, offers: [MediaType], policy: NegotiationPolicy = .standard
) -> NegotiationDecision {
    Negotiator(offers: offers, policy: policy).decision(accept: accept)
}

/// The decision between a server's offers for a field whose bytes need not be UTF-8.
///
/// - Parameters:
///   - accept: The value of the field, several lines joined by commas.
///   - offers: The media types that the server can send, in its order of preference.
///   - policy: The choices that the RFC leaves to the server.
/// - Complexity: O(*f* · *o*) for a field of *f* bytes and *o* offers.
public func negotiate(
    accept: Span<UInt8>, offers: [MediaType], policy: NegotiationPolicy = .standard
) -> NegotiationDecision {
    Negotiator(offers: offers, policy: policy).decision(accept: accept)
}

/// Offers and a policy, prepared once for many negotiations.
public struct Negotiator: Sendable {
    /// The media types that the server can send, in its order of preference.
    public let offers: [MediaType]
    /// The choices that the RFC leaves to the server.
    public let policy: NegotiationPolicy
    private let table: OfferTable

    /// A negotiator for some offers.
    public init(offers: [MediaType], policy: NegotiationPolicy = .standard) {
        self.offers = offers
        self.policy = policy
        table = OfferTable(offers, policy)
    }

    /// The decision for the value of a field; nil if there is no such field.
    public func decision(accept: String?) -> NegotiationDecision {
        decision(accept: (accept ?? "").utf8.span)
    }

    /// The decision for the value of a field, which need not be UTF-8.
    public func decision(accept: Span<UInt8>) -> NegotiationDecision {
        var ranking: [RankedOffer] = []
        ranking.reserveCapacity(offers.count)
        let summary: FieldSummary
        if offers.count <= Self.batchCount {
            // A few weights are sorted on the stack, in a third of the time that sorting the offers takes.
            var sorted = Weights(repeating: OfferWeight())
            var count = 0
            summary = weigh(accept) { weight, field in
                var place = count
                while place > 0, weight.precedes(sorted[place - 1], policy.ties, in: field) {
                    sorted[place] = sorted[place - 1]
                    place -= 1
                }
                sorted[place] = weight
                count += 1
            }
            for place in 0..<count {
                ranking.append(RankedOffer(offers[sorted[place].index], sorted[place], in: accept))
            }
        } else {
            var weights: [OfferWeight] = []
            weights.reserveCapacity(offers.count)
            summary = weigh(accept) { weight, _ in weights.append(weight) }
            weights.sort { $0.precedes($1, policy.ties, in: accept) }
            for weight in weights {
                ranking.append(RankedOffer(offers[weight.index], weight, in: accept))
            }
        }
        let ignored = summary.malformedCount > 0 ? malformedElements(of: accept, summary.malformedCount) : []
        return NegotiationDecision(ranking: ranking, ignored: ignored)
    }

    /// The index of the best offer, nil if none is acceptable; allocates nothing.
    public func bestOffer(accept: String?) -> Int? {
        bestOffer(accept: (accept ?? "").utf8.span)
    }

    /// The index of the best offer for the value of a field, which need not be UTF-8.
    public func bestOffer(accept: Span<UInt8>) -> Int? {
        var best: OfferWeight?
        _ = weigh(accept) { weight, field in
            if let old = best, !weight.precedes(old, policy.ties, in: field) { return }
            best = weight
        }
        guard let best, best.weight.isAcceptable else { return nil }
        return best.index
    }

    // MARK: -

    /// Properties of a field as a whole, besides its ranges.
    private struct FieldSummary {
        var rangeCount = 0
        var malformedCount = 0
        var hasHTML = false
        var hasFullWildcard = false
    }

    /// The number of offers that are weighed in one pass over the field.
    ///
    /// Their weights are on the stack. More offers take more passes.
    private static var batchCount: Int { 8 }
    private typealias Weights = InlineArray<8, OfferWeight>

    /// Calls `body` with the weight of every offer, in the server's order.
    @inline(__always)
    private func weigh(_ field: Span<UInt8>, _ body: (OfferWeight, Span<UInt8>) -> Void) -> FieldSummary {
        var summary = FieldSummary()
        var first = 0
        repeat {
            let end = min(first + Self.batchCount, offers.count)
            var weights = Weights(repeating: OfferWeight())
            summary = read(field, first..<end, &weights, isWithoutXML: false)
            if policy.browsers == .withoutXML, summary.hasHTML, summary.hasFullWildcard {
                weights = Weights(repeating: OfferWeight())
                summary = read(field, first..<end, &weights, isWithoutXML: true)
            }
            let verdict = verdict(on: summary)
            for index in first..<end {
                var weight = weights[index - first]
                if let verdict {
                    weight = OfferWeight()
                    weight.weight = verdict
                }
                weight.index = index
                body(weight, field)
            }
            first = end
        } while first < offers.count
        return summary
    }

    /// The weight of all offers, if the field as a whole decides it.
    private func verdict(on summary: FieldSummary) -> FieldWeight? {
        if summary.malformedCount > 0 {
            switch policy.malformedElements {
            case .dropped: break
            case .ignoringField: return .full
            case .refusingField: return FieldWeight.none
            }
        }
        return summary.rangeCount == 0 ? .full : nil
    }

    /// Reads the field once and weighs the offers of one batch.
    private func read(
        _ field: Span<UInt8>, _ batch: Range<Int>, _ weights: inout Weights, isWithoutXML: Bool
    ) -> FieldSummary {
        var summary = FieldSummary()
        var header = AcceptHeader(field)
        while let element = header.next() {
            guard case .range(let range) = element else {
                summary.malformedCount += 1
                continue
            }
            summary.rangeCount += 1
            if policy.browsers == .withoutXML {
                if range.kind == .any { summary.hasFullWildcard = true }
                if table.isHTML(range, in: field) { summary.hasHTML = true }
            }
            for index in batch {
                let specificity = table.specificity(
                    of: range, in: field, forOffer: index, isWithoutXML: isWithoutXML)
                guard specificity >= 0 else { continue }
                let old = weights[index - batch.lowerBound]
                guard
                    specificity > old.specificity
                        || specificity == old.specificity && range.weight.isMore(than: old.weight, in: field)
                else { continue }
                weights[index - batch.lowerBound] = OfferWeight(
                    weight: range.weight, specificity: specificity, range: range.whole)
            }
        }
        return summary
    }

    /// The malformed elements, found in another pass, because there are usually none.
    private func malformedElements(of field: Span<UInt8>, _ count: Int) -> [String] {
        var elements: [String] = []
        elements.reserveCapacity(count)
        var header = AcceptHeader(field)
        while let element = header.next() {
            guard case .malformed(let place) = element else { continue }
            elements.append(String(copying: field, place))
        }
        return elements
    }
}

extension String {
    /// The bytes at `place` as text; malformed UTF-8 is replaced.
    fileprivate init(copying field: Span<UInt8>, _ place: Range<Int>) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(place.count)
        for index in place { bytes.append(field[index]) }
        self.init(decoding: bytes, as: UTF8.self)
    }
}
