/// Writes HAL: records with their derived links, lists and pages in `_embedded`.
struct HALWriter: RecordWriter, ~Copyable {
    private let schema: Schema
    private let limits: Limits
    private let options: HALOptions
    private let isPretty: Bool
    private let pluralName: String
    private let hasPages: Bool
    private let values: JSONValueWriter
    private let pages: JSONPageWriter
    private var links: HALLinks
    private var foreign: HALForeignLinks
    private var shape = DocumentShape.list
    private var isFirst = true
    private let recordSize: Int
    /// The query of the request that the document answers.
    private var query: CollectionQuery?
    /// The links that are being collected.
    private var derived = OutputBuffer()
    private var merged = OutputBuffer()
    private var printer = PrettyPrinter()

    init(schema: Schema, limits: Limits, options: HALOptions) {
        self.schema = schema
        self.limits = limits
        self.options = options
        recordSize = limits.writtenSize
        isPretty = options.isPretty
        pluralName = schema.pluralName
        hasPages = schema.hasPages
        values = JSONValueWriter(forCheckedRecordsOf: schema)
        pages = JSONPageWriter(isPretty: options.isPretty)
        links = HALLinks(schema: schema, baseURL: options.baseURL)
        foreign = HALForeignLinks(curiePrefix: links.curiePrefix)
    }

    func makePart() -> HALWriter? {
        var part = HALWriter(schema: schema, limits: limits, options: options)
        part.shape = shape
        part.isFirst = false
        return part
    }

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        shape = document.shape ?? .list
        query = document.query.map { CollectionQuery($0) }
        isFirst = true
        guard shape != .item else { return }
        output.append(0x7B)
        pages.breakLine(1, &output)
        output.append(isPretty ? "\"_embedded\": {" : "\"_embedded\":{")
        pages.breakLine(2, &output)
        output.appendJSONString(pluralName)
        output.append(isPretty ? ": [" : ":[")
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        if let key = record.linksKey {
            throw SerializationError(
                .notRepresentable, found: "the member \"_links\"", expected: "a record without it",
                at: record.view(at: key + 1))
        }
        if shape == .item, hasPages { try checkIsNoCollection(record) }
        if !isFirst { output.append(0x2C) }
        let indentation = shape == .item ? 0 : 3
        if shape != .item { pages.breakLine(indentation, &output) }
        output.beginBounded(recordSize)
        output.append(0x7B)
        try writeLinks(of: record, indentation: indentation, into: &output)
        // The record's opening brace is replaced by the comma after the links.
        let start = output.count
        if isPretty {
            try values.writePretty(record, indentation: indentation, to: &output)
        } else {
            try values.write(record, to: &output)
        }
        if record.node.isEmptyContainer {
            output.truncate(to: start)
            pages.breakLine(indentation, &output)
            output.append(0x7D)
        } else {
            output.bytes[start] = 0x2C
        }
        try output.endBounded()
        isFirst = false
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        if shape != .item {
            let page = document.page ?? (shape == .page ? PageInfo() : nil)
            if !isFirst { pages.breakLine(2, &output) }
            output.append(0x5D)
            pages.breakLine(1, &output)
            output.append(0x7D)
            output.beginBounded(recordSize)
            output.append(0x2C)
            try writeLinks(of: document, page, into: &output)
            if let page { try pages.write(page, into: &output) }
            pages.breakLine(0, &output)
            output.append(0x7D)
            try output.endBounded()
        }
        output.append(0x0A)
    }

    /// Refuses a record that, as the only one, the HAL reader would read as a page or a list.
    private mutating func checkIsNoCollection(_ record: RecordView) throws(SerializationError) {
        try record.checkIsNoPage()
        guard let embedded = record.memberBeforeFields(named: "_embedded"), embedded.kind == .object else { return }
        var members = embedded.children
        guard members.next(), members.value.isRecordArray else { return }
        let first = members.value
        if members.next() {
            // The reader finds another member, if it is within the lookahead.
            merged.removeAll()
            if isPretty {
                try values.writePretty(first, indentation: 2, to: &merged)
            } else {
                try values.write(first, to: &merged)
            }
            if merged.count < JSONReader.lookahead { return }
        }
        throw SerializationError(
            .notRepresentable, found: "a record whose \"_embedded\" would be read back as a list",
            expected: "a record that is not a list, or several records", at: record)
    }

    // MARK: Links

    private mutating func writeLinks(
        of record: RecordView, indentation: Int, into output: inout OutputBuffer
    ) throws(SerializationError) {
        let rule: HALLinks.Curies = shape == .item ? .ifUsed : .never
        guard isPretty || record.foreignLinks != nil else {
            output.append("\"_links\":")
            links.append(of: record, curies: rule, to: &output)
            return
        }
        derived.removeAll()
        merged.removeAll()
        if let others = record.foreignLinks {
            links.append(
                of: record, curies: rule == .ifUsed && foreign.usesCurie(others) ? .always : rule, to: &derived)
            try foreign.append(others, among: derived, to: &merged)
        } else {
            links.append(of: record, curies: rule, to: &merged)
        }
        try writeMerged(indentation: indentation + 1, into: &output)
    }

    /// Writes the links of a list or page: the derived ones and the document's own.
    private mutating func writeLinks(
        of document: DocumentInfo, _ page: PageInfo?, into output: inout OutputBuffer
    ) throws(SerializationError) {
        derived.removeAll()
        merged.removeAll()
        if document.links.isEmpty {
            links.appendCollection(page: page, query: query, to: &merged)
        } else {
            links.appendCollection(page: page, query: query, to: &derived)
            var tape = RecordTape()
            try document.links.read(onto: &tape)
            if let others = tape.record { try foreign.append(others, among: derived, to: &merged) }
        }
        try writeMerged(indentation: 1, into: &output)
    }

    /// Writes the member `_links` from its compact form in `merged`.
    private mutating func writeMerged(
        indentation: Int, into output: inout OutputBuffer
    ) throws(SerializationError) {
        guard isPretty else {
            output.append("\"_links\":")
            output.append(merged.bytes.view)
            return
        }
        pages.breakLine(indentation, &output)
        output.append("\"_links\": ")
        try printer.write(merged, indentation: indentation, into: &output)
    }
}

/// Lays out compact JSON over several lines.
private struct PrettyPrinter: ~Copyable {
    private var tape = RecordTape()
    private var parser = JSONParser(schema: .withoutFields, limits: Limits(depth: 1000))
    private let values = JSONValueWriter(forCheckedRecordsOf: .withoutFields)

    mutating func write(
        _ compact: borrowing OutputBuffer, indentation: Int, into output: inout OutputBuffer
    ) throws(SerializationError) {
        let input = compact.bytes.view
        parser.position = 0
        parser.isComplete = true
        // The caller's own writer made the input, so it is well-formed JSON.
        guard (try? parser.parseRecord(input, mayBePage: false, into: &tape)) != nil else {
            return output.append(input)
        }
        tape.adoptSource(input, at: 0)
        if let object = tape.record { try values.writePretty(object, indentation: indentation, to: &output) }
    }
}
