/// Tells which members of objects are not elements: attributes, and null where no tag says so.
final class XMLMemberRules: Sendable {
    private let schema: Schema
    private let vocabulary: XMLVocabulary
    /// Whether attributes say what the text alone does not.
    let hasTags: Bool

    init(schema: Schema, vocabulary: XMLVocabulary, hasTags: Bool) {
        self.schema = schema
        self.vocabulary = vocabulary
        self.hasTags = hasTags
    }

    /// Whether the member at an index has no element: it is an attribute, or null where no tag says so.
    @inline(never)
    func isLeftOut(at index: Int, of object: RecordView, isRecord: Bool) -> Bool {
        let node = object.nodes[index]
        let value = object.view(at: node.kind == .key ? index &+ 1 : index)
        if value.node.kind == .null, !hasTags { return true }
        guard !vocabulary.attributes.isEmpty else { return false }
        if node.kind == .key { return isAttribute(value, named: object.text(of: node), isRecord: isRecord) }
        guard let utf8 = schema.name(of: node.field)?.utf8 else { return false }
        return isAttribute(value, named: ByteView(utf8.span), isRecord: isRecord)
    }

    /// Whether a member is an attribute of its object: the options name it, and an attribute can say its value.
    private func isAttribute(_ value: RecordView, named name: ByteView, isRecord: Bool) -> Bool {
        guard vocabulary.hasAttribute(name, isRecord: isRecord) else { return false }
        let node = value.node
        switch node.kind {
        case .null, .object, .array, .key: return false
        case .bool, .number, .string: break
        }
        guard hasTags || node.kind == .bool else { return value.text(of: node).count <= XMLVocabulary.longestAttribute }
        if XMLElementWriter.typeTag(value, node, schema) != nil { return false }
        guard node.kind != .bool else { return true }
        let text = value.text(of: node)
        return text.count <= XMLVocabulary.longestAttribute && !XMLText.hasForbidden(text)
    }

    /// Writes the members of an object that are attributes.
    @inline(never)
    func writeAttributes(of object: RecordView, isRecord: Bool, to output: inout OutputBuffer) {
        guard !vocabulary.attributes.isEmpty else { return }
        var index = object.index &+ 1
        while index < object.end {
            let node = object.nodes[index]
            let value = object.view(at: node.kind == .key ? index &+ 1 : index)
            if node.kind == .key {
                let name = object.text(of: node)
                if isAttribute(value, named: name, isRecord: isRecord) { write(value, asAttribute: name, to: &output) }
            } else if let utf8 = schema.name(of: node.field)?.utf8 {
                let name = ByteView(utf8.span)
                if isAttribute(value, named: name, isRecord: isRecord) { write(value, asAttribute: name, to: &output) }
            }
            index = value.end
        }
    }

    private func write(_ value: RecordView, asAttribute name: ByteView, to output: inout OutputBuffer) {
        let node = value.node
        output.append(0x20)
        XMLNames.append(name, to: &output)
        output.append("=\"")
        if node.kind == .bool {
            output.append(node.flags.contains(.isTrue) ? "true" : "false")
        } else {
            XMLText.appendAttribute(replacing: value.text(of: node), to: &output)
        }
        output.append(0x22)
    }
}
