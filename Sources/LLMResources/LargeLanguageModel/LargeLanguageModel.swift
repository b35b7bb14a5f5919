public import ResourceFormats

/// A large language model resource of the API, as *GET /v2.0/largelanguagemodels/{id}* returns it.
///
/// Properties that the API does not require are optional: nil is an absent member. A member that is `null` is read as
/// absent, because the API gives the two no different meaning; so it is not written again. What this package does not
/// know survives in `unknownMembers`, at this level and in every object below.
public struct LargeLanguageModel: Hashable, Sendable {
    /// What people call it.
    public var name: String
    /// What it is for.
    public var description: String?
    /// Which model it is.
    public var modelType: ModelType
    /// What the model does.
    public var modelGroup: ModelGroup?
    /// Through which interface of the provider it is called; `chatCompletion` if absent.
    public var apiType: APIType?
    /// Whether the model is none of the provider's usual ones.
    public var isCustomModel: Bool?
    /// Who runs it.
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
    /// Whether it is used where no other is set; not for global resources.
    public var isDefault: Bool?
    /// What is used when it stops working, in order; not for global resources.
    public var fallbacks: [Fallback]?
    /// The identifiers of the projects that may use a global resource.
    public var assignedToProjects: [String]?
    /// The identifier of the project it belongs to.
    public var projectId: String?

    /// The reference identifier, a UUID.
    public var referenceId: String?
    /// The identifier, `_id` in JSON.
    public var id: String?
    /// When it was created, in seconds since 1970.
    public var createdAt: Int?
    /// When it was last changed, in seconds since 1970.
    public var lastChanged: Int?
    /// The identifier of the user who created it.
    public var createdBy: String?
    /// The identifier of the user who last changed it.
    public var lastChangedBy: String?

    /// Members that this package does not know, in their order.
    public var unknownMembers: UnknownMembers

    /// A resource with what the API requires, and any of the rest.
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
