#if XML
/// Reads XML: an item, a list or a page.
///
/// libxml2 parses, an `XMLDocumentBuilder` makes the records. The reader stands between them and the contract of
/// `RecordReader`:
/// - It shows libxml2 the text in blocks whose ends depend on the text alone, so that an input split anywhere gives the
///   same records and the same errors.
/// - What was shown of a record that is not complete stays in the caller's hands: the position moves on with complete
///   records only, so errors and refused records have their bytes.
/// - Text in another encoding is turned into UTF-8 first. Positions are then those of the turned text: lines and
///   columns are the same.
struct XMLReader: RecordReader, ~Copyable {
    private let vocabulary: XMLVocabulary
    private var feed: XMLDocumentFeed
    /// The encoding that a protocol gives.
    private let givenEncoding: String?
    /// The text of a document in another encoding.
    private var input: DecodedInput?
    private var isDecoding = false
    private var isDetected = false

    init(schema: Schema, limits: Limits, options: XMLOptions = XMLOptions()) {
        vocabulary = XMLVocabulary(schema: schema, options: options)
        givenEncoding = options.inputEncoding
        feed = XMLDocumentFeed(schema: schema, vocabulary: vocabulary, limits: limits)
    }

    var document: DocumentInfo {
        let shape = feed.shape
        return DocumentInfo(shape: shape, mayBecomePage: shape == nil || shape == .list, page: feed.page)
    }

    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        let bytes = ByteView(input)
        if !isDetected {
            guard try detect(bytes, &position, isComplete: isComplete) else { return .needsMoreInput }
        }
        if isDecoding { return try readDecoded(bytes, &position, isComplete: isComplete, into: &tape) }
        // Where the span begins in the document.
        let origin = feed.consumed - position
        defer { position = feed.consumed - origin }
        do throws(SerializationError) {
            let rest = bytes.slice(position, count: bytes.count - position)
            let progress = try feed.next(in: rest, isComplete: isComplete, into: &tape)
            if case .record = progress { tape.moveSource(by: -origin) }
            return progress
        } catch {
            throw error.at(offset: error.offset.map { $0 - origin }, path: nil)
        }
    }

    /// Tells the encoding; false if more bytes are needed for that.
    private mutating func detect(
        _ bytes: ByteView, _ position: inout Int, isComplete: Bool
    ) throws(SerializationError) -> Bool {
        try vocabulary.check()
        let start = bytes.slice(position, count: bytes.count - position)
        switch XMLEncoding.detect(start, isComplete: isComplete, given: givenEncoding) {
        case .needsMoreInput: return false
        case .utf8(let markCount):
            position += markCount
            feed.begin(after: markCount)
        case .other(let name):
            guard let input = DecodedInput(encoding: name) else {
                throw SerializationError(
                    .invalidEncoding, found: "the encoding \"\(excerpt(name))\"",
                    expected: "one that libxml2 knows, such as UTF-8, UTF-16 or ISO-8859-1", offset: position,
                    path: "$")
            }
            self.input = consume input
            isDecoding = true
        case .contradiction(let found, let expected):
            throw SerializationError(.invalidEncoding, found: found, expected: expected, offset: position, path: "$")
        }
        isDetected = true
        return true
    }

    mutating func findShape(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) -> ReadProgress {
        while true {
            do throws(SerializationError) {
                switch try read(input, from: &position, isComplete: isComplete, into: &tape) {
                case .record: if feed.shape == .item { return .end }
                case .needsMoreInput: return .needsMoreInput
                case .end: return .end
                }
            } catch {
                return .end
            }
        }
    }

    // MARK: Parts

    /// In UTF-8, where libxml2 has seen no more than what is done with.
    var isBetweenRecords: Bool { !isDecoding && feed.isBetweenRecords }

    mutating func join(_ part: borrowing XMLReader, count: Int) {
        feed.join(part.feed, count: count)
    }

    // MARK: Other encodings

    private mutating func readDecoded(
        _ bytes: ByteView, _ position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        // The input is lent to this call and comes back.
        guard var input = self.input.take() else { return .needsMoreInput }
        input.append(bytes.slice(position, count: bytes.count - position), isComplete: isComplete)
        position = bytes.count
        let start = feed.consumed
        var refusal: SerializationError?
        var progress = ReadProgress.needsMoreInput
        do throws(SerializationError) {
            // Where the encoding breaks the text ends, and what is wrong before that place comes first.
            progress = try feed.next(in: input.text, isComplete: input.isOver, into: &tape)
        } catch {
            // An end that is none is the place where the encoding breaks.
            if input.fault == nil || error.code != .unexpectedEnd {
                refusal = input.located(error, at: (error.offset ?? start) - start)
            }
        }
        if case .record = progress {
            let offset = tape.sourceOffset - start
            let end = tape.sourceEnd - start
            tape.sourcePosition = input.position(of: offset)
            tape.adoptSource(input.text.slice(offset, count: end - offset), at: position)
        } else if refusal == nil {
            refusal = input.refusal(path: "$")
        }
        // Refused or not, what the feed has consumed is done with.
        input.drop(feed.consumed - start)
        self.input = consume input
        if let refusal { throw refusal }
        return progress
    }

    // MARK: Going on after a refused record

    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        guard let length = feed.skipRefused() else { return .impossible }
        if isDecoding { self.input?.drop(length) } else { position += length }
        return .skipped
    }
}
#endif
