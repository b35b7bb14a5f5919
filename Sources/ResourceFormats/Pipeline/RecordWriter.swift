/// Turns records into bytes.
///
/// For implementers:
/// - `begin`, then `write` for each record, then `end`. Nothing may be held back: a record's bytes are in `output` when
///   `write` returns.
/// - A record may hold anything: `null` and values of another kind in known fields, unknown members everywhere. What
///   the format cannot say is refused with `.notRepresentable`; nothing is dropped.
/// - Equal records give equal bytes.
public protocol RecordWriter: ~Copyable, SendableMetatype {
    /// Whether all records have to be shown to `prepare` before the first is written.
    var needsFirstPass: Bool { get }

    /// What a user may want to know so far.
    var notes: [Note] { get }

    /// Looks at a record before any is written.
    mutating func prepare(for record: RecordView) throws(SerializationError)

    /// A writer for records after those of the first pass and those written so far, whose bytes another thread has for the
    /// caller to append; nil if the format has no such thing.
    func makePart() -> Self?

    /// Takes notes and the like over from a part whose bytes are appended.
    mutating func join(_ part: borrowing Self)

    /// Takes over what another writer has learnt in its first pass, over the records that come next.
    mutating func joinFirstPass(_ part: borrowing Self)

    /// Starts a document: its shape is there, and the query of the request that it answers, if it answers one.
    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError)

    /// Writes one record.
    ///
    /// - Throws: `.notRepresentable` or `.depthLimit`; what was appended until then is taken back by the caller.
    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError)

    /// Ends the document: what a page says about the collection is there, and the document's own links if
    /// `FormatTraits.carriesLinks`.
    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError)
}

extension RecordWriter where Self: ~Copyable {
    /// No first pass.
    public var needsFirstPass: Bool { false }

    /// No notes.
    public var notes: [Note] { [] }

    /// None.
    public func makePart() -> Self? { nil }

    /// Nothing, for there are no parts.
    public mutating func join(_ part: borrowing Self) {}

    /// Nothing, for there is no first pass.
    public mutating func joinFirstPass(_ part: borrowing Self) {}

    /// Nothing.
    public mutating func prepare(for record: RecordView) throws(SerializationError) {}
}
