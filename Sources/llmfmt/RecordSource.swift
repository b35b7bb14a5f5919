import ResourceFormats

/// One input, read record by record, for the verbs that look at records instead of converting them.
///
/// It opens the input, determines its format, and continues after a refused record if the start of the next one can be
/// determined.
struct RecordSource: ~Copyable {
    private let source: InputSource
    /// Where the input begins in a larger one.
    let place: InputPlace
    /// The format with which the input is read.
    let format: Format
    private var window: InputWindow
    private var stream: RecordStream
    /// The validator for the bytes of XML, if requested; it runs before the records are read from them.
    private var schemaValidator: XMLSchemaValidator?
    private var shownCount = 0
    private var isOver = false
    /// The encoding that the first bytes show, or else the one that was given.
    let encoding: String
    private let isEncodingGiven: Bool
    /// Whether elements of XML have other names than those of the XML Schema.
    private let hasOwnNames: Bool

    /// The result of `next`.
    enum Step {
        /// A record, available through `withRecord`.
        case record
        /// Part of the input was refused, at a place.
        case refused(SerializationError, SourceExcerpt?)
        /// There are no more records, or the start of the next one cannot be determined.
        case end
    }

    /// Opens an input; `-` is standard input.
    init(
        _ file: String, from given: Format?, _ table: TableInput, records: RecordsPath? = nil,
        place: InputPlace = InputPlace(), schema: Schema
    ) throws(Failure) {
        // Everything that may fail comes before the first property is set.
        let source = try InputSource(file, shownName: place.name)
        var window = InputWindow()
        let told = try window.tellFormat(of: source, given: given, isTable: table.usedOption != nil)
        if told == .csvWithoutHeader {
            throw .usage("CSV without a header has no column names; convert it first, with --columns")
        }
        let format = try table.reader(told.reading(records))
        let tail = try source.tail(Converter.tailLength)
        self.source = source
        self.place = place
        self.format = format
        let head = window.bytes(0..<min(window.count, 200))
        encoding = table.encoding.flatMap { Self.hasMark(head) ? nil : $0 } ?? Self.encoding(of: head)
        isEncodingGiven = table.encoding != nil
        hasOwnNames = table.xml.usedOption != nil
        self.window = window
        stream = RecordStream(format, schema: schema)
        if let tail { stream.lookAtEnd(tail.span) }
    }

    /// Whether an input begins with a byte order mark, which goes before an encoding that is given.
    private static func hasMark(_ head: [UInt8]) -> Bool {
        [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0, 0, 0xFE, 0xFF]].contains { head.starts(with: $0) }
    }

    /// The name of the encoding, by a byte order mark, by zeros, or by an XML declaration; otherwise UTF-8.
    private static func encoding(of head: [UInt8]) -> String {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return "UTF-8 with a byte order mark" }
        if let wide = wideEncoding(of: head) { return wide }
        guard head.starts(with: Array("<?xml".utf8)), let end = head.firstIndex(of: 0x3E) else { return "UTF-8" }
        let words = head[..<end].split { $0 == 0x20 || $0 == 0x22 || $0 == 0x27 }
        guard let place = words.firstIndex(where: { $0.elementsEqual("encoding=".utf8) }), place + 1 < words.count
        else { return "UTF-8" }
        return String(decoding: words[place + 1], as: UTF8.self)
    }

    /// The name of an encoding of two or four bytes for each character of ASCII, by a byte order mark or by zeros.
    private static func wideEncoding(of head: [UInt8]) -> String? {
        let zeros = head.prefix(4).map { $0 == 0 }
        if head.starts(with: [0, 0, 0xFE, 0xFF]) || zeros == [true, true, true, false] { return "UTF-32BE" }
        if head.starts(with: [0xFF, 0xFE, 0, 0]) || zeros == [false, true, true, true] { return "UTF-32LE" }
        if head.starts(with: [0xFE, 0xFF]) || zeros.first == true { return "UTF-16BE" }
        if head.starts(with: [0xFF, 0xFE]) || zeros.dropFirst().first == true { return "UTF-16LE" }
        return nil
    }

    /// The name for messages.
    var name: String { source.name }

    /// The number of records so far, including refused ones.
    var recordCount: Int { stream.recordCount }

    /// The shape of the input, as far as it is known.
    var shape: DocumentShape? { stream.shape }

    /// Notes for the user.
    var notes: [Note] { stream.document.notes }

    /// The number of bytes in the input, once it has ended.
    var byteCount: Int { window.offset + window.count }

    /// Whether more bytes may arrive over time.
    var isStream: Bool { source.size == nil }

    /// Also validates XML against the XML Schema; to be called before the first record is read.
    mutating func validateAgainstXMLSchema(of schema: Schema) throws(Failure) {
        #if XML
        guard format == .xml, !hasOwnNames else { return }
        guard !isEncodingGiven else {
            throw .usage("validate reads XML in the encoding that it declares; convert it first, with --input-encoding")
        }
        schemaValidator = XMLSchemaValidator(schema: schema)
        show()
        #endif
    }

    /// The complaints of the XML Schema about a record, or about the rest of the document once the input has ended.
    func takeComplaints(ofRecord index: Int?) -> [XMLSchemaValidator.Complaint] {
        schemaValidator?.takeComplaints(ofRecord: index) ?? []
    }

    /// Moves to the next record.
    mutating func next() throws(Failure) -> Step {
        while !isOver {
            do throws(SerializationError) {
                switch try window.read(with: &stream) {
                case .record: return .record
                case .needsMoreInput: break
                case .end:
                    isOver = true
                    schemaValidator?.finish()
                    return .end
                }
            } catch {
                return try refuse(error)
            }
            window.dropUsed(by: &stream)
            try fill()
        }
        return .end
    }

    private mutating func fill() throws(Failure) {
        shownCount = window.count
        try window.fillFurther(from: source)
        show()
    }

    private mutating func show() {
        schemaValidator?.show(window.span.extracting(droppingFirst: shownCount))
        shownCount = window.count
    }

    /// Moves past a refused record, if the start of the next one can be determined.
    private mutating func refuse(_ error: SerializationError) throws(Failure) -> Step {
        let error = place.error(error)
        let excerpt = error.position.flatMap { window.line(around: $0.byteOffset, column: $0.column) }
        window.dropUsed(by: &stream)
        while true {
            switch window.skipRefusedRecord(with: &stream) {
            case .skipped, .skippedBetweenRecords: return .refused(error, excerpt)
            case .needsMoreInput where !window.isComplete:
                window.dropUsed(by: &stream)
                try fill()
            case .needsMoreInput, .impossible:
                isOver = true
                try source.checkThatRestIsIntact()
                return .refused(error, excerpt)
            }
        }
    }

    // MARK: The current record

    /// Calls `body` with the record.
    func withRecord<Result>(_ body: (RecordView) -> Result) -> Result? {
        guard let record = stream.record else { return nil }
        return body(record)
    }

    /// A copy of the record.
    func stored(_ schema: Schema) throws(Failure) -> StoredRecord {
        do throws(SerializationError) {
            if let record = stream.record { return try StoredRecord(record, schema: schema) }
            throw SerializationError(.wrongShape, found: "no record", expected: "one")
        } catch {
            throw .refused(file: source.name, error, excerpt: nil)
        }
    }

    /// Adds the columns that CSV would have for the record.
    func addColumns(to columns: inout CSVColumnList) throws(Failure) {
        guard let record = stream.record else { return }
        do throws(SerializationError) {
            try columns.add(record)
        } catch {
            let path = place.path(stream.path(ofRecord: stream.recordCount - 1))
            throw .refused(
                file: source.name,
                SerializationError(
                    error.code, found: error.found, expected: error.expected, position: recordPosition, path: path),
                excerpt: nil)
        }
    }

    /// The number of bytes of the record.
    var recordSize: Int { stream.recordSize }

    /// The position at which the record begins.
    var recordPosition: TextPosition { place.position(stream.recordPosition(in: window.span)) }

    /// The positions of violations of the record, which must be in document order.
    mutating func positions(of violations: [Violation]) -> [TextPosition] {
        window.positions(of: violations, in: &stream).map { place.position($0) }
    }

    /// The position of the value at a path below the record.
    func position(ofPath path: String) -> TextPosition {
        place.position(stream.position(ofPath: path, in: window.span))
    }

    /// The path of a record by its index; `isAlone` once it is known that no other follows.
    func path(ofRecord index: Int, isAlone: Bool) -> String {
        place.path(stream.path(ofRecord: index, isAlone: isAlone))
    }
}

extension InputWindow {
    fileprivate borrowing func read(with stream: inout RecordStream) throws(SerializationError) -> ReadProgress {
        try stream.next(span, isComplete: isComplete)
    }

    fileprivate mutating func dropUsed(by stream: inout RecordStream) {
        drop(stream.release(span))
    }

    fileprivate borrowing func positions(
        of violations: [Violation], in stream: inout RecordStream
    ) -> [TextPosition] {
        stream.positions(of: violations, in: span)
    }

    fileprivate borrowing func skipRefusedRecord(with stream: inout RecordStream) -> SkipProgress {
        stream.skipRefusedRecord(span, isComplete: isComplete)
    }
}
