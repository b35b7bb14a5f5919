/// The reason why a schema's declarations are invalid: with them, readers and writers would take one field for another.
///
/// It is a mistake of the programmer and the same at every start of the program. No input leads to one.
struct SchemaFault: Error, Equatable {
    /// What was found and what was expected.
    var sentence: String { "found \(found), expected \(expected)" }
    let found: String
    let expected: String

    /// The same as the error of a program's user, who has chosen the names.
    var asError: SerializationError {
        SerializationError(.notRepresentable, found: found, expected: expected)
    }
}

extension Schema {
    /// Refuses invalid declarations.
    static func check(
        _ name: String, plural pluralName: String, _ declarations: [DeclaredField], _ scopes: [Scope]
    ) throws(SchemaFault) {
        try checkNames(name, pluralName)
        try checkCount(of: declarations)
        try checkParents(declarations)
        try checkMemberNames(declarations)
        try checkLikenesses(declarations)
        for declaration in declarations { try checkConstraints(of: declaration) }
        for scope in scopes { try check(scope, declarations) }
    }

    // MARK: Names of records

    /// The two names become the root elements of XML.
    private static func checkNames(_ name: String, _ pluralName: String) throws(SchemaFault) {
        for text in [name, pluralName] {
            var element = OutputBuffer(minimumCapacity: 64)
            let bytes = Array(text.utf8)
            XMLNames.append(ByteView(bytes.span), to: &element)
            guard bytes == element.array(), bytes.count <= XMLNames.longest else {
                throw SchemaFault(
                    found: "the record name \"\(excerpt(text))\"", expected: "a name that an XML element can have")
            }
        }
        if name.utf8.elementsEqual(pluralName.utf8) {
            throw SchemaFault(found: "\"\(excerpt(name))\" for one record and for several", expected: "two names")
        }
        if name.utf8.elementsEqual("page".utf8) {
            throw SchemaFault(
                found: "the record name \"page\"", expected: "another name: XML has that for the members of a page")
        }
    }

    // MARK: Fields

    /// The largest number of places: fields and array elements share the numbers below that of the record.
    private static var mostPlaces: Int { FieldID.record.index }

    /// Refuses numbers that are not the index of their field.
    static func checkNumbers<Field: SchemaField>(of fields: Field.Type) throws(SchemaFault) {
        for (index, field) in Field.allCases.enumerated() {
            guard Int(field.rawValue) == index else {
                throw SchemaFault(
                    found: "the number \(field.rawValue) for the field \(quoted(field.declaration.name))",
                    expected: "\(index): fields are numbered from 0 on, in their order and without gaps")
            }
            guard Field(rawValue: field.rawValue) == field else {
                throw SchemaFault(
                    found: "no or another field with the number \(index)",
                    expected: "\(quoted(field.declaration.name)), as in allCases")
            }
        }
    }

    private static func checkCount(of declarations: [DeclaredField]) throws(SchemaFault) {
        let arrayCount = declarations.count { $0.elements != nil }
        guard declarations.count + arrayCount <= mostPlaces else {
            throw SchemaFault(
                found: "\(declarations.count) fields, \(arrayCount) of them arrays",
                expected: "at most \(mostPlaces) fields and arrays together")
        }
    }

    private static func checkParents(_ declarations: [DeclaredField]) throws(SchemaFault) {
        for declaration in declarations {
            guard let index = declaration.parent else { continue }
            guard index < declarations.count else {
                throw SchemaFault(
                    found: "the parent number \(index) for the field \(quoted(declaration.name))",
                    expected: "the number of a field")
            }
            let parent = declarations[index]
            guard parent.kind == .object || parent.elements == .object else {
                throw SchemaFault(
                    found: "the field \(quoted(declaration.name)) inside the field \(quoted(parent.name))",
                    expected: "a parent that is an object or an array of objects")
            }
        }
        for declaration in declarations {
            var level = 1
            var ancestor = declaration.parent
            while let index = ancestor {
                level += declarations[index].kind == .array ? 2 : 1
                guard level <= Limits.deepest else {
                    throw SchemaFault(
                        found: "the field \(quoted(declaration.name)) inside itself, or deeper than \(Limits.deepest)",
                        expected: "a way of at most \(Limits.deepest) levels from the record to it")
                }
                ancestor = declarations[index].parent
            }
        }
    }

    private static func checkMemberNames(_ declarations: [DeclaredField]) throws(SchemaFault) {
        var size = 0
        // Compared by bytes: as strings, two names that differ only in their Unicode composition would be equal.
        var names: [Int?: Set<[UInt8]>] = [:]
        for declaration in declarations {
            let bytes = Array(declaration.name.utf8)
            size += bytes.count
            guard names[declaration.parent, default: []].insert(bytes).inserted else {
                let place = declaration.parent.map { "\(quoted(declarations[$0].name))" } ?? "the record"
                throw SchemaFault(
                    found: "the name \(quoted(declaration.name)) twice in \(place)",
                    expected: "each name once in an object")
            }
        }
        for declaration in declarations {
            // The names of another object's members are in the table once more.
            let other: Int?
            switch declaration.likeness {
            case nil: continue
            case .record: other = nil
            case .field(let index): other = index
            }
            size += names[other, default: []].reduce(0) { $0 + $1.count }
        }
        guard size <= KeyTable.mostNameBytes else {
            throw SchemaFault(
                found: "field names of \(size) bytes together", expected: "at most \(KeyTable.mostNameBytes)")
        }
    }

    /// A scope depends on the record's own members only.
    private static func check(
        _ scope: Scope, _ declarations: [DeclaredField]
    ) throws(SchemaFault) {
        for field in [scope.discriminator] + scope.required + scope.excluded + scope.foreign {
            let declaration = field.index < declarations.count ? declarations[field.index] : nil
            guard let declaration, declaration.parent == nil else {
                let name = declaration.map { quoted($0.name) } ?? "number \(field.rawValue)"
                throw SchemaFault(
                    found: "the field \(name) in the scope \"\(excerpt(scope.name))\"",
                    expected: "fields of the record itself")
            }
        }
    }

    static func quoted(_ name: String) -> String { "\"\(excerpt(name))\"" }
}

extension ResourceLinks {
    /// Refuses relations that would occur twice among the links of one document.
    func check() throws(SchemaFault) {
        var item: Set = [Array("curies".utf8)]
        for link in self.item where !item.insert(Array(link.relation.utf8)).inserted {
            throw Self.repeated(link)
        }
        let ofCollections = ["self", "first", "prev", "next", "curies"].map { Array($0.utf8) }
        if let find, ofCollections.contains(Array(find.relation.utf8)) { throw Self.repeated(find) }
    }

    private static func repeated(_ link: LinkTemplate) -> SchemaFault {
        SchemaFault(
            found: "the relation \"\(excerpt(link.relation))\" a second time", expected: "each relation once")
    }
}
