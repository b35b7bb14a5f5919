extension Schema {
    /// The JSON Schema (draft 2020-12) of one record.
    ///
    /// Unknown members are allowed everywhere. The member `x-resource` has what JSON Schema has no keyword for: the names of
    /// one record and of several, and the templates of links. `Schema(jsonSchema:)` reads the document back.
    ///
    /// - Parameters:
    ///   - profile: The purpose of the record, which decides what is required.
    ///   - isStrict: Whether a value that is not documented is invalid even where a newer server may have added it.
    public func jsonSchema(profile: SchemaProfile = .resource, isStrict: Bool = false) -> String {
        var members: [(String, JSONSchemaValue)] = [
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")), ("title", .string(name)),
            ("x-resource", resourceMember(profile)),
        ]
        if let description { members.append(("description", .string(description))) }
        members += objectMembers(.record, profile, isStrict)
        if profile == .create, !scopes.isEmpty { members.append(("allOf", .array(scopes.map(condition)))) }
        var text = ""
        JSONSchemaValue.object(members).write(level: 0, to: &text)
        return text + "\n"
    }

    private func objectMembers(
        _ place: FieldID, _ profile: SchemaProfile, _ isStrict: Bool
    ) -> [(String, JSONSchemaValue)] {
        let fields = members(of: place)
        let required = fields.filter { constraints(of: $0).requiredIn.contains(profile) }
        var members: [(String, JSONSchemaValue)] = [("type", .string("object"))]
        if !required.isEmpty { members.append(("required", .array(required.map(nameValue)))) }
        members.append(
            ("properties", .object(fields.map { (name(of: $0) ?? "", value(of: $0, profile, isStrict)) })))
        return members
    }

    private func nameValue(_ field: FieldID) -> JSONSchemaValue {
        .string(name(of: field) ?? "")
    }

    private func value(of place: FieldID, _ profile: SchemaProfile, _ isStrict: Bool) -> JSONSchemaValue {
        guard case .object(var members) = bareValue(of: place, profile, isStrict) else { return .object([]) }
        if let description = constraints(of: place).description {
            members.insert(("description", .string(description)), at: 1)
        }
        if isSetByServer(place) { members.append(("readOnly", .bool(true))) }
        return .object(members)
    }

    private func bareValue(of place: FieldID, _ profile: SchemaProfile, _ isStrict: Bool) -> JSONSchemaValue {
        let constraints = constraints(of: place)
        switch kind(of: place) {
        case .object: return .object(objectMembers(place, profile, isStrict))
        case .array:
            return .object(
                [
                    ("type", .string("array"))
                ]
                    + (elements(of: place) == .unknown
                        ? [] : [("items", value(of: elements(of: place), profile, isStrict))]))
        case .boolean: return .object([("type", .string("boolean"))])
        case .number:
            var members: [(String, JSONSchemaValue)] = [("type", .string(constraints.isInteger ? "integer" : "number"))]
            if let range = constraints.range {
                if range.lowerBound > .min { members.append(("minimum", .number(range.lowerBound))) }
                if range.upperBound < .max { members.append(("maximum", .number(range.upperBound))) }
            }
            return .object(members)
        case .string: return text(constraints, isStrict)
        case nil: return .object([])
        }
    }

    private func text(_ constraints: ValueConstraints, _ isStrict: Bool) -> JSONSchemaValue {
        if constraints.mayBeArray {
            let string = JSONSchemaValue.object([("type", .string("string"))])
            return .object([
                ("type", .array([.string("string"), .string("array")])), ("items", string),
            ])
        }
        var members: [(String, JSONSchemaValue)] = [("type", .string("string"))]
        if let names = constraints.names {
            let texts = JSONSchemaValue.array(names.texts.map { .string($0) })
            members.append((names.isOpen && !isStrict ? "examples" : "enum", texts))
        }
        if let pattern = constraints.pattern {
            if let format = pattern.jsonSchemaFormat { members.append(("format", .string(format))) }
            members.append(("minLength", .number(pattern.shortest)))
            if let longest = pattern.longest { members.append(("maxLength", .number(longest))) }
            members.append(("pattern", .string("^\(pattern.expression)$")))
        }
        if let format = constraints.format { members.append(("format", .string(format))) }
        return .object(members)
    }

    /// The names and links of the resource and, with a profile's conditions, the names of their scopes.
    private func resourceMember(_ profile: SchemaProfile) -> JSONSchemaValue {
        var members: [(String, JSONSchemaValue)] = [("name", .string(name)), ("plural", .string(pluralName))]
        if let links = links?.declaration { members.append(("links", Self.value(of: links))) }
        if profile == .create, !scopes.isEmpty {
            let scopes = scopes.map { scope in
                JSONSchemaValue.object([
                    ("name", .string(scope.name)), ("unusual", .array(scope.foreign.map(nameValue))),
                ])
            }
            members.append(("scopes", .array(scopes)))
        }
        return .object(members)
    }

    private static func value(of links: ResourceLinks) -> JSONSchemaValue {
        var members: [(String, JSONSchemaValue)] = [
            ("item", .object(links.item.map { ($0.relation, .string($0.template)) })),
            ("collection", .string(links.collection)), ("nextParameter", .string(links.nextParameter)),
            ("previousParameter", .string(links.previousParameter)),
        ]
        if let find = links.find { members.append(("find", .object([(find.relation, .string(find.template))]))) }
        if let curie = links.curie { members.append(("curie", .object([(curie.name, .string(curie.href))]))) }
        return .object(members)
    }

    /// The requirements of a scope, as a condition on records of that scope.
    private func condition(_ scope: Scope) -> JSONSchemaValue {
        let discriminator = name(of: scope.discriminator) ?? ""
        var premise: [(String, JSONSchemaValue)] = []
        if !scope.isDefault { premise.append(("required", .array([.string(discriminator)]))) }
        premise.append(
            ("properties", .object([(discriminator, .object([("const", .string(scope.value))]))])))
        var consequence: [(String, JSONSchemaValue)] = []
        if !scope.required.isEmpty { consequence.append(("required", .array(scope.required.map(nameValue)))) }
        if !scope.excluded.isEmpty {
            consequence.append(
                ("properties", .object(scope.excluded.map { (name(of: $0) ?? "", .bool(false)) })))
        }
        return .object([("if", .object(premise)), ("then", .object(consequence))])
    }
}

/// A JSON value that is written indented.
private indirect enum JSONSchemaValue {
    case string(String)
    case number(Int)
    case bool(Bool)
    case array([JSONSchemaValue])
    case object([(String, JSONSchemaValue)])

    func write(level: Int, to text: inout String) {
        switch self {
        case .string(let value): text += Self.quoted(value)
        case .number(let value): text += String(value)
        case .bool(let value): text += value ? "true" : "false"
        case .array(let elements):
            Self.write(elements.map { (nil, $0) }, between: "[", "]", level: level, to: &text)
        case .object(let members):
            Self.write(members.map { ($0.0, $0.1) }, between: "{", "}", level: level, to: &text)
        }
    }

    private static func write(
        _ children: [(String?, JSONSchemaValue)], between open: String, _ close: String, level: Int,
        to text: inout String
    ) {
        if children.isEmpty { return text += open + close }
        let indent = String(repeating: "  ", count: level)
        text += open
        for (index, child) in children.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + indent + "  "
            if let name = child.0 { text += quoted(name) + ": " }
            child.1.write(level: level + 1, to: &text)
        }
        text += "\n" + indent + close
    }

    private static func quoted(_ value: String) -> String {
        var output = OutputBuffer(minimumCapacity: 64)
        output.appendJSONString(value)
        return output.bytes.view.string()
    }
}
