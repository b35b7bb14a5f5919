extension Schema {
    /// The schema of a resource from a JSON Schema (draft 2020-12), the document that `jsonSchema` writes.
    ///
    /// The keywords that it may have are in `docs/schema.md`. All others are refused, because a rule that is left out
    /// would let invalid records pass. What is required is required for every purpose of a record.
    ///
    ///     let schema = try Schema(jsonSchema: bytes)
    ///     var converter = Converter(from: .json, to: .csv, schema: schema)
    ///
    /// - Throws: The first error with its path and position in the document; `.unsupported` for a keyword, or a value of
    ///   one, that a resource's schema cannot have.
    public init(jsonSchema document: Span<UInt8>) throws(SerializationError) {
        var plain = Schema.withoutFields
        plain.hasPages = false
        var stream = RecordStream(Format.json, schema: plain)
        guard try stream.nextInWhole(document) else {
            throw stream.located(
                SerializationError(.wrongShape, found: "no value", expected: "a JSON Schema, one object", path: "$"),
                atEndOf: document)
        }
        self = try JSONSchemaReader.schema(in: stream, document)
        guard try !stream.nextInWhole(document) else {
            throw SerializationError(
                .wrongShape, found: "a second value", expected: "a JSON Schema, one object",
                position: stream.recordPosition(in: document))
        }
    }

    /// The schema of a resource from a JSON Schema in an array.
    ///
    /// - Throws: The first error with its path and position in the document.
    public init(jsonSchema document: [UInt8]) throws(SerializationError) {
        try self.init(jsonSchema: document.span)
    }
}

/// Reads the properties of a JSON Schema as declarations.
struct JSONSchemaReader {
    private var fields: [DeclaredField] = []
    /// The indexes of the record's own fields by their names.
    private(set) var recordFields: [[UInt8]: Int] = [:]
    /// The objects read so far, by the node that describes them: a second reference to one means its members.
    private var objects: [Int: DeclaredField.Likeness] = [:]
    /// The fields by the node that describes them.
    private var fieldsByNode: [Int: Int] = [:]

    /// The schema that the last record of a stream is.
    fileprivate static func schema(
        in stream: borrowing RecordStream, _ window: Span<UInt8>
    ) throws(SerializationError) -> Schema {
        guard let record = stream.record else { return .withoutFields }
        do throws(SerializationError) {
            return try schema(of: record)
        } catch {
            throw stream.located(error, at: .item, in: stream.tape, window)
        }
    }

    /// The schema of a whole document.
    static func schema(of document: RecordView) throws(SerializationError) -> Schema {
        var reader = JSONSchemaReader()
        try document.checkKeywords(
            of: "a record", JSONSchemaKeywords.ofObjects + ["$schema", "$id", "$defs", "x-resource", "allOf"])
        if let dialect = document["$schema"], !dialect.isText("https://json-schema.org/draft/2020-12/schema") {
            throw SerializationError(
                .unsupported, found: dialect.summary,
                expected: "the dialect \"https://json-schema.org/draft/2020-12/schema\"", at: dialect)
        }
        guard try document.typeName() == "object" else {
            throw SerializationError(
                .unsupported, found: "a record of another type", expected: "the type \"object\"", at: document)
        }
        if let others = document["additionalProperties"], others.kind == .object {
            throw SerializationError(
                .unsupported, found: "a schema for the record's other members", expected: "true", at: others)
        }
        reader.objects[document.index] = .record
        try reader.addMembers(of: document, inside: nil, document)
        let description = try document["description"]?.string()
        let resource = try JSONSchemaResource(document["x-resource"])
        let scopes = try reader.scopes(of: document, resource.scopes)
        try reader.setRequirements(resource.requiredIn, document)
        do throws(SchemaFault) {
            var schema = try Schema(
                checking: resource.name, plural: resource.plural, reader.fields, scopes: scopes, links: resource.links)
            schema.description = description
            return schema
        } catch {
            throw SerializationError(
                .unsupported, found: error.found, expected: error.expected, at: document.extensionMember)
        }
    }

    /// Sets in which profile fields are required that are not required in all of them.
    private mutating func setRequirements(
        _ requirements: [(pointer: String, profile: SchemaProfile)], _ document: RecordView
    ) throws(SerializationError) {
        for requirement in requirements {
            let place = try JSONSchemaPointer(requirement.pointer, at: document).value(in: document)
            guard let index = fieldsByNode[place.index] else {
                throw SerializationError(
                    .unsupported, found: "the reference \"\(excerpt(requirement.pointer))\" in \"x-resource\"",
                    expected: "the place of a field in the document", at: document)
            }
            if fields[index].constraints.requiredIn.count == SchemaProfile.allCases.count {
                fields[index].constraints.requiredIn = []
            }
            fields[index].constraints.requiredIn.insert(requirement.profile)
        }
    }

    // MARK: Members

    /// Adds the properties of an object, each followed by what is inside it.
    private mutating func addMembers(
        of object: RecordView, inside parent: Int?, _ document: RecordView
    ) throws(SerializationError) {
        var indexes: [[UInt8]: Int] = [:]
        if let properties = object["properties"] {
            var members = try properties.members()
            while members.next() {
                guard let key = members.key else { continue }
                indexes[key.bytes.array()] = fields.count
                try add(key.bytes.string(), members.value, inside: parent, document)
            }
        }
        if parent == nil { recordFields = indexes }
        try addValues(of: object, inside: parent, document)
        guard let required = object["required"] else { return }
        var names = try required.elements()
        while names.next() {
            guard let index = indexes[Array(try names.value.string().utf8)] else {
                throw SerializationError(
                    .unsupported, found: names.value.summary, expected: "a name in \"properties\" of the same object",
                    at: names.value)
            }
            fields[index].constraints.requiredIn = Set(SchemaProfile.allCases)
        }
    }

    /// Reads the schema of the values of names that are not in `properties`.
    private mutating func addValues(
        of object: RecordView, inside parent: Int?, _ document: RecordView
    ) throws(SerializationError) {
        guard let others = object["additionalProperties"], others.kind != .bool || !others.node.flags.contains(.isTrue)
        else { return }
        guard others.kind == .object else {
            throw SerializationError(
                .unsupported, found: "\"additionalProperties\" other than true or a schema",
                expected: "true or no such keyword: unknown members are kept in every record", at: others)
        }
        if let properties = object["properties"], properties.count > 0 {
            throw SerializationError(
                .unsupported, found: "a schema for other members beside \"properties\"",
                expected: "either names that are known or names that are free", at: others)
        }
        let value = try JSONSchemaValue(others, in: document)
        guard value.kind != .object, value.kind != .array, !value.constraints.mayBeArray else {
            throw SerializationError(
                .unsupported, found: "the kind \(value.kind) for the values of free names",
                expected: "strings, numbers or booleans", at: others)
        }
        if let parent { fields[parent].values = MapValues(kind: value.kind, constraints: value.constraints) }
    }

    private mutating func add(
        _ name: String, _ schema: RecordView, inside parent: Int?, _ document: RecordView
    ) throws(SerializationError) {
        let value = try JSONSchemaValue(schema, in: document)
        let index = fields.count
        fieldsByNode[schema.index] = index
        var field = DeclaredField(
            name: name, kind: value.kind, elements: nil, parent: parent, constraints: value.constraints)
        guard value.kind == .array else {
            fields.append(field)
            if value.kind == .object { try addMembers(ofObject: value.schema, inside: index, document) }
            return
        }
        guard let items = value.schema["items"] else {
            throw SerializationError(
                .unsupported, found: "an array without \"items\"", expected: "\"items\" with a type", at: schema)
        }
        let element = try JSONSchemaValue(items, in: document)
        if element.constraints.mayBeArray || element.constraints.isSetByServer {
            throw SerializationError(
                .unsupported, found: "elements of two types, or \"readOnly\" ones",
                expected: "elements of one type, and \"readOnly\" for the array", at: items)
        }
        if element.kind == .array, let inner = element.schema["items"] {
            throw SerializationError(
                .unsupported, found: "\"items\" inside \"items\"",
                expected: "arrays inside an array without a schema of their own", at: inner)
        }
        field = DeclaredField(
            name: name, kind: .array, elements: element.kind, parent: parent, constraints: value.constraints,
            elementConstraints: element.constraints)
        fields.append(field)
        if element.kind == .object { try addMembers(ofObject: element.schema, inside: index, document) }
    }

    /// Adds the members of an object, or a reference to the field that has them already.
    private mutating func addMembers(
        ofObject schema: RecordView, inside index: Int, _ document: RecordView
    ) throws(SerializationError) {
        if let likeness = objects[schema.index] {
            fields[index].likeness = likeness
            return
        }
        objects[schema.index] = .field(index)
        try addMembers(of: schema, inside: index, document)
    }
}
