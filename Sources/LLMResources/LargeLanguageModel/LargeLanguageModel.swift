public import ResourceFormats

/// A large language model resource of the API, as *GET /v2.0/largelanguagemodels/{id}* returns it.
///
/// Properties that the API does not require are optional: nil is an absent member. A member that is `null` is read as
/// absent, because it means the same to the API, and so it is not written again. Members that are not in the schema are
/// kept in `unknownMembers`, at this level and in every object below.
public struct LargeLanguageModel: Hashable, Sendable {
    /// The name that users see.
    public var name: String
    /// The purpose, in words.
    public var description: String?
    /// The name of the model.
    public var modelType: ModelType
    /// The purpose of the model.
    public var modelGroup: ModelGroup?
    /// The interface of the provider by which the model is called; `chatCompletion` if absent.
    public var apiType: APIType?
    /// Whether the model is not one of the provider's usual ones.
    public var isCustomModel: Bool?
    /// The provider that runs the model.
    public var provider: Provider
    /// The identifier of the connection, a UUID.
    public var connectionId: String

    /// Settings for OpenAI.
    public var openAI: CustomModel?
    /// Settings for Anthropic.
    public var anthropic: CustomModel?
    /// Settings for Azure OpenAI.
    public var azureOpenAI: AzureOpenAI?
    /// Settings for Google Vertex AI.
    public var googleVertexAI: GoogleVertexAI?
    /// Settings for Google Gemini.
    public var googleGemini: GoogleLocation?
    /// Settings for Google GenAI.
    public var googleGenAI: GoogleLocation?
    /// Settings for Aleph Alpha.
    public var alephAlpha: AlephAlpha?
    /// Settings for providers that are compatible with OpenAI.
    public var openAICompatible: OpenAICompatible?

    /// Whether the resource belongs to a project or to all of them.
    public var resourceLevel: ResourceLevel?
    /// Whether the resource is used where no other is set; not for global resources.
    public var isDefault: Bool?
    /// The models that are used when this one stops working, in order; not for global resources.
    public var fallbacks: [Fallback]?
    /// The identifiers of the projects that may use a global resource.
    public var assignedToProjects: [String]?
    /// The identifier of the project to which the resource belongs.
    public var projectId: String?

    /// The reference identifier, a UUID.
    public var referenceId: String?
    /// The identifier, `_id` in JSON.
    public var id: String?
    /// The time of creation, in seconds since 1970.
    public var createdAt: Int?
    /// The time of the last change, in seconds since 1970.
    public var lastChanged: Int?
    /// The identifier of the user who created the resource.
    public var createdBy: String?
    /// The identifier of the user who last changed the resource.
    public var lastChangedBy: String?

    /// Members that are not in the schema, in their order.
    public var unknownMembers: UnknownMembers

    /// A resource with the fields that the API requires, and any of the others.
    public init(
        name: String, description: String? = nil, modelType: ModelType, modelGroup: ModelGroup? = nil,
        apiType: APIType? = nil, isCustomModel: Bool? = nil, provider: Provider, connectionId: String,
        openAI: CustomModel? = nil, anthropic: CustomModel? = nil, azureOpenAI: AzureOpenAI? = nil,
        googleVertexAI: GoogleVertexAI? = nil, googleGemini: GoogleLocation? = nil,
        googleGenAI: GoogleLocation? = nil, alephAlpha: AlephAlpha? = nil,
        openAICompatible: OpenAICompatible? = nil, resourceLevel: ResourceLevel? = nil, isDefault: Bool? = nil,
        fallbacks: [Fallback]? = nil, assignedToProjects: [String]? = nil, projectId: String? = nil,
        referenceId: String? = nil, id: String? = nil, createdAt: Int? = nil, lastChanged: Int? = nil,
        createdBy: String? = nil, lastChangedBy: String? = nil, unknownMembers: UnknownMembers = UnknownMembers()
    ) {
        self.name = name
        self.description = description
        self.modelType = modelType
        self.modelGroup = modelGroup
        self.apiType = apiType
        self.isCustomModel = isCustomModel
        self.provider = provider
        self.connectionId = connectionId
        self.openAI = openAI
        self.anthropic = anthropic
        self.azureOpenAI = azureOpenAI
        self.googleVertexAI = googleVertexAI
        self.googleGemini = googleGemini
        self.googleGenAI = googleGenAI
        self.alephAlpha = alephAlpha
        self.openAICompatible = openAICompatible
        self.resourceLevel = resourceLevel
        self.isDefault = isDefault
        self.fallbacks = fallbacks
        self.assignedToProjects = assignedToProjects
        self.projectId = projectId
        self.referenceId = referenceId
        self.id = id
        self.createdAt = createdAt
        self.lastChanged = lastChanged
        self.createdBy = createdBy
        self.lastChangedBy = lastChangedBy
        self.unknownMembers = unknownMembers
    }
}
