/// The offers, prepared for comparison with ranges: all their texts in one run of bytes, in lower case, and their
/// places.
struct OfferTable {
    /// The places of the type and subtype of one media type.
    struct Essence {
        let whole: Range<Int>
        let slash: Int

        /// Whether `range`, which must have a subtype, names this type and subtype.
        @inline(__always)
        func isNamed(by range: MediaRange, in field: Span<UInt8>, _ text: Span<UInt8>) -> Bool {
            range.slash &- range.essence.lowerBound == slash &- whole.lowerBound
                && isEqual(field, range.essence, text, whole)
        }
    }

    private struct Parameter {
        let name: Range<Int>
        let value: Range<Int>
    }

    private struct Offer {
        let essence: Essence
        let parameters: Range<Int>
        let aliases: Range<Int>
        let isXML: Bool
    }

    private var text: [UInt8] = []
    private var parameters: [Parameter] = []
    private var aliases: [Essence] = []
    private var offers: [Offer] = []
    private let html: Essence
    private let charset: Range<Int>
    private let utf8: Range<Int>
    private let isCharsetUnderstood: Bool
    private let isExact: Bool

    init(_ mediaTypes: [MediaType], _ policy: NegotiationPolicy) {
        isCharsetUnderstood = policy.charset == .utf8IsUnderstood
        isExact = policy.parameterValues == .exact
        html = Self.append(MediaType(type: "text", subtype: "html"), to: &text)
        charset = Self.append("charset", to: &text)
        utf8 = Self.append("utf-8", to: &text)
        for mediaType in mediaTypes {
            let essence = Self.append(mediaType, to: &text)
            let firstParameter = parameters.count
            for parameter in mediaType.parameters {
                parameters.append(
                    Parameter(
                        name: Self.append(parameter.name, to: &text),
                        value: Self.append(parameter.value, to: &text, isExact: isExact)))
            }
            let firstAlias = aliases.count
            for alias in policy.aliases where mediaType.hasSameEssence(as: alias.offer) {
                aliases.append(Self.append(alias.name, to: &text))
            }
            offers.append(
                Offer(
                    essence: essence, parameters: firstParameter..<parameters.count,
                    aliases: firstAlias..<aliases.count,
                    isXML: mediaType.subtype == "xml" && (mediaType.type == "application" || mediaType.type == "text")))
        }
    }

    /// The bytes that the places refer to.
    var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        get { text.span }
    }

    private static func append(_ mediaType: MediaType, to text: inout [UInt8]) -> Essence {
        let type = append(mediaType.type, to: &text)
        text.append(UInt8(ascii: "/"))
        let subtype = append(mediaType.subtype, to: &text)
        return Essence(whole: type.lowerBound..<subtype.upperBound, slash: type.upperBound)
    }

    private static func append(_ part: String, to text: inout [UInt8], isExact: Bool = false) -> Range<Int> {
        let start = text.count
        for byte in part.utf8 { text.append(isExact ? byte : lowercased(byte)) }
        return start..<text.count
    }

    // MARK: Comparing

    /// Whether the range is `text/html`.
    func isHTML(_ range: MediaRange, in field: Span<UInt8>) -> Bool {
        range.kind == .subtype && html.isNamed(by: range, in: field, text.span)
    }

    /// The specificity of the range if it matches the offer, -1 if it does not.
    ///
    /// - Parameters:
    ///   - range: The range.
    ///   - field: The field that contains the range.
    ///   - index: The index of the offer.
    ///   - isWithoutXML: Whether ranges that name XML are ignored.
    @inline(__always)
    func specificity(
        of range: MediaRange, in field: Span<UInt8>, forOffer index: Int, isWithoutXML: Bool
    ) -> Int {
        let offer = offers[index]
        let text = text.span
        var level = 0
        switch range.kind {
        case .any:
            break
        case .type:
            let type = offer.essence.whole.lowerBound..<offer.essence.slash
            guard isEqual(field, range.type, text, type) else { return -1 }
            level = 1
        case .subtype:
            if offer.essence.isNamed(by: range, in: field, text) {
                guard !(isWithoutXML && offer.isXML) else { return -1 }
                level = 3
            } else if offer.aliases.contains(where: { aliases[$0].isNamed(by: range, in: field, text) }) {
                level = 2
            } else {
                return -1
            }
        }
        guard range.parameterCount > 0 else { return level << 48 }
        guard hasParameters(of: range, in: field, offer) else { return -1 }
        return level << 48 + range.parameterCount
    }

    /// Whether the offer has each parameter of the range.
    private func hasParameters(of range: MediaRange, in field: Span<UInt8>, _ offer: Offer) -> Bool {
        var given = MediaRangeParameters(of: range, in: field)
        while given.next() {
            if given.isWeight { continue }
            let isCharset = isEqual(field, given.name, text.span, charset)
            var hasName = false
            var hasValue = false
            for index in offer.parameters where isEqual(field, given.name, text.span, parameters[index].name) {
                hasName = true
                // Values of `charset` are always compared in lower case, whether `isExact` or not.
                if given.hasValue(text.span, parameters[index].value, isExact: isExact && !isCharset) {
                    hasValue = true
                    break
                }
            }
            if !hasValue, !hasName, isCharset, isCharsetUnderstood {
                hasValue = given.hasValue(text.span, utf8, isExact: false)
            }
            guard hasValue else { return false }
        }
        return true
    }
}
