/// Writes CSV with the columns of the schema, and one for what has none of them, as JSON.
///
/// So any two documents have the same columns, whatever their records hold, and nothing is left out. A record that fits
/// goes to the `CSVWriter` as it is; of any other, a copy is made in which the rest is the text of one unknown member.
struct CSVRestWriter: RecordWriter, ~Copyable {
    private let schema: Schema
    private let name: [UInt8]
    private let values: JSONValueWriter
    private var writer: CSVWriter

    init(schema: Schema, limits: Limits, options: CSVOptions, rest name: String) {
        var options = options
        options.columns = schema.tableColumns + [name]
        options.arrays = .json
        self.schema = schema
        self.name = Array(name.utf8)
        values = JSONValueWriter(schema: schema)
        writer = CSVWriter(schema: schema, limits: limits, options: options)
    }

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        try writer.begin(document, into: &output)
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        guard hasRest(record) else { return try writer.write(record, into: &output) }
        var tape = RecordTape()
        var rest = OutputBuffer()
        tape.beginObject(.record)
        try split(record, &tape, &rest)
        tape.append(unknownKey: name.span)
        tape.append(string: rest.span, to: .unknown)
        tape.endObject()
        guard let whole = tape.record else {
            throw SerializationError(
                .recordLimit, found: "a record that is too large with its rest as JSON", expected: "a smaller one",
                at: record)
        }
        try writer.write(whole, into: &output)
    }

    /// Nothing is written at the end, and that a column is empty says nothing here.
    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}

    // MARK: -

    private enum Part {
        /// A cell of its own.
        case cell
        /// An object whose members have places of their own.
        case object
        case rest
    }

    private func part(_ members: RecordChildren) -> Part {
        let value = members.value
        guard members.unknownKey == nil, value.field != .unknown else { return .rest }
        let isFilledObject = value.kind == .object && value.node.count > 0
        if schema.kind(of: value.field) == .object { return isFilledObject ? .object : .rest }
        return isFilledObject ? .rest : .cell
    }

    private func hasRest(_ object: RecordView) -> Bool {
        var members = object.children
        while members.next() {
            switch part(members) {
            case .cell: continue
            case .object: if hasRest(members.value) { return true }
            case .rest: return true
            }
        }
        return false
    }

    /// Appends an object's cells to the tape, and to `rest` a JSON object of the others.
    private func split(
        _ object: RecordView, _ tape: inout RecordTape, _ rest: inout OutputBuffer
    ) throws(SerializationError) {
        var isFirst = true
        var members = object.children
        rest.append(0x7B)
        while members.next() {
            let part = part(members)
            guard part != .cell, part == .rest || hasRest(members.value) else {
                tape.append(members)
                continue
            }
            if !isFirst { rest.append(0x2C) }
            isFirst = false
            if let key = members.unknownKey {
                rest.appendJSONString(ByteView(key).string())
            } else {
                rest.appendJSONString(schema.name(of: members.value.field) ?? "")
            }
            rest.append(0x3A)
            if part == .rest {
                try values.write(members.value, to: &rest)
            } else {
                tape.beginObject(members.value.field)
                try split(members.value, &tape, &rest)
                tape.endObject()
            }
        }
        rest.append(0x7D)
    }
}
