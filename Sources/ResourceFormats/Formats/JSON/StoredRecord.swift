/// A record that is kept: its compact JSON and the tape of it, read once and written many times.
///
/// For servers and caches. A JSON writer copies the bytes; every other writer walks the tape. Nothing is lost: the JSON
/// is what the JSON writer makes of the record, with its unknown members and number texts.
public struct StoredRecord: Sendable {
    /// The tape cannot be copied; records can.
    private final class Contents: Sendable {
        let tape: RecordTape

        init(_ tape: consuming RecordTape) {
            self.tape = tape
        }
    }

    private let contents: Contents

    /// Reads one record of compact JSON, as `json` gives it, or of any other JSON.
    ///
    /// - Throws: The first error with its position; `.wrongShape` for anything but one object.
    public init(json: Span<UInt8>, schema: Schema) throws(SerializationError) {
        var maker = Maker(schema: schema)
        self = try maker.make(json: json)
    }

    /// Reads records that are a text of JSON each, such as the rows of a database.
    ///
    /// - Throws: The first error, with its position in its text; `.wrongShape` for a text of anything but one object.
    public static func records(
        json texts: some Sequence<[UInt8]>, schema: Schema
    ) throws(SerializationError) -> [StoredRecord] {
        var maker = Maker(schema: schema)
        var records: [StoredRecord] = []
        records.reserveCapacity(texts.underestimatedCount)
        for text in texts { records.append(try maker.make(json: text.span)) }
        return records
    }

    /// Keeps a record that stands on a tape.
    ///
    /// - Throws: `.depthLimit` for one that is too deep to be read again; what `RecordTape.check` throws.
    public init(_ record: RecordView, schema: Schema) throws(SerializationError) {
        try record.checkIfBuilt(against: schema)
        var maker = Maker(schema: schema)
        self = try maker.make(record)
    }

    /// Keeps a typed resource.
    ///
    /// - Throws: What `Resource.write(to:)` throws.
    public init<R: Resource>(_ resource: R) throws(SerializationError) {
        let json = try Format.jsonLines.encode(resource)
        try self.init(json: json.span, schema: R.schema)
    }

    /// Reads all records of a document.
    ///
    /// - Parameters:
    ///   - bytes: The whole document.
    ///   - format: Its format.
    ///   - schema: The resource's schema.
    ///   - limits: What a record may be.
    /// - Returns: The records, and what a page said about the collection.
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

    /// How many bytes `json` has.
    var byteCount: Int { contents.tape.sourceEnd - contents.tape.sourceOffset }

    /// Shows the record to `body`.
    public func withRecord<Result, Failure: Error>(
        _ body: (RecordView) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        try contents.tape.withRecord(body)
    }

    /// Shows the tape to `body`.
    fileprivate func withTape(
        _ body: (borrowing RecordTape) throws(SerializationError) -> Void
    ) throws(SerializationError) {
        try body(contents.tape)
    }

    /// Brings records to compact JSON and lays them on tapes of just their size.
    private struct Maker: ~Copyable {
        private let values: JSONValueWriter
        private var json = OutputBuffer()
        private var tape = RecordTape()
        /// To it all texts are lines of one document.
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

        /// Reads a text; what is compact already is not written anew.
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
                // The end of a text is not shown to the reader: it may have more to read.
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
    /// Reads one record of JSON.
    ///
    /// - Throws: The first error with its position; `.wrongShape` for anything but one object.
    public init(json: [UInt8], schema: Schema) throws(SerializationError) {
        try self.init(json: json.span, schema: schema)
    }

    /// Reads one record of JSON.
    ///
    /// - Throws: The first error with its position; `.wrongShape` for anything but one object.
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
    /// Shows the record to `body`: a view of what a class holds cannot leave a method of it.
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
    /// Encodes kept records as a list, or as a page.
    ///
    /// - Parameters:
    ///   - records: The records, in order.
    ///   - page: What makes the list a page. A format without a place for it, such as CSV, leaves it out.
    ///   - query: The query of the request that the list answers, without the question mark, for the document's own links.
    ///   - schema: The resource's schema.
    /// - Throws: `.notRepresentable`, with the path of the value.
    public func encode(
        _ records: [StoredRecord], page: PageInfo? = nil, query: String? = nil, schema: Schema
    ) throws(SerializationError) -> [UInt8] {
        var output = OutputBuffer()
        try encode(records, page: page, query: query, schema: schema, into: &output)
        return output.array()
    }

    /// Encodes one kept record as an item.
    ///
    /// - Throws: `.notRepresentable`, with the path of the value.
    public func encode(_ record: StoredRecord, schema: Schema) throws(SerializationError) -> [UInt8] {
        var output = OutputBuffer()
        try encode(record, schema: schema, into: &output)
        return output.array()
    }

    /// Encodes kept records as a list, or as a page, after what `output` holds.
    ///
    /// - Throws: `.notRepresentable`, with the path of the value.
    public func encode(
        _ records: [StoredRecord], page: PageInfo? = nil, query: String? = nil, schema: Schema,
        into output: inout OutputBuffer
    ) throws(SerializationError) {
        try encode(records, as: page == nil ? .list : .page, page, query, schema, into: &output)
    }

    /// Encodes one kept record as an item after what `output` holds.
    ///
    /// - Throws: `.notRepresentable`, with the path of the value.
    public func encode(
        _ record: StoredRecord, schema: Schema, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try encode([record], as: .item, nil, nil, schema, into: &output)
    }

    private func encode(
        _ records: [StoredRecord], as shape: DocumentShape, _ page: PageInfo?, _ query: String?, _ schema: Schema,
        into output: inout OutputBuffer
    ) throws(SerializationError) {
        // Most formats take about as much as JSON does, or up to twice that.
        output.reserve(records.reduce(256) { $0 + 2 * $1.byteCount })
        var sink = RecordSink(self, schema: schema)
        sink.query = query
        try sink.encode(
            records.count, as: shape, page: page, into: &output
        ) { (index, write) throws(SerializationError) in
            try records[index].withTape(write)
        }
    }
}
