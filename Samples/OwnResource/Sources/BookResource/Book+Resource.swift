public import ResourceFormats

extension Book: Resource {
    /// Reads a book from a record.
    public init(_ record: RecordView) throws(SerializationError) {
        var title: String?
        self.init(title: "")
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
            case .authors: authors = try value.strings()
            case .language: language = try value.string()
            case .pages: pages = try value.number()
            case .isLent: isLent = try value.bool()
            case .publisher: publisher = try Publisher(value)
            case .copies:
                var copies: [Copy] = []
                var elements = try value.elements()
                while elements.next() { copies.append(try Copy(elements.value)) }
                self.copies = copies
            // The members of the objects, which read them.
            case .publisherName, .publisherCity, .copyShelf, .copyCondition: break
            }
        }
        guard let title else { throw record.missing(Field.title) }
        self.title = title
    }

    /// Writes the book onto an empty tape.
    public func write(to tape: inout RecordTape) throws(SerializationError) {
        tape.beginObject(.record)
        tape.append(id, to: Field.id.id)
        tape.append(title, to: Field.title.id)
        tape.append(authors, to: Field.authors.id, elements: Self.schema.elements(of: Field.authors.id))
        tape.append(language, to: Field.language.id)
        tape.append(pages, to: Field.pages.id)
        tape.append(isLent, to: Field.isLent.id)
        if let publisher {
            tape.beginObject(Field.publisher.id)
            tape.append(publisher.name, to: Field.publisherName.id)
            tape.append(publisher.city, to: Field.publisherCity.id)
            try tape.append(publisher.unknownMembers, schema: Self.schema)
            tape.endObject()
        }
        if let copies {
            tape.beginArray(Field.copies.id)
            for copy in copies {
                tape.beginObject(Self.schema.elements(of: Field.copies.id))
                tape.append(copy.shelf, to: Field.copyShelf.id)
                tape.append(copy.condition, to: Field.copyCondition.id)
                try tape.append(copy.unknownMembers, schema: Self.schema)
                tape.endObject()
            }
            tape.endArray()
        }
        try tape.append(unknownMembers, schema: Self.schema)
        tape.endObject()
    }
}

extension Book.Publisher {
    init(_ object: RecordView) throws(SerializationError) {
        self.init()
        var members = try object.members()
        while members.next() {
            let value = members.value
            switch Book.Field(value.field) {
            case .publisherName where value.kind != .null: name = try value.string()
            case .publisherCity where value.kind != .null: city = try value.string()
            case .publisherName, .publisherCity: break
            default: unknownMembers.append(members)
            }
        }
    }
}

extension Book.Copy {
    init(_ object: RecordView) throws(SerializationError) {
        self.init()
        var members = try object.members()
        while members.next() {
            let value = members.value
            switch Book.Field(value.field) {
            case .copyShelf where value.kind != .null: shelf = try value.string()
            case .copyCondition where value.kind != .null: condition = try value.string()
            case .copyShelf, .copyCondition: break
            default: unknownMembers.append(members)
            }
        }
    }
}
