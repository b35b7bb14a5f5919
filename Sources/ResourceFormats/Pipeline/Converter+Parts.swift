// Parts of a document that other threads convert.
//
//     document   [ {…}, {…}, {…}, {…}, {…}, {…}, {…} ]
//                   └─ here ─┘└─ part ─┘└─ part ─┘└ here ┘
//
// The converter reads the first records itself. From then on the caller may cut the bytes that come into parts, each of
// which begins where the one before seems to end, and have them converted at the same time: each has a reader of its own,
// shown the beginning of the document and then the part, and a writer that goes on in the middle of a document. The
// converter joins a part only if it stands exactly where the part begins, and if the part was read to its last byte without
// an error. So a wrong cut costs time and nothing else, and all errors and refused records are the converter's own.
extension Converter {
    /// A part that may follow where the converter stands; nil if none can, as before the first record, or if the formats
    /// have none.
    ///
    /// - Parameters:
    ///   - isFirstPass: Whether records are shown to `prepare`.
    ///   - output: A buffer for the output; what it holds is forgotten, its memory is used.
    public func makePart(
        isFirstPass: Bool, output: consuming OutputBuffer = OutputBuffer(minimumCapacity: 0)
    ) -> ConverterPart? {
        guard mayBeJoined(isFirstPass), !isFirstPass || sink.needsFirstPass else { return nil }
        guard let sink = isFirstPass ? sink.makeFirstPassPart() : sink.makePart() else { return nil }
        return ConverterPart(stream.makePart(), sink, output, isFirstPass: isFirstPass)
    }

    /// Moves over a part that was converted, of which the caller appends the output; false, and nothing changed, if it was
    /// not read to its end or does not begin here.
    ///
    /// No bytes may be left of what `resume` or `prepare` was shown.
    public mutating func join(_ part: borrowing ConverterPart) -> Bool {
        guard part.isWhole, mayBeJoined(part.isFirstPass) else { return false }
        stream.join(
            part.stream, count: part.count, lines: part.lines, startsWithLineFeed: part.startsWithLineFeed)
        if part.isFirstPass {
            sink.joinFirstPass(part.sink)
        } else {
            sink.join(part.sink)
        }
        return true
    }

    /// Where the input's first record begins, up to which each part is shown the input first; nil before it is read.
    public var firstRecordOffset: Int? { stream.firstRecordOffset }

    private func mayBeJoined(_ isFirstPass: Bool) -> Bool {
        stream.isBetweenRecords && held.index == nil && (isFirstPass || sink.shape != nil) && requestedShape != .item
    }
}

/// Some records in the middle of a document, which a thread of their own converts.
///
/// It shares nothing that changes with the converter it comes from, or with other parts.
public struct ConverterPart: ~Copyable, @unchecked Sendable {
    fileprivate var stream: RecordStream
    fileprivate var sink: RecordSink
    fileprivate let isFirstPass: Bool
    /// The bytes of the part, and the lines in them.
    fileprivate private(set) var count = 0
    fileprivate private(set) var lines = PositionCounter.ofPart
    fileprivate private(set) var startsWithLineFeed = false
    /// Whether all of the part's bytes were read, without an error, as records of the list.
    public private(set) var isWhole = false
    /// What the records have become; nothing in a first pass.
    public private(set) var output: OutputBuffer

    fileprivate init(
        _ stream: consuming RecordStream, _ sink: RecordSink, _ output: consuming OutputBuffer, isFirstPass: Bool
    ) {
        self.stream = stream
        self.sink = sink
        self.output = output
        self.output.removeAll()
        self.isFirstPass = isFirstPass
    }

    /// The output buffer, for the next part; this one has an empty one then.
    public mutating func takeOutput() -> OutputBuffer {
        var taken = OutputBuffer(minimumCapacity: 0)
        swap(&taken, &output)
        return taken
    }

    /// How many records there were.
    public var recordCount: Int { stream.recordCount }

    /// Converts the part; call it once.
    ///
    /// - Parameters:
    ///   - bytes: The beginning of the document up to its first record, and the bytes of the part.
    ///   - start: Where the part begins in them.
    public mutating func convert(_ bytes: Span<UInt8>, from start: Int) {
        do throws(SerializationError) {
            reading: while true {
                switch try stream.next(bytes, isComplete: false) {
                case .needsMoreInput: break reading
                case .end: return
                case .record: break
                }
                if !isFirstPass {
                    try sink.write(stream.tape, into: &output)
                } else if let record = stream.record {
                    try sink.prepare(for: record)
                }
            }
        } catch {
            return
        }
        guard stream.offset == bytes.count, stream.isBetweenRecords, stream.document.page == nil else { return }
        let part = bytes.extracting(start...)
        count = part.count
        startsWithLineFeed = ByteView(part).byte(at: 0) == 0x0A
        lines.advance(over: ByteView(part), to: count)
        isWhole = true
    }
}
