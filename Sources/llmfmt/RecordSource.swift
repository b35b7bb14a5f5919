import ResourceFormats

/// One input read record by record, for the verbs that look at records instead of converting them.
///
/// It opens the input, tells its format, and goes on after a refused record where anybody can say where the next one
/// begins.
struct RecordSource: ~Copyable {
    private let source: InputSource
    /// The format that the input is read with.
    let format: Format
    private var window: InputWindow
    private var stream: RecordStream
    /// Looks at the bytes of XML as well, if asked to, and before the records are read from them.
    private var schemaValidator: XMLSchemaValidator?
    private var shownCount = 0
    private var isOver = false
    /// The encoding that the first bytes show.
    let encoding: String

    /// What `next` came upon.
    enum Step {
        /// A record; `withRecord` shows it.
        case record
        /// The input is refused at a place.
        case refused(SerializationError, SourceExcerpt?)
        /// There is no more, or nobody can say where the next record begins.
        case end
    }

    /// Opens an input; `-` is standard input.
    init(_ file: String, from given: Format?, schema: Schema) throws(Failure) {
        // All that may fail comes before the first property is set.
        let source = try InputSource(file)
        var window = InputWindow()
        let format = try window.tellFormat(of: source, given: given)
        if format == .csvWithoutHeader {
            throw .usage("CSV without a header has no column names; convert it first, with --columns")
        }
        let tail = try source.tail(Converter.tailLength)
        self.source = source
        self.format = format
        encoding = Self.encoding(of: window.bytes(0..<min(window.count, 200)))
        self.window = window
        stream = RecordStream(format, schema: schema)
        if let tail { stream.lookAtEnd(tail.span) }
    }

    /// The name of an encoding: by a byte order mark, by zeros, by an XML declaration; UTF-8 otherwise.
    private static func encoding(of head: [UInt8]) -> String {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return "UTF-8 with a byte order mark" }
        if head.starts(with: [0xFF, 0xFE]) || head.count > 1 && head[1] == 0 {
            return "UTF-16 or UTF-32, little-endian"
        }
        if head.starts(with: [0xFE, 0xFF]) || head.first == 0 { return "UTF-16 or UTF-32, big-endian" }
        guard head.starts(with: Array("<?xml".utf8)), let end = head.firstIndex(of: 0x3E) else { return "UTF-8" }
        let words = head[..<end].split { $0 == 0x20 || $0 == 0x22 || $0 == 0x27 }
        guard let place = words.firstIndex(where: { $0.elementsEqual("encoding=".utf8) }), place + 1 < words.count
        else { return "UTF-8" }
        return String(decoding: words[place + 1], as: UTF8.self)
    }

    /// The name for messages.
    var name: String { source.name }

    /// How many records there were so far, refused ones too.
    var recordCount: Int { stream.recordCount }

    /// What the input is, as far as it has shown.
    var shape: DocumentShape? { stream.shape }

    /// What a user may want to know.
    var notes: [Note] { stream.document.notes }

    /// How many bytes have been read of the input, once it has ended.
    var byteCount: Int { window.offset + window.count }

    /// Whether more may come later than now.
    var isStream: Bool { source.size == nil }

    /// Holds XML against the XML Schema as well; to be called before the first record is read.
    mutating func validateAgainstXMLSchema(of schema: Schema) {
        guard format == .xml else { return }
        schemaValidator = XMLSchemaValidator(schema: schema)
        show()
    }

    /// What the XML Schema refuses in the record at hand, or outside of all records once the input has ended.
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

    /// Moves after a refused record, if anybody can say where that is.
    private mutating func refuse(_ error: SerializationError) throws(Failure) -> Step {
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

    // MARK: The record at hand

    /// Shows the record to `body`.
    func withRecord<Result>(_ body: (RecordView) -> Result) -> Result? {
        guard let record = stream.record else { return nil }
        return body(record)
    }

    /// The bytes that it took.
    var recordSize: Int { stream.recordSize }

    /// Where it begins.
    var recordPosition: TextPosition { stream.recordPosition(in: window.span) }

    /// Where violations of it stand, which are in document order.
    func positions(of violations: [Violation]) -> [TextPosition] {
        stream.positions(of: violations, in: window.span)
    }

    /// Where the value stands that it has at a path below the record.
    func position(ofPath path: String) -> TextPosition {
        stream.position(ofPath: path, in: window.span)
    }

    /// The path of a record by its number; `isAlone` once no other can follow.
    func path(ofRecord index: Int, isAlone: Bool) -> String {
        stream.path(ofRecord: index, isAlone: isAlone)
    }
}

extension InputWindow {
    fileprivate borrowing func read(with stream: inout RecordStream) throws(SerializationError) -> ReadProgress {
        try stream.next(span, isComplete: isComplete)
    }

    fileprivate mutating func dropUsed(by stream: inout RecordStream) {
        drop(stream.release(span))
    }

    fileprivate borrowing func skipRefusedRecord(with stream: inout RecordStream) -> SkipProgress {
        stream.skipRefusedRecord(span, isComplete: isComplete)
    }
}
