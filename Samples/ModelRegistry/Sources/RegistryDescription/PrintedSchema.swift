import ResourceCodable
import ResourceFormats

/// Parts of the JSON Schema that the toolkit prints.
struct PrintedSchema: Decodable {
    private struct Property: Decodable {
        var type: String
        var minLength: Int?
        var maxLength: Int?
        var pattern: String?
    }

    private var properties: [String: Property]

    /// The whole schema under a title of its own: generators name types by their titles, so two titles must differ.
    static func text(of schema: Schema, _ profile: SchemaProfile, title: String) -> JSONNode {
        let printed = schema.jsonSchema(profile: profile)
        return .text(
            printed.replacing("\"title\": \"\(schema.name)\"", with: "\"title\": \"\(title)\"", maxReplacements: 1))
    }

    /// The schema of one text property, without its place in the record.
    ///
    /// It stands by itself in the document, because generators do not follow references into another schema.
    static func property<Field: SchemaField>(_ field: Field, of schema: Schema) throws -> JSONNode {
        let printed = try Format.json.decode(PrintedSchema.self, from: Array(schema.jsonSchema().utf8))
        guard let property = printed.properties[schema.name(of: field.id) ?? ""] else { return [:] }
        var members: [(String, JSONNode)] = [("type", .string(property.type))]
        if let length = property.minLength { members.append(("minLength", .number(length))) }
        if let length = property.maxLength { members.append(("maxLength", .number(length))) }
        if let pattern = property.pattern { members.append(("pattern", .string(pattern))) }
        return .object(members)
    }
}
