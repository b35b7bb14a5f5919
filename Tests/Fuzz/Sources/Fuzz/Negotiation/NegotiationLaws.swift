import ContentNegotiation
import Foundation

/// What holds for every field, whatever its bytes are.
struct NegotiationLaws {
    let settings: Settings
    let field: [UInt8]

    func check() {
        let decision = settings.negotiator.decision(accept: field.span)
        checkForm(of: decision)
        checkBestOffer(decision)
        checkAgainstTwin(decision)
        checkEmptyElements(decision)
        checkOfferAlone(decision)
        checkText(decision)
        checkMediaType()
    }

    private func require(_ isTrue: Bool, _ law: @autoclosure () -> String) {
        guard !isTrue else { return }
        let text = String(decoding: field, as: UTF8.self).debugDescription
        let offers = settings.offers.map(\.description)
        FileHandle.standardError.write(
            Data("BROKEN: \(law())\nfield \(text)\noffers \(offers)\n\(settings.policy)\n".utf8))
        abort()
    }

    // MARK: One decision

    private func checkForm(of decision: NegotiationDecision) {
        let ranking = decision.ranking
        require(
            ranking.map(\.index).sorted() == Array(settings.offers.indices), "the ranking has every offer once")
        for place in ranking.indices {
            let ranked = ranking[place]
            require(ranked.offer == settings.offers[ranked.index], "an offer stands under its index")
            require(0...1000 ~= ranked.quality.thousandths, "a quality is from 0 to 1000")
            require(
                (ranked.quality.thousandths == 0) == (ranked.quality == .none)
                    && ranked.quality.isAcceptable == (ranked.quality != .none),
                "only what is not acceptable has no thousandths")
            if place > 0 {
                let better = ranking[place - 1].quality
                require(better >= ranked.quality, "better offers come first")
                require(better.thousandths >= ranked.quality.thousandths, "rounding keeps the order")
                require(
                    (better == ranked.quality) == (better.description == ranked.quality.description),
                    "equal weights are written alike")
            }
            guard let range = ranked.range else { continue }
            require(
                !range.isEmpty && range.lowerBound >= 0 && range.upperBound <= field.count,
                "a range lies in the field")
        }
        require(!decision.ignored.contains { $0.utf8.isEmpty }, "what is ignored is something")
    }

    private func checkBestOffer(_ decision: NegotiationDecision) {
        let best = settings.negotiator.bestOffer(accept: field.span)
        let first = decision.ranking.first.flatMap { $0.quality.isAcceptable ? $0.index : nil }
        require(best == first, "bestOffer is the first of the ranking: \(best as Int?)")
        require(decision.choice == best.map { settings.offers[$0] }, "the choice is the best offer")
    }

    /// The slow negotiation of the tests comes to the same.
    private func checkAgainstTwin(_ decision: NegotiationDecision) {
        let twin = SlowNegotiation(field, settings.offers, settings.policy)
        let ranking = decision.ranking.map { ranked in
            SlowNegotiation.Ranked(
                index: ranked.index, weight: ranked.quality.description,
                range: ranked.range.map { Array(field[$0]) })
        }
        require(ranking == twin.ranking, "the slow twin ranks alike: \(ranking) \(twin.ranking)")
        let ignored = twin.ignored.map { String(decoding: $0, as: UTF8.self) }
        require(
            decision.ignored.map { Array($0.utf8) } == ignored.map { Array($0.utf8) },
            "the slow twin ignores alike: \(decision.ignored) \(ignored)")
    }

    // MARK: Several decisions

    private func checkEmptyElements(_ decision: NegotiationDecision) {
        let longer = settings.negotiator.decision(accept: (field + Array(", ".utf8)).span)
        require(longer.ranking == decision.ranking, "an empty element behind changes nothing")
        let later = settings.negotiator.decision(accept: (Array(", ".utf8) + field).span)
        require(
            later.ranking.map(\.index) == decision.ranking.map(\.index)
                && later.ranking.map(\.quality) == decision.ranking.map(\.quality)
                && later.ranking.map { $0.range.map { $0.lowerBound - 2..<$0.upperBound - 2 } }
                    == decision.ranking.map(\.range)
                && later.ignored == decision.ignored,
            "an empty element in front moves the ranges and changes nothing else")
    }

    /// An offer's weight does not depend on the others; one of them is tried.
    private func checkOfferAlone(_ decision: NegotiationDecision) {
        guard !decision.ranking.isEmpty else { return }
        let ranked = decision.ranking[field.count % decision.ranking.count]
        let alone = settings.single[ranked.index].decision(accept: field.span).ranking.first
        require(
            alone?.quality == ranked.quality && alone?.range == ranked.range,
            "offer \(ranked.index) alone has the same weight")
    }

    // MARK: Text

    private func checkText(_ decision: NegotiationDecision) {
        guard let text = String(validating: field, as: UTF8.self) else { return }
        require(
            negotiate(accept: text, offers: settings.offers, policy: settings.policy) == decision,
            "text and bytes give the same decision")
        require(
            settings.negotiator.bestOffer(accept: text) == settings.negotiator.bestOffer(accept: field.span),
            "text and bytes give the same offer")
        for ranked in decision.ranking {
            require(
                ranked.rangeText(in: text).map { Array($0.utf8) } == ranked.range.map { Array(field[$0]) },
                "the text of a range is what stands in the field")
        }
    }

    private func checkMediaType() {
        guard let mediaType = MediaType(String(decoding: field, as: UTF8.self)) else { return }
        let text = mediaType.description
        let again = MediaType(text)
        require(again == mediaType, "a media type's description is read as the same: \(text)")
        require(again.map(\.hashValue) == mediaType.hashValue, "equal media types have equal hashes: \(text)")
        require(
            again?.parameters.map(\.bytes) == mediaType.parameters.map(\.bytes), "parameters keep their order: \(text)")
        checkEquality(of: mediaType)
        // In a field `q` is the weight and no parameter.
        if mediaType.value(of: "q") == nil {
            let decision = negotiate(accept: text, offers: [mediaType])
            require(decision.choice == mediaType, "who asks for an offer by its description gets it: \(text)")
        }
    }

    private func checkEquality(of mediaType: MediaType) {
        var parameters = mediaType.parameters
        if let first = parameters.first { parameters[parameters.count - 1] = first }
        let changed = MediaType(type: mediaType.type, subtype: mediaType.subtype, parameters: parameters)
        for other in settings.offers + [changed] {
            require(
                (other == mediaType) == (other.sortedParts == mediaType.sortedParts),
                "media types are equal if their parts are, in any order: \(other), \(mediaType)")
        }
        let turned = MediaType(
            type: mediaType.type, subtype: mediaType.subtype, parameters: mediaType.parameters.reversed())
        require(
            turned == mediaType && turned.hashValue == mediaType.hashValue,
            "the order of parameters does not matter: \(mediaType)")
    }
}

extension MediaType.Parameter {
    /// The name has no `=`, so equal bytes are equal names and values.
    fileprivate var bytes: [UInt8] { name.utf8 + [UInt8(ascii: "=")] + value.utf8 }
}

extension MediaType {
    fileprivate var sortedParts: [[UInt8]] {
        [Array("\(type)/\(subtype)".utf8)]
            + parameters.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
    }
}
