/// Writes values as elements.
struct XMLElementWriter: Sendable {
    private let schema: Schema
    private let layout: XMLLayout
    /// The kind of node that the schema asks for at each place.
    private let kinds: [TapeNode.Kind]
    private let tags: XMLTags

    init(schema: Schema, layout: XMLLayout) {
        self.schema = schema
        self.layout = layout
        tags = schema.xmlTags
        kinds = (0..<schema.placeCount).map { index in
            switch schema.kind(of: FieldID(rawValue: UInt16(truncatingIfNeeded: index))) {
            case .string: .string
            case .number: .number
            case .boolean: .bool
            case .object: .object
            case .array: .array
            case nil: .key  // No value is one.
            }
        }
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
        guard record.node.count > 0 else { return output.append("/>") }
        output.append(0x3E)
        try writeChildren(of: record, level: level, depth: 1, to: &output)
        layout.breakLine(level, &output)
        output.append(ByteView(tags.recordEnd.span))
    }

    private func writeChildren(
        of container: RecordView, level: Int, depth: Int, to output: inout OutputBuffer
    ) throws(SerializationError) {
        guard depth < Self.deepest else { throw tooDeep(container) }
        let isObject = container.kind == .object
        var index = container.index &+ 1
        let end = container.end
        while index < end {
            if layout.isPretty { try output.checkBound() }
            layout.breakLine(level &+ 1, &output)
            let node = container.nodes[index]
            if try writePlain(node, at: index, of: container, level: level &+ 1, depth: depth, to: &output) {
                index &+= node.extent
                continue
            }
            // An element can take ten times what its value does elsewhere.
            try output.checkBound()
            if node.kind == .key {
                let value = container.view(at: index &+ 1)
                let key = container.text(of: node)
                guard key.count <= XMLNames.longest / 8 || encodedLength(key) <= XMLNames.longest else {
                    throw SerializationError(
                        .notRepresentable, found: "a member name of \(key.count) bytes",
                        expected: "at most \(XMLNames.longest) bytes as an element name, as XML readers allow",
                        at: value)
                }
                try write(value, named: .unknown(key), level: level &+ 1, depth: depth, to: &output)
                index = value.end
            } else {
                let value = container.view(at: index)
                if isObject || node.field != .unknown {
                    try write(value, named: .known(node.field), level: level &+ 1, depth: depth, to: &output)
                } else {
                    try write(value, named: .item, level: level &+ 1, depth: depth, to: &output)
                }
                index = value.end
            }
        }
    }

    /// Writes the element of a known value of the schema's kind, which nearly all are; false, and nothing, if it is
    /// empty or needs attributes.
    @inline(__always)
    private func writePlain(
        _ node: TapeNode, at index: Int, of container: RecordView, level: Int, depth: Int, to output: inout OutputBuffer
    ) throws(SerializationError) -> Bool {
        let place = node.field.index
        guard place < kinds.count, kinds[place] == node.kind, node.count > 0 || node.kind == .bool else { return false }
        let mark = output.count
        tags.appendStart(of: place, to: &output)
        switch node.kind {
        case .string, .number:
            guard XMLText.append(container.text(of: node), to: &output) else {
                output.truncate(to: mark)
                return false
            }
        case .bool: if node.flags.contains(.isTrue) { output.append("true") } else { output.append("false") }
        case .object, .array:
            try writeChildren(of: container.view(at: index), level: level, depth: depth &+ 1, to: &output)
            layout.breakLine(level, &output)
        case .null, .key: break  // No schema asks for them.
        }
        tags.appendEnd(of: place, to: &output)
        return true
    }

    /// Writes one element.
    @inline(__always)
    private func write(
        _ value: RecordView, named name: borrowing Name, level: Int, depth: Int, to output: inout OutputBuffer
    ) throws(SerializationError) {
        let node = value.node
        if node.kind == .null {
            beginTag(name, &output)
            return output.append(" xsi:nil=\"true\"/>")
        }
        let tag = typeTag(value, node)
        if node.isContainer {
            beginTag(name, &output)
            if let tag { appendType(tag, &output) }
            guard node.count > 0 else { return output.append("/>") }
            output.append(0x3E)
            try writeChildren(of: value, level: level, depth: depth &+ 1, to: &output)
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
            if let tag { appendType(tag, &output) }
            output.append(" escaped=\"true\">")
            XMLText.appendEscaped(text, to: &output)
        }
        endTag(name, &output)
    }

    /// The kind that `type` has to name, so that the value is read back as what it is.
    @inline(__always)
    private func typeTag(_ value: RecordView, _ node: TapeNode) -> ValueKind? {
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
        case .item: output.append("<item")
        case .unknown(let key):
            output.append(0x3C)
            XMLNames.append(key, to: &output)
        }
    }

    @inline(__always)
    private func endTag(_ name: borrowing Name, _ output: inout OutputBuffer) {
        switch name {
        case .known(let field): tags.appendEnd(of: field.index, to: &output)
        case .item: output.append("</item>")
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

/// The tags of a schema's places; compiled with the schema, because a writer is made for every document.
struct XMLTags: Sendable {
    /// For each place its start tag, then its end tag.
    private var texts = RenderedTexts()
    /// The end tag of a record.
    let recordEnd: [UInt8]

    /// The tags of places, nil for elements of arrays, which are called `item`.
    init(_ names: [String?], record: String) {
        recordEnd = Array("</\(record)>".utf8)
        for name in names {
            let name = Array((name ?? "item").utf8)
            for opening in ["<", "</"] as [StaticString] {
                var output = OutputBuffer(minimumCapacity: 64)
                output.append(opening)
                XMLNames.append(ByteView(name.span), to: &output)
                output.append(0x3E)
                texts.add(output.array())
            }
        }
    }

    /// Appends the start tag of a place.
    @inline(__always)
    func appendStart(of place: Int, to output: inout OutputBuffer) {
        texts.append(place &* 2, to: &output)
    }

    /// Appends the start tag of a place up to where its attributes may follow.
    @inline(__always)
    func appendOpenStart(of place: Int, to output: inout OutputBuffer) {
        texts.append(place &* 2, droppingLast: 1, to: &output)
    }

    /// Appends the end tag of a place.
    @inline(__always)
    func appendEnd(of place: Int, to output: inout OutputBuffer) {
        texts.append(place &* 2 &+ 1, to: &output)
    }
}
