/// The member `x-resource` of a JSON Schema: names and links of a resource, for which there are no keywords.
struct JSONSchemaResource {
    /// A scope: its name, the members that are documented for other scopes only and, where `allOf` has no condition for it,
    /// the condition and what it requires.
    struct Scope {
        /// The condition on a member, and its consequences, by the names of members.
        struct Condition {
            let member: String
            let value: String
            let isDefault: Bool
            let required: [String]
            let excluded: [String]
        }

        let name: String
        let unusual: [String]
        let condition: Condition?
    }

    var name = "record"
    var plural = "records"
    var links: ResourceLinks?
    var scopes: [Scope] = []
    /// The places of fields that are not required in all profiles, with one in which they are.
    var requiredIn: [(pointer: String, profile: SchemaProfile)] = []

    /// The content of the member; without one, names of records without links.
    init(_ value: RecordView?) throws(SerializationError) {
        guard let value else { return }
        try value.checkKeywords(of: "x-resource", ["name", "plural", "links", "scopes", "requiredIn"])
        guard let name = value["name"], let plural = value["plural"] else {
            throw SerializationError(
                .unsupported, found: "\"x-resource\" without \"name\" and \"plural\"",
                expected: "the names of one record and of several", at: value)
        }
        self.name = try name.string()
        self.plural = try plural.string()
        if let links = value["links"] { self.links = try Self.links(links) }
        if let scopes = value["scopes"] {
            var elements = try scopes.elements()
            while elements.next() { self.scopes.append(try Self.scope(elements.value)) }
        }
        guard let requiredIn = value["requiredIn"] else { return }
        try requiredIn.checkKeywords(of: "requiredIn", SchemaProfile.allCases.map(\.rawValue))
        for profile in SchemaProfile.allCases {
            for pointer in try requiredIn[profile.rawValue]?.strings() ?? [] {
                self.requiredIn.append((pointer, profile))
            }
        }
    }

    private static func scope(_ value: RecordView) throws(SerializationError) -> Scope {
        try value.checkKeywords(
            of: "a scope", ["name", "unusual", "member", "value", "isDefault", "required", "excluded"])
        guard let name = value["name"] else {
            throw SerializationError(.unsupported, found: "a scope without \"name\"", expected: "a text", at: value)
        }
        var condition: Scope.Condition?
        if let member = value["member"] {
            guard let text = value["value"] else {
                throw SerializationError(
                    .unsupported, found: "a scope with \"member\" and without \"value\"", expected: "both", at: value)
            }
            condition = Scope.Condition(
                member: try member.string(), value: try text.string(),
                isDefault: try value["isDefault"]?.bool() ?? false,
                required: try value["required"]?.strings() ?? [], excluded: try value["excluded"]?.strings() ?? [])
        } else {
            try value.checkKeywords(of: "a scope without \"member\"", ["name", "unusual"])
        }
        return Scope(name: try name.string(), unusual: try value["unusual"]?.strings() ?? [], condition: condition)
    }

    private static func links(_ value: RecordView) throws(SerializationError) -> ResourceLinks {
        try value.checkKeywords(
            of: "links", ["item", "collection", "nextParameter", "previousParameter", "find", "curie"])
        guard let collection = value["collection"] else {
            throw SerializationError(
                .unsupported, found: "links without \"collection\"", expected: "the path of the collection", at: value)
        }
        var item: [LinkTemplate] = []
        if let templates = value["item"] {
            for (name, text) in try texts(templates) { item.append(LinkTemplate(name, text)) }
        }
        let find = try text(value["find"])
        let curie = try text(value["curie"])
        return ResourceLinks(
            item: item, collection: try collection.string(),
            nextParameter: try value["nextParameter"]?.string() ?? "next",
            previousParameter: try value["previousParameter"]?.string() ?? "previous",
            find: find.map { LinkTemplate($0.name, $0.text) },
            curie: curie.map { ResourceLinks.Curie($0.name, $0.text) })
    }

    /// The members of an object of texts.
    private static func texts(_ value: RecordView) throws(SerializationError) -> [(name: String, text: String)] {
        var texts: [(name: String, text: String)] = []
        var members = try value.members()
        while members.next() {
            guard let key = members.key else { continue }
            texts.append((key.bytes.string(), try members.value.string()))
        }
        return texts
    }

    /// The only member of an object; nil without the object.
    private static func text(_ value: RecordView?) throws(SerializationError) -> (name: String, text: String)? {
        guard let value else { return nil }
        let texts = try texts(value)
        if texts.count == 1 { return texts[0] }
        throw SerializationError(
            .unsupported, found: "\(texts.count) members", expected: "one: a name with its template", at: value)
    }
}

extension RecordView {
    /// Refuses a member that is not one of `keywords`, and a value that is not an object.
    func checkKeywords(of place: String, _ keywords: [String]) throws(SerializationError) {
        var members = try self.members()
        while members.next() {
            guard let key = members.key, !keywords.contains(where: { key.isText($0) }) else { continue }
            throw SerializationError(
                .unsupported, found: "the keyword \"\(excerpt(key.bytes))\"",
                expected: "a keyword for \(place): \(keywords.joined(separator: ", "))", at: members.value)
        }
    }

    /// The member `x-resource` of a JSON Schema; the document itself if there is none.
    var extensionMember: RecordView {
        @_lifetime(copy self)
        get {
            guard let member = self["x-resource"] else { return self }
            return member
        }
    }

    /// Whether a name or a string is this text, byte for byte.
    func isText(_ text: String) -> Bool {
        guard kind == .string || kind == .key else { return false }
        let utf8 = text.utf8Span.span
        return bytes.isEqual(to: ByteView(utf8))
    }

    /// The type of a value in a JSON Schema; `string or array` for one string or an array of strings.
    func typeName() throws(SerializationError) -> String {
        guard kind == .object else { throw wrongKind(expected: "an object, the schema of a value") }
        guard let type = self["type"] else {
            throw SerializationError(.unsupported, found: "no \"type\"", expected: "the type of the value", at: self)
        }
        if type.kind == .array {
            let types = try type.strings()
            if types == ["string", "array"] || types == ["array", "string"] { return "string or array" }
        } else {
            for name in ["object", "array", "string", "number", "integer", "boolean"] where type.isText(name) {
                return name
            }
        }
        throw SerializationError(
            .unsupported, found: "the type \(type.summary)",
            expected: "object, array, string, number, integer, boolean, or both string and array", at: type)
    }
}
