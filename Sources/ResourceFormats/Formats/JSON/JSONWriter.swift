/// Writes JSON: an item, a list, a page, or JSON Lines.
///
/// Numbers are written as they were read, strings with the fewest escapes.
struct JSONWriter: RecordWriter, ~Copyable {
    private let schema: Schema
    private let limits: Limits
    private let form: JSONForm
    private let isPretty: Bool
    private let values: JSONValueWriter
    private let pages: JSONPageWriter
    private var shape = DocumentShape.list
    private var isFirst = true
    private let recordSize: Int
    private let hasPages: Bool

    init(schema: Schema, limits: Limits, form: JSONForm, options: JSONOptions) {
        self.schema = schema
        self.limits = limits
        self.form = form
        recordSize = limits.writtenSize
        hasPages = schema.hasPages
        isPretty = options.isPretty
        values = JSONValueWriter(forCheckedRecordsOf: schema)
        pages = JSONPageWriter(isPretty: options.isPretty)
    }

    func makePart() -> JSONWriter? {
        var part = JSONWriter(schema: schema, limits: limits, form: form, options: JSONOptions(isPretty: isPretty))
        part.shape = shape
        part.isFirst = false
        return part
    }

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        shape = document.shape ?? .list
        isFirst = true
        guard form == .document else { return }
        switch shape {
        case .item: break
        case .list: output.append(0x5B)
        case .page:
            output.append("{")
            pages.breakLine(1, &output)
            output.append("\"items\":")
            if isPretty { output.append(0x20) }
            output.append("[")
        }
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        let indentation = form == .lines || shape == .item ? 0 : shape == .list ? 1 : 2
        if form == .document {
            if shape == .item, hasPages { try record.checkIsNoPage() }
            if !isFirst { output.append(0x2C) }
            if indentation > 0 { pages.breakLine(indentation, &output) }
        }
        output.beginBounded(recordSize)
        if isPretty {
            try values.writePretty(record, indentation: indentation, to: &output)
        } else {
            try values.write(record, to: &output)
        }
        try output.endBounded()
        if form == .lines { output.append(0x0A) }
        isFirst = false
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        guard form == .document else { return }
        switch shape {
        case .item: break
        case .list:
            if !isFirst { pages.breakLine(0, &output) }
            output.append(0x5D)
        case .page:
            if !isFirst { pages.breakLine(1, &output) }
            output.append(0x5D)
            output.beginBounded(recordSize)
            try pages.write(document.page ?? PageInfo(), into: &output)
            pages.breakLine(0, &output)
            output.append(0x7D)
            try output.endBounded()
        }
        output.append(0x0A)
    }
}

extension RecordView {
    /// Refuses a record that, as the only one, the JSON reader would read as a page.
    func checkIsNoPage() throws(SerializationError) {
        guard let items = memberBeforeFields(named: "items"), items.isRecordArray else { return }
        throw SerializationError(
            .notRepresentable, found: "a record whose \"items\" would be read back as a page",
            expected: "a record that is not a page, or several records", at: self)
    }

    /// The member of this name, unless a known field precedes it.
    ///
    /// (One after a page's records makes the reader refuse the document.)
    @_lifetime(copy self)
    func memberBeforeFields(named name: StaticString) -> RecordView? {
        var children = self.children
        while children.next() {
            guard let key = children.key else { return nil }
            if key.bytes.isEqual(to: name) { return children.value }
        }
        return nil
    }

    /// Whether a reader would read this as the records of a page: an array that begins with an object, or is empty.
    var isRecordArray: Bool {
        guard kind == .array else { return false }
        var elements = children
        return !elements.next() || elements.value.kind == .object
    }
}
