import ArgumentParser
import ContentNegotiation
import ResourceFormats

/// `llmfmt negotiate`: the offer that is chosen for an Accept field.
struct NegotiateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "negotiate",
        abstract: "Say which media type an Accept field gets.",
        discussion: """
            EXAMPLES:
              llmfmt negotiate 'text/csv;q=0.5, application/xml'
              llmfmt negotiate 'text/*' --offers text/html,text/plain
              llmfmt negotiate '*/*;q=0.1, text/csv' --explain

            Prints the chosen offer as it was written. If no offer is acceptable, prints nothing, says why on standard \
            error and exits with 1. Without an argument there is no Accept field, and the first offer is chosen; an \
            empty argument is an empty field, which means the same.
            """,
        helpNames: .long)

    @Argument(help: "The value of the Accept field.")
    var accept: String?

    @Option(
        help: ArgumentHelp(
            "What the server can send, in its order of preference; else what 'llmfmt formats' lists but JSON Lines.",
            valueName: "a,b,c"))
    var offers: String?

    @Flag(help: "Show every offer with its weight and the range that gave it, and what was ignored.")
    var explain = false

    @Option(help: "Text, or one JSON object.")
    var format = OutputFormat.text

    func run() throws {
        let console = Console()
        var isAcceptable = false
        try console.exitingOnFailure { () throws(Failure) in
            let names = try offers.map(splitOffers) ?? Format.negotiationOffers.map(\.description)
            var mediaTypes: [MediaType] = []
            for name in names {
                guard let mediaType = MediaType(name), mediaType.type != "*", mediaType.subtype != "*" else {
                    throw .usage(
                        "--offers has '\(shown(name))', which is not a media type such as text/csv;header=present")
                }
                mediaTypes.append(mediaType)
            }
            let decision = negotiate(accept: accept, offers: mediaTypes)
            isAcceptable = decision.choice != nil
            let output = LineOutput()
            switch format {
            case .text: try printText(decision, names, output)
            case .json: try printJSON(decision, names, output)
            }
            try output.drain()
            if !isAcceptable {
                console.write("llmfmt: nothing on offer is acceptable: \(reason(decision, names))")
            }
        }
        if !isAcceptable { throw ArgumentParser.ExitCode(1) }
    }

    // MARK: Printing

    private func printText(
        _ decision: NegotiationDecision, _ names: [String], _ output: LineOutput
    ) throws(Failure) {
        if let first = decision.ranking.first, decision.choice != nil {
            output.append(names[first.index])
            try output.endLine()
            if explain { try output.endLine() }
        }
        guard explain else { return }
        var rows = [["OFFER", "WEIGHT", "RANGE"]]
        for offer in decision.ranking {
            rows.append([names[offer.index], offer.quality.description, rangeText(offer).map(shown) ?? "-"])
        }
        output.append(table(rows))
        for element in decision.ignored {
            output.append("ignored: \(shown(element))")
            try output.endLine()
        }
    }

    private func printJSON(
        _ decision: NegotiationDecision, _ names: [String], _ output: LineOutput
    ) throws(Failure) {
        output.append(decision.json(accept: accept, names: names, isExplained: explain))
        try output.endLine()
    }

    private func rangeText(_ offer: RankedOffer) -> String? {
        accept.flatMap { offer.rangeText(in: $0) }
    }

    /// The reason why no offer is acceptable: the offers that each range excludes, and those that no range matches.
    private func reason(_ decision: NegotiationDecision, _ names: [String]) -> String {
        var parts: [String] = []
        var excluders: [Range<Int>] = []
        for offer in decision.ranking {
            guard let range = offer.range, let text = rangeText(offer), !excluders.contains(range) else { continue }
            excluders.append(range)
            let excluded = decision.ranking.filter { $0.range == range }.map { names[$0.index] }
            parts.append("'\(shown(text))' excludes \(excluded.joined(separator: ", "))")
        }
        let untaken = decision.ranking.filter { $0.range == nil }.map { names[$0.index] }
        if !untaken.isEmpty { parts.append("no range takes \(untaken.joined(separator: ", "))") }
        return parts.joined(separator: "; ")
    }

    /// Splits a text at commas outside quotes, and removes white space around the parts.
    private func splitOffers(_ text: String) throws(Failure) -> [String] {
        var names: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: ","), !isQuoted {
                names.append([])
                continue
            }
            names[names.count - 1].append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = isQuoted
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            }
        }
        return names.map { name in
            let end = name.drop(while: isSpaceByte).reversed().drop(while: isSpaceByte)
            return String(decoding: end.reversed(), as: UTF8.self)
        }
    }
}

/// A client's text for a terminal: without control characters, and not too long.
func shown(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(80) {
        let isControl = scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
        shown.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(shown) + (text.unicodeScalars.dropFirst(80).isEmpty ? "" : "…")
}
