#if XML
/// Writes XML in another encoding than UTF-8.
///
/// An `XMLWriter` writes UTF-8, a converter of libxml2 turns that into the encoding, and then all of it is turned back
/// and compared: some converters drop or compose characters without an error. Where that happens the record is written
/// with references in place of all characters beyond ASCII.
struct XMLEncodedWriter: RecordWriter, ~Copyable {
    private var writer: XMLWriter
    private let vocabulary: XMLVocabulary
    private let limits: Limits
    private let encoding: String
    /// What `begin` has made for the document.
    private var converter: XMLOutputConverter?
    /// What the writer has written, in UTF-8.
    private var text = OutputBuffer()

    init(schema: Schema, limits: Limits, options: XMLOptions) {
        writer = XMLWriter(schema: schema, limits: limits, options: options)
        vocabulary = XMLVocabulary(schema: schema, options: options)
        self.limits = limits
        encoding = options.encoding
    }

    var notes: [Note] { writer.notes }

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        guard let converter = XMLOutputConverter(encoding: encoding) else {
            throw SerializationError(
                .unsupported, found: "the encoding \"\(excerpt(encoding))\"", expected: XMLOutputConverter.expectation)
        }
        self.converter = converter
        for name in [vocabulary.record, vocabulary.list, vocabulary.item] where !converter.isUnicode {
            // The reader does not look for escapes in them.
            guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
                throw SerializationError(
                    .notRepresentable, found: "the element name \"\(excerpt(name))\" in \(encoding)",
                    expected: "an encoding that has its characters, such as UTF-16")
            }
        }
        text.removeAll()
        try writer.begin(document, into: &text)
        _ = try convert(into: &output)
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        text.removeAll()
        try writer.write(record, into: &text)
        let blank = text.bytes.view.firstIndex(of: SingleByteStop(byte: 0x3C), from: 0)
        let size = try convert(into: &output) - blank
        guard size <= limits.writtenSize else {
            throw SerializationError(
                .recordLimit, found: "a record or page that takes \(size) bytes with its character references",
                expected: "at most \(limits.writtenSize), as readers allow")
        }
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        text.removeAll()
        try writer.end(document, into: &text)
        guard try convert(into: &output) <= XMLMarkupGuard.largest else {
            throw SerializationError(
                .recordLimit, found: "a page that takes more than \(XMLMarkupGuard.largest) bytes with its references",
                expected: "at most \(XMLMarkupGuard.largest), as readers allow")
        }
    }

    /// Appends the text in the encoding and returns how many bytes a reader has of it after it has turned it into UTF-8.
    private mutating func convert(into output: inout OutputBuffer) throws(SerializationError) -> Int {
        var converter = converter
        defer { self.converter = converter }
        guard let size = converter?.convert(text.bytes.view, onto: &output.bytes) else {
            throw SerializationError(
                .notRepresentable, found: "text that does not come back from \(encoding)",
                expected: "an encoding that has its characters, such as UTF-16")
        }
        return size
    }
}

/// Turns a document's UTF-8 into its encoding, piece by piece, and holds each piece against what a reader makes of it.
struct XMLOutputConverter {
    private var encoder: TextEncoder
    private var decoder: TextDecoder
    private let encoding: String
    /// The name by which a reader finds the converter.
    private let readerEncoding: String
    /// Whether the encoding has all characters, so that names need no escapes.
    let isUnicode: Bool

    /// The encodings that there are, as an error's `expected`.
    static let expectation = "one that libxml2 knows and readers can tell, such as UTF-16 or ISO-8859-1"

    /// A converter; nil if libxml2 does not know the encoding, or a reader could not tell it from the first bytes.
    init?(encoding: String) {
        let declaration = XMLWriter.declaration(encoding)
        var bytes = Storage<UInt8>()
        guard let encoder = TextEncoder(encoding: encoding), encoder.convert(ByteView(declaration.span), onto: &bytes),
            case .other(let name) = XMLEncoding.detect(bytes.view, isComplete: true),
            XMLEncoding.isWide(name) || ASCII.isEqualIgnoringCase(name, encoding),
            let fresh = TextEncoder(encoding: encoding), let decoder = TextDecoder(encoding: name)
        else { return nil }
        self.encoder = fresh
        self.decoder = decoder
        self.encoding = encoding
        readerEncoding = name
        isUnicode = ASCII.isEqualIgnoringCase(String(encoding.prefix(4)), "UTF-")
    }

    /// Appends a piece of a document, which ends between two elements.
    ///
    /// - Returns: How many bytes of UTF-8 a reader makes of it; nil if the encoding cannot say it.
    mutating func convert(_ text: ByteView, onto bytes: inout Storage<UInt8>) -> Int? {
        if isUnicode { return append(text, to: &bytes) }
        var escaped = OutputBuffer(minimumCapacity: text.count)
        XMLOutputText.appendEscapingNames(text, to: &escaped)
        if let size = append(escaped.bytes.view, to: &bytes) { return size }
        // The converters may have kept a part of the piece.
        guard let encoder = TextEncoder(encoding: encoding), let decoder = TextDecoder(encoding: readerEncoding) else {
            return nil
        }
        self.encoder = encoder
        self.decoder = decoder
        var references = OutputBuffer(minimumCapacity: 2 * text.count)
        XMLOutputText.appendReferences(escaped.bytes.view, to: &references)
        return append(references.bytes.view, to: &bytes)
    }

    /// Appends the text; nil, and nothing, if it does not come back.
    private func append(_ text: ByteView, to bytes: inout Storage<UInt8>) -> Int? {
        let start = bytes.count
        var back = Storage<UInt8>(minimumCapacity: text.count)
        if encoder.convert(text, onto: &bytes),
            decoder.convert(bytes.view.slice(start, count: bytes.count - start), onto: &back),
            decoder.pendingCount == 0, XMLOutputText.isSame(text, back.view)
        {
            return back.count
        }
        bytes.truncate(to: start)
        return nil
    }
}
#endif
