/// Writes CSV in another encoding than UTF-8.
///
/// A `CSVWriter` writes UTF-8, a `TextEncoder` turns that into the encoding, and then all of it is turned back and
/// compared: converters write references for characters that the encoding lacks, which mean nothing in CSV, and some drop
/// or compose characters. Such a record is refused.
struct CSVEncodedWriter: RecordWriter, ~Copyable {
    private var writer: CSVWriter
    private let options: CSVOptions
    /// What `begin` has made for the document.
    private var converter: CSVOutputConverter?
    /// What the writer has written, in UTF-8.
    private var text = OutputBuffer()

    init(schema: Schema, limits: Limits, options: CSVOptions) {
        writer = CSVWriter(schema: schema, limits: limits, options: options)
        self.options = options
    }

    var needsFirstPass: Bool { writer.needsFirstPass }
    var notes: [Note] { writer.notes }

    mutating func prepare(for record: RecordView) throws(SerializationError) {
        try writer.prepare(for: record)
    }

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        converter = CSVOutputConverter(encoding: options.encoding)
        guard let converter else {
            throw SerializationError(
                .unsupported, found: "the encoding \"\(excerpt(options.encoding))\"",
                expected: EncodingName.known)
        }
        text.removeAll()
        try writer.begin(document, into: &text)
        let written = text.bytes.view
        // The encoding has a mark of its own, or none.
        let markCount = options.isForSpreadsheets && written.startsWithByteOrderMark ? 3 : 0
        let header = written.slice(markCount, count: written.count - markCount)
        if converter.convert(header, onto: &output.bytes) { return }
        let lacked = CSVOutputConverter.lackedCharacter(in: header, options.encoding)
        throw SerializationError(
            .notRepresentable, found: found(lacked, in: "the header row"), expected: expectation, path: "$")
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        text.removeAll()
        let losses = writer.losses
        try writer.write(record, into: &text)
        if converter?.convert(text.bytes.view, onto: &output.bytes) == true { return }
        writer.losses = losses
        let lacked = CSVOutputConverter.lackedCharacter(in: text.bytes.view, options.encoding)
        // The converters may have kept a part of the row.
        converter = CSVOutputConverter(encoding: options.encoding, isAtStart: false)
        throw SerializationError(
            .notRepresentable, found: found(lacked, in: "a text"), expected: expectation,
            at: record.view(at: Self.node(in: record, with: lacked)))
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        text.removeAll()
        try writer.end(document, into: &text)
    }

    private var expectation: String { "characters that \(options.encoding) has" }

    private func found(_ character: [UInt8]?, in place: String) -> String {
        character.map { "the character \"\(excerpt(ByteView($0.span)))\" in \(place)" }
            ?? "\(place) that does not come back from \(options.encoding)"
    }

    /// The node of the first value whose text or name has a character; that of the record if there is none.
    private static func node(in record: RecordView, with character: [UInt8]?) -> Int {
        guard let character else { return record.index }
        for index in record.index..<record.index + record.node.extent {
            let node = record.nodes[index]
            guard node.kind == .string || node.kind == .key, record.text(of: node).contains(character) else { continue }
            // A name stands before its value.
            return node.kind == .key ? index + 1 : index
        }
        return record.index
    }
}

extension ByteView {
    /// Whether the bytes occur one after another.
    fileprivate func contains(_ bytes: [UInt8]) -> Bool {
        guard count >= bytes.count else { return false }
        return (0...count - bytes.count).contains { slice($0, count: bytes.count).isEqual(to: ByteView(bytes.span)) }
    }
}
