/// The result of a call of `RecordReader.read`.
public enum ReadProgress: Sendable {
    /// The tape holds a record, and the position has moved past it.
    case record
    /// Call again with the bytes from the position on and more after them.
    case needsMoreInput
    /// There are no more records, and everything after the last one was checked.
    case end
}

/// The result of skipping a refused record.
public enum SkipProgress: Sendable {
    /// The position has moved past the refused record.
    case skipped
    /// The position has moved past something between two records that does not count as a record.
    case skippedBetweenRecords
    /// The end of the record is not in the input yet.
    case needsMoreInput
    /// The start of the next record cannot be determined.
    case impossible
}

/// Turns bytes into records.
///
/// It owns no bytes and does no I/O.
///
/// For implementers:
/// - `read` parses one record from `position` on. If the bytes run out before the record ends and `isComplete` is
///   false, leave `position` at the start of the record (or of the space before it), discard all work on it, and return
///   `.needsMoreInput`. The next call has the same bytes and more. So the parser does not have to be resumable.
/// - While `isComplete` is false, do not treat the end of the input as an error or as the end of a number. An input
///   must give the same records and the same errors wherever it is split.
/// - When `read` throws, leave `position` at the first byte of the refused record itself, not at the header, bracket or
///   comma before it.
/// - Error offsets count from the first byte of `input`. The caller turns them into lines and columns.
/// - The bytes of `input` are gone after the call, so the tape must own its text.
public protocol RecordReader: ~Copyable, SendableMetatype {
    /// The document without its records, as far as it has been read; complete after `.end`.
    var document: DocumentInfo { get }

    /// Reads on, without records, until the shape of the document is certain; then returns `.end`.
    ///
    /// The reader is not used for anything else afterwards. Errors in the input are left to a second pass.
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

    /// Moves past the refused record that begins at `position`, up to its last byte.
    ///
    /// Return `.impossible` rather than guess: what follows must never be read as a record that is not one. Return it
    /// as well if the record takes more than `Limits.recordSize` bytes, or if nothing is left to skip. Every other
    /// result except `.needsMoreInput` must advance the position, because the caller then calls `read` again.
    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress
}

extension RecordReader where Self: ~Copyable {
    /// The default: the shape is certain already.
    public mutating func findShape(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) -> ReadProgress {
        .end
    }

    /// No other reader can.
    public var isBetweenRecords: Bool { false }

    /// Nothing, for no other reader has read anything.
    public mutating func join(_ part: borrowing Self, count: Int) {}

    /// The default: no record can be skipped.
    public mutating func skipRecord(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool
    ) -> SkipProgress {
        .impossible
    }
}
