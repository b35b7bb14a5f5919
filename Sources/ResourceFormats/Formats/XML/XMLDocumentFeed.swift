#if XML
/// Shows a document's text to libxml2 block by block and hands its records out one by one.
///
/// Offsets count bytes of text from the start of the document.
struct XMLDocumentFeed: ~Copyable {
    private let limits: Limits
    private let recordEnd: XMLTagSearch
    private var bridge: XMLEventBridge
    /// Text that the caller need not show again.
    private(set) var consumed = 0
    /// How many records were handed out or passed over.
    private var takenCount = 0
    /// Text that libxml2 was shown.
    private var shown = 0
    private var isFinished = false
    /// What ends the document though libxml2 found no fault in it.
    private var obstacle: SerializationError?
    private var markup = XMLMarkupGuard()

    /// The most that libxml2 is shown at once.
    private static let blockSize = 16 << 10

    init(schema: Schema, vocabulary: XMLVocabulary, limits: Limits) {
        self.limits = limits
        recordEnd = XMLTagSearch(endTagOf: vocabulary.record)
        bridge = XMLEventBridge(XMLDocumentBuilder(schema: schema, vocabulary: vocabulary, limits: limits))
    }

    var shape: DocumentShape? { bridge.builder.shape }
    var page: PageInfo? { shape == .page ? bridge.builder.page : nil }

    /// Starts after a byte order mark.
    mutating func begin(after count: Int) {
        consumed = count
        shown = count
        bridge.begin(after: count)
    }

    /// The next record of a text that begins at `consumed`.
    mutating func next(
        in text: ByteView, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        let base = consumed
        while true {
            if let record = bridge.builder.queue.first {
                if record.end - record.start > limits.recordSize { record.refusal = tooLarge(record.start) }
                if let refusal = record.refusal {
                    consumed = max(consumed, record.start)
                    throw refusal
                }
                swap(&tape, &record.tape)
                tape.placeSource(record.start..<record.end)
                consumed = record.end
                bridge.builder.queue.removeFirst()
                takenCount += 1
                return .record
            }
            if let failure { throw failure }
            if isFinished {
                consumed = shown
                return .end
            }
            if bridge.builder.isInRecord {
                let start = bridge.builder.recordStart
                guard shown - start <= limits.recordSize else { throw tooLarge(start) }
            } else {
                consumed = max(consumed, min(bridge.offset, shown))
            }
            guard showMore(text, base: base, isComplete: isComplete) else { return .needsMoreInput }
        }
    }

    /// Passes over the first record in the queue if it is refused, and says how much text that takes.
    mutating func skipRefused() -> Int? {
        guard let record = bridge.builder.queue.first, record.refusal != nil else { return nil }
        let length = record.end - consumed
        consumed = record.end
        bridge.builder.queue.removeFirst()
        takenCount += 1
        return length
    }

    // MARK: Parts

    /// Whether the records so far are taken, and nothing of the next one or of a page was shown.
    var isBetweenRecords: Bool {
        takenCount > 0 && shape == .list && bridge.builder.isBetweenRecords && !bridge.isStopped && obstacle == nil
            && consumed == shown && bridge.offset == shown && !isFinished
    }

    /// Steps over `count` bytes of records that another feed has read from here on.
    mutating func join(_ part: borrowing XMLDocumentFeed, count: Int) {
        consumed += count
        shown += count
        takenCount += part.takenCount
        bridge.builder.recordCount += part.bridge.builder.recordCount
        bridge.passOver(count)
    }

    // MARK: -

    /// Why nothing comes after the records in the queue.
    private var failure: SerializationError? {
        // A record that is refused already is not helped by what is wrong after it.
        if let failure = bridge.failure ?? obstacle { return bridge.builder.refusal ?? failure }
        return isFinished && !bridge.builder.isComplete ? bridge.builder.refusal ?? unexpectedEnd : nil
    }

    /// Shows libxml2 the next block of the text, which begins at `base`; false if the block is not all there.
    private mutating func showMore(_ text: ByteView, base: Int, isComplete: Bool) -> Bool {
        let start = shown - base
        guard start < text.count || isComplete else { return false }
        guard start < text.count else {
            bridge.finish()
            isFinished = true
            if bridge.complaint != nil, !bridge.isComplaintFinal, !bridge.builder.isComplete {
                bridge.replaceComplaint(by: unexpectedEnd)
            }
            return true
        }
        guard let end = endOfBlock(text, from: start, isComplete: isComplete) else { return false }
        let good = text.endOfXMLCharacters(from: start, to: end)
        bridge.parse(text.slice(start, count: good - start))
        shown += good - start
        if good < end, !bridge.isStopped { obstacle = refusal(of: text, at: good, base: base) }
        if !bridge.isStopped, obstacle == nil,
            let problem = markup.problem(with: text, from: bridge.offset - base, to: good)
        {
            obstacle = SerializationError(
                problem.code, found: problem.found, expected: problem.expected, offset: bridge.offset,
                path: bridge.builder.path)
        }
        return true
    }

    /// Where the next block ends: after the end tag of a record, or at the block size; nil if that is not there yet.
    ///
    /// A record from a pipe is given out at its end tag, whatever comes after it.
    private func endOfBlock(_ text: ByteView, from start: Int, isComplete: Bool) -> Int? {
        let limit = min(text.count, start + Self.blockSize)
        if let end = recordEnd.end(in: text, after: start, upTo: limit) { return end }
        guard limit < text.count || isComplete else { return nil }
        var end = limit
        while end > start, end < text.count, text.byte(at: end) & 0xC0 == 0x80 { end -= 1 }
        return end > start ? end : limit
    }

    private func refusal(of text: ByteView, at index: Int, base: Int) -> SerializationError {
        let isUTF8 = text.firstInvalidUTF8(from: index, to: min(index + 4, text.count)) != index
        return SerializationError(
            isUTF8 ? .unexpectedByte : .invalidEncoding,
            found: !isUTF8
                ? describeInvalidUTF8(text, at: index)
                : text.byte(at: index) == 0xEF
                    ? "the character U+FFF\(text.byte(at: index + 2) == 0xBE ? "E" : "F")"
                    : describeCharacter(text, at: index),
            expected: isUTF8 ? "characters that XML 1.0 allows" : "UTF-8", offset: base + index,
            path: bridge.builder.path)
    }

    private var unexpectedEnd: SerializationError {
        SerializationError(
            .unexpectedEnd, found: "the end of the input",
            expected: bridge.openElement.map { "</\(excerpt($0))>" }
                ?? (shape == nil ? "an XML document" : "the rest of the document"), offset: shown,
            path: bridge.builder.path)
    }

    private func tooLarge(_ start: Int) -> SerializationError {
        SerializationError(
            .recordLimit, found: "a record larger than \(limits.recordSize) bytes",
            expected: "at most \(limits.recordSize)", offset: start,
            path: (shape == .item ? RecordPlace.item : .list(takenCount)).path)
    }
}
#endif
