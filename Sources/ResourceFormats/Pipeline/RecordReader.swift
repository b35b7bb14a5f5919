/// What a reader made of the bytes it was given.
public enum ReadProgress: Sendable {
    /// The tape holds a record, and the position has moved past it.
    case record
    /// Call again with the bytes from the position on and more after them.
    case needsMoreInput
    /// There are no more records, and what follows the last one was checked.
    case end
}

/// What came of trying to go on after a refused record.
public enum SkipProgress: Sendable {
    /// The position has moved past the refused record.
    case skipped
    /// It has moved past something that stood between two records and takes no number among them.
    case skippedBetweenRecords
    /// Where the record ends cannot be seen yet.
    case needsMoreInput
    /// Nobody can say where the next record begins.
    case impossible
}

/// Turns bytes into records.
///
/// Owns no bytes, does no I/O.
///
/// For implementers:
/// - `read` parses one record from `position` on. If the bytes run out before the record ends and `isComplete` is
///   false, leave `position` where the record (or the space before it) began, forget what you did since, and return
///   `.needsMoreInput`: you will be called again with the same bytes and more. So there is no resumable parser.
/// - Never take the end of the input for an error, or for the end of a number, while `isComplete` is false. An input
///   split anywhere must give the same records and the same errors.
/// - When `read` throws, leave `position` where the refused record begins: its own first byte, not the header, bracket
///   or comma before it. Say what was before it already by moving on.
/// - Error offsets count from the first byte of `input`. The caller turns them into lines and columns.
/// - The bytes of `input` are gone after the call: the tape must own its text.
public protocol RecordReader: ~Copyable, SendableMetatype {
    /// The document without its records, as far as it has been read; complete after `.end`.
    var document: DocumentInfo { get }

    /// Goes on to where the document's shape is certain, without records; `.end` when it is.
    ///
    /// The reader is not used for anything else afterwards. What is wrong with the input is left to a second reading.
    mutating func findShape(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) -> ReadProgress

    /// Reads the next record onto the tape.
    ///
    /// - Throws: `SerializationError` of the categories syntax, schema and limit, with an offset and a path.
    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress

    /// Whether another reader that has read the beginning of the document, up to its first record, could read the records
    /// from here on: nothing is remembered of those before, and the next thing is a record or the end of the list.
    var isBetweenRecords: Bool { get }

    /// Moves to where another reader has come that began here, between two records, and has read `count` bytes of records.
    mutating func join(_ part: borrowing Self, count: Int)

    /// Moves past the record that begins at `position` and was refused, up to its last byte.
    ///
    /// Answer `.impossible` rather than guess: a record that is not one must never come of it. Answer so as well when
    /// the record takes more than `Limits.recordSize` bytes, or when nothing is left to pass over. Each other answer but
    /// `.needsMoreInput` has to be a step forward, for whoever goes on calls `read` again.
    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress
}

extension RecordReader where Self: ~Copyable {
    /// It is certain already.
    public mutating func findShape(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) -> ReadProgress {
        .end
    }

    /// No other reader can.
    public var isBetweenRecords: Bool { false }

    /// Nothing, for no other reader has read anything.
    public mutating func join(_ part: borrowing Self, count: Int) {}

    /// Not possible.
    public mutating func skipRecord(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool
    ) -> SkipProgress {
        .impossible
    }
}
