extension JSONSchemaReader {
    /// The scopes that `allOf` describes, in the form in which `jsonSchema` writes them: conditions on one member.
    ///
    /// - Parameters:
    ///   - value: The value of `allOf`.
    ///   - names: The names of the scopes and the members that are unusual in them, in the same order.
    func scopes(
        _ value: RecordView?, names: [JSONSchemaResource.ScopeName]
    ) throws(SerializationError) -> [Schema.Scope] {
        var scopes: [Schema.Scope] = []
        if let value {
            var conditions = try value.elements()
            while conditions.next() {
                scopes.append(try scope(conditions.value, scopes.count < names.count ? names[scopes.count] : nil))
            }
        }
        guard names.count <= scopes.count else {
            throw SerializationError(
                .unsupported,
                found: "\(names.count) \"scopes\" in \"x-resource\" and \(scopes.count) conditions in \"allOf\"",
                expected: "a condition for each")
        }
        return scopes
    }

    private func scope(
        _ condition: RecordView, _ name: JSONSchemaResource.ScopeName?
    ) throws(SerializationError) -> Schema.Scope {
        try condition.checkKeywords(of: "a condition", ["if", "then"])
        guard let premise = condition["if"], let consequence = condition["then"] else {
            throw SerializationError(
                .unsupported, found: "a condition without \"if\" and \"then\"", expected: "both", at: condition)
        }
        try premise.checkKeywords(of: "\"if\"", ["properties", "required"])
        try consequence.checkKeywords(of: "\"then\"", ["properties", "required"])
        guard let properties = premise["properties"], properties.kind == .object, properties.count == 1 else {
            throw SerializationError(
                .unsupported, found: "a condition on something else than one member",
                expected: "\"properties\" with one member", at: premise)
        }
        var members = try properties.members()
        _ = members.next()
        guard let key = members.key, let const = members.value["const"] else {
            throw SerializationError(
                .unsupported, found: "a condition without \"const\"", expected: "one text as \"const\"", at: properties)
        }
        try members.value.checkKeywords(of: "a condition's member", ["const"])
        let discriminator = try field(key)
        let text = try const.string()
        var isDefault = true
        if let required = premise["required"] {
            isDefault = false
            guard try fields(required) == [discriminator] else {
                throw SerializationError(
                    .unsupported, found: "another required member in \"if\"",
                    expected: "\"\(excerpt(key.bytes))\", the member of the condition", at: required)
            }
        }
        var required: [FieldID] = []
        if let names = consequence["required"] { required = try fields(names) }
        var excluded: [FieldID] = []
        if let properties = consequence["properties"] {
            var members = try properties.members()
            while members.next() {
                guard try members.value.bool() == false, let key = members.key else {
                    throw SerializationError(
                        .unsupported, found: "true", expected: "false, for a member that is excluded", at: members.value
                    )
                }
                excluded.append(try field(key))
            }
        }
        var foreign: [FieldID] = []
        for unusual in name?.unusual ?? [] {
            guard let index = recordFields[Array(unusual.utf8)] else {
                throw SerializationError(
                    .unsupported, found: "the unusual member \"\(excerpt(unusual))\"",
                    expected: "a name in \"properties\"", at: condition)
            }
            foreign.append(FieldID(rawValue: UInt16(truncatingIfNeeded: index)))
        }
        return Schema.Scope(
            name: name?.name ?? "a record with \(excerpt(key.bytes)) \"\(excerpt(text))\"",
            discriminator: discriminator, value: text, isDefault: isDefault, required: required, excluded: excluded,
            foreign: foreign)
    }

    /// The fields that a list of names stands for.
    private func fields(_ names: RecordView) throws(SerializationError) -> [FieldID] {
        var fields: [FieldID] = []
        var elements = try names.elements()
        while elements.next() {
            guard elements.value.kind == .string else { throw elements.value.wrongKind(expected: "a string") }
            fields.append(try field(elements.value))
        }
        return fields
    }

    /// The field of the record that a name, or the text of a string, stands for.
    private func field(_ name: RecordView) throws(SerializationError) -> FieldID {
        guard let index = recordFields[name.bytes.array()] else {
            throw SerializationError(
                .unsupported, found: name.summary, expected: "a name in \"properties\" of the record", at: name)
        }
        return FieldID(rawValue: UInt16(truncatingIfNeeded: index))
    }
}
