public import ResourceFormats

extension LargeLanguageModel: Resource {
    /// Reads the resource from a record.
    ///
    /// - Throws: `.wrongKind`, or `.missingField` for an absent or `null` name, modelType, provider or connectionId.
    public init(_ record: RecordView) throws(SerializationError) {
        var name: String?
        var modelType: ModelType?
        var provider: Provider?
        var connectionId: String?
        // In place: a value of this size costs more to copy than to read.
        self.init(name: "", modelType: "", provider: "", connectionId: "")

        var members = try record.members()
        while members.next() {
            let value = members.value
            guard let field = Field(value.field) else {
                unknownMembers.append(members)
                continue
            }
            if value.kind == .null { continue }
            switch field {
            case .name: name = try value.string()
            case .description: description = try value.string()
            case .modelType: modelType = ModelType(rawValue: try value.string())
            case .modelGroup: modelGroup = ModelGroup(rawValue: try value.string())
            case .apiType: apiType = APIType(rawValue: try value.string())
            case .isCustomModel: isCustomModel = try value.bool()
            case .provider: provider = Provider(rawValue: try value.string())
            case .connectionId: connectionId = try value.string()
            case .openAI: openAI = try CustomModel(value)
            case .anthropic: anthropic = try CustomModel(value)
            case .azureOpenAI: azureOpenAI = try AzureOpenAI(value)
            case .googleVertexAI: googleVertexAI = try GoogleVertexAI(value)
            case .googleGemini: googleGemini = try GoogleLocation(value)
            case .googleGenAI: googleGenAI = try GoogleLocation(value)
            case .alephAlpha: alephAlpha = try AlephAlpha(value)
            case .openAICompatible: openAICompatible = try OpenAICompatible(value)
            case .resourceLevel: resourceLevel = ResourceLevel(rawValue: try value.string())
            case .isDefault: isDefault = try value.bool()
            case .fallbacks: fallbacks = try Self.fallbacks(value)
            case .assignedToProjects: assignedToProjects = try value.strings()
            case .projectId: projectId = try value.string()
            case .referenceId: referenceId = try value.string()
            case .id: id = try value.string()
            case .createdAt: createdAt = try value.integer()
            case .lastChanged: lastChanged = try value.integer()
            case .createdBy: createdBy = try value.string()
            case .lastChangedBy: lastChangedBy = try value.string()

            case .openAICustomModel, .anthropicCustomModel, .azureOpenAIResourceName, .azureOpenAIDeploymentName,
                .azureOpenAIAPIVersion, .azureOpenAIBaseCustomURL, .googleVertexAILocation,
                .googleVertexAIAPIEndpoint, .googleVertexAIPublisher, .googleGeminiLocation, .googleGenAILocation,
                .alephAlphaCustomModel, .alephAlphaBaseCustomURL, .openAICompatibleCustomModel,
                .openAICompatibleBaseCustomURL, .openAICompatibleCustomAuthHeader, .fallbackIsEnabled,
                .fallbackReferenceId, .fallbackImmediate, .fallbackFailedRequests, .fallbackDurationInMinutes,
                .fallbackEmailNotificationList:
                break  // Members of the objects above, which read them; a record itself never has one.
            }
        }

        guard let name else { throw record.missing(Field.name) }
        guard let modelType else { throw record.missing(Field.modelType) }
        guard let provider else { throw record.missing(Field.provider) }
        guard let connectionId else { throw record.missing(Field.connectionId) }
        self.name = name
        self.modelType = modelType
        self.provider = provider
        self.connectionId = connectionId
    }

    private static func fallbacks(_ value: RecordView) throws(SerializationError) -> [Fallback] {
        var elements = try value.elements()
        var fallbacks: [Fallback] = []
        while elements.next() { fallbacks.append(try Fallback(elements.value)) }
        return fallbacks
    }

    /// Writes the known members in schema order, then the unknown ones.
    ///
    /// - Throws: `.duplicateField` for an unknown member with a known name, `.depthLimit` for one nested too deeply.
    public func write(to tape: inout RecordTape) throws(SerializationError) {
        tape.beginObject(.record)
        tape.append(name, to: Field.name.id)
        tape.append(description, to: Field.description.id)
        tape.append(modelType.rawValue, to: Field.modelType.id)
        tape.append(modelGroup?.rawValue, to: Field.modelGroup.id)
        tape.append(apiType?.rawValue, to: Field.apiType.id)
        tape.append(isCustomModel, to: Field.isCustomModel.id)
        tape.append(provider.rawValue, to: Field.provider.id)
        tape.append(connectionId, to: Field.connectionId.id)
        try openAI?.write(to: &tape, as: .openAI, customModel: .openAICustomModel)
        try anthropic?.write(to: &tape, as: .anthropic, customModel: .anthropicCustomModel)
        try azureOpenAI?.write(to: &tape)
        try googleVertexAI?.write(to: &tape)
        try googleGemini?.write(to: &tape, as: .googleGemini, location: .googleGeminiLocation)
        try googleGenAI?.write(to: &tape, as: .googleGenAI, location: .googleGenAILocation)
        try alephAlpha?.write(to: &tape)
        try openAICompatible?.write(to: &tape)
        tape.append(resourceLevel?.rawValue, to: Field.resourceLevel.id)
        tape.append(isDefault, to: Field.isDefault.id)
        if let fallbacks {
            tape.beginArray(Field.fallbacks.id)
            for fallback in fallbacks { try fallback.write(to: &tape) }
            tape.endArray()
        }
        tape.append(
            assignedToProjects, to: Field.assignedToProjects.id,
            elements: Self.schema.elements(of: Field.assignedToProjects.id))
        tape.append(projectId, to: Field.projectId.id)
        tape.append(referenceId, to: Field.referenceId.id)
        tape.append(id, to: Field.id.id)
        tape.append(createdAt, to: Field.createdAt.id)
        tape.append(lastChanged, to: Field.lastChanged.id)
        tape.append(createdBy, to: Field.createdBy.id)
        tape.append(lastChangedBy, to: Field.lastChangedBy.id)
        try tape.append(unknownMembers, schema: Self.schema)
        tape.endObject()
    }
}
