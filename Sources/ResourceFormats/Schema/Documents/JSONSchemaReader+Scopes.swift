extension JSONSchemaReader {
    /// The scopes that `x-resource` describes, and those that `allOf` does, in the form in which `jsonSchema` writes them:
    /// conditions on one member.
    ///
    /// - Parameters:
    ///   - document: The whole schema.
    ///   - declared: The scopes in `x-resource`; those without a condition belong to the ones of `allOf`, in the same order.
    func scopes(
        of document: RecordView, _ declared: [JSONSchemaResource.Scope]
    ) throws(SerializationError) -> [Schema.Scope] {
        var scopes: [Schema.Scope] = []
        for scope in declared {
            if let condition = scope.condition {
                scopes.append(try self.scope(scope, condition, at: document.extensionMember))
            }
        }
        let names = declared.filter { $0.condition == nil }
        var count = 0
        if let conditions = document["allOf"] {
            var elements = try conditions.elements()
            while elements.next() {
                scopes.append(try scope(elements.value, count < names.count ? names[count] : nil))
                count += 1
            }
        }
        guard names.count <= count else {
            throw SerializationError(
                .unsupported,
                found: "\(names.count) \"scopes\" in \"x-resource\" and \(count) conditions in \"allOf\"",
                expected: "a condition for each")
        }
        return scopes
    }

    /// A scope whose condition is in `x-resource`.
    private func scope(
        _ scope: JSONSchemaResource.Scope, _ condition: JSONSchemaResource.Scope.Condition, at place: RecordView
    ) throws(SerializationError) -> Schema.Scope {
        Schema.Scope(
            name: scope.name, discriminator: try field(named: condition.member, at: place), value: condition.value,
            isDefault: condition.isDefault, required: try fields(named: condition.required, at: place),
            excluded: try fields(named: condition.excluded, at: place),
            foreign: try fields(named: scope.unusual, at: place))
    }

    private func fields(
        named names: [String], at place: RecordView
    ) throws(SerializationError) -> [FieldID] {
        var fields: [FieldID] = []
        for name in names { fields.append(try field(named: name, at: place)) }
        return fields
    }

    private func field(named name: String, at place: RecordView) throws(SerializationError) -> FieldID {
        guard let index = recordFields[Array(name.utf8)] else {
            throw SerializationError(
                .unsupported, found: "the member \"\(excerpt(name))\" of a scope",
                expected: "a name in \"properties\" of the record", at: place)
        }
        return FieldID(rawValue: UInt16(truncatingIfNeeded: index))
    }

    private func scope(
        _ condition: RecordView, _ name: JSONSchemaResource.Scope?
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
        return Schema.Scope(
            name: name?.name ?? "a record with \(excerpt(key.bytes)) \"\(excerpt(text))\"",
            discriminator: discriminator, value: text, isDefault: isDefault, required: required, excluded: excluded,
            foreign: try fields(named: name?.unusual ?? [], at: condition))
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
