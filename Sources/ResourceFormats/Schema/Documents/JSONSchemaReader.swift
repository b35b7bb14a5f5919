extension Schema {
    /// The schema of a resource from a JSON Schema (draft 2020-12), the document that `jsonSchema` writes.
    ///
    /// The keywords that it may have are in `docs/validation.md`. All others are refused, because a rule that is left out
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
        try document.checkKeywords(of: "a record", Self.ofObjects + ["$schema", "$id", "x-resource", "allOf"])
        if let dialect = document["$schema"], !dialect.isText("https://json-schema.org/draft/2020-12/schema") {
            throw SerializationError(
                .unsupported, found: dialect.summary,
                expected: "the dialect \"https://json-schema.org/draft/2020-12/schema\"", at: dialect)
        }
        guard try document.typeName() == "object" else {
            throw SerializationError(
                .unsupported, found: "a record of another type", expected: "the type \"object\"", at: document)
        }
        try reader.addMembers(of: document, inside: nil)
        let description = try document["description"]?.string()
        let resource = try JSONSchemaResource(document["x-resource"])
        let scopes = try reader.scopes(document["allOf"], names: resource.scopes)
        do throws(SchemaFault) {
            var schema = try Schema(
                checking: resource.name, plural: resource.plural, reader.fields, scopes: scopes, links: resource.links)
            schema.description = description
            return schema
        } catch {
            if let place = document["x-resource"] {
                throw SerializationError(.unsupported, found: error.found, expected: error.expected, at: place)
            }
            throw SerializationError(.unsupported, found: error.found, expected: error.expected, at: document)
        }
    }

    // MARK: Keywords

    /// Keywords that say something to people and have no effect on records.
    private static let ofAll = ["type", "description", "readOnly", "$comment", "title", "default", "deprecated"]
    private static let ofObjects = ofAll + ["properties", "required", "additionalProperties"]
    private static let ofArrays = ofAll + ["items"]
    private static let ofTexts = ofAll + ["enum", "examples", "pattern", "format", "minLength", "maxLength"]
    private static let ofNumbers = ofAll + ["minimum", "maximum"]

    // MARK: Members

    /// Adds the properties of an object, each followed by what is inside it.
    private mutating func addMembers(of object: RecordView, inside parent: Int?) throws(SerializationError) {
        if let others = object["additionalProperties"], others.kind != .bool || !others.node.flags.contains(.isTrue) {
            throw SerializationError(
                .unsupported, found: "\"additionalProperties\" other than true",
                expected: "true or no such keyword: unknown members are kept in every record", at: others)
        }
        var indexes: [[UInt8]: Int] = [:]
        if let properties = object["properties"] {
            var members = try properties.members()
            while members.next() {
                guard let key = members.key else { continue }
                indexes[key.bytes.array()] = fields.count
                try add(key.bytes.string(), members.value, inside: parent)
            }
        }
        if parent == nil { recordFields = indexes }
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

    private mutating func add(_ name: String, _ value: RecordView, inside parent: Int?) throws(SerializationError) {
        let type = try value.typeName()
        var elements: RecordView?
        if type == "array" {
            try value.checkKeywords(of: "an array", Self.ofArrays)
            elements = value["items"]
        }
        let kind = try kind(of: type, value)
        var elementKind: ValueKind?
        var elementConstraints = ValueConstraints()
        if kind == .array {
            guard let elements else {
                throw SerializationError(
                    .unsupported, found: "an array without \"items\"", expected: "\"items\" with a type", at: value)
            }
            elementKind = try self.kind(of: try elements.typeName(), elements)
            elementConstraints = try constraints(of: elements)
            if elementConstraints.mayBeArray || elementConstraints.isSetByServer {
                throw SerializationError(
                    .unsupported, found: "elements of two types, or \"readOnly\" ones",
                    expected: "elements of one type, and \"readOnly\" for the array", at: elements)
            }
        }
        let index = fields.count
        fields.append(
            DeclaredField(
                name: name, kind: kind, elements: elementKind, parent: parent, constraints: try constraints(of: value),
                elementConstraints: elementConstraints))
        if kind == .object { try addMembers(of: value, inside: index) }
        if elementKind == .object, let elements { try addMembers(of: elements, inside: index) }
        if elementKind == .array, let elements, let inner = elements["items"] {
            throw SerializationError(
                .unsupported, found: "\"items\" inside \"items\"",
                expected: "arrays inside an array without a schema of their own", at: inner)
        }
    }

    /// The kind of a type, after its keywords are checked.
    private func kind(of type: String, _ value: RecordView) throws(SerializationError) -> ValueKind {
        switch type {
        case "object":
            try value.checkKeywords(of: "an object", Self.ofObjects)
            return .object
        case "array":
            try value.checkKeywords(of: "an array", Self.ofArrays)
            return .array
        case "string":
            try value.checkKeywords(of: "a string", Self.ofTexts)
            return .string
        case "string or array":
            try value.checkKeywords(of: "a string or an array of strings", Self.ofArrays)
            return .string
        case "number", "integer":
            try value.checkKeywords(of: "a number", Self.ofNumbers)
            return .number
        default:
            try value.checkKeywords(of: "a boolean", Self.ofAll)
            return .boolean
        }
    }

    // MARK: Values

    private func constraints(of value: RecordView) throws(SerializationError) -> ValueConstraints {
        var constraints = ValueConstraints()
        constraints.description = try value["description"]?.string()
        constraints.isSetByServer = try value["readOnly"]?.bool() ?? false
        switch try value.typeName() {
        case "integer":
            constraints.isInteger = true
            constraints.range = try range(of: value)
        case "number": constraints.range = try range(of: value)
        case "string": try readText(value, into: &constraints)
        case "string or array":
            constraints.mayBeArray = true
            guard let items = value["items"], try items.typeName() == "string" else {
                throw SerializationError(
                    .unsupported, found: "the types \"string\" and \"array\" without strings for elements",
                    expected: "\"items\" of the type \"string\"", at: value)
            }
            try items.checkKeywords(of: "a string in place of an array", ["type"])
        default: break
        }
        return constraints
    }

    private func range(of value: RecordView) throws(SerializationError) -> ClosedRange<Int>? {
        let lower = try value["minimum"]?.integer()
        let upper = try value["maximum"]?.integer()
        guard lower != nil || upper != nil else { return nil }
        guard lower ?? .min <= upper ?? .max else {
            throw SerializationError(
                .unsupported, found: "a minimum above the maximum", expected: "a range with a value in it", at: value)
        }
        return (lower ?? .min)...(upper ?? .max)
    }

    private func readText(_ value: RecordView, into constraints: inout ValueConstraints) throws(SerializationError) {
        if let names = value["enum"] {
            constraints.names = ValueConstraints.Names(texts: try Self.texts(names), isOpen: false)
        } else if let names = value["examples"] {
            constraints.names = ValueConstraints.Names(texts: try Self.texts(names), isOpen: true)
        }
        if let pattern = value["pattern"] {
            do throws(SerializationError) {
                constraints.pattern = try TextPattern(try pattern.string())
            } catch {
                throw SerializationError(error.code, found: error.found, expected: error.expected, at: pattern)
            }
        }
        if let format = try value["format"]?.string() {
            let isUUID = format.utf8.elementsEqual("uuid".utf8)
            if isUUID, constraints.pattern == nil { constraints.pattern = .uuid }
            if !isUUID || constraints.pattern?.jsonSchemaFormat == nil { constraints.format = format }
        }
        let (shortest, longest) = (constraints.pattern?.shortest, constraints.pattern?.longest)
        try checkLength(value["minLength"], is: shortest)
        try checkLength(value["maxLength"], is: longest)
    }

    /// Refuses a length that does not follow from the pattern.
    private func checkLength(_ value: RecordView?, is expected: Int?) throws(SerializationError) {
        guard let value, try value.integer() != expected else { return }
        throw SerializationError(
            .unsupported, found: "the length \(value.summary)",
            expected: expected.map { "\($0), the length of the pattern's texts" } ?? "a pattern that says the length",
            at: value)
    }

    private static func texts(_ value: RecordView) throws(SerializationError) -> [String] {
        let texts = try value.strings()
        if !texts.isEmpty { return texts }
        throw SerializationError(
            .unsupported, found: "an empty list of values", expected: "one text or more", at: value)
    }
}
