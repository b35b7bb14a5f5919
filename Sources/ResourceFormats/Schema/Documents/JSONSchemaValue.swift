/// What a JSON Schema may have in each place.
enum JSONSchemaKeywords {
    /// Keywords that say something to people and have no effect on records.
    static let ofAll = ["type", "description", "readOnly", "$comment", "title", "default", "deprecated"]
    static let ofObjects = ofAll + ["properties", "required", "additionalProperties"]
    static let ofArrays = ofAll + ["items"]
    static let ofTexts = ofAll + ["enum", "examples", "pattern", "format", "minLength", "maxLength"]
    static let ofNumbers = ofAll + ["minimum", "maximum"]
    static let ofReferences = ["$ref"] + ofAll.dropFirst()
}

/// The kind and rules of one value, as a JSON Schema describes it.
struct JSONSchemaValue: ~Escapable {
    /// The schema of the value; for a reference the one that it refers to.
    let schema: RecordView
    private(set) var kind = ValueKind.string
    private(set) var constraints = ValueConstraints()

    /// The value that a schema describes, or the schema in the document that it refers to.
    @_lifetime(copy place, copy document)
    init(_ place: RecordView, in document: RecordView) throws(SerializationError) {
        var target = place
        var description: String?
        var isReadOnly: Bool?
        var hops = 0
        while target.kind == .object, let reference = target["$ref"] {
            try target.checkKeywords(of: "a reference", JSONSchemaKeywords.ofReferences)
            if description == nil { description = try target["description"]?.string() }
            if isReadOnly == nil { isReadOnly = try target["readOnly"]?.bool() }
            target = try JSONSchemaPointer(try reference.string(), at: reference).value(in: document)
            hops += 1
            guard target.kind == .object, hops <= Self.mostHops else {
                throw SerializationError(
                    .unsupported, found: "a reference to no schema, or in a circle",
                    expected: "a reference to the schema of a value", at: reference)
            }
        }
        schema = target
        try read(isRecord: schema.index == document.index)
        if let description { constraints.description = description }
        if let isReadOnly { constraints.isSetByServer = isReadOnly }
    }

    /// The largest number of references one after another.
    private static let mostHops = 32

    /// Checks the keywords and reads the rules.
    private mutating func read(isRecord: Bool) throws(SerializationError) {
        let type = try schema.typeName()
        switch type {
        case "object":
            kind = .object
            if isRecord { return }
            try schema.checkKeywords(of: "an object", JSONSchemaKeywords.ofObjects)
        case "array":
            try schema.checkKeywords(of: "an array", JSONSchemaKeywords.ofArrays)
            kind = .array
        case "string":
            try schema.checkKeywords(of: "a string", JSONSchemaKeywords.ofTexts)
            try readText()
        case "string or array":
            try schema.checkKeywords(of: "a string or an array of strings", JSONSchemaKeywords.ofArrays)
            constraints.mayBeArray = true
            guard let items = schema["items"], try items.typeName() == "string" else {
                throw SerializationError(
                    .unsupported, found: "the types \"string\" and \"array\" without strings for elements",
                    expected: "\"items\" of the type \"string\"", at: schema)
            }
            try items.checkKeywords(of: "a string in place of an array", ["type"])
        case "number", "integer":
            try schema.checkKeywords(of: "a number", JSONSchemaKeywords.ofNumbers)
            kind = .number
            constraints.isInteger = type.utf8.elementsEqual("integer".utf8)
            try readBounds()
        default:
            try schema.checkKeywords(of: "a boolean", JSONSchemaKeywords.ofAll)
            kind = .boolean
        }
        constraints.description = try schema["description"]?.string()
        constraints.isSetByServer = try schema["readOnly"]?.bool() ?? false
    }

    private mutating func readBounds() throws(SerializationError) {
        let lower = try bound(schema["minimum"])
        let upper = try bound(schema["maximum"])
        guard lower != nil || upper != nil else { return }
        if lower == nil || lower?.integer != nil, upper == nil || upper?.integer != nil {
            let (least, most) = (lower?.integer ?? .min, upper?.integer ?? .max)
            if least <= most {
                constraints.range = least...most
                return
            }
        }
        let bounds = DecimalBounds(lower: lower?.text, upper: upper?.text)
        guard bounds.isValid else {
            throw SerializationError(
                .unsupported, found: "a minimum above the maximum", expected: "a range with a value in it", at: schema)
        }
        constraints.bounds = bounds
    }

    private func bound(_ value: RecordView?) throws(SerializationError) -> (text: String, integer: Int?)? {
        guard let value else { return nil }
        guard value.kind == .number else { throw value.wrongKind(expected: "a number") }
        return (value.bytes.string(), DecimalValue(value.bytes).integer)
    }

    private mutating func readText() throws(SerializationError) {
        if let names = schema["enum"] {
            constraints.names = ValueConstraints.Names(texts: try Self.texts(names), isOpen: false)
        } else if let names = schema["examples"] {
            constraints.names = ValueConstraints.Names(texts: try Self.texts(names), isOpen: true)
        }
        if let pattern = schema["pattern"] {
            do throws(SerializationError) {
                constraints.pattern = try TextPattern(try pattern.string())
            } catch {
                throw SerializationError(error.code, found: error.found, expected: error.expected, at: pattern)
            }
        }
        if let format = try schema["format"]?.string() {
            let isUUID = format.utf8.elementsEqual("uuid".utf8)
            if isUUID, constraints.pattern == nil { constraints.pattern = .uuid }
            constraints.dateForm = DateForm.allCases.first { $0.rawValue.utf8.elementsEqual(format.utf8) }
            if constraints.dateForm == nil, !isUUID || constraints.pattern?.jsonSchemaFormat == nil {
                constraints.format = format
            }
        }
        try readLength()
    }

    /// Reads a length that does not follow from the pattern.
    private mutating func readLength() throws(SerializationError) {
        let least = try Self.count(schema["minLength"])
        let most = try Self.count(schema["maxLength"])
        let pattern = constraints.pattern
        if least == nil || least == pattern?.shortest, most == nil || most == pattern?.longest { return }
        guard least ?? 0 <= most ?? .max else {
            throw SerializationError(
                .unsupported, found: "a minimum above the maximum", expected: "a length that a text can have",
                at: schema
            )
        }
        constraints.length = TextLength(least: least ?? 0, most: most)
    }

    private static func count(_ value: RecordView?) throws(SerializationError) -> Int? {
        guard let value else { return nil }
        let count = try value.integer()
        if count >= 0 { return count }
        throw SerializationError(.unsupported, found: value.summary, expected: "a length of 0 or more", at: value)
    }

    private static func texts(_ value: RecordView) throws(SerializationError) -> [String] {
        let texts = try value.strings()
        if !texts.isEmpty { return texts }
        throw SerializationError(
            .unsupported, found: "an empty list of values", expected: "one text or more", at: value)
    }
}
