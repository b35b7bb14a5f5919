/// The member `x-resource` of a JSON Schema: names and links of a resource, for which there are no keywords.
struct JSONSchemaResource {
    /// A scope's name, and the members that are documented for other scopes only.
    struct ScopeName {
        let name: String
        let unusual: [String]
    }

    var name = "record"
    var plural = "records"
    var links: ResourceLinks?
    var scopes: [ScopeName] = []

    /// The content of the member; without one, names of records without links.
    init(_ value: RecordView?) throws(SerializationError) {
        guard let value else { return }
        try value.checkKeywords(of: "x-resource", ["name", "plural", "links", "scopes"])
        guard let name = value["name"], let plural = value["plural"] else {
            throw SerializationError(
                .unsupported, found: "\"x-resource\" without \"name\" and \"plural\"",
                expected: "the names of one record and of several", at: value)
        }
        self.name = try name.string()
        self.plural = try plural.string()
        if let links = value["links"] { self.links = try Self.links(links) }
        guard let scopes = value["scopes"] else { return }
        var elements = try scopes.elements()
        while elements.next() {
            let scope = elements.value
            try scope.checkKeywords(of: "a scope", ["name", "unusual"])
            guard let name = scope["name"] else {
                throw SerializationError(.unsupported, found: "a scope without \"name\"", expected: "a text", at: scope)
            }
            self.scopes.append(ScopeName(name: try name.string(), unusual: try scope["unusual"]?.strings() ?? []))
        }
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
