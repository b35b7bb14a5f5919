/// A record that is kept as compact JSON together with its tape: read once, written many times.
///
/// It is for servers and caches. A JSON writer copies the bytes; every other writer walks the tape. Nothing is lost:
/// the bytes are exactly the output of the JSON writer, with unknown members and number texts.
public struct StoredRecord: Sendable {
    /// A class, because the tape cannot be copied and records can.
    private final class Contents: Sendable {
        let tape: RecordTape

        init(_ tape: consuming RecordTape) {
            self.tape = tape
        }
    }

    private let contents: Contents

    /// Reads one record from JSON; compact JSON, as `json` returns it, is fastest.
    ///
    /// - Throws: The first error with its position; `.wrongShape` if the text is not exactly one object.
    public init(json: Span<UInt8>, schema: Schema) throws(SerializationError) {
        var maker = Maker(schema: schema)
        self = try maker.make(json: json)
    }

    /// Reads records from one JSON text each, such as the rows of a database.
    ///
    /// - Throws: The first error, with its position in its text; `.wrongShape` if a text is not exactly one object.
    public static func records(
        json texts: some Sequence<[UInt8]>, schema: Schema
    ) throws(SerializationError) -> [StoredRecord] {
        var maker = Maker(schema: schema)
        var records: [StoredRecord] = []
        records.reserveCapacity(texts.underestimatedCount)
        for text in texts { records.append(try maker.make(json: text.span)) }
        return records
    }

    /// Keeps a copy of a record that is on a tape.
    ///
    /// - Throws: `.depthLimit` for a record that is too deep to be read again; the errors of `RecordTape.check`.
    public init(_ record: RecordView, schema: Schema) throws(SerializationError) {
        try record.checkIfBuilt(against: schema)
        var maker = Maker(schema: schema)
        self = try maker.make(record)
    }

    /// Keeps a typed resource as a record.
    ///
    /// - Throws: The errors of `Resource.write(to:)`.
    public init<R: Resource>(_ resource: R) throws(SerializationError) {
        let json = try Format.jsonLines.encode(resource)
        try self.init(json: json.span, schema: R.schema)
    }

    /// Reads all records of a document.
    ///
    /// - Parameters:
    ///   - bytes: The whole document.
    ///   - format: The format of the document.
    ///   - schema: The schema of the resource.
    ///   - limits: The limits of a record.
    /// - Returns: The records, and the page if the document is one.
    /// - Throws: The first error, with its position and path.
    public static func records(
        in bytes: Span<UInt8>, from format: Format, schema: Schema, limits: Limits = .default
    ) throws(SerializationError) -> (records: [StoredRecord], page: PageInfo?) {
        var stream = RecordStream(format, schema: schema, limits: limits)
        var maker = Maker(schema: schema)
        var records: [StoredRecord] = []
        while case .record = try stream.next(bytes, isComplete: true) {
            if let record = stream.record { records.append(try maker.make(record)) }
        }
        return (records, stream.document.page)
    }

    private init(_ tape: consuming RecordTape) {
        contents = Contents(tape)
    }

    /// The record as compact JSON, without a line end.
    public var json: [UInt8] {
        contents.tape.sourceArray()
    }

    /// The number of bytes in `json`.
    var byteCount: Int { contents.tape.sourceEnd - contents.tape.sourceOffset }

    /// Calls `body` with the record.
    public func withRecord<Result, Failure: Error>(
        _ body: (RecordView) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        try contents.tape.withRecord(body)
    }

    /// Calls `body` with the tape.
    fileprivate func withTape(
        _ body: (borrowing RecordTape) throws(SerializationError) -> Void
    ) throws(SerializationError) {
        try body(contents.tape)
    }

    /// Makes stored records: compact JSON, on tapes of exactly their size.
    private struct Maker: ~Copyable {
        private let values: JSONValueWriter
        private var json = OutputBuffer()
        private var tape = RecordTape()
        /// For this reader, all texts are objects of one document.
        private var reader: JSONReader

        init(schema: Schema) {
            values = JSONValueWriter(forCheckedRecordsOf: schema)
            reader = JSONReader(schema: schema, limits: .default, form: .objects)
        }

        mutating func make(_ record: RecordView) throws(SerializationError) -> StoredRecord {
            json.removeAll()
            try values.write(record, to: &json)
            let bytes = json.array()
            return try make(json: bytes.span)
        }

        /// Reads a text; a text that is compact already is not written again.
        mutating func make(json text: Span<UInt8>) throws(SerializationError) -> StoredRecord {
            var position = 0
            do throws(SerializationError) {
                guard case .record = try reader.read(text, from: &position, isComplete: true, into: &tape) else {
                    throw SerializationError(
                        .wrongShape, found: "no record", expected: "exactly one", offset: text.count)
                }
                let copy = tape.isCompactJSON ? StoredRecord(RecordTape(copying: tape)) : nil
                var compact = OutputBuffer(minimumCapacity: 0)
                if copy == nil, let record = tape.record { try values.write(record, to: &compact) }
                json = compact
                // The end of a text is not passed to the reader as the end of the input, because more texts may follow.
                while position < text.count {
                    guard ASCII.isSpace(text[position]) else {
                        throw SerializationError(
                            .wrongShape, found: "more than one record", expected: "exactly one", offset: position)
                    }
                    position += 1
                }
                if let copy { return copy }
            } catch {
                throw error.position != nil
                    ? error : error.at(PositionCounter().position(of: error.offset ?? position, in: ByteView(text)))
            }
            let compact = json.array()
            return try make(json: compact.span)
        }
    }
}

extension StoredRecord {
    /// Reads one record from JSON.
    ///
    /// - Throws: The first error with its position; `.wrongShape` if the text is not exactly one object.
    public init(json: [UInt8], schema: Schema) throws(SerializationError) {
        try self.init(json: json.span, schema: schema)
    }

    /// Reads one record from JSON.
    ///
    /// - Throws: The first error with its position; `.wrongShape` if the text is not exactly one object.
    public init(json: some Sequence<UInt8>, schema: Schema) throws(SerializationError) {
        try self.init(json: Array(json), schema: schema)
    }

    /// Reads all records of a document.
    ///
    /// - Throws: The first error, with its position and path.
    public static func records(
        in bytes: [UInt8], from format: Format, schema: Schema, limits: Limits = .default
    ) throws(SerializationError) -> (records: [StoredRecord], page: PageInfo?) {
        try records(in: bytes.span, from: format, schema: schema, limits: limits)
    }

    /// Reads all records of a document.
    ///
    /// - Throws: The first error, with its position and path.
    public static func records(
        in bytes: some Sequence<UInt8>, from format: Format, schema: Schema, limits: Limits = .default
    ) throws(SerializationError) -> (records: [StoredRecord], page: PageInfo?) {
        try records(in: Array(bytes), from: format, schema: schema, limits: limits)
    }
}

extension RecordTape {
    /// Calls `body` with the record; a view of a class's property cannot leave a method of that class.
    fileprivate borrowing func withRecord<Result, Failure: Error>(
        _ body: (RecordView) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard let record else { return nil }
        return try body(record)
    }

    /// The record's own bytes.
    fileprivate borrowing func sourceArray() -> [UInt8] {
        record?.source.array() ?? []
    }
}

extension Format {
    /// Encodes stored records as a list, or as a page.
    ///
    /// - Parameters:
    ///   - records: The records, in order.
    ///   - page: The members that make the list a page. A format that cannot carry them, such as CSV, leaves them out.
    ///   - query: The query of the request that the list answers, without the question mark, for the document's own
    ///     links.
    ///   - schema: The schema of the resource.
    ///   - limits: The limits of the readers that the document is meant for.
    /// - Throws: `.notRepresentable`, with the path of the value.
    public func encode(
        _ records: [StoredRecord], page: PageInfo? = nil, query: String? = nil, schema: Schema,
        limits: Limits = .default
    ) throws(SerializationError) -> [UInt8] {
        var output = OutputBuffer()
        try encode(records, page: page, query: query, schema: schema, limits: limits, into: &output)
        return output.array()
    }

    /// Encodes one stored record as an item.
    ///
    /// - Throws: `.notRepresentable`, with the path of the value.
    public func encode(
        _ record: StoredRecord, schema: Schema, limits: Limits = .default
    ) throws(SerializationError) -> [UInt8] {
        var output = OutputBuffer()
        try encode(record, schema: schema, limits: limits, into: &output)
        return output.array()
    }

    /// Encodes stored records as a list, or as a page, and appends the document to `output`.
    ///
    /// - Throws: `.notRepresentable`, with the path of the value.
    public func encode(
        _ records: [StoredRecord], page: PageInfo? = nil, query: String? = nil, schema: Schema,
        limits: Limits = .default, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try encode(records, as: page == nil ? .list : .page, page, query, schema, limits, into: &output)
    }

    /// Encodes one stored record as an item, and appends the document to `output`.
    ///
    /// - Throws: `.notRepresentable`, with the path of the value.
    public func encode(
        _ record: StoredRecord, schema: Schema, limits: Limits = .default, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try encode([record], as: .item, nil, nil, schema, limits, into: &output)
    }

    private func encode(
        _ records: [StoredRecord], as shape: DocumentShape, _ page: PageInfo?, _ query: String?, _ schema: Schema,
        _ limits: Limits, into output: inout OutputBuffer
    ) throws(SerializationError) {
        // Most formats need about as many bytes as JSON, or up to twice as many.
        output.reserve(records.reduce(256) { $0 + 2 * $1.byteCount })
        var sink = RecordSink(self, schema: schema, limits: limits)
        sink.query = query
        try sink.encode(
            records.count, as: shape, page: page, into: &output
        ) { (index, write) throws(SerializationError) in
            try records[index].withTape(write)
        }
    }
}
