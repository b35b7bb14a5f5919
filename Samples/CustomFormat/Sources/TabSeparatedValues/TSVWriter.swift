import ResourceFormats

/// Writes a line of names and a line for each record.
///
/// The columns are the members that the records have: those of the schema in its order, then the others as they came.
/// So all records have to be seen before the first is written.
struct TSVWriter: RecordWriter, ~Copyable {
    private let schema: Schema
    private let values: JSONValueWriter
    private var columns: [TSVColumn] = []
    private var indices: [TSVColumn: Int] = [:]
    /// The cells of a record in the record's order, and where in there each column's cell stands.
    private var cells = OutputBuffer()
    private var places: [Range<Int>] = []

    init(schema: Schema) {
        self.schema = schema
        values = JSONValueWriter(schema: schema)
    }

    var needsFirstPass: Bool { true }

    mutating func prepare(for record: RecordView) throws(SerializationError) {
        var members = record.children
        while members.next() {
            let column = TSVColumn(members)
            if indices.updateValue(0, forKey: column) == nil { columns.append(column) }
        }
    }

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        let schema = schema
        var known: [FieldID] = []
        var unknown: [TSVColumn] = []
        for column in columns {
            if case .known(let field) = column { known.append(field) } else { unknown.append(column) }
        }
        known.sort { schema.ordinal(of: $0) < schema.ordinal(of: $1) }
        columns = known.map { .known($0) } + unknown
        for (index, column) in columns.enumerated() {
            indices[column] = index
            if index > 0 { output.append(TSVCell.tab) }
            let name = column.name(in: schema)
            TSVCell.append(name.span, isName: true, to: &output)
        }
        output.append(TSVCell.lineFeed)
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        cells.removeAll()
        places.removeAll(keepingCapacity: true)
        places.append(contentsOf: repeatElement(0..<0, count: columns.count))
        var members = record.children
        while members.next() {
            guard let index = indices[TSVColumn(members)] else {
                throw SerializationError(
                    .notRepresentable, found: "a member for which the first pass found no column",
                    expected: "an input that stays the same while it is read twice")
            }
            let start = cells.count
            if members.value.kind == .string {
                TSVCell.append(members.value.text, isName: false, to: &cells)
            } else {
                try values.write(members.value, to: &cells)
            }
            places[index] = start..<cells.count
        }
        for (index, place) in places.enumerated() {
            if index > 0 { output.append(TSVCell.tab) }
            output.append(cells.span.extracting(place))
        }
        output.append(TSVCell.lineFeed)
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}
}
