public import ResourceFormats

extension LargeLanguageModel {
    /// The fields of the resource, in schema order, which is also the order of CSV's columns.
    ///
    /// They are the union of the fields in the reference pages of *GET /v2.0/largelanguagemodels/{id}* and *POST
    /// /v2.0/largelanguagemodels*.
    public enum Field: UInt16, SchemaField {
        case name, description, modelType, modelGroup, apiType, isCustomModel, provider, connectionId
        case openAI, openAICustomModel
        case anthropic, anthropicCustomModel
        case azureOpenAI, azureOpenAIResourceName, azureOpenAIDeploymentName, azureOpenAIAPIVersion
        case azureOpenAIBaseCustomURL
        case googleVertexAI, googleVertexAILocation, googleVertexAIAPIEndpoint, googleVertexAIPublisher
        case googleGemini, googleGeminiLocation
        case googleGenAI, googleGenAILocation
        case alephAlpha, alephAlphaCustomModel, alephAlphaBaseCustomURL
        case openAICompatible, openAICompatibleCustomModel, openAICompatibleBaseCustomURL
        case openAICompatibleCustomAuthHeader
        case resourceLevel, isDefault
        case fallbacks, fallbackIsEnabled, fallbackReferenceId
        case fallbackImmediate, fallbackFailedRequests, fallbackDurationInMinutes, fallbackEmailNotificationList
        case assignedToProjects, projectId, referenceId, id, createdAt, lastChanged, createdBy, lastChangedBy

        /// The field's name, kind and parent, and the rules for its value.
        public var declaration: FieldDeclaration<Self> {
            switch self {
            case .name: .string("name").required(in: .resource, .create)
            case .description: .string("description")
            case .modelType:
                .string("modelType").required(in: .resource, .create).usuallyOneOf(ModelType.documented.map(\.rawValue))
            case .modelGroup: .string("modelGroup").oneOf(ModelGroup.documented.map(\.rawValue))
            case .apiType: .string("apiType").oneOf(APIType.documented.map(\.rawValue))
            case .isCustomModel: .boolean("isCustomModel")
            case .provider:
                .string("provider").required(in: .resource, .create).usuallyOneOf(Provider.documented.map(\.rawValue))
            case .connectionId: .string("connectionId").required(in: .resource, .create).pattern(.uuid)

            case .openAI: .object("openAI")
            case .openAICustomModel: .string("customModel", in: .openAI)
            case .anthropic: .object("anthropic")
            case .anthropicCustomModel: .string("customModel", in: .anthropic)
            case .azureOpenAI: .object("azureOpenAI")
            case .azureOpenAIResourceName: .string("resourceName", in: .azureOpenAI)
            case .azureOpenAIDeploymentName: .string("deploymentName", in: .azureOpenAI)
            case .azureOpenAIAPIVersion: .string("apiVersion", in: .azureOpenAI)
            // The reference pages declare a string, but their example has an array of three.
            case .azureOpenAIBaseCustomURL: .string("baseCustomUrl", in: .azureOpenAI).orArrayOfStrings()
            case .googleVertexAI: .object("googleVertexAI")
            case .googleVertexAILocation: .string("location", in: .googleVertexAI)
            case .googleVertexAIAPIEndpoint: .string("apiEndpoint", in: .googleVertexAI)
            case .googleVertexAIPublisher: .string("publisher", in: .googleVertexAI)
            case .googleGemini: .object("googleGemini")
            case .googleGeminiLocation: .string("location", in: .googleGemini)
            case .googleGenAI: .object("googleGenAI")
            case .googleGenAILocation: .string("location", in: .googleGenAI)
            case .alephAlpha: .object("alephAlpha")
            case .alephAlphaCustomModel: .string("customModel", in: .alephAlpha)
            case .alephAlphaBaseCustomURL: .string("baseCustomUrl", in: .alephAlpha)
            case .openAICompatible: .object("openAICompatible")
            case .openAICompatibleCustomModel: .string("customModel", in: .openAICompatible)
            case .openAICompatibleBaseCustomURL: .string("baseCustomUrl", in: .openAICompatible)
            case .openAICompatibleCustomAuthHeader: .string("customAuthHeader", in: .openAICompatible)

            case .resourceLevel: .string("resourceLevel").oneOf(ResourceLevel.documented.map(\.rawValue))
            case .isDefault: .boolean("isDefault")
            case .fallbacks: .array("fallbacks", of: .object)
            case .fallbackIsEnabled: .boolean("isFallbackEnabled", in: .fallbacks)
            case .fallbackReferenceId: .string("fallbackLLMReferenceId", in: .fallbacks).pattern(.uuid)
            case .fallbackImmediate: .object("immediateFallBack", in: .fallbacks)
            case .fallbackFailedRequests: .number("failedRequests", in: .fallbackImmediate)
            case .fallbackDurationInMinutes: .number("durationInMinutes", in: .fallbackImmediate)
            case .fallbackEmailNotificationList:
                .array("emailNotificationList", of: .string, in: .fallbackImmediate)

            case .assignedToProjects: .array("assignedToProjects", of: .string)
            case .projectId: .string("projectId").pattern(.objectIdentifier)
            case .referenceId: .string("referenceId").pattern(.uuid).setByServer()
            case .id: .string("_id").pattern(.objectIdentifier).setByServer()
            case .createdAt: .number("createdAt").integer(0...2_147_483_647).setByServer()
            case .lastChanged: .number("lastChanged").integer(0...2_147_483_647).setByServer()
            case .createdBy: .string("createdBy").pattern(.objectIdentifier).setByServer()
            case .lastChangedBy: .string("lastChangedBy").pattern(.objectIdentifier).setByServer()
            }
        }

        /// The rules for project resources and for global ones, from the reference page of *POST
        /// /v2.0/largelanguagemodels*.
        public static let scopes: [SchemaScope<Self>] = [
            SchemaScope(
                "a project's resource", where: .resourceLevel, is: ResourceLevel.project.rawValue, isDefault: true,
                required: [.projectId], foreign: [.assignedToProjects]),
            SchemaScope(
                "a global resource", where: .resourceLevel, is: ResourceLevel.organisation.rawValue,
                excluded: [.isDefault, .fallbacks], foreign: [.projectId]),
        ]
    }

    /// The resource's fields and links, compiled for readers and writers.
    public static let schema = Schema(
        "largeLanguageModel", plural: "largeLanguageModels", fields: Field.self, links: links)
}
