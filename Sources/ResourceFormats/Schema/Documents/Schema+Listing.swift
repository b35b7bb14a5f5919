extension Schema {
    /// The path of a place in a listing, such as `fallbacks[].immediateFallBack`.
    public func listingPath(of place: FieldID) -> String {
        guard place != .record else { return "" }
        let parent = scope(of: place)
        let before = parent == .unknown ? "" : listingPath(of: parent)
        guard let name = name(of: place) else { return before + "[]" }
        return before.isEmpty ? name : before + "." + name
    }

    /// The element name of a member in XML.
    func elementName(of member: FieldID) -> String {
        var name = OutputBuffer(minimumCapacity: 64)
        let bytes = Array((self.name(of: member) ?? "").utf8)
        XMLNames.append(ByteView(bytes.span), to: &name)
        return name.bytes.view.string()
    }

    /// The known fields as a table: path, kind, the requirement of each profile, and the rules for the value.
    public var fieldTable: String {
        var rows = [["FIELD", "KIND", "RESOURCE", "CREATE", "VALUE"]]
        for index in 0..<placeCount {
            let place = FieldID(rawValue: UInt16(truncatingIfNeeded: index))
            guard name(of: place) != nil else { continue }
            rows.append([
                listingPath(of: place), kindText(of: place), isRequired(place, .resource) ? "required" : "-",
                creationText(of: place), valueText(of: place),
            ])
        }
        let widths = (0..<5).map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                let isLast = row[(column + 1)...].allSatisfy(\.isEmpty)
                if isLast { break }
                line += String(repeating: " ", count: widths[column] + 2 - cell.unicodeScalars.count)
            }
            return line + "\n"
        }.joined()
    }

    private func isRequired(_ place: FieldID, _ profile: SchemaProfile) -> Bool {
        constraints(of: place).requiredIn.contains(profile)
    }

    private func kindText(of place: FieldID) -> String {
        switch kind(of: place) {
        case .array: "array of \(kind(of: elements(of: place)).map(String.init(describing:)) ?? "values")s"
        case .some(let kind): String(describing: kind)
        case nil: ""
        }
    }

    /// The requirement for a field in a record that a client creates.
    private func creationText(of place: FieldID) -> String {
        if isRequired(place, .create) { return "required" }
        if constraints(of: place).isSetByServer { return "set by the server" }
        for scope in scopes {
            if scope.required.contains(place) { return "required: \(scope.value)" }
            if scope.excluded.contains(place) { return "excluded: \(scope.value)" }
            if scope.foreign.contains(place) { return "unusual: \(scope.value)" }
        }
        return "-"
    }

    private func valueText(of place: FieldID) -> String {
        let constraints = constraints(of: place)
        var parts: [String] = []
        if let pattern = constraints.pattern { parts.append(pattern.name) }
        if let names = constraints.names {
            let list =
                names.texts.count > 10 ? "\(names.texts.count) documented names" : names.texts.joined(separator: ", ")
            parts.append(names.isOpen ? "\(list), or a newer one" : list)
        }
        if let form = constraints.dateForm { parts.append(form.rawValue) }
        if let length = constraints.length { parts.append(length.sentence) }
        let kind = constraints.isInteger ? "integer" : "number"
        switch constraints.numberBounds {
        case (nil, nil): if constraints.isInteger || constraints.range != nil { parts.append(kind) }
        case (nil, .some(let upper)): parts.append("\(kind) up to \(upper)")
        case (.some(let lower), nil): parts.append("\(kind) from \(lower) on")
        case (.some(let lower), .some(let upper)): parts.append("\(kind) \(lower) to \(upper)")
        }
        let object = elements(of: place) == .unknown ? place : elements(of: place)
        if let values = mapValues(of: object) { parts.append("any names, each a \(values.kind)") }
        let owner = self.owner(ofMembersAt: object)
        if owner != object {
            parts.append("the members of \(owner == .record ? "a record" : listingPath(of: owner))")
        }
        if constraints.mayBeArray { parts.append("or an array of strings") }
        return parts.joined(separator: "; ")
    }
}
