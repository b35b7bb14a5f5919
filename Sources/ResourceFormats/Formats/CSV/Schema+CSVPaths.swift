extension Schema {
    /// The field at the end of a column's path, with kinds taken from the path itself.
    func field(at path: CSVColumnPath) -> FieldID {
        var field = FieldID.record
        for step in path.steps {
            switch step {
            case .key(let key): field = isScope(field) ? self.field(named: key.span, in: field) : .unknown
            case .index: field = elements(of: field)
            }
        }
        return field
    }

    /// The path with its first unknown key replaced by the nearest known name; nil if none is near.
    func suggestion(for path: CSVColumnPath) -> CSVColumnPath? {
        var field = FieldID.record
        for (index, step) in path.steps.enumerated() {
            guard case .key(let key) = step else {
                field = elements(of: field)
                continue
            }
            guard isScope(field) else { return nil }
            let member = self.field(named: key.span, in: field)
            if member == .unknown {
                let names = members(of: field).compactMap(name(of:))
                return Suggestion.among(names, for: String(decoding: key, as: UTF8.self)).map { name in
                    var suggestion = path
                    suggestion.steps[index] = .key(Array(name.utf8))
                    return suggestion
                }
            }
            field = member
        }
        return nil
    }
}
