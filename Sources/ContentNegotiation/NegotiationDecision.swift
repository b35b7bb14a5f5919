/// The result of a negotiation.
public struct NegotiationDecision: Hashable, Sendable {
    /// All offers, the best first; those that are not acceptable come last, in the server's order.
    public let ranking: [RankedOffer]
    /// The malformed elements of the field, as received; bytes that are not UTF-8 are replaced by U+FFFD.
    public let ignored: [String]

    /// The best offer; nil if none is acceptable, which is HTTP's 406.
    public var choice: MediaType? {
        guard let first = ranking.first, first.quality.isAcceptable else { return nil }
        return first.offer
    }
}

/// An offer with its quality value.
public struct RankedOffer: Hashable, Sendable {
    /// The offer.
    public let offer: MediaType
    /// The quality value of the offer; also 0 if no range matches the offer.
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

    /// The index of the offer in the server's order, from 0.
    public var index: Int { weight.index }

    /// The place in the field of the range that gave the weight.
    ///
    /// It is nil for an offer that no range matches, and for all offers if the field counts as absent.
    public var range: Range<Int>? { weight.specificity < 0 ? nil : weight.range }

    /// The text of the range that gave the weight, as written in the field.
    public func rangeText(in accept: String) -> String? {
        guard let range, range.upperBound <= accept.utf8.count else { return nil }
        return String(decoding: accept.utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
    }
}

// MARK: -

/// The weight of one offer, with the range that gave it.
struct OfferWeight: Hashable {
    var index = 0
    var weight = FieldWeight.none
    /// The specificity of the range; -1 while no range matches the offer.
    var specificity = -1
    var range = 0..<0

    /// Whether the offer ranks before another one that was weighed by the same field.
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
