extension Schema {
    /// Refuses an object with the members of another one if it has members of its own, or if the other one has not.
    static func checkLikenesses(_ declarations: [DeclaredField]) throws(SchemaFault) {
        let parents = Set(declarations.compactMap(\.parent))
        for (index, declaration) in declarations.enumerated() {
            if declaration.likeness != nil || declaration.values != nil {
                guard declaration.kind == .object || declaration.elements == .object, !parents.contains(index),
                    declaration.likeness == nil || declaration.values == nil
                else {
                    throw SchemaFault(
                        found: "free names or another object's members in the field \(quoted(declaration.name))",
                        expected: "one of the two, in an object, or an array of objects, without members of its own")
                }
            }
            if case .field(let other) = declaration.likeness {
                guard other < declarations.count, declarations[other].likeness == nil,
                    declarations[other].kind == .object || declarations[other].elements == .object
                else {
                    throw SchemaFault(
                        found: "a reference from the field \(quoted(declaration.name)) to what is not an object",
                        expected: "an object, or an array of objects, with members of its own")
                }
            }
        }
    }

    /// Refuses constraints that do not suit the kind of their field.
    static func checkConstraints(of declaration: DeclaredField) throws(SchemaFault) {
        let name = quoted(declaration.name)
        try check(declaration.constraints, kind: declaration.kind, "the field \(name)")
        if let kind = declaration.elements {
            try check(declaration.elementConstraints, kind: kind, "the elements of the field \(name)")
        }
        guard let values = declaration.values else { return }
        try check(values.constraints, kind: values.kind, "the values of the field \(name)")
        if values.kind == .object || values.kind == .array || values.constraints.mayBeArray {
            throw SchemaFault(
                found: "values of the kind \(values.kind), or arrays, in the field \(name)",
                expected: "strings, numbers or booleans as the values of free names")
        }
    }

    private static func check(
        _ constraints: ValueConstraints, kind: ValueKind, _ place: String
    ) throws(SchemaFault) {
        let asksForText =
            constraints.pattern != nil || constraints.names != nil || constraints.mayBeArray
            || constraints.dateForm != nil || constraints.length != nil
        if asksForText, kind != .string {
            throw SchemaFault(
                found: "a pattern, a length, names, a date or an array of strings for \(place)",
                expected: "these for strings only")
        }
        let asksForNumber = constraints.isInteger || constraints.range != nil || constraints.bounds != nil
        if asksForNumber, kind != .number {
            throw SchemaFault(found: "a range of numbers for \(place)", expected: "one for numbers only")
        }
        if let names = constraints.names, names.texts.isEmpty {
            throw SchemaFault(found: "an empty list of names for \(place)", expected: "one name or more")
        }
        if let bounds = constraints.bounds, !bounds.isValid {
            throw SchemaFault(
                found: "the bounds \(bounds.lower ?? "none") and \(bounds.upper ?? "none") for \(place)",
                expected: "JSON numbers, the lower one not above the upper one")
        }
    }
}
