public import ContentNegotiation

extension NegotiationDecision {
    /// The decision as a JSON object: `{"choice":…}`, with an explanation also `ranking` and `ignored`.
    ///
    /// - Parameters:
    ///   - accept: The value of the Accept field; nil if there was no such field.
    ///   - names: The spelling of each offer, by its index.
    ///   - isExplained: Whether every offer is listed, with its weight and the media range that gave it.
    /// - Returns: Compact JSON without a line end.
    public func json(accept: String?, names: [String], isExplained: Bool) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: 512)
        output.append("{\"choice\":")
        if let first = ranking.first, choice != nil {
            output.appendJSONString(names[first.index])
        } else {
            output.append("null")
        }
        if isExplained {
            output.append(",\"ranking\":[")
            for (place, offer) in ranking.enumerated() {
                output.append(place == 0 ? "{\"offer\":" : ",{\"offer\":")
                output.appendJSONString(names[offer.index])
                output.append(",\"weight\":")
                output.append(text: offer.quality.description)
                output.append(",\"range\":")
                if let range = accept.flatMap({ offer.rangeText(in: $0) }) {
                    output.appendJSONString(range)
                } else {
                    output.append("null")
                }
                output.append(0x7D)
            }
            output.append("],\"ignored\":[")
            for (place, element) in ignored.enumerated() {
                if place > 0 { output.append(0x2C) }
                output.appendJSONString(element)
            }
            output.append(0x5D)
        }
        output.append(0x7D)
        return output.array()
    }
}
