extension RecordTape {
    /// Replaces the content of the tape by the result of applying a JSON Merge Patch (RFC 7396) to `base`.
    ///
    /// A `null` in the patch removes a member, an object is merged with the object in its place, and any other value
    /// replaces the value in its place. Members keep their order in `base`; new ones follow in the order of the patch.
    /// Numbers keep their text. Both records must have been built with the same schema: then every value has the right
    /// field number, and every writer can write the result.
    ///
    /// - Throws: `.wrongKind` for a patch that is not an object, `.depthLimit` for objects nested deeper than any
    ///   reader allows.
    /// - Complexity: linear in the size of both.
    public mutating func merge(patch: RecordView, onto base: RecordView) throws(SerializationError) {
        removeAll()
        placeSource(0..<0)
        guard patch.kind == .object else { throw patch.wrongKind(expected: "an object") }
        try appendObject(merging: patch, onto: base.kind == .object ? base : nil, level: 1)
        // The result was not read from an input, so its values have no places. Their node indexes take the place of
        // offsets and keep violations in document order.
        for index in 0..<nodes.count { setSource(ofNode: index, to: index) }
        isUnchecked = patch.isUnchecked || base.isUnchecked
    }

    /// Appends a copy of the current child of a walk, with its name and everything inside.
    mutating func appendCopy(of child: RecordChildren) {
        if let key = child.key { append(copyOf: key.index..<key.index + 1, in: key) }
        append(copyOf: child.value)
    }

    // MARK: -

    /// Appends a value unchanged, including its field numbers: a subtree is a run of nodes.
    private mutating func append(copyOf value: RecordView) {
        append(copyOf: value.index..<value.end, in: value)
    }

    private mutating func append(copyOf range: Range<Int>, in view: RecordView) {
        for index in range {
            let node = view.nodes[index]
            switch node.kind {
            case .object, .array, .bool, .null:
                nodes.append(
                    TapeNode(kind: node.kind, flags: node.flags, field: node.field, start: 0, count: Int(node.count)))
            case .string, .number, .key:
                let start = beginArenaText(source: 0)
                text.append(view.text(of: node))
                nodes.append(
                    TapeNode(
                        kind: node.kind, flags: node.flags.union(.inArena), field: node.field, start: start,
                        count: text.count - start))
            }
        }
    }

    /// Appends the result of merging an object of the patch with an object of the base.
    ///
    /// Without a base, the result is the object of the patch without its nulls.
    private mutating func appendObject(
        merging patch: RecordView, onto base: RecordView?, level: Int
    ) throws(SerializationError) {
        guard level <= MergePatch.deepest else {
            throw SerializationError(
                .depthLimit, found: "nesting deeper than \(MergePatch.deepest)",
                expected: "at most \(MergePatch.deepest) levels", at: patch)
        }
        var members = MergePatch(patch)
        begin(.object, patch.field)
        if let base {
            var children = base.children
            while children.next() {
                if let index = members.take(memberNamedAs: children, in: patch) {
                    try append(memberAt: index, of: patch, inPlaceOf: children.value, level: level)
                } else {
                    appendCopy(of: children)
                }
            }
        }
        for index in members.left { try append(memberAt: index, of: patch, inPlaceOf: nil, level: level) }
        end()
    }

    /// Appends the result of merging a member of the patch, whose value is at `index`, with the value in its place.
    private mutating func append(
        memberAt index: Int, of patch: RecordView, inPlaceOf base: RecordView?, level: Int
    ) throws(SerializationError) {
        let value = patch.view(at: index)
        if value.kind == .null { return }
        if MergePatch.hasKey(index, in: patch) { append(copyOf: index - 1..<index, in: patch) }
        guard value.kind == .object else { return append(copyOf: value) }
        let target: RecordView? = if let base, base.kind == .object { base } else { nil }
        try appendObject(merging: value, onto: target, level: level + 1)
    }
}

/// The members of one object of a patch, found by name, with a record of those not used yet.
///
/// Few names are compared one by one. From the seventeenth on there is a hash table, so that a patch with a hundred
/// thousand members takes linear time.
private struct MergePatch {
    /// The deepest level: readers refuse deeper records (`Limits.depth`), so this bounds the stack for tapes made by
    /// hand.
    static let deepest = 1000
    private static let linearLimit = 16

    /// The nodes of the values, in order.
    private let values: [Int]
    private var isUsed: [Bool]
    /// Indexes into `values`.
    private var known: [Int] = []
    private var unknown: [Int] = []
    private var table: [[UInt8]: Int] = [:]

    init(_ object: RecordView) {
        var values: [Int] = []
        var children = object.children
        while children.next() {
            if children.key == nil { known.append(values.count) } else { unknown.append(values.count) }
            values.append(children.value.index)
        }
        self.values = values
        isUsed = [Bool](repeating: false, count: values.count)
        guard unknown.count > Self.linearLimit else { return }
        for index in unknown { table[object.view(at: values[index] - 1).bytes.array()] = index }
    }

    /// The node of the unused value with the name of another object's member; marks the value as used.
    mutating func take(memberNamedAs member: RecordChildren, in object: RecordView) -> Int? {
        guard let index = find(member, in: object), !isUsed[index] else { return nil }
        isUsed[index] = true
        return values[index]
    }

    private func find(_ member: RecordChildren, in object: RecordView) -> Int? {
        guard let key = member.key else {
            let field = member.value.field
            for index in known where object.nodes[values[index]].field == field { return index }
            return nil
        }
        if !table.isEmpty { return table[key.bytes.array()] }
        for index in unknown where object.view(at: values[index] - 1).bytes.isEqual(to: key.bytes) { return index }
        return nil
    }

    /// The nodes of the unused values, in order.
    var left: [Int] {
        values.indices.filter { !isUsed[$0] }.map { values[$0] }
    }

    /// Whether the value at `index` has an unknown name: a key node always stands directly before its value.
    static func hasKey(_ index: Int, in object: RecordView) -> Bool {
        object.nodes[index - 1].kind == .key
    }
}
