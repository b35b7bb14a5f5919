/// Applies a selection to the records of a stream.
///
/// It is a class, so that a stream without a selection holds one word for it.
final class RecordSelector {
    let selection: RecordSelection
    private let schema: Schema
    private let conditions: [(tree: MemberTree, condition: RecordSelection.Condition, text: [UInt8])]
    private let kept: MemberTree?
    private let dropped: MemberTree?
    /// The number of records passed on in the pass at hand.
    private(set) var count = 0
    private var isFirstPass = false
    /// Whether a path was found in any record, of the conditions and of the members to keep and to drop.
    private var foundConditions: [Bool]
    private var foundKept: [Bool]
    private var foundDropped: [Bool]
    /// The nodes of the changed record, and those of the last one for their memory.
    private var nodes = Storage<TapeNode>()
    /// The names of known fields, for sorting.
    private var names: [FieldID: [UInt8]] = [:]

    init(_ selection: RecordSelection, schema: Schema) {
        self.selection = selection
        self.schema = schema
        conditions = selection.conditions.map { condition in
            let text: [UInt8] = if case .equals(_, let text) = condition { Array(text.utf8) } else { [] }
            return (MemberTree([condition.path], schema: schema), condition, text)
        }
        kept = selection.kept.map { MemberTree($0, schema: schema) }
        dropped = selection.dropped.isEmpty ? nil : MemberTree(selection.dropped, schema: schema)
        foundConditions = selection.conditions.map { if case .isAbsent = $0 { true } else { false } }
        foundKept = (selection.kept ?? []).map { _ in false }
        foundDropped = selection.dropped.map { _ in false }
    }

    /// The same selection for records of which another stream reads a part; nil if only one can count them.
    func makePart() -> RecordSelector? {
        selection.limit == nil ? RecordSelector(selection, schema: schema) : nil
    }

    /// Takes over what a part has seen.
    func join(_ part: RecordSelector) {
        count += part.count
        for index in foundConditions.indices where part.foundConditions[index] { foundConditions[index] = true }
        for index in foundKept.indices where part.foundKept[index] { foundKept[index] = true }
        for index in foundDropped.indices where part.foundDropped[index] { foundDropped[index] = true }
    }

    /// Counts anew if another pass begins.
    func begin(isFirstPass: Bool) {
        if self.isFirstPass != isFirstPass { count = 0 }
        self.isFirstPass = isFirstPass
    }

    /// Whether no further record is passed on.
    var isFull: Bool { selection.limit.map { count >= $0 } ?? false }

    /// Whether the record is passed on; if so, it is counted and changed.
    func takes(_ tape: inout RecordTape) -> Bool {
        guard let hasMet = meetsConditions(tape) else { return true }
        guard hasMet else { return false }
        count += 1
        if selection.changesRecords { change(&tape) }
        return true
    }

    /// The names that no record had, for the user, who may have misspelt them.
    var notes: [Note] {
        var paths = zip(selection.conditions.map(\.path), foundConditions).filter { !$1 }.map(\.0)
        if count > 0 {
            paths += zip(selection.kept ?? [], foundKept).filter { !$1 }.map(\.0)
            paths += zip(selection.dropped, foundDropped).filter { !$1 }.map(\.0)
        }
        return paths.map { Note("no record has \"\(excerpt($0.description))\"") }
    }

    // MARK: Conditions

    /// Whether the record meets all conditions; nil if there is no record.
    private func meetsConditions(_ tape: borrowing RecordTape) -> Bool? {
        guard let record = tape.record else { return nil }
        var isMet = true
        for (index, (tree, condition, text)) in conditions.enumerated() {
            let node = tree.node(ofOnlyPathIn: record)
            if node != nil { foundConditions[index] = true }
            switch condition {
            case .isPresent: isMet = isMet && node != nil
            case .isAbsent: isMet = isMet && node == nil
            case .equals:
                isMet = isMet && node.map { record.view(at: $0).hasText(ByteView(text.span)) } ?? false
            }
        }
        return isMet
    }

    // MARK: Changes

    private func change(_ tape: inout RecordTape) {
        copyChanged(tape)
        swap(&nodes, &tape.nodes)
        tape.isCompactJSON = false
    }

    /// Copies the nodes of a tape that has a record.
    private func copyChanged(_ tape: borrowing RecordTape) {
        nodes.removeAll()
        guard let record = tape.record else { return }
        copy(record, kept: kept == nil ? nil : MemberTree.root, dropped: dropped == nil ? nil : MemberTree.root)
        // Foreign links come after the record.
        for index in record.end..<tape.nodes.count { nodes.append(tape.nodes[index]) }
    }

    /// Appends a container; returns false if nothing in it is kept.
    ///
    /// - Parameters:
    ///   - keptPlace: The place of the container among the members to keep; nil if all of it is kept.
    ///   - droppedPlace: Its place among those to drop; nil if none of it is dropped.
    @discardableResult
    private func copy(_ container: RecordView, kept keptPlace: Int?, dropped droppedPlace: Int?) -> Bool {
        let start = nodes.count
        nodes.append(container.node)
        var hasKept = keptPlace == nil
        if selection.sortsMembers, container.kind == .object {
            for member in sortedMembers(container) {
                var children = container.children
                // A walk that begins at the member.
                children.move(toKey: member.key, value: member.value)
                if copyChild(children, 0, keptPlace, droppedPlace) { hasKept = true }
            }
        } else {
            var children = container.children
            var index = 0
            while children.next() {
                if copyChild(children, index, keptPlace, droppedPlace) { hasKept = true }
                index += 1
            }
        }
        nodes[start].close(withNodesInside: nodes.count - start - 1)
        return hasKept
    }

    /// Appends a member or element, unless it is left out; returns whether it or something in it is kept.
    private func copyChild(
        _ child: RecordChildren, _ index: Int, _ keptPlace: Int?, _ droppedPlace: Int?
    ) -> Bool {
        let value = child.value
        var keptBelow: Int?
        var droppedBelow: Int?
        if let kept, let keptPlace {
            guard let place = kept.child(of: keptPlace, child, index: index) else { return false }
            if let path = kept.path(endingAt: place) {
                foundKept[path] = true
            } else {
                guard value.node.isContainer else { return false }
                keptBelow = place
            }
        }
        if let dropped, let droppedPlace, let place = dropped.child(of: droppedPlace, child, index: index) {
            if let path = dropped.path(endingAt: place) {
                foundDropped[path] = true
                return true
            }
            droppedBelow = place
        }
        let start = nodes.count
        if let key = child.key { nodes.append(key.node) }
        if value.node.isContainer, keptBelow != nil || droppedBelow != nil || selection.sortsMembers {
            guard copy(value, kept: keptBelow, dropped: droppedBelow) else {
                nodes.truncate(to: start)
                return false
            }
        } else {
            for node in value.index..<value.end { nodes.append(value.nodes[node]) }
        }
        return true
    }

    private func sortedMembers(_ object: RecordView) -> [(name: [UInt8], key: Int, value: Int)] {
        var members: [(name: [UInt8], key: Int, value: Int)] = []
        var children = object.children
        while children.next() {
            let value = children.value
            if let key = children.key {
                members.append((key.bytes.array(), key.index, value.index))
            } else {
                members.append((name(of: value.field), -1, value.index))
            }
        }
        // The order of bytes in UTF-8 is that of code points.
        return members.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    private func name(of field: FieldID) -> [UInt8] {
        if let name = names[field] { return name }
        let name = Array((schema.name(of: field) ?? "").utf8)
        names[field] = name
        return name
    }
}

extension RecordView {
    /// Whether the value is a scalar with this text.
    fileprivate func hasText(_ text: ByteView) -> Bool {
        switch kind {
        case .string, .number: bytes.isEqual(to: text)
        case .bool: text.isEqual(to: node.flags.contains(.isTrue) ? "true" : "false")
        case .null: text.isEqual(to: "null")
        case .object, .array, .key: false
        }
    }
}
