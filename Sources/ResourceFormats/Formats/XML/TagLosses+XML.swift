extension TagLosses {
    /// Counts the values of a record's elements that are not read back without tags.
    @inline(never)
    mutating func add(_ record: RecordView, schema: Schema) {
        for index in record.index + 1..<record.end where record.nodes[index].kind != .key {
            let value = record.view(at: index)
            let node = value.node
            if node.kind == .null {
                nulls += 1
            } else if let tag = XMLElementWriter.typeTag(value, node, schema) {
                if schema.kind(of: node.field) != nil {
                    otherKinds += 1
                } else if tag == .string {
                    texts += 1
                } else if node.count == 0 {
                    emptyContainers += 1
                } else {
                    arrays += 1
                }
            } else if node.kind == .string, XMLText.hasForbidden(value.text(of: node)) {
                replacedTexts += 1
            }
        }
    }
}
