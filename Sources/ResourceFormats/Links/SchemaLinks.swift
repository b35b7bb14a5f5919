/// The links of a resource, with the names of their variables resolved to fields.
struct SchemaLinks: Sendable {
    /// One relation of a record.
    struct Link: Sendable {
        let relation: String
        let pieces: [Piece]
        /// The array whose elements each give a target; nil for a relation with one target.
        let array: FieldID?
    }

    /// A piece of a compiled template; `.unknown` stands for the array's element itself.
    enum Piece: Sendable {
        case literal(String)
        case value(FieldID)
        case query(String, FieldID)
    }

    let declaration: ResourceLinks
    let item: [Link]

    /// Resolves the templates.
    ///
    /// - Throws: The reason why a template cannot be resolved.
    init(_ declaration: ResourceLinks, schema: Schema) throws(SchemaFault) {
        try declaration.check()
        self.declaration = declaration
        var item: [Link] = []
        for template in declaration.item { item.append(try Self.compile(template, schema)) }
        self.item = item
    }

    private static func compile(_ template: LinkTemplate, _ schema: Schema) throws(SchemaFault) -> Link {
        var array: FieldID?
        func fault(_ found: String, expected: String) -> SchemaFault {
            SchemaFault(found: "\(found) in the template \"\(excerpt(template.template))\"", expected: expected)
        }
        func field(_ name: String, in scope: FieldID) throws(SchemaFault) -> FieldID {
            let field = schema.field(named: name.utf8Span.span, in: scope)
            guard field != .unknown else { throw fault("\"\(excerpt(name))\"", expected: "the name of a field") }
            return field
        }
        func value(_ path: String) throws(SchemaFault) -> FieldID {
            let names = path.split(separator: ".").map(String.init)
            guard (1...2).contains(names.count) else {
                throw fault("\"\(excerpt(path))\"", expected: "a field, or a field of an array's elements")
            }
            let first = try field(names[0], in: .record)
            guard schema.kind(of: first) == .array else {
                guard names.count == 1 else {
                    throw fault("\"\(excerpt(path))\"", expected: "a name alone, or behind that of an array")
                }
                return first
            }
            guard array == nil else { throw fault("two arrays", expected: "one at most") }
            array = first
            return names.count == 1 ? .unknown : try field(names[1], in: schema.elements(of: first))
        }
        var pieces: [Piece] = []
        for piece in template.pieces {
            switch piece {
            case .literal(let text): pieces.append(.literal(text))
            case .value(let path): pieces.append(.value(try value(path)))
            case .query(let name): pieces.append(.query("?\(name)=", try value(name)))
            }
        }
        if array != nil {
            let values = pieces.filter { if case .literal = $0 { false } else { true } }
            guard values.count == 1 else {
                throw fault("an array and another variable", expected: "no other variable beside an array")
            }
        }
        return Link(relation: template.relation, pieces: pieces, array: array)
    }
}
