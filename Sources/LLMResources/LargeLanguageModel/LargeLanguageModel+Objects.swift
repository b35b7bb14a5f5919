import ResourceFormats

/// An object inside the record, which is read one member at a time.
///
/// The fields of all objects are in one enum, so each `switch` below has a `default` for the fields of other objects.
/// It is never reached: on a tape a field is only in the object that the schema declares as its parent.
protocol MemberObject {
    var unknownMembers: UnknownMembers { get set }

    init()

    mutating func set(_ field: LargeLanguageModel.Field, to value: RecordView) throws(SerializationError)
}

extension MemberObject {
    /// Reads an object; a `null` member counts as absent.
    init(_ object: RecordView) throws(SerializationError) {
        self.init()
        var members = try object.members()
        while members.next() {
            if let field = LargeLanguageModel.Field(members.value.field) {
                if members.value.kind != .null { try set(field, to: members.value) }
            } else {
                unknownMembers.append(members)
            }
        }
    }
}

extension LargeLanguageModel.CustomModel: MemberObject {
    init() {
        self.init(unknownMembers: UnknownMembers())
    }

    mutating func set(
        _ field: LargeLanguageModel.Field, to value: RecordView
    ) throws(SerializationError) {
        switch field {
        case .openAICustomModel, .anthropicCustomModel: customModel = try value.string()
        default: break
        }
    }

    func write(
        to tape: inout RecordTape, as object: LargeLanguageModel.Field, customModel field: LargeLanguageModel.Field
    ) throws(SerializationError) {
        tape.beginObject(object.id)
        tape.append(customModel, to: field.id)
        try tape.append(unknownMembers, schema: LargeLanguageModel.schema)
        tape.endObject()
    }
}

extension LargeLanguageModel.AzureOpenAI: MemberObject {
    init() {
        self.init(unknownMembers: UnknownMembers())
    }

    mutating func set(
        _ field: LargeLanguageModel.Field, to value: RecordView
    ) throws(SerializationError) {
        switch field {
        case .azureOpenAIResourceName: resourceName = try value.string()
        case .azureOpenAIDeploymentName: deploymentName = try value.string()
        case .azureOpenAIAPIVersion: apiVersion = try value.string()
        case .azureOpenAIBaseCustomURL: baseCustomURL = try LargeLanguageModel.BaseCustomURL(value)
        default: break
        }
    }

    func write(to tape: inout RecordTape) throws(SerializationError) {
        typealias Field = LargeLanguageModel.Field
        tape.beginObject(Field.azureOpenAI.id)
        tape.append(resourceName, to: Field.azureOpenAIResourceName.id)
        tape.append(deploymentName, to: Field.azureOpenAIDeploymentName.id)
        tape.append(apiVersion, to: Field.azureOpenAIAPIVersion.id)
        baseCustomURL?.write(to: &tape)
        try tape.append(unknownMembers, schema: LargeLanguageModel.schema)
        tape.endObject()
    }
}

extension LargeLanguageModel.GoogleVertexAI: MemberObject {
    init() {
        self.init(unknownMembers: UnknownMembers())
    }

    mutating func set(
        _ field: LargeLanguageModel.Field, to value: RecordView
    ) throws(SerializationError) {
        switch field {
        case .googleVertexAILocation: location = try value.string()
        case .googleVertexAIAPIEndpoint: apiEndpoint = try value.string()
        case .googleVertexAIPublisher: publisher = try value.string()
        default: break
        }
    }

    func write(to tape: inout RecordTape) throws(SerializationError) {
        typealias Field = LargeLanguageModel.Field
        tape.beginObject(Field.googleVertexAI.id)
        tape.append(location, to: Field.googleVertexAILocation.id)
        tape.append(apiEndpoint, to: Field.googleVertexAIAPIEndpoint.id)
        tape.append(publisher, to: Field.googleVertexAIPublisher.id)
        try tape.append(unknownMembers, schema: LargeLanguageModel.schema)
        tape.endObject()
    }
}

extension LargeLanguageModel.GoogleLocation: MemberObject {
    init() {
        self.init(unknownMembers: UnknownMembers())
    }

    mutating func set(
        _ field: LargeLanguageModel.Field, to value: RecordView
    ) throws(SerializationError) {
        switch field {
        case .googleGeminiLocation, .googleGenAILocation: location = try value.string()
        default: break
        }
    }

    func write(
        to tape: inout RecordTape, as object: LargeLanguageModel.Field, location field: LargeLanguageModel.Field
    ) throws(SerializationError) {
        tape.beginObject(object.id)
        tape.append(location, to: field.id)
        try tape.append(unknownMembers, schema: LargeLanguageModel.schema)
        tape.endObject()
    }
}

extension LargeLanguageModel.AlephAlpha: MemberObject {
    init() {
        self.init(unknownMembers: UnknownMembers())
    }

    mutating func set(
        _ field: LargeLanguageModel.Field, to value: RecordView
    ) throws(SerializationError) {
        switch field {
        case .alephAlphaCustomModel: customModel = try value.string()
        case .alephAlphaBaseCustomURL: baseCustomURL = try value.string()
        default: break
        }
    }

    func write(to tape: inout RecordTape) throws(SerializationError) {
        typealias Field = LargeLanguageModel.Field
        tape.beginObject(Field.alephAlpha.id)
        tape.append(customModel, to: Field.alephAlphaCustomModel.id)
        tape.append(baseCustomURL, to: Field.alephAlphaBaseCustomURL.id)
        try tape.append(unknownMembers, schema: LargeLanguageModel.schema)
        tape.endObject()
    }
}

extension LargeLanguageModel.OpenAICompatible: MemberObject {
    init() {
        self.init(unknownMembers: UnknownMembers())
    }

    mutating func set(
        _ field: LargeLanguageModel.Field, to value: RecordView
    ) throws(SerializationError) {
        switch field {
        case .openAICompatibleCustomModel: customModel = try value.string()
        case .openAICompatibleBaseCustomURL: baseCustomURL = try value.string()
        case .openAICompatibleCustomAuthHeader: customAuthHeader = try value.string()
        default: break
        }
    }

    func write(to tape: inout RecordTape) throws(SerializationError) {
        typealias Field = LargeLanguageModel.Field
        tape.beginObject(Field.openAICompatible.id)
        tape.append(customModel, to: Field.openAICompatibleCustomModel.id)
        tape.append(baseCustomURL, to: Field.openAICompatibleBaseCustomURL.id)
        tape.append(customAuthHeader, to: Field.openAICompatibleCustomAuthHeader.id)
        try tape.append(unknownMembers, schema: LargeLanguageModel.schema)
        tape.endObject()
    }
}

extension LargeLanguageModel.Fallback: MemberObject {
    init() {
        self.init(unknownMembers: UnknownMembers())
    }

    mutating func set(
        _ field: LargeLanguageModel.Field, to value: RecordView
    ) throws(SerializationError) {
        switch field {
        case .fallbackIsEnabled: isEnabled = try value.bool()
        case .fallbackReferenceId: referenceId = try value.string()
        case .fallbackImmediate: immediate = try LargeLanguageModel.ImmediateFallback(value)
        default: break
        }
    }

    func write(to tape: inout RecordTape) throws(SerializationError) {
        typealias Field = LargeLanguageModel.Field
        tape.beginObject(LargeLanguageModel.schema.elements(of: Field.fallbacks.id))
        tape.append(isEnabled, to: Field.fallbackIsEnabled.id)
        tape.append(referenceId, to: Field.fallbackReferenceId.id)
        try immediate?.write(to: &tape)
        try tape.append(unknownMembers, schema: LargeLanguageModel.schema)
        tape.endObject()
    }
}

extension LargeLanguageModel.ImmediateFallback: MemberObject {
    init() {
        self.init(unknownMembers: UnknownMembers())
    }

    mutating func set(
        _ field: LargeLanguageModel.Field, to value: RecordView
    ) throws(SerializationError) {
        switch field {
        case .fallbackFailedRequests: failedRequests = try value.number()
        case .fallbackDurationInMinutes: durationInMinutes = try value.number()
        case .fallbackEmailNotificationList: emailNotificationList = try value.strings()
        default: break
        }
    }

    func write(to tape: inout RecordTape) throws(SerializationError) {
        typealias Field = LargeLanguageModel.Field
        tape.beginObject(Field.fallbackImmediate.id)
        tape.append(failedRequests, to: Field.fallbackFailedRequests.id)
        tape.append(durationInMinutes, to: Field.fallbackDurationInMinutes.id)
        tape.append(
            emailNotificationList, to: Field.fallbackEmailNotificationList.id,
            elements: LargeLanguageModel.schema.elements(of: Field.fallbackEmailNotificationList.id))
        try tape.append(unknownMembers, schema: LargeLanguageModel.schema)
        tape.endObject()
    }
}

extension LargeLanguageModel.BaseCustomURL {
    init(_ value: RecordView) throws(SerializationError) {
        switch value.kind {
        case .string: self = .one(try value.string())
        case .array: self = .several(try value.strings())
        case .object, .number, .bool, .null, .key:
            throw value.unexpectedKind(expected: "a string or an array of strings")
        }
    }

    /// The schema declares a string here, so the elements of an array are unknown.
    func write(to tape: inout RecordTape) {
        let field = LargeLanguageModel.Field.azureOpenAIBaseCustomURL.id
        switch self {
        case .one(let url): tape.append(url, to: field)
        case .several(let urls): tape.append(urls, to: field, elements: .unknown)
        }
    }
}
