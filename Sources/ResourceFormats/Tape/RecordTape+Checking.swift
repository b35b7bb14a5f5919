extension RecordTape {
    /// Checks a record that was built by hand: that it is closed, and that the schema allows each value at its place.
    ///
    /// Typed encoding, `Converter` and `RecordStream` check every record themselves, so this is for programs that read
    /// tapes that they have built. For a record that this package has read, or that was checked before, the call is
    /// free.
    ///
    /// - Throws: The first fault, with its path below the record: `.invalidTape` for a value that is not allowed at its
    ///   place, `.duplicateField`, `.invalidNumber`, `.invalidEncoding`, `.depthLimit`, `.recordLimit`.
    @inline(__always)
    public mutating func check(against schema: Schema, limits: Limits = .default) throws(SerializationError) {
        if isUnchecked || nodes.count == 0 { try checkWhatWasBuilt(schema, limits.depth) }
    }

    private mutating func checkWhatWasBuilt(_ schema: Schema, _ depth: Int) throws(SerializationError) {
        try checkRecord(against: schema, depth)
        isUnchecked = false
    }

    private borrowing func checkRecord(against schema: Schema, _ depth: Int) throws(SerializationError) {
        if let record { return try record.check(against: schema, depth: depth) }
        if nodes.count == 0, fault == nil {
            throw SerializationError(.invalidTape, found: "an empty tape", expected: "a record", path: "")
        }
        let fault =
            fault
            ?? SerializationError(
                .invalidTape, found: "a record without an end", expected: "an end for each beginning")
        // There is no record yet, so the path is that of the open container.
        let nothing: [UInt8] = []
        let path = pathOfOpenContainer(under: "", schema: schema, source: ByteView(nothing.span))
        throw fault.at(offset: open.count > 1 ? Int(nodes[Int(open[open.count - 1])].start) : nil, path: path.text)
    }
}

extension RecordView {
    /// Refuses an invalid value on a tape that was built by hand and has not been checked.
    func checkIfBuilt(against schema: Schema) throws(SerializationError) {
        if isUnchecked { try check(against: schema, depth: Limits.deepest) }
    }

    /// Checks that the schema allows each value inside at its place, and that each name occurs once in its object.
    ///
    /// The tape has checked the rest while it was built: ends, names before values, texts.
    fileprivate func check(against schema: Schema, depth: Int) throws(SerializationError) {
        var walk = CheckingWalk(depth: depth)
        if node.isContainer { try checkInside(self, schema, &walk) }
    }

    private func checkInside(
        _ container: RecordView, _ schema: Schema, _ walk: inout CheckingWalk
    ) throws(SerializationError) {
        guard walk.level < walk.depth else {
            throw container.fault(
                .depthLimit, found: "nesting deeper than \(walk.depth)", expected: "at most \(walk.depth) levels",
                schema)
        }
        walk.level &+= 1
        let node = container.node
        if node.kind == .object {
            try checkMembers(container, schema, &walk)
        } else {
            let element = schema.kind(of: node.field) == .array ? schema.elements(of: node.field) : .unknown
            var index = container.index &+ 1
            let end = container.end
            while index < end {
                let child = nodes[index]
                guard child.field == element else { throw misplaced(child, at: index, schema) }
                if child.isContainer { try checkInside(view(at: index), schema, &walk) }
                index &+= child.extent
            }
        }
        walk.level &-= 1
    }

    private func checkMembers(
        _ object: RecordView, _ schema: Schema, _ walk: inout CheckingWalk
    ) throws(SerializationError) {
        let scope = object.field
        let isScope = schema.isScope(scope)
        let owner = schema.owner(ofMembersAt: scope)
        var seen = SeenFields()
        var keyCount = 0
        var index = object.index &+ 1
        let end = object.end
        while index < end {
            var child = nodes[index]
            if child.kind == .key {
                keyCount &+= 1
                index &+= 1
                if isScope, schema.field(named: text(of: child).span, in: scope) != .unknown {
                    throw view(at: index).fault(
                        .duplicateField, found: "the known name \"\(excerpt(text(of: child)))\" as an unknown one",
                        expected: "the field's number", schema)
                }
                child = nodes[index]
            } else {
                guard isScope, schema.scope(of: child.field) == owner else { throw misplaced(child, at: index, schema) }
                guard seen.insert(schema.ordinal(of: child.field), &walk.words) else {
                    throw view(at: index).fault(
                        .duplicateField,
                        found: "the name \"\(excerpt(schema.name(of: child.field) ?? ""))\" a second time",
                        expected: "each name once in an object", schema)
                }
            }
            if child.isContainer { try checkInside(view(at: index), schema, &walk) }
            index &+= child.extent
        }
        seen.close(&walk.words)
        if keyCount > 1 { try checkNames(of: object, schema) }
    }

    /// Checks that the unknown names of an object are all different.
    private func checkNames(of object: RecordView, _ schema: Schema) throws(SerializationError) {
        var names: Set<[UInt8]> = []
        var children = object.children
        while children.next() {
            guard let key = children.key, !names.insert(key.bytes.array()).inserted else { continue }
            throw children.value.fault(
                .duplicateField, found: "the name \"\(excerpt(key.bytes))\" a second time",
                expected: "each name once in an object", schema)
        }
    }

    private func misplaced(_ child: TapeNode, at index: Int, _ schema: Schema) -> SerializationError {
        let field =
            if let name = schema.name(of: child.field) {
                "the field \"\(excerpt(name))\""
            } else if child.field == .unknown {
                "the field .unknown"
            } else {
                "the field number \(child.field.rawValue)"
            }
        return view(at: index).fault(
            .invalidTape, found: field, expected: "a field that the schema has at this place", schema)
    }

    /// An error about this value, with its path below the record: callers of the check cannot add the path.
    private func fault(
        _ code: SerializationError.Code, found: String, expected: String, _ schema: Schema
    ) -> SerializationError {
        SerializationError(code, found: found, expected: expected, at: self).at(path: path(under: "", schema: schema))
    }
}

/// The state of a walk over a record that is being checked.
private struct CheckingWalk {
    let depth: Int
    /// The number of open objects and arrays.
    var level = 0
    var words = SeenFieldWords()

    init(depth: Int) {
        self.depth = depth
    }
}
