import ContentNegotiation
import LLMResources
import ResourceFormats

/// What a request or response carries, in all formats that there are for it.
enum Content {
    case model, newModel, patch, page

    /// The media types with their schemas.
    var mediaTypes: JSONNode {
        var members: [(String, JSONNode)] = []
        for offer in Format.negotiationOffers {
            let name = "\(offer.type)/\(offer.subtype)"
            guard !members.contains(where: { Array($0.0.utf8) == Array(name.utf8) }) else { continue }
            members.append((name, ["schema": schema(in: offer)]))
        }
        if case .patch = self {
            members.append(("application/merge-patch+json", ["schema": schema(in: Format.json.mediaType)]))
        }
        return .object(members)
    }

    /// How it looks in one format.
    private func schema(in type: MediaType) -> JSONNode {
        if type.subtype == "csv" {
            return ["type": "string", "description": "A header row, then a row for each record (RFC 4180)."]
        }
        let isXML = type.subtype == "xml"
        if case .page = self, isXML {
            return [
                "type": "array", "items": Self.model.schema(in: type),
                "xml": ["name": .string(LargeLanguageModel.schema.pluralName), "wrapped": true],
            ]
        }
        let schema = JSONNode.reference("components/schemas/\(name(isHAL: type == Format.hal.mediaType))")
        return isXML ? schema.adding([("xml", ["name": .string(LargeLanguageModel.schema.name)])]) : schema
    }

    private func name(isHAL: Bool) -> String {
        switch self {
        case .model: isHAL ? "LargeLanguageModelWithLinks" : "LargeLanguageModel"
        case .newModel: "NewLargeLanguageModel"
        case .patch: "LargeLanguageModelPatch"
        case .page: isHAL ? "LargeLanguageModelPageWithLinks" : "LargeLanguageModelPage"
        }
    }
}
