/// What a converter knows of the input at hand: its reader, how far that is, and where things stand in it.
struct ConverterInput {
    let reader: AnyRecordReader
    private(set) var counter = PositionCounter()
    var recordCount = 0
    /// How many of the reader's notes have been taken.
    var noteCount = 0
    /// Bytes at the start of the next span that the reader has seen already.
    var lookahead = 0
    /// Where the refused record stood in the last span, if it was read to its end.
    var refusedRange: Range<Int>?
    /// What the input is, if that was found out before.
    var surveyedShape: DocumentShape?

    init(reader: AnyRecordReader) {
        self.reader = reader
    }

    /// What the input is, as far as it is known.
    var shape: DocumentShape? { surveyedShape ?? reader.shape }

    /// Counts lines and columns over bytes that are used up.
    mutating func advance(over bytes: Span<UInt8>, to end: Int) {
        counter.advance(over: ByteView(bytes), to: end)
    }

    /// The position of `bytes[offset]`, where `bytes` begins with what is not used up.
    func position(of offset: Int, in bytes: Span<UInt8>) -> TextPosition {
        counter.position(of: offset, in: ByteView(bytes))
    }

    /// Gives a reader's error its position.
    mutating func refuse(
        _ error: SerializationError, in bytes: Span<UInt8>, at fallback: Int
    ) -> SerializationError {
        refusedRange = nil
        if error.position != nil { return error }
        return error.at(position(of: error.offset ?? fallback, in: bytes))
    }

    /// Gives a writer's or validator's error, whose offset counts within record `index`, its position and path.
    func locate(
        _ error: SerializationError, in tape: borrowing RecordTape, _ index: Int, _ bytes: Span<UInt8>,
        _ begunShape: DocumentShape?, _ schema: Schema
    ) -> SerializationError {
        let place: RecordPlace =
            switch reader.shape {
            case .page: .page(index)
            case .item: .item
            case .list: .list(index)
            case nil: begunShape == .item ? .item : .list(index)
            }
        let path = tape.record?.path(toSource: error.offset ?? 0, under: place.path, schema: schema)
        let offset = tape.inputOffset(of: error.offset)
        // A path that does not begin with `$` is one below the record.
        let below = error.path.map { $0.utf8.first == 0x24 ? $0 : place.path + $0 }
        return error.at(offset: offset, path: below ?? path ?? place.path).at(
            tape.position(toSource: error.offset ?? 0) ?? position(of: offset, in: bytes))
    }
}
