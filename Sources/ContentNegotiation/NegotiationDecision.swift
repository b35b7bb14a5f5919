/// What came of a negotiation.
public struct NegotiationDecision: Hashable, Sendable {
    /// Every offer, the best first; those that are not acceptable last, in the server's order.
    public let ranking: [RankedOffer]
    /// The malformed elements of the field, as received; bytes that are not UTF-8 are replaced by U+FFFD.
    public let ignored: [String]

    /// The best offer; nil if none is acceptable, which is HTTP's 406.
    public var choice: MediaType? {
        guard let first = ranking.first, first.quality.isAcceptable else { return nil }
        return first.offer
    }
}

/// An offer and how much it is wanted.
public struct RankedOffer: Hashable, Sendable {
    /// The offer.
    public let offer: MediaType
    /// How much the offer is wanted; 0 also if no range takes it.
    public let quality: QualityValue
    let weight: OfferWeight

    /// - Parameters:
    ///   - offer: The offer.
    ///   - weight: Its weight.
    ///   - field: The field that the weight comes from.
    init(_ offer: MediaType, _ weight: OfferWeight, in field: Span<UInt8>) {
        self.offer = offer
        self.weight = weight
        quality = weight.weight.value(in: field)
    }

    /// The offer's place among the offers given, from 0 on.
    public var index: Int { weight.index }

    /// Which bytes of the field are the range that gave the weight; nil if none did.
    ///
    /// It is nil for an offer that no range takes, and for every offer if the field counts as absent.
    public var range: Range<Int>? { weight.specificity < 0 ? nil : weight.range }

    /// The range that gave the weight, as it was written in the field.
    public func rangeText(in accept: String) -> String? {
        guard let range, range.upperBound <= accept.utf8.count else { return nil }
        return String(decoding: accept.utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
    }
}

// MARK: -

/// The weight of one offer and the range it comes from.
struct OfferWeight: Hashable {
    var index = 0
    var weight = FieldWeight.none
    /// -1 while no range takes the offer; equal for ranges that are equally specific.
    var specificity = -1
    var range = 0..<0

    /// Whether the offer goes before another one that was weighed by the same field.
    func precedes(_ other: OfferWeight, _ ties: NegotiationPolicy.Ties, in field: Span<UInt8>) -> Bool {
        if weight.isMore(than: other.weight, in: field) { return true }
        if other.weight.isMore(than: weight, in: field) { return false }
        guard weight.isAcceptable else { return index < other.index }
        switch ties {
        case .serverOrder:
            break
        case .moreSpecificRange where specificity != other.specificity:
            return specificity > other.specificity
        case .clientOrder, .moreSpecificRange:
            if range.lowerBound != other.range.lowerBound { return range.lowerBound < other.range.lowerBound }
        }
        return index < other.index
    }
}
