/// The columns of a CSV document with some records, without the document: for whoever writes several documents with the
/// same columns, or writes one in parts.
///
///     var columns = CSVColumnList(schema: schema)
///     try columns.add(record)
///     let names = columns.names
public struct CSVColumnList: ~Copyable {
    private let schema: Schema
    private var writer: CSVWriter

    /// No columns yet; of the options only `arrays` counts.
    public init(schema: Schema, options: CSVOptions = CSVOptions()) {
        self.schema = schema
        writer = CSVWriter(schema: schema, limits: .default, options: CSVOptions(arrays: options.arrays))
    }

    /// Adds the columns of a record.
    public mutating func add(_ record: RecordView) throws(SerializationError) {
        try writer.prepare(for: record)
    }

    /// Adds a column by its name.
    public mutating func add(name: String) {
        let bytes = Array(name.utf8)
        let view = ByteView(bytes.span)
        writer.columns.add(CSVColumnPath(parsing: view) ?? CSVColumnPath(literal: view))
    }

    /// The names in the order that a document has: known fields in the order of the schema, then others as they were
    /// first seen.
    ///
    /// A name has no line breaks, because they are escaped in it.
    public var names: [String] {
        mutating get {
            var names = CSVColumnNames()
            _ = writer.columns.layOut(into: &names, limit: .max)
            return (0..<names.count).map { names.name(of: $0).string() }
        }
    }
}

extension CSVColumns {
    /// Adds the place of a column.
    fileprivate mutating func add(_ path: CSVColumnPath) {
        var place = Self.root
        for step in path.steps { place = self.place(of: step, in: place) }
        markColumn(place)
    }
}
