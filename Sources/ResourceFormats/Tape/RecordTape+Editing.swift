/// Changes of a record that a reader has built.
extension RecordTape {
    /// Puts a member with a text before the others, before the record's own bytes are adopted; false, and nothing
    /// changed, if the record has a member of that name.
    ///
    /// - Parameters:
    ///   - name: The name, which goes onto the tape for the field `.unknown`.
    ///   - text: Decoded, well-formed UTF-8.
    mutating func prepend(_ text: ByteView, to field: FieldID, named name: ByteView) {
        let count = nodes.count
        if field == .unknown { appendInArena(.key, name, field: .unknown, source: 0) }
        appendInArena(.string, text, field: field, source: 0)
        let added = nodes.count - count
        for _ in 0..<added {
            // The last node moves to the place after the record's own.
            let node = nodes[nodes.count - 1]
            var index = nodes.count - 1
            while index > 1 {
                nodes[index] = nodes[index - 1]
                index -= 1
            }
            nodes[1] = node
        }
        nodes[0].close(withNodesInside: nodes.count - 1)
        isCompactJSON = false
    }

    /// The node of the name of an unknown member of the record, or of the value of a known one, before the record's own
    /// bytes are adopted; nil if there is no such member.
    func node(ofMember field: FieldID, named name: ByteView, source: ByteView) -> Int? {
        var index = 1
        while index < nodes.count {
            let node = nodes[index]
            if node.kind == .key {
                if field == .unknown, textWhileBuilding(of: node, source: source).isEqual(to: name) { return index }
                index += 1
            } else if field != .unknown, node.field == field {
                return index
            }
            index += nodes[index].extent
        }
        return nil
    }
}
