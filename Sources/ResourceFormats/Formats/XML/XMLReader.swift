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
    private let schema: Schema
    private var feed: XMLDocumentFeed
    /// The encoding that a protocol gives.
    private let givenEncoding: String?
    private var transcoder: TextDecoder?
    /// The text of a document in another encoding, and how much at its start is done with.
    private var decoded = Storage<UInt8>()
    private var decodedStart = 0
    private var counter = PositionCounter()
    private var isDetected = false

    /// A reader; `encoding` is given by a protocol, and nil if the document itself says it.
    init(schema: Schema, limits: Limits, encoding: String? = nil) {
        self.schema = schema
        givenEncoding = encoding
        feed = XMLDocumentFeed(schema: schema, limits: limits)
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
        if let transcoder { return try readDecoded(bytes, &position, isComplete: isComplete, transcoder, into: &tape) }
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
        let start = bytes.slice(position, count: bytes.count - position)
        switch XMLEncoding.detect(start, isComplete: isComplete, given: givenEncoding) {
        case .needsMoreInput: return false
        case .utf8(let markCount):
            position += markCount
            feed.begin(after: markCount)
        case .other(let name):
            guard let transcoder = TextDecoder(encoding: name) else {
                throw SerializationError(
                    .invalidEncoding, found: "the encoding \"\(excerpt(name))\"",
                    expected: "one that libxml2 knows, such as UTF-8, UTF-16 or ISO-8859-1", offset: position,
                    path: "$")
            }
            self.transcoder = transcoder
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
    var isBetweenRecords: Bool { transcoder == nil && feed.isBetweenRecords }

    mutating func join(_ part: borrowing XMLReader, count: Int) {
        feed.join(part.feed, count: count)
    }

    // MARK: Other encodings

    private mutating func readDecoded(
        _ bytes: ByteView, _ position: inout Int, isComplete: Bool, _ transcoder: TextDecoder,
        into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        // Dropped half by half: at each record, a long text would be moved as often as it has records.
        if decodedStart > decoded.count / 2 {
            decoded.removeFirst(decodedStart)
            decodedStart = 0
        }
        let isWellEncoded = transcoder.convert(bytes.slice(position, count: bytes.count - position), onto: &decoded)
        position = bytes.count
        // Where the encoding breaks the text ends, and what is wrong before that place comes first.
        let isBroken = !isWellEncoded || (isComplete && transcoder.pendingCount > 0)
        // The text is lent to the feed and comes back.
        var lent = Storage<UInt8>()
        swap(&lent, &decoded)
        defer { swap(&lent, &decoded) }
        let text = lent.view.slice(decodedStart, count: lent.count - decodedStart)
        let start = feed.consumed
        defer {
            // Refused or not, what the feed has consumed is done with.
            counter.advance(over: text, to: feed.consumed - start)
            decodedStart += feed.consumed - start
        }
        do throws(SerializationError) {
            let progress = try feed.next(in: text, isComplete: isComplete || isBroken, into: &tape)
            if case .record = progress {
                let offset = tape.sourceOffset - start
                let end = tape.sourceEnd - start
                tape.sourcePosition = counter.position(of: offset, in: text)
                tape.adoptSource(text.slice(offset, count: end - offset), at: position)
                return progress
            }
            guard isBroken else { return progress }
        } catch {
            let position = counter.position(of: (error.offset ?? start) - start, in: text)
            // Converters let through half a pair of surrogates.
            if error.code == .invalidEncoding {
                throw SerializationError(
                    .invalidEncoding, found: "bytes that are no \(transcoder.encoding)", expected: transcoder.encoding,
                    position: position, path: error.path)
            }
            // An end that is none is the place where the encoding breaks.
            guard isBroken, error.code == .unexpectedEnd else { throw error.at(position) }
        }
        throw SerializationError(
            .invalidEncoding,
            found: isWellEncoded ? "half a character at the end" : "bytes that are no \(transcoder.encoding)",
            expected: transcoder.encoding, position: counter.position(of: text.count, in: text), path: "$")
    }

    // MARK: Going on after a refused record

    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        guard let length = feed.skipRefused() else { return .impossible }
        if transcoder == nil {
            position += length
        } else {
            var lent = Storage<UInt8>()
            swap(&lent, &decoded)
            counter.advance(over: lent.view.slice(decodedStart, count: length), to: length)
            swap(&lent, &decoded)
            decodedStart += length
        }
        return .skipped
    }
}
