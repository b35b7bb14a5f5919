/// Writes the cells of CSV, with tags on texts that would come back as something else, and quotes as RFC 4180 requires.
struct CSVCellWriter: ~Copyable {
    let delimiter: UInt8
    /// Whether the document has one column.
    ///
    /// Then no delimiter shows a reader which character it is, so a comma is quoted too.
    var isOnlyColumn = false
    private let isForSpreadsheets: Bool
    private let hasTags: Bool
    private let values: JSONValueWriter
    /// Whether the delimiter may occur in numbers, literals or tags.
    private let isDelimiterUnusual: Bool
    /// Whether an empty array is a cell `[]` without quotes.
    private let hasBareArrays: Bool
    private var scratch = OutputBuffer(minimumCapacity: 256)

    /// A writer with some of the `CSVOptions`.
    ///
    /// It is not given all of them: the optimizer of Swift 6.3.1 then releases references that are not there.
    init(schema: Schema, delimiter: UInt8?, hasTags: Bool, isForSpreadsheets: Bool) {
        self.delimiter = delimiter ?? 0x2C
        self.hasTags = hasTags
        self.isForSpreadsheets = isForSpreadsheets && hasTags
        values = JSONValueWriter(forCheckedRecordsOf: schema)
        switch self.delimiter {
        case 0x2C, 0x3B, 0x09, 0x7C, 0x20, 0x5E, 0x7E, 0x23, 0x26: isDelimiterUnusual = false
        default: isDelimiterUnusual = true
        }
        hasBareArrays = !isDelimiterUnusual && hasTags
    }

    /// Writes the name of a column.
    func writeHeader(_ name: ByteView, to output: inout OutputBuffer) {
        guard isForSpreadsheets, SpreadsheetText.needsTag(name) else { return writeHeaderCell(name, to: &output) }
        var guarded = Storage<UInt8>(minimumCapacity: 64)
        CSVColumnPath.append(guarded: name, to: &guarded)
        writeHeaderCell(guarded.view, to: &output)
    }

    private func writeHeaderCell(_ name: ByteView, to output: inout OutputBuffer) {
        var mustQuote = needsQuotes(name)
        for index in 0..<name.count {
            switch name.byte(at: index) {
            case 0x2C, 0x3B, 0x09, 0x7C: mustQuote = true
            default: break
            }
        }
        append(name, isQuoted: mustQuote, to: &output)
    }

    /// Writes the first cell of a record without any cells.
    mutating func writeEmptyRecord(to output: inout OutputBuffer) {
        guard hasTags else { return output.append("\"\"") }
        scratch.removeAll()
        scratch.append("\\a:")
        let cell = scratch.bytes.view
        append(cell, isQuoted: needsQuotes(cell), to: &output)
    }

    /// Writes the value at a node into a column whose kind in the schema is `kind`; nil for an unknown column.
    @inline(__always)
    mutating func write(
        _ record: RecordView, at index: Int, kind: ValueKind?, to output: inout OutputBuffer
    ) throws(SerializationError) {
        let node = record.nodes[index]
        if !isOnlyColumn {
            switch node.kind {
            case .string where kind == .string || kind == nil:
                if writeText(record.text(of: node), isUnknown: kind == nil, to: &output) { return }
            case .number where kind == .number && !isForSpreadsheets && !isDelimiterUnusual:
                return output.append(record.text(of: node))
            case .bool where kind == .boolean && !isDelimiterUnusual:
                if node.flags.contains(.isTrue) { output.append("true") } else { output.append("false") }
                return
            case .array where node.count == 0 && hasBareArrays:
                return output.append("[]")
            default: break
            }
        }
        try writeUncommon(record.view(at: index), kind: kind, to: &output)
    }

    /// Copies a text that needs no tag, and checks it in the same pass; returns false and writes nothing for any other
    /// text.
    @inline(__always)
    private func writeText(_ text: ByteView, isUnknown: Bool, to output: inout OutputBuffer) -> Bool {
        let first = text.byte(at: 0)
        switch first {
        case 0x00, 0x5C: return false  // Also a text without a first byte.
        case 0x5B, 0x6E, 0x7B: if CSVText.fixed(text) != nil { return false }
        default: break
        }
        if isUnknown, CSVText.isTypedWhenUnknown(text) { return false }
        if isForSpreadsheets, SpreadsheetText.needsTag(text) { return false }
        let last = text.byte(at: text.count &- 1)
        let mark = output.count
        if first != 0x20, first != 0x09, last != 0x20, last != 0x09 {
            let stop = CSVTextStop(delimiter: delimiter)
            var index = output.append(text, from: 0, upTo: stop)
            // A tab inside the text is an ordinary character, unless it is the delimiter.
            while text.byte(at: index) == 0x09, delimiter != 0x09 {
                output.append(0x09)
                index = output.append(text, from: index &+ 1, upTo: stop)
            }
            if index == text.count { return true }
            output.truncate(to: mark)
        }
        if appendQuoted(text, to: &output) { return true }
        output.truncate(to: mark)
        return false
    }

    /// Appends a cell without forbidden control characters.
    private func append(_ cell: ByteView, isQuoted: Bool, to output: inout OutputBuffer) {
        if isQuoted { appendQuoted(cell, to: &output) } else { output.append(cell) }
    }

    /// Appends a text in quotes; returns false if it stopped at a forbidden control character.
    @discardableResult
    private func appendQuoted(_ text: ByteView, to output: inout OutputBuffer) -> Bool {
        let stop = CSVTextStop(delimiter: 0x22)
        output.append(0x22)
        var index = output.append(text, from: 0, upTo: stop)
        while index < text.count {
            let byte = text.byte(at: index)
            switch byte {
            case 0x22: output.append(0x22)
            case 0x09, 0x0A: break
            case 0x0D where !isForSpreadsheets: break
            default: return false
            }
            output.append(byte)
            index = output.append(text, from: index &+ 1, upTo: stop)
        }
        output.append(0x22)
        return true
    }

    private mutating func writeUncommon(
        _ value: RecordView, kind: ValueKind?, to output: inout OutputBuffer
    ) throws(SerializationError) {
        guard hasTags else { return try writePlain(value, to: &output) }
        scratch.removeAll()
        let node = value.node
        var mustQuote = false
        switch node.kind {
        case .null: scratch.append("null")
        case .object: try appendContainer(value, isExpected: false)
        case .array: try appendContainer(value, isExpected: kind == .array)
        case .bool:
            if kind != .boolean && kind != nil { scratch.append("\\j:") }
            if node.flags.contains(.isTrue) { scratch.append("true") } else { scratch.append("false") }
        case .number:
            let text = value.text(of: node)
            if kind != .number && kind != nil || isForSpreadsheets && !SpreadsheetText.survives(number: text) {
                scratch.append("\\j:")
            }
            scratch.append(text)
        case .string, .key:
            let text = value.text(of: node)
            appendString(text, kind: kind)
            mustQuote = scratch.isEmpty
        }
        let cell = scratch.bytes.view
        append(cell, isQuoted: mustQuote || needsQuotes(cell), to: &output)
    }

    /// Writes a value as a text that no tag explains: nothing for null and what is empty.
    private mutating func writePlain(_ value: RecordView, to output: inout OutputBuffer) throws(SerializationError) {
        scratch.removeAll()
        let node = value.node
        switch node.kind {
        case .null: break
        case .object, .array: if !node.isEmptyContainer { try values.writeCell(value, to: &scratch) }
        case .bool: scratch.append(node.flags.contains(.isTrue) ? "true" : "false")
        case .number, .string, .key: scratch.append(value.text(of: node))
        }
        let cell = scratch.bytes.view
        // An empty line would be no row.
        let mustQuote = cell.count == 0 && (isOnlyColumn || node.kind == .string)
        guard mustQuote || needsQuotes(cell) else { return output.append(cell) }
        output.append(0x22)
        var index = output.append(cell, from: 0, upTo: SingleByteStop(byte: 0x22))
        while index < cell.count {
            output.append("\"\"")
            index = output.append(cell, from: index + 1, upTo: SingleByteStop(byte: 0x22))
        }
        output.append(0x22)
    }

    private mutating func appendContainer(_ value: RecordView, isExpected: Bool) throws(SerializationError) {
        if !value.node.isEmptyContainer, !isExpected { scratch.append("\\j:") }
        try values.writeCell(value, to: &scratch)
    }

    private mutating func appendString(_ text: ByteView, kind: ValueKind?) {
        if hasForbiddenControl(text) {
            scratch.append("\\j:")
            JSONText.appendCellString(text, to: &scratch)
            return
        }
        if needsTag(text, kind: kind) { scratch.append("\\s:") }
        scratch.append(text)
    }

    /// Whether a string would come back as something else.
    private func needsTag(_ text: ByteView, kind: ValueKind?) -> Bool {
        if CSVText.tag(text) != nil || CSVText.fixed(text) != nil { return true }
        if isForSpreadsheets, SpreadsheetText.needsTag(text) { return true }
        switch kind {
        case .string: return false
        case nil: return CSVText.isTypedWhenUnknown(text)
        case .number, .boolean, .array, .object: return true
        }
    }

    /// Whether the text holds a control character other than TAB, LF and, except for spreadsheet programs, CR.
    ///
    /// Spreadsheet programs turn a CR into an LF.
    private func hasForbiddenControl(_ text: ByteView) -> Bool {
        for index in 0..<text.count {
            switch text.byte(at: index) {
            case 0x09, 0x0A: break
            case 0x0D where !isForSpreadsheets: break
            case 0..<0x20, 0x7F: return true
            default: break
            }
        }
        return false
    }

    private func needsQuotes(_ text: ByteView) -> Bool {
        guard text.count > 0 else { return false }
        switch text.byte(at: 0) {
        case 0x20, 0x09: return true
        default: break
        }
        switch text.byte(at: text.count - 1) {
        case 0x20, 0x09: return true
        default: break
        }
        for index in 0..<text.count {
            switch text.byte(at: index) {
            case 0x22, 0x0A, 0x0D, delimiter: return true
            case 0x2C where isOnlyColumn: return true
            default: break
            }
        }
        return false
    }
}

extension ByteView {
    /// Whether the bytes are `sep=` and one more character, the line by which spreadsheet programs name a delimiter.
    var isSeparatorLine: Bool {
        guard starts(with: "sep="), count > 4 else { return false }
        var length = 1
        while 4 + length < count, byte(at: 4 + length) & 0xC0 == 0x80 { length += 1 }
        return 4 + length == count
    }
}
