import ContentNegotiation
import LLMResources
import ResourceFormats

/// What a request or response carries, in all formats that there are for it.
enum Content {
    case model, newModel, patch, page, models, newModels

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
        if let element { return list(of: element, in: type, isXML) }
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
        case .page, .models, .newModels: isHAL ? "LargeLanguageModelPageWithLinks" : "LargeLanguageModelPage"
        }
    }

    /// What a list has, one that is no page.
    private var element: Content? {
        switch self {
        case .models: .model
        case .newModels: .newModel
        default: nil
        }
    }

    /// A list without what a page has.
    private func list(of element: Content, in type: MediaType, _ isXML: Bool) -> JSONNode {
        let elements: JSONNode = ["type": "array", "items": element.schema(in: type)]
        let plural = LargeLanguageModel.schema.pluralName
        if isXML { return elements.adding([("xml", ["name": .string(plural), "wrapped": true])]) }
        guard type == Format.hal.mediaType else {
            // A page is a list, too, and generators that are asked for a body that may be an array or an object make
            // clients that fail.
            if case .newModel = element { return .reference("components/schemas/NewLargeLanguageModelList") }
            return elements
        }
        return [
            "type": "object",
            "properties": [
                "_embedded": ["type": "object", "properties": [plural: elements], "required": [.string(plural)]]
            ],
            "required": ["_embedded"],
        ]
    }
}
