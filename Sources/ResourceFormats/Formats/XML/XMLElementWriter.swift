/// Writes values as elements.
struct XMLElementWriter: Sendable {
    private let schema: Schema
    private let layout: XMLLayout
    /// The kind of node that the schema asks for at each place.
    private let kinds: [TapeNode.Kind]
    private let tags: XMLTags
    /// What is left out of the elements; nil if each value is an element that says all of it.
    ///
    /// A reference, so that the usual writer is as small as it would be without.
    private let rules: XMLMemberRules?

    init(schema: Schema, vocabulary: XMLVocabulary, hasTags: Bool, layout: XMLLayout) {
        self.schema = schema
        self.layout = layout
        let writesAllMembers = hasTags && vocabulary.attributes.isEmpty
        rules = writesAllMembers ? nil : XMLMemberRules(schema: schema, vocabulary: vocabulary, hasTags: hasTags)
        let fields = (0..<schema.placeCount).map { FieldID(rawValue: UInt16(truncatingIfNeeded: $0)) }
        tags =
            vocabulary.isUsual
            ? schema.xmlTags
            : XMLTags(fields.map(schema.name(of:)), record: vocabulary.record, item: vocabulary.item)
        var kinds: [TapeNode.Kind] = fields.map { field in
            switch schema.kind(of: field) {
            case .string: .string
            case .number: .number
            case .boolean: .bool
            // The members of others are looked at one by one.
            case .object where writesAllMembers: .object
            case .array: .array
            case .object, nil: .key  // No value is one.
            }
        }
        for field in fields where !vocabulary.attributes.isEmpty {
            guard let name = schema.name(of: field) else { continue }
            let utf8 = name.utf8
            if vocabulary.hasAttribute(ByteView(utf8.span), isRecord: true) { kinds[field.index] = .key }
        }
        self.kinds = kinds
    }

    /// The name of an element that is being written.
    private enum Name: ~Escapable {
        /// A known field, or an element of a known array.
        case known(FieldID)
        /// An element of an unknown array.
        case item
        /// An unknown member.
        case unknown(ByteView)
    }

    /// Writes a record's members and its end tag; the start tag is there up to where it closes.
    func writeContent(
        of record: RecordView, level: Int, to output: inout OutputBuffer
    ) throws(SerializationError) {
        if let rules { rules.writeAttributes(of: record, isRecord: true, to: &output) }
        let mark = output.count
        output.append(0x3E)
        try writeChildren(of: record, level: level, depth: 1, to: &output)
        if output.count == mark &+ 1 {
            output.truncate(to: mark)
            return output.append("/>")
        }
        layout.breakLine(level, &output)
        output.append(ByteView(tags.recordEnd.span))
    }

    private func writeChildren(
        of container: RecordView, level: Int, depth: Int, to output: inout OutputBuffer
    ) throws(SerializationError) {
        guard depth < Self.deepest else { throw tooDeep(container) }
        var index = container.index &+ 1
        let end = container.end
        while index < end {
            if layout.isPretty { try output.checkBound() }
            layout.breakLine(level &+ 1, &output)
            let node = container.nodes[index]
            let place = node.field.index
            // A known value of the schema's kind, as nearly all are. It stands here and not in a function of its own,
            // because the compiler would not inline that into a loop that it calls itself.
            plain: if place < kinds.count, kinds[place] == node.kind, node.count > 0 || node.kind == .bool {
                let mark = output.count
                tags.appendStart(of: place, to: &output)
                switch node.kind {
                case .string, .number:
                    guard XMLText.append(container.text(of: node), to: &output) else {
                        output.truncate(to: mark)
                        break plain
                    }
                case .bool: if node.flags.contains(.isTrue) { output.append("true") } else { output.append("false") }
                case .object, .array:
                    try writeChildren(
                        of: container.view(at: index), level: level &+ 1, depth: depth &+ 1, to: &output)
                    layout.breakLine(level &+ 1, &output)
                case .null, .key: break  // No schema asks for them.
                }
                tags.appendEnd(of: place, to: &output)
                index &+= node.extent
                continue
            }
            index = try writeUncommon(node, at: index, of: container, level: level &+ 1, depth: depth, to: &output)
        }
    }

    /// Writes the element of a value that is empty, unknown, or needs attributes, and returns the index after the value.
    @inline(never)
    private func writeUncommon(
        _ node: TapeNode, at index: Int, of container: RecordView, level: Int, depth: Int, to output: inout OutputBuffer
    ) throws(SerializationError) -> Int {
        // An element can take ten times what its value does elsewhere.
        try output.checkBound()
        let isObject = container.kind == .object
        let value = container.view(at: node.kind == .key ? index &+ 1 : index)
        if isObject, let rules, rules.isLeftOut(at: index, of: container, isRecord: depth == 1) {
            layout.takeBackLine(level, &output)
            return value.end
        }
        if node.kind == .key {
            let key = container.text(of: node)
            guard key.count <= XMLNames.longest / 8 || encodedLength(key) <= XMLNames.longest else {
                throw SerializationError(
                    .notRepresentable, found: "a member name of \(key.count) bytes",
                    expected: "at most \(XMLNames.longest) bytes as an element name, as XML readers allow", at: value)
            }
            try write(value, named: .unknown(key), level: level, depth: depth, to: &output)
        } else if isObject || node.field != .unknown {
            try write(value, named: .known(node.field), level: level, depth: depth, to: &output)
        } else {
            try write(value, named: .item, level: level, depth: depth, to: &output)
        }
        return value.end
    }

    /// Writes one element.
    @inline(never)
    private func write(
        _ value: RecordView, named name: borrowing Name, level: Int, depth: Int, to output: inout OutputBuffer
    ) throws(SerializationError) {
        let node = value.node
        if node.kind == .null {
            beginTag(name, &output)
            if let rules, !rules.hasTags { return output.append("/>") }
            return output.append(" xsi:nil=\"true\"/>")
        }
        let tag = rules == nil || rules?.hasTags == true ? Self.typeTag(value, node, schema) : nil
        if node.isContainer {
            beginTag(name, &output)
            if let tag { appendType(tag, &output) }
            if let rules, node.kind == .object { rules.writeAttributes(of: value, isRecord: false, to: &output) }
            let mark = output.count
            output.append(0x3E)
            try writeChildren(of: value, level: level, depth: depth &+ 1, to: &output)
            if output.count == mark &+ 1 {
                output.truncate(to: mark)
                return output.append("/>")
            }
            layout.breakLine(level, &output)
            endTag(name, &output)
            return
        }
        if node.kind == .bool {
            beginTag(name, &output)
            if let tag { appendType(tag, &output) }
            if node.flags.contains(.isTrue) { output.append(">true") } else { output.append(">false") }
            endTag(name, &output)
            return
        }
        let text = value.text(of: node)
        let mark = output.count
        beginTag(name, &output)
        if let tag { appendType(tag, &output) }
        guard text.count > 0 else { return output.append("/>") }
        output.append(0x3E)
        if !XMLText.append(text, to: &output) {
            output.truncate(to: mark)
            beginTag(name, &output)
            if let rules, !rules.hasTags {
                output.append(0x3E)
                XMLText.appendReplacing(text, to: &output)
            } else {
                if let tag { appendType(tag, &output) }
                output.append(" escaped=\"true\">")
                XMLText.appendEscaped(text, to: &output)
            }
        }
        endTag(name, &output)
    }

    /// The kind that `type` has to name, so that the value is read back as what it is.
    @inline(__always)
    static func typeTag(_ value: RecordView, _ node: TapeNode, _ schema: Schema) -> ValueKind? {
        let kind = ValueKind(node.kind)
        if let expected = schema.kind(of: node.field) { return expected == kind ? nil : kind }
        switch kind {
        case .array: return .array
        case .object: return node.count == 0 ? .object : nil
        case .string:
            if case .string = XMLText.reading(of: value.text(of: node)) { return nil }
            return .string
        case .number, .boolean: return nil
        }
    }

    // MARK: Tags

    /// Appends a start tag up to where its attributes may follow.
    @inline(__always)
    private func beginTag(_ name: borrowing Name, _ output: inout OutputBuffer) {
        switch name {
        case .known(let field): tags.appendOpenStart(of: field.index, to: &output)
        case .item: tags.appendOpenStart(of: kinds.count, to: &output)
        case .unknown(let key):
            output.append(0x3C)
            XMLNames.append(key, to: &output)
        }
    }

    @inline(__always)
    private func endTag(_ name: borrowing Name, _ output: inout OutputBuffer) {
        switch name {
        case .known(let field): tags.appendEnd(of: field.index, to: &output)
        case .item: tags.appendEnd(of: kinds.count, to: &output)
        case .unknown(let key):
            output.append("</")
            XMLNames.append(key, to: &output)
            output.append(0x3E)
        }
    }

    private func appendType(_ kind: ValueKind, _ output: inout OutputBuffer) {
        output.append(" type=\"")
        output.append(kind.xmlName)
        output.append(0x22)
    }

    private func encodedLength(_ key: ByteView) -> Int {
        var name = OutputBuffer(minimumCapacity: key.count)
        XMLNames.append(key, to: &name)
        return name.count
    }

    /// Tapes made by readers are at most `Limits.depth` deep; this bounds the stack for those made by hand.
    private static var deepest: Int { 1000 }

    private func tooDeep(_ value: RecordView) -> SerializationError {
        SerializationError(
            .depthLimit, found: "nesting deeper than \(Self.deepest)", expected: "at most \(Self.deepest) levels",
            at: value)
    }
}

extension ValueKind {
    /// The kind of a node that is neither null nor a name.
    @inline(__always)
    fileprivate init(_ kind: TapeNode.Kind) {
        self =
            switch kind {
            case .object: .object
            case .array: .array
            case .number: .number
            case .bool: .boolean
            case .string, .null, .key: .string
            }
    }
}
