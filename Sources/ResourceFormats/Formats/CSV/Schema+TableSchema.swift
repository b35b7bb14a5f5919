extension Schema {
    /// The Frictionless Table Schema of the CSV format: the columns of `csvHeader` with their types and rules.
    ///
    /// A table has the columns that its records fill, in this order, and more elements are more columns; so a program
    /// should match columns by their names. The rules are those that hold for every cell of a valid record. A rule is left
    /// out if a tag in the cell can break it, such as the largest length of a text.
    public var tableSchema: String {
        var fields: [PrintedJSON] = []
        for member in members(of: .record) {
            addColumns(of: member, CSVColumnPath(steps: []), isRequired: true, to: &fields)
        }
        return PrintedJSON.object([
            ("$schema", .string("https://datapackage.org/profiles/2.0/tableschema.json")),
            ("fields", .array(fields)), ("missingValues", .texts(["", "null"])),
        ]).document
    }

    /// Adds the column of a place, or those below it.
    ///
    /// - Parameter isRequired: Whether every record has the object that contains the place.
    private func addColumns(
        of place: FieldID, _ path: CSVColumnPath, isRequired: Bool, to fields: inout [PrintedJSON]
    ) {
        var path = path
        path.steps.append(name(of: place).map { .key(Array($0.utf8)) } ?? .index(0))
        let isRequired =
            isRequired && name(of: place) != nil
            && constraints(of: place).requiredIn.count == SchemaProfile.allCases.count
        let members = owner(ofMembersAt: place) == place ? members(of: place) : []
        for member in members { addColumns(of: member, path, isRequired: isRequired, to: &fields) }
        let elements = elements(of: place)
        if elements != .unknown { return addColumns(of: elements, path, isRequired: false, to: &fields) }
        if members.isEmpty { fields.append(column(path, place, isRequired: isRequired)) }
    }

    private func column(_ path: CSVColumnPath, _ place: FieldID, isRequired: Bool) -> PrintedJSON {
        let constraints = constraints(of: place)
        let (type, format) = columnType(of: place, constraints)
        var members: [(String, PrintedJSON)] = [
            ("name", .string(String(decoding: path.name, as: UTF8.self))), ("type", .string(type)),
        ]
        if let format { members.append(("format", .string(format))) }
        if let description = constraints.description { members.append(("description", .string(description))) }
        var rules: [(String, PrintedJSON)] = isRequired ? [("required", .bool(true))] : []
        if let pattern = constraints.pattern { rules.append(("pattern", .string("^\(pattern.expression)$"))) }
        if let names = constraints.names, !names.isOpen, !names.texts.contains(where: Self.mayBeTagged) {
            rules.append(("enum", .texts(names.texts)))
        }
        if let length = constraints.length, length.least > 0 { rules.append(("minLength", .integer(length.least))) }
        let (lower, upper) = constraints.numberBounds
        if let lower { rules.append(("minimum", .number(lower))) }
        if let upper { rules.append(("maximum", .number(upper))) }
        if !rules.isEmpty { members.append(("constraints", .object(rules))) }
        return .object(members)
    }

    private func columnType(of place: FieldID, _ constraints: ValueConstraints) -> (type: String, format: String?) {
        switch kind(of: place) {
        case .number: (constraints.isInteger ? "integer" : "number", nil)
        case .boolean: ("boolean", nil)
        case .string:
            switch constraints.dateForm {
            case .date: ("date", nil)
            case .dateTime: ("datetime", "any")
            case nil: ("string", constraints.pattern?.jsonSchemaFormat)
            }
        case .object, .array, nil: ("any", nil)
        }
    }

    /// Whether the cell of a text in a column of strings is not just the text.
    private static func mayBeTagged(_ text: String) -> Bool {
        ["", "null", "[]", "{}"].contains { $0.utf8.elementsEqual(text.utf8) } || text.utf8.first == UInt8(ascii: "\\")
    }
}
