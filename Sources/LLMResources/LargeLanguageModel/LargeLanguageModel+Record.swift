public import ResourceFormats

extension LargeLanguageModel: Resource {
    /// Reads the resource from a record.
    ///
    /// - Throws: `.wrongKind`, or `.missingField` for an absent or `null` name, modelType, provider or connectionId.
    public init(_ record: RecordView) throws(SerializationError) {
        var reading = LargeLanguageModelReading()
        let unknownMembers = try reading.read(record)
        guard let name = reading.name else { throw record.missing(Field.name) }
        guard let modelType = reading.modelType else { throw record.missing(Field.modelType) }
        guard let provider = reading.provider else { throw record.missing(Field.provider) }
        guard let connectionId = reading.connectionId else { throw record.missing(Field.connectionId) }
        self = reading.model
        self.name = name
        self.modelType = modelType
        self.provider = provider
        self.connectionId = connectionId
        self.unknownMembers = unknownMembers
    }

    /// Writes the known members in schema order, then the unknown ones.
    ///
    /// - Throws: `.duplicateField` for an unknown member with a known name, `.depthLimit` for one nested too deeply.
    public func write(to tape: inout RecordTape) throws(SerializationError) {
        try write(.record, unknownMembers, to: &tape)
    }
}

/// A resource that is being read.
///
/// One `switch` has the fields of the record and of all objects in it, so a forgotten field does not compile. The schema
/// puts a field on the tape only in the object that it declares as the field's parent, which has been begun then.
private struct LargeLanguageModelReading {
    typealias Field = LargeLanguageModel.Field

    /// Everything but the required fields.
    var model = LargeLanguageModel(name: "", modelType: "", provider: "", connectionId: "")
    var name: String?
    var modelType: LargeLanguageModel.ModelType?
    var provider: LargeLanguageModel.Provider?
    var connectionId: String?
    /// The element of `fallbacks` at hand.
    private var fallback = LargeLanguageModel.Fallback()

    /// Reads an object and returns its unknown members; `null` members are absent ones.
    mutating func read(_ object: RecordView) throws(SerializationError) -> UnknownMembers {
        var unknownMembers = UnknownMembers()
        var members = try object.members()
        while members.next() {
            if let field = Field(members.value.field) {
                if members.value.kind != .null { try set(field, to: members.value) }
            } else {
                unknownMembers.append(members)
            }
        }
        return unknownMembers
    }

    private mutating func set(_ field: Field, to value: RecordView) throws(SerializationError) {
        switch field {
        case .name: name = try value.string()
        case .description: model.description = try value.string()
        case .modelType: modelType = LargeLanguageModel.ModelType(rawValue: try value.string())
        case .modelGroup: model.modelGroup = LargeLanguageModel.ModelGroup(rawValue: try value.string())
        case .apiType: model.apiType = LargeLanguageModel.APIType(rawValue: try value.string())
        case .isCustomModel: model.isCustomModel = try value.bool()
        case .provider: provider = LargeLanguageModel.Provider(rawValue: try value.string())
        case .connectionId: connectionId = try value.string()

        case .openAI:
            model.openAI = LargeLanguageModel.CustomModel()
            let unknownMembers = try read(value)
            model.openAI?.unknownMembers = unknownMembers
        case .openAICustomModel: model.openAI?.customModel = try value.string()
        case .anthropic:
            model.anthropic = LargeLanguageModel.CustomModel()
            let unknownMembers = try read(value)
            model.anthropic?.unknownMembers = unknownMembers
        case .anthropicCustomModel: model.anthropic?.customModel = try value.string()
        case .azureOpenAI:
            model.azureOpenAI = LargeLanguageModel.AzureOpenAI()
            let unknownMembers = try read(value)
            model.azureOpenAI?.unknownMembers = unknownMembers
        case .azureOpenAIResourceName: model.azureOpenAI?.resourceName = try value.string()
        case .azureOpenAIDeploymentName: model.azureOpenAI?.deploymentName = try value.string()
        case .azureOpenAIAPIVersion: model.azureOpenAI?.apiVersion = try value.string()
        case .azureOpenAIBaseCustomURL: model.azureOpenAI?.baseCustomURL = try LargeLanguageModel.BaseCustomURL(value)
        case .googleVertexAI:
            model.googleVertexAI = LargeLanguageModel.GoogleVertexAI()
            let unknownMembers = try read(value)
            model.googleVertexAI?.unknownMembers = unknownMembers
        case .googleVertexAILocation: model.googleVertexAI?.location = try value.string()
        case .googleVertexAIAPIEndpoint: model.googleVertexAI?.apiEndpoint = try value.string()
        case .googleVertexAIPublisher: model.googleVertexAI?.publisher = try value.string()
        case .googleGemini:
            model.googleGemini = LargeLanguageModel.GoogleLocation()
            let unknownMembers = try read(value)
            model.googleGemini?.unknownMembers = unknownMembers
        case .googleGeminiLocation: model.googleGemini?.location = try value.string()
        case .googleGenAI:
            model.googleGenAI = LargeLanguageModel.GoogleLocation()
            let unknownMembers = try read(value)
            model.googleGenAI?.unknownMembers = unknownMembers
        case .googleGenAILocation: model.googleGenAI?.location = try value.string()
        case .alephAlpha:
            model.alephAlpha = LargeLanguageModel.AlephAlpha()
            let unknownMembers = try read(value)
            model.alephAlpha?.unknownMembers = unknownMembers
        case .alephAlphaCustomModel: model.alephAlpha?.customModel = try value.string()
        case .alephAlphaBaseCustomURL: model.alephAlpha?.baseCustomURL = try value.string()
        case .openAICompatible:
            model.openAICompatible = LargeLanguageModel.OpenAICompatible()
            let unknownMembers = try read(value)
            model.openAICompatible?.unknownMembers = unknownMembers
        case .openAICompatibleCustomModel: model.openAICompatible?.customModel = try value.string()
        case .openAICompatibleBaseCustomURL: model.openAICompatible?.baseCustomURL = try value.string()
        case .openAICompatibleCustomAuthHeader: model.openAICompatible?.customAuthHeader = try value.string()

        case .resourceLevel: model.resourceLevel = LargeLanguageModel.ResourceLevel(rawValue: try value.string())
        case .isDefault: model.isDefault = try value.bool()
        case .fallbacks: model.fallbacks = try fallbacks(value)
        case .fallbackIsEnabled: fallback.isEnabled = try value.bool()
        case .fallbackReferenceId: fallback.referenceId = try value.string()
        case .fallbackImmediate:
            fallback.immediate = LargeLanguageModel.ImmediateFallback()
            let unknownMembers = try read(value)
            fallback.immediate?.unknownMembers = unknownMembers
        case .fallbackFailedRequests: fallback.immediate?.failedRequests = try value.number()
        case .fallbackDurationInMinutes: fallback.immediate?.durationInMinutes = try value.number()
        case .fallbackEmailNotificationList: fallback.immediate?.emailNotificationList = try value.strings()

        case .assignedToProjects: model.assignedToProjects = try value.strings()
        case .projectId: model.projectId = try value.string()
        case .referenceId: model.referenceId = try value.string()
        case .id: model.id = try value.string()
        case .createdAt: model.createdAt = try value.integer()
        case .lastChanged: model.lastChanged = try value.integer()
        case .createdBy: model.createdBy = try value.string()
        case .lastChangedBy: model.lastChangedBy = try value.string()
        }
    }

    private mutating func fallbacks(_ value: RecordView) throws(SerializationError) -> [LargeLanguageModel.Fallback] {
        var elements = try value.elements()
        var fallbacks: [LargeLanguageModel.Fallback] = []
        while elements.next() {
            fallback = LargeLanguageModel.Fallback()
            let unknownMembers = try read(elements.value)
            fallback.unknownMembers = unknownMembers
            fallbacks.append(fallback)
        }
        return fallbacks
    }
}

extension LargeLanguageModel {
    /// Writes the object at `place`, unless it is absent: its known members in schema order, then the unknown ones.
    private func write(
        _ place: FieldID, _ unknownMembers: UnknownMembers?, of fallback: Fallback? = nil, to tape: inout RecordTape
    ) throws(SerializationError) {
        guard let unknownMembers else { return }
        tape.beginObject(place)
        for member in Self.schema.members(of: place) {
            if let field = Field(member) { try write(field, of: fallback, to: &tape) }
        }
        try tape.append(unknownMembers, schema: Self.schema)
        tape.endObject()
    }

    /// Writes one field; the element of `fallbacks` is given for a field inside one.
    private func write(_ field: Field, of fallback: Fallback?, to tape: inout RecordTape) throws(SerializationError) {
        let id = field.id
        switch field {
        case .name: tape.append(name, to: id)
        case .description: tape.append(description, to: id)
        case .modelType: tape.append(modelType.rawValue, to: id)
        case .modelGroup: tape.append(modelGroup?.rawValue, to: id)
        case .apiType: tape.append(apiType?.rawValue, to: id)
        case .isCustomModel: tape.append(isCustomModel, to: id)
        case .provider: tape.append(provider.rawValue, to: id)
        case .connectionId: tape.append(connectionId, to: id)

        case .openAI: try write(id, openAI?.unknownMembers, to: &tape)
        case .openAICustomModel: tape.append(openAI?.customModel, to: id)
        case .anthropic: try write(id, anthropic?.unknownMembers, to: &tape)
        case .anthropicCustomModel: tape.append(anthropic?.customModel, to: id)
        case .azureOpenAI: try write(id, azureOpenAI?.unknownMembers, to: &tape)
        case .azureOpenAIResourceName: tape.append(azureOpenAI?.resourceName, to: id)
        case .azureOpenAIDeploymentName: tape.append(azureOpenAI?.deploymentName, to: id)
        case .azureOpenAIAPIVersion: tape.append(azureOpenAI?.apiVersion, to: id)
        case .azureOpenAIBaseCustomURL: azureOpenAI?.baseCustomURL?.write(to: &tape, as: id)
        case .googleVertexAI: try write(id, googleVertexAI?.unknownMembers, to: &tape)
        case .googleVertexAILocation: tape.append(googleVertexAI?.location, to: id)
        case .googleVertexAIAPIEndpoint: tape.append(googleVertexAI?.apiEndpoint, to: id)
        case .googleVertexAIPublisher: tape.append(googleVertexAI?.publisher, to: id)
        case .googleGemini: try write(id, googleGemini?.unknownMembers, to: &tape)
        case .googleGeminiLocation: tape.append(googleGemini?.location, to: id)
        case .googleGenAI: try write(id, googleGenAI?.unknownMembers, to: &tape)
        case .googleGenAILocation: tape.append(googleGenAI?.location, to: id)
        case .alephAlpha: try write(id, alephAlpha?.unknownMembers, to: &tape)
        case .alephAlphaCustomModel: tape.append(alephAlpha?.customModel, to: id)
        case .alephAlphaBaseCustomURL: tape.append(alephAlpha?.baseCustomURL, to: id)
        case .openAICompatible: try write(id, openAICompatible?.unknownMembers, to: &tape)
        case .openAICompatibleCustomModel: tape.append(openAICompatible?.customModel, to: id)
        case .openAICompatibleBaseCustomURL: tape.append(openAICompatible?.baseCustomURL, to: id)
        case .openAICompatibleCustomAuthHeader: tape.append(openAICompatible?.customAuthHeader, to: id)

        case .resourceLevel: tape.append(resourceLevel?.rawValue, to: id)
        case .isDefault: tape.append(isDefault, to: id)
        case .fallbacks:
            guard let fallbacks else { return }
            let element = Self.schema.elements(of: id)
            tape.beginArray(id)
            for fallback in fallbacks { try write(element, fallback.unknownMembers, of: fallback, to: &tape) }
            tape.endArray()
        case .fallbackIsEnabled: tape.append(fallback?.isEnabled, to: id)
        case .fallbackReferenceId: tape.append(fallback?.referenceId, to: id)
        case .fallbackImmediate: try write(id, fallback?.immediate?.unknownMembers, of: fallback, to: &tape)
        case .fallbackFailedRequests: tape.append(fallback?.immediate?.failedRequests, to: id)
        case .fallbackDurationInMinutes: tape.append(fallback?.immediate?.durationInMinutes, to: id)
        case .fallbackEmailNotificationList:
            let addresses = fallback?.immediate?.emailNotificationList
            tape.append(addresses, to: id, elements: Self.schema.elements(of: id))

        case .assignedToProjects: tape.append(assignedToProjects, to: id, elements: Self.schema.elements(of: id))
        case .projectId: tape.append(projectId, to: id)
        case .referenceId: tape.append(referenceId, to: id)
        case .id: tape.append(self.id, to: id)
        case .createdAt: tape.append(createdAt, to: id)
        case .lastChanged: tape.append(lastChanged, to: id)
        case .createdBy: tape.append(createdBy, to: id)
        case .lastChangedBy: tape.append(lastChangedBy, to: id)
        }
    }
}

extension LargeLanguageModel.BaseCustomURL {
    fileprivate init(_ value: RecordView) throws(SerializationError) {
        switch value.kind {
        case .string: self = .one(try value.string())
        case .array: self = .several(try value.strings())
        case .object, .number, .bool, .null, .key:
            throw value.unexpectedKind(expected: "a string or an array of strings")
        }
    }

    /// The schema has a string here, so it knows nothing of an array's elements.
    fileprivate func write(to tape: inout RecordTape, as field: FieldID) {
        switch self {
        case .one(let url): tape.append(url, to: field)
        case .several(let urls): tape.append(urls, to: field, elements: .unknown)
        }
    }
}
