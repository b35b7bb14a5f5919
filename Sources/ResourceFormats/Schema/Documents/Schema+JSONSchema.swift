extension Schema {
    /// The JSON Schema (draft 2020-12) of one record.
    ///
    /// Unknown members are allowed everywhere. The member `x-resource` has what JSON Schema has no keyword for: the names of
    /// one record and of several, the templates of links, scopes, and what is required for one purpose alone.
    /// `Schema(jsonSchema:)` reads the document back.
    ///
    /// - Parameters:
    ///   - profile: The purpose of the record, which decides what is required.
    ///   - isStrict: Whether a value that is not documented is invalid even where a newer server may have added it.
    public func jsonSchema(profile: SchemaProfile = .resource, isStrict: Bool = false) -> String {
        let printer = JSONSchemaPrinter(schema: self, profile: profile, isStrict: isStrict, definitions: nil)
        var members: [(String, PrintedJSON)] = [
            ("$schema", .string(JSONSchemaPrinter.dialect)), ("title", .string(name)),
            ("x-resource", printer.resourceMember),
        ]
        members += printer.record
        return PrintedJSON.object(members).document
    }
}

/// Prints the parts of a JSON Schema.
struct JSONSchemaPrinter {
    static let dialect = "https://json-schema.org/draft/2020-12/schema"

    let schema: Schema
    let profile: SchemaProfile
    let isStrict: Bool
    /// The names of objects that are printed apart; nil to print each object where it is.
    let definitions: JSONSchemaDefinitions?

    /// The members of the schema of a record, from its description on.
    var record: [(String, PrintedJSON)] {
        var members: [(String, PrintedJSON)] = []
        if let description = schema.description { members.append(("description", .string(description))) }
        members += object(.record)
        if profile == .create, !schema.scopes.isEmpty {
            members.append(("allOf", .array(schema.scopes.map(condition))))
        }
        return members
    }

    /// The members of the schema of an object.
    func object(_ place: FieldID) -> [(String, PrintedJSON)] {
        var members: [(String, PrintedJSON)] = [("type", .string("object"))]
        if let values = schema.mapValues(of: place) {
            members.append(("additionalProperties", value(values.kind, values.constraints)))
            return members
        }
        let fields = schema.members(of: place)
        let required = fields.filter { schema.constraints(of: $0).requiredIn.contains(profile) }
        if !required.isEmpty { members.append(("required", .array(required.map(nameValue)))) }
        members.append(("properties", .object(fields.map { (schema.name(of: $0) ?? "", value(of: $0)) })))
        if definitions != nil { members.append(("additionalProperties", .bool(true))) }
        return members
    }

    private func nameValue(_ field: FieldID) -> PrintedJSON {
        .string(schema.name(of: field) ?? "")
    }

    private func value(of place: FieldID) -> PrintedJSON {
        var members = bareValue(of: place)
        let constraints = schema.constraints(of: place)
        if let description = constraints.description { members.insert(("description", .string(description)), at: 1) }
        if constraints.isSetByServer { members.append(("readOnly", .bool(true))) }
        return .object(members)
    }

    private func bareValue(of place: FieldID) -> [(String, PrintedJSON)] {
        guard let kind = schema.kind(of: place) else { return [] }
        switch kind {
        case .object:
            let owner = schema.owner(ofMembersAt: place)
            if let definitions { return [("$ref", .string(definitions.reference(to: owner)))] }
            return owner == place ? object(place) : [("$ref", .string(schema.pointer(to: owner)))]
        case .array:
            let elements = schema.elements(of: place)
            return [("type", .string("array"))] + (elements == .unknown ? [] : [("items", value(of: elements))])
        case .string, .number, .boolean: return scalar(kind, schema.constraints(of: place))
        }
    }

    /// The schema of a value of a map, with its description.
    private func value(_ kind: ValueKind, _ constraints: ValueConstraints) -> PrintedJSON {
        var members = scalar(kind, constraints)
        if let description = constraints.description { members.insert(("description", .string(description)), at: 1) }
        return .object(members)
    }

    /// The schema of a value that is neither an object nor an array.
    private func scalar(_ kind: ValueKind, _ constraints: ValueConstraints) -> [(String, PrintedJSON)] {
        guard kind != .string else { return text(constraints) }
        guard kind == .number else { return [("type", .string("boolean"))] }
        var members: [(String, PrintedJSON)] = [("type", .string(constraints.isInteger ? "integer" : "number"))]
        let (lower, upper) = constraints.numberBounds
        if let lower { members.append(("minimum", .number(lower))) }
        if let upper { members.append(("maximum", .number(upper))) }
        return members
    }

    private func text(_ constraints: ValueConstraints) -> [(String, PrintedJSON)] {
        if constraints.mayBeArray {
            let string = PrintedJSON.object([("type", .string("string"))])
            return [("type", .array([.string("string"), .string("array")])), ("items", string)]
        }
        var members: [(String, PrintedJSON)] = [("type", .string("string"))]
        if let names = constraints.names {
            members.append((names.isOpen && !isStrict ? "examples" : "enum", .texts(names.texts)))
        }
        let format = constraints.pattern?.jsonSchemaFormat ?? constraints.dateForm?.rawValue ?? constraints.format
        let isPatterns = constraints.pattern?.jsonSchemaFormat != nil
        if isPatterns, let format { members.append(("format", .string(format))) }
        let pattern = constraints.pattern
        let length = constraints.length
        if let least = length.map({ $0.least > 0 ? $0.least : nil }) ?? pattern?.shortest {
            members.append(("minLength", .integer(least)))
        }
        if let most = length.map(\.most) ?? pattern?.longest { members.append(("maxLength", .integer(most))) }
        if let pattern { members.append(("pattern", .string("^\(pattern.expression)$"))) }
        if !isPatterns, let format { members.append(("format", .string(format))) }
        return members
    }

    // MARK: The extension member

    /// The names and links of the resource, its scopes, and what is required in one profile alone.
    var resourceMember: PrintedJSON {
        var members: [(String, PrintedJSON)] = [("name", .string(schema.name)), ("plural", .string(schema.pluralName))]
        if let links = schema.links?.declaration { members.append(("links", Self.value(of: links))) }
        if !schema.scopes.isEmpty { members.append(("scopes", .array(schema.scopes.map(scope)))) }
        let requirements = SchemaProfile.allCases.compactMap { profile -> (String, PrintedJSON)? in
            let places = schema.fieldsRequired(in: profile)
            return places.isEmpty ? nil : (profile.rawValue, .texts(places.map(schema.pointer)))
        }
        if !requirements.isEmpty { members.append(("requiredIn", .object(requirements))) }
        return .object(members)
    }

    /// A scope: its name and, unless `allOf` says them, its condition and what it requires.
    private func scope(_ scope: Schema.Scope) -> PrintedJSON {
        var members: [(String, PrintedJSON)] = [("name", .string(scope.name))]
        if profile != .create {
            members += [("member", nameValue(scope.discriminator)), ("value", .string(scope.value))]
            if scope.isDefault { members.append(("isDefault", .bool(true))) }
            members += [
                ("required", .array(scope.required.map(nameValue))),
                ("excluded", .array(scope.excluded.map(nameValue))),
            ]
        }
        members.append(("unusual", .array(scope.foreign.map(nameValue))))
        return .object(members)
    }

    private static func value(of links: ResourceLinks) -> PrintedJSON {
        var members: [(String, PrintedJSON)] = [
            ("item", .object(links.item.map { ($0.relation, .string($0.template)) })),
            ("collection", .string(links.collection)), ("nextParameter", .string(links.nextParameter)),
            ("previousParameter", .string(links.previousParameter)),
        ]
        if let find = links.find { members.append(("find", .object([(find.relation, .string(find.template))]))) }
        if let curie = links.curie { members.append(("curie", .object([(curie.name, .string(curie.href))]))) }
        return .object(members)
    }

    /// The requirements of a scope, as a condition on records of that scope.
    private func condition(_ scope: Schema.Scope) -> PrintedJSON {
        let discriminator = schema.name(of: scope.discriminator) ?? ""
        var premise: [(String, PrintedJSON)] = []
        if !scope.isDefault { premise.append(("required", .array([.string(discriminator)]))) }
        premise.append(
            ("properties", .object([(discriminator, .object([("const", .string(scope.value))]))])))
        var consequence: [(String, PrintedJSON)] = []
        if !scope.required.isEmpty { consequence.append(("required", .array(scope.required.map(nameValue)))) }
        if !scope.excluded.isEmpty {
            consequence.append(
                ("properties", .object(scope.excluded.map { (schema.name(of: $0) ?? "", .bool(false)) })))
        }
        return .object([("if", .object(premise)), ("then", .object(consequence))])
    }
}

extension Schema {
    /// The fields that are required in a profile and not in all.
    fileprivate func fieldsRequired(in profile: SchemaProfile) -> [FieldID] {
        (0..<placeCount).map { FieldID(rawValue: UInt16(truncatingIfNeeded: $0)) }.filter {
            let profiles = constraints(of: $0).requiredIn
            return profiles.contains(profile) && profiles.count < SchemaProfile.allCases.count
        }
    }

    /// The place of a value's schema in the JSON Schema of a record, as a reference.
    fileprivate func pointer(to place: FieldID) -> String {
        guard place != .record else { return "#" }
        let before = pointer(to: scope(of: place))
        guard let name = name(of: place) else { return before + "/items" }
        return before + "/properties/" + JSONSchemaPointer.encoded(name)
    }
}
