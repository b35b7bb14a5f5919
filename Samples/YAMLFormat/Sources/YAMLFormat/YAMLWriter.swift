import ResourceFormats

/// Writes a mapping, a sequence of mappings, or a page: a mapping with `items`, `total` and the cursors, as in JSON.
struct YAMLWriter: RecordWriter, ~Copyable {
    /// The schema of members that no schema knows.
    private static let anyMembers = Schema("memberOfPage", plural: "membersOfPage")

    private let values: YAMLValueWriter
    private let limits: Limits
    private var shape = DocumentShape.list
    private var isFirst = true

    init(schema: Schema, limits: Limits) {
        self.limits = limits
        values = YAMLValueWriter(
            schema: schema, recordSize: max(limits.recordSize, Limits.default.recordSize))
    }

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        shape = document.shape ?? .list
        isFirst = true
        if shape == .page { output.append("items:") }
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        if shape == .item { try checkIsNoPage(record) }
        if shape == .page, isFirst { output.append("\n") }
        let start = output.count
        let indentation = shape == .page ? 2 : 0
        if shape != .item { output.append(shape == .page ? "  - " : "- ") }
        if YAMLValueWriter.isBlock(record) {
            try values.writeBlock(
                record, indentation: shape == .item ? 0 : indentation + 2, isInside: true, from: start, into: &output)
        } else {
            output.append("{}\n")
        }
        isFirst = false
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        switch shape {
        case .item: break
        case .list: if isFirst { output.append("[]\n") }
        case .page:
            if isFirst { output.append(" []\n") }
            try write(document.page ?? PageInfo(), into: &output)
        }
    }

    /// Refuses a record that the reader would take, alone, for a page.
    private func checkIsNoPage(_ record: RecordView) throws(SerializationError) {
        var members = record.children
        while members.next() {
            guard let key = members.unknownKey else { return }
            guard YAMLValueWriter.string(key).utf8.elementsEqual(YAMLPage.items), members.value.kind == .array
            else { continue }
            var elements = members.value.children
            guard !elements.next() || elements.value.kind == .object else { continue }
            throw SerializationError(
                .notRepresentable, found: "a record whose \"items\" would be read back as a page",
                expected: "a record that is not a page, or several records", path: ".items")
        }
    }

    // MARK: Pages

    private func write(_ page: PageInfo, into output: inout OutputBuffer) throws(SerializationError) {
        output.append("total: ")
        output.append(text: page.total?.text ?? "null")
        output.append("\nnextCursor: ")
        write(page.nextCursor, into: &output)
        output.append("\npreviousCursor: ")
        write(page.previousCursor, into: &output)
        output.append("\n")
        guard !page.otherMembers.isEmpty else { return }
        // There is no other way to what they hold than their JSON.
        let json = Array(page.otherMembers.json.utf8)
        let name = Array("members".utf8)
        var reader = JSONValueReader(schema: Self.anyMembers, limits: Limits(depth: limits.depth + 1))
        var tape = RecordTape()
        tape.beginObject(.record)
        tape.append(unknownKey: name.span)
        try reader.read(json.span, at: 0..<json.count, to: .unknown, ofRecord: 0, from: 0, into: &tape)
        tape.endObject()
        guard let record = tape.record else { return }
        var wrapper = record.children
        guard wrapper.next() else { return }
        var members = wrapper.value.children
        while members.next() {
            if let key = members.unknownKey, YAMLValueWriter.string(key).utf8.elementsEqual(YAMLPage.items) {
                throw SerializationError(
                    .notRepresentable, found: "the page member \"items\"",
                    expected: "a name that pages do not use for something else", path: "$.items")
            }
        }
        try values.writeBlock(wrapper.value, indentation: 0, from: output.count, into: &output)
    }

    private func write(_ text: String?, into output: inout OutputBuffer) {
        guard let text else { return output.append("null") }
        YAMLValueWriter.write(text, into: &output)
    }
}
