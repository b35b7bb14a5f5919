#if XML
/// Writes XML: an item, a list or a page.
///
/// Members become elements of their names. What a reader would bring back as another kind is tagged with `type`.
struct XMLWriter: RecordWriter, ~Copyable {
    private let schema: Schema
    private let limits: Limits
    private let options: XMLOptions
    private let vocabulary: XMLVocabulary
    /// A record's start tag up to where it closes.
    private let recordStart: [UInt8]
    private let elements: XMLElementWriter
    private let layout: XMLLayout
    private let declaration: [UInt8]
    private var shape = DocumentShape.list
    /// Nothing was written yet inside the root of a list; its start tag is still open.
    private var isEmpty = true
    private let recordSize: Int
    /// Whether there are no tags, so that not everything comes back.
    private let hasLosses: Bool
    /// What does not come back of a document without tags.
    var losses = TagLosses()
    private(set) var notes: [Note] = []

    init(schema: Schema, limits: Limits, options: XMLOptions) {
        recordSize = limits.writtenSize
        self.schema = schema
        self.limits = limits
        self.options = options
        vocabulary = XMLVocabulary(schema: schema, options: options)
        recordStart = Array("<\(vocabulary.record)".utf8)
        hasLosses = options.tags == .none
        layout = XMLLayout(isPretty: options.isPretty)
        declaration = Self.declaration(options.encoding)
        elements = XMLElementWriter(
            schema: schema, vocabulary: vocabulary, hasTags: options.tags == .written, layout: layout)
    }

    /// The XML declaration and its line end.
    static func declaration(_ encoding: String) -> [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n".utf8)
    }

    func makePart() -> XMLWriter? {
        var part = XMLWriter(schema: schema, limits: limits, options: options)
        part.shape = shape
        part.isEmpty = false
        return part
    }

    mutating func join(_ part: borrowing XMLWriter) {
        losses += part.losses
    }

    // A page shows at its end, so it begins as a list does.

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        try vocabulary.check()
        shape = document.shape ?? .list
        isEmpty = true
        output.append(ByteView(declaration.span))
        if shape != .item { beginRoot(vocabulary.list, &output) }
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        // Twice as many nodes: a member has a name and a value.
        if record.node.count > 2 * XMLDocumentBuilder.mostMembers,
            record.unknownMemberCount > XMLDocumentBuilder.mostMembers
        {
            throw SerializationError(
                .notRepresentable, found: "a record of \(record.unknownMemberCount) unknown members",
                expected: "at most \(XMLDocumentBuilder.mostMembers), as the XML reader allows",
                at: record)
        }
        if shape == .item {
            output.beginBounded(recordSize)
            beginRoot(vocabulary.record, &output)
            try elements.writeContent(of: record, level: 0, to: &output)
            try output.endBounded()
            return countLosses(record)
        }
        beginChild(&output)
        output.beginBounded(recordSize)
        output.append(ByteView(recordStart.span))
        try elements.writeContent(of: record, level: 1, to: &output)
        try output.endBounded()
        countLosses(record)
    }

    @inline(__always)
    private mutating func countLosses(_ record: RecordView) {
        if hasLosses { losses.add(record, schema: schema) }
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        if shape != .item {
            if let page = document.page {
                beginChild(&output)
                try write(page, into: &output)
            }
            if isEmpty {
                output.append("/>")
            } else {
                layout.breakLine(0, &output)
                output.append("</")
                output.append(text: vocabulary.list)
                output.append(0x3E)
            }
        }
        output.append(0x0A)
        if let note = losses.note { notes.append(note) }
    }

    /// The root's start tag up to where it closes.
    private func beginRoot(_ name: String, _ output: inout OutputBuffer) {
        output.append(0x3C)
        output.append(text: name)
        if let namespace = vocabulary.namespace {
            let bytes = Array(namespace.utf8)
            output.append(" xmlns=\"")
            _ = XMLText.appendAttribute(ByteView(bytes.span), to: &output)
            output.append(0x22)
        }
        if options.tags == .written {
            output.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
        }
    }

    private mutating func beginChild(_ output: inout OutputBuffer) {
        if isEmpty { output.append(0x3E) }
        isEmpty = false
        layout.breakLine(1, &output)
    }

    private func write(_ page: PageInfo, into output: inout OutputBuffer) throws(SerializationError) {
        output.beginBounded(XMLMarkupGuard.largest)
        output.append("<page")
        try writeAttribute("total", page.total?.text, into: &output)
        try writeAttribute("nextCursor", page.nextCursor, into: &output)
        try writeAttribute("previousCursor", page.previousCursor, into: &output)
        output.append("/>")
        try output.endBounded()
    }

    private func writeAttribute(
        _ name: StaticString, _ value: String?, into output: inout OutputBuffer
    ) throws(SerializationError) {
        guard let value else { return }
        output.append(0x20)
        output.append(name)
        output.append("=\"")
        let bytes = Array(value.utf8)
        guard XMLText.appendAttribute(ByteView(bytes.span), to: &output) else {
            throw SerializationError(
                .notRepresentable, found: "a character in the page's \(name) that XML forbids",
                expected: "characters that XML 1.0 has", path: "$.\(name)")
        }
        output.append(0x22)
    }
}

extension RecordView {
    /// How many unknown members there are at all levels of a record.
    fileprivate var unknownMemberCount: Int {
        var count = 0
        for index in 0..<nodes.count where nodes[index].kind == .key { count += 1 }
        return count
    }
}
#endif

/// Where lines break.
struct XMLLayout: Sendable {
    let isPretty: Bool

    /// Begins a line that is indented by two spaces for each level.
    @inline(__always)
    func breakLine(_ level: Int, _ output: inout OutputBuffer) {
        guard isPretty else { return }
        output.append(0x0A)
        output.append(spaces: 2 * level)
    }

    /// Takes back the beginning of a line that nothing was written to.
    func takeBackLine(_ level: Int, _ output: inout OutputBuffer) {
        if isPretty { output.truncate(to: output.count - 1 - 2 * level) }
    }
}
