/// Writes JSON: an item, a list, a page, or JSON Lines.
///
/// Numbers as they came, strings with the fewest escapes.
struct JSONWriter: RecordWriter, ~Copyable {
    private let form: JSONForm
    private let isPretty: Bool
    private let values: JSONValueWriter
    private var shape = DocumentShape.list
    private var isFirst = true

    init(schema: Schema, form: JSONForm, options: JSONOptions) {
        self.form = form
        isPretty = options.isPretty
        values = JSONValueWriter(schema: schema)
    }

    var distinguishesShapes: Bool { form == .document }
    var carriesPage: Bool { form == .document }

    mutating func begin(_ shape: DocumentShape, into output: inout OutputBuffer) throws(SerializationError) {
        self.shape = shape
        isFirst = true
        guard form == .document else { return }
        switch shape {
        case .item: break
        case .list: output.append(0x5B)
        case .page:
            output.append("{")
            breakLine(1, &output)
            output.append("\"items\":")
            if isPretty { output.append(0x20) }
            output.append("[")
        }
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        let indentation = form == .lines || shape == .item ? 0 : shape == .list ? 1 : 2
        if form == .document {
            if shape == .item, record.readsBackAsPage {
                throw SerializationError(
                    .notRepresentable, found: "a record whose \"items\" would be read back as a page",
                    expected: "a record that is no page, or several records", offset: record.sourceStart)
            }
            if !isFirst { output.append(0x2C) }
            if indentation > 0 { breakLine(indentation, &output) }
        }
        if isPretty {
            try values.writePretty(record, indentation: indentation, to: &output)
        } else {
            try values.write(record, to: &output)
        }
        if form == .lines { output.append(0x0A) }
        isFirst = false
    }

    mutating func end(_ page: PageInfo?, into output: inout OutputBuffer) throws(SerializationError) {
        guard form == .document else { return }
        switch shape {
        case .item: break
        case .list:
            if !isFirst { breakLine(0, &output) }
            output.append(0x5D)
        case .page:
            if !isFirst { breakLine(1, &output) }
            output.append(0x5D)
            try write(page ?? PageInfo(), into: &output)
            breakLine(0, &output)
            output.append(0x7D)
        }
        output.append(0x0A)
    }

    private func write(_ page: PageInfo, into output: inout OutputBuffer) throws(SerializationError) {
        writeName("total", into: &output)
        if let total = page.total { output.append(text: total.text) } else { output.append("null") }
        writeName("nextCursor", into: &output)
        write(page.nextCursor, into: &output)
        writeName("previousCursor", into: &output)
        write(page.previousCursor, into: &output)
        guard !page.otherMembers.isEmpty else { return }
        var tape = RecordTape()
        try page.otherMembers.read(onto: &tape)
        guard let record = tape.record else { return }
        var children = record.children
        while children.next() {
            guard let key = children.key else { continue }
            if key.bytes.isEqual(to: "items") {
                throw SerializationError(
                    .notRepresentable, found: "the page member \"items\"", expected: "a name that JSON pages do not use"
                )
            }
            output.append(0x2C)
            breakLine(1, &output)
            JSONText.appendString(key.bytes, to: &output)
            output.append(0x3A)
            if isPretty {
                output.append(0x20)
                try values.writePretty(children.value, indentation: 1, to: &output)
            } else {
                try values.write(children.value, to: &output)
            }
        }
    }

    private func writeName(_ name: StaticString, into output: inout OutputBuffer) {
        output.append(0x2C)
        breakLine(1, &output)
        output.append(0x22)
        output.append(name)
        output.append(isPretty ? "\": " : "\":")
    }

    private func write(_ text: String?, into output: inout OutputBuffer) {
        guard let text else { return output.append("null") }
        let bytes = Array(text.utf8)
        JSONText.appendString(ByteView(bytes.span), to: &output)
    }

    private func breakLine(_ indentation: Int, _ output: inout OutputBuffer) {
        guard isPretty else { return }
        output.append(0x0A)
        output.append(spaces: 2 * indentation)
    }
}

extension RecordView {
    /// Whether the JSON reader would take this record, alone, for a page: its `items` are an array of objects, or
    /// empty, and no known field stands before them. (One behind them makes it refuse the document.)
    var readsBackAsPage: Bool {
        var children = self.children
        while children.next() {
            guard let key = children.key else { return false }
            guard key.bytes.isEqual(to: "items"), children.value.kind == .array else { continue }
            var items = children.value.children
            return !items.next() || items.value.kind == .object
        }
        return false
    }
}
