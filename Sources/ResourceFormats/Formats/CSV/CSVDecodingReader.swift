/// Reads CSV in any encoding: UTF-8, UTF-16 and UTF-32 with a byte order mark, and the one that is given.
///
/// A byte order mark goes before the encoding that is given. Text in another encoding than UTF-8 is turned into it first;
/// lines and columns of errors are those of the input.
struct CSVDecodingReader: RecordReader, ~Copyable {
    private enum Mode {
        case undetected, direct, decoding
    }

    private var reader: CSVReader
    private let givenEncoding: String?
    private var mode = Mode.undetected
    private var input: DecodedInput?
    /// The bytes after the position that are decoded already, in search of the end of a refused record.
    private var aheadCount = 0

    init(schema: Schema, limits: Limits, options: CSVOptions) {
        reader = CSVReader(schema: schema, limits: limits, options: options)
        givenEncoding = options.inputEncoding
    }

    var document: DocumentInfo { reader.document }

    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        if mode == .undetected {
            let bytes = ByteView(input)
            let start = bytes.slice(position, count: bytes.count - position)
            guard try detect(start, isComplete: isComplete) else { return .needsMoreInput }
        }
        if mode == .direct {
            return try reader.read(input, from: &position, isComplete: isComplete, into: &tape)
        }
        return try readDecoded(ByteView(input), &position, isComplete: isComplete, into: &tape)
    }

    // MARK: Parts

    var isBetweenRecords: Bool { mode == .direct && reader.isBetweenRecords }

    mutating func join(_ part: borrowing CSVDecodingReader, count: Int) {
        reader.join(part.reader, count: count)
    }

    // MARK: Other encodings

    /// Tells the encoding from the start of the document; false if more bytes are needed for that.
    private mutating func detect(_ start: ByteView, isComplete: Bool) throws(SerializationError) -> Bool {
        if start.count < 4, !isComplete { return false }
        guard let name = Self.encoding(of: start, given: givenEncoding) else {
            mode = .direct
            return true
        }
        guard let input = DecodedInput(encoding: name) else {
            throw SerializationError(
                .invalidEncoding, found: "the encoding \"\(excerpt(name))\"",
                expected: EncodingName.known, offset: 0, path: "$")
        }
        self.input = consume input
        reader.expectDecodedText()
        mode = .decoding
        return true
    }

    /// The name of the encoding by a byte order mark, or else by the given name; nil for UTF-8.
    static func encoding(of start: ByteView, given: String?) -> String? {
        if start.startsWithByteOrderMark { return nil }
        if let marked = WideEncoding.marked(by: start) { return marked.converter }
        guard let given, !EncodingName.isUTF8(given) else { return nil }
        return WideEncoding.named(given)?.converter ?? given
    }

    private mutating func readDecoded(
        _ bytes: ByteView, _ position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        // The input is lent to this call and comes back.
        guard var input = self.input.take() else { return .needsMoreInput }
        let start = position + aheadCount
        aheadCount = 0
        position = bytes.count
        input.append(bytes.slice(start, count: bytes.count - start), isComplete: isComplete)
        var offset = 0
        var refusal: SerializationError?
        var progress = ReadProgress.needsMoreInput
        do throws(SerializationError) {
            progress = try reader.read(
                input.text.span, from: &offset, isComplete: input.isOver && input.fault == nil, into: &tape)
        } catch {
            refusal = input.located(error, at: error.offset ?? offset)
        }
        if case .record = progress {
            tape.sourcePosition = input.position(of: tape.sourceOffset)
            tape.placeSource(position..<position + tape.sourceEnd - tape.sourceOffset)
        } else if refusal == nil {
            refusal = input.refusal(path: reader.nextPath)
        }
        input.drop(offset)
        self.input = consume input
        if let refusal { throw refusal }
        return progress
    }

    // MARK: Going on after a refused record

    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        guard mode == .decoding else {
            return reader.skipRecord(input, from: &position, isComplete: isComplete)
        }
        guard var decoded = self.input.take() else { return .impossible }
        let bytes = ByteView(input)
        let start = position + aheadCount
        decoded.append(bytes.slice(start, count: bytes.count - start), isComplete: isComplete)
        // They stay in the caller's hands, who may have to show them again with more.
        aheadCount = bytes.count - position
        var offset = 0
        var progress = reader.skipRecord(
            decoded.text.span, from: &offset, isComplete: decoded.isOver && decoded.fault == nil)
        if case .needsMoreInput = progress, decoded.fault != nil { progress = .impossible }
        decoded.drop(offset)
        self.input = consume decoded
        return progress
    }
}
