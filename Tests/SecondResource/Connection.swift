import ResourceFormats

/// A resource that no library knows: this file is all that there is of it.
struct Connection: Resource, Hashable {
    enum Field: UInt16, SchemaField {
        case id, title, isActive, limit, owner, ownerName, keys, keyName, keyScopes

        var declaration: FieldDeclaration<Self> {
            switch self {
            case .id: .string("id")
            case .title: .string("title").required(in: .resource, .create)
            case .isActive: .boolean("isActive")
            case .limit: .number("limit")
            case .owner: .object("owner")
            case .ownerName: .string("name", in: .owner)
            case .keys: .array("keys", of: .object)
            case .keyName: .string("name", in: .keys)
            case .keyScopes: .array("scopes", of: .string, in: .keys)
            }
        }
    }

    static let schema = Schema(
        "connection", plural: "connections", fields: Field.self,
        links: ResourceLinks(
            item: [LinkTemplate("self", "/connections/{id}"), LinkTemplate("c:key", "/keys/{keys.name}")],
            collection: "/connections", nextParameter: "after", previousParameter: "before",
            find: LinkTemplate("find", "/connections/{id}"), curie: ResourceLinks.Curie("c", "/rels/{rel}")))

    struct Key: Hashable {
        var name: String?
        var scopes: [String]?
        var unknownMembers = UnknownMembers()
    }

    struct Owner: Hashable {
        var name: String?
        var unknownMembers = UnknownMembers()
    }

    var id: String?
    var title = ""
    var isActive: Bool?
    var limit: Number?
    var owner: Owner?
    var keys: [Key]?
    var unknownMembers = UnknownMembers()

    init(_ record: RecordView) throws(SerializationError) {
        var title: String?
        var unknownMembers = UnknownMembers()
        var members = try record.members()
        while members.next() {
            let value = members.value
            guard let field = Field(value.field) else {
                unknownMembers.append(members)
                continue
            }
            if value.kind == .null { continue }
            switch field {
            case .id: id = try value.string()
            case .title: title = try value.string()
            case .isActive: isActive = try value.bool()
            case .limit: limit = try value.number()
            case .owner: owner = try Owner(value)
            case .keys:
                var keys: [Key] = []
                var elements = try value.elements()
                while elements.next() { keys.append(try Key(elements.value)) }
                self.keys = keys
            case .ownerName, .keyName, .keyScopes: break  // Members of the objects, which read them.
            }
        }
        guard let title else { throw record.missing(Field.title) }
        self.title = title
        self.unknownMembers = unknownMembers
    }

    func write(to tape: inout RecordTape) throws(SerializationError) {
        tape.beginObject(.record)
        tape.append(id, to: Field.id.id)
        tape.append(title, to: Field.title.id)
        tape.append(isActive, to: Field.isActive.id)
        tape.append(limit, to: Field.limit.id)
        if let owner {
            tape.beginObject(Field.owner.id)
            tape.append(owner.name, to: Field.ownerName.id)
            try tape.append(owner.unknownMembers, schema: Self.schema)
            tape.endObject()
        }
        if let keys {
            tape.beginArray(Field.keys.id)
            for key in keys {
                tape.beginObject(Self.schema.elements(of: Field.keys.id))
                tape.append(key.name, to: Field.keyName.id)
                tape.append(
                    key.scopes, to: Field.keyScopes.id, elements: Self.schema.elements(of: Field.keyScopes.id))
                try tape.append(key.unknownMembers, schema: Self.schema)
                tape.endObject()
            }
            tape.endArray()
        }
        try tape.append(unknownMembers, schema: Self.schema)
        tape.endObject()
    }
}

extension Connection.Owner {
    fileprivate init(_ object: RecordView) throws(SerializationError) {
        var members = try object.members()
        while members.next() {
            if Connection.Field(members.value.field) == .ownerName {
                name = try members.value.string()
            } else {
                unknownMembers.append(members)
            }
        }
    }
}

extension Connection.Key {
    fileprivate init(_ object: RecordView) throws(SerializationError) {
        var members = try object.members()
        while members.next() {
            if Connection.Field(members.value.field) == .keyName {
                name = try members.value.string()
            } else if Connection.Field(members.value.field) == .keyScopes {
                scopes = try members.value.strings()
            } else {
                unknownMembers.append(members)
            }
        }
    }
}
