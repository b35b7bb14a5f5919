import LLMResources

// The operations that replace a model, and that create many.

extension RegistryDescription {
    var replace: JSONNode {
        operation(
            "replaceLargeLanguageModel", "Replace a large language model",
            description: "What the server sets is kept. A model that does not exist is created.",
            parameters: Self.writeParameters, body: requestBody(.newModel, isRequired: true),
            success: [
                ("200", success("The changed model.", .model, headers: Self.changeHeaders)),
                ("201", success("The new model.", .model, headers: ["Location"] + Self.changeHeaders)),
                ("204", success("The model is changed; Prefer asked for no content.", headers: Self.changeHeaders)),
            ], problems: [400, 404, 412, 413, 415, 422, 503, 507])
    }

    var createMany: JSONNode {
        operation(
            "createLargeLanguageModels", "Create many large language models",
            description: "All of them or, if one is not valid, none.",
            parameters: ["format", "prefer", "idempotencyKey"], body: requestBody(.newModels, isRequired: true),
            success: [("201", success("The new models.", .models, headers: ["Vary", "Preference-Applied"]))],
            problems: [400, 413, 415, 422, 503, 507])
    }

    static let itemParameters = ["format", "ifMatch", "ifNoneMatch", "ifModifiedSince", "ifUnmodifiedSince"]
    static let writeParameters = ["format", "ifMatch", "ifNoneMatch", "ifUnmodifiedSince", "prefer"]
    static let itemHeaders = ["Accept-Patch", "ETag", "Last-Modified", "Link", "Vary"]
    static let changeHeaders = itemHeaders + ["Preference-Applied"]
}
