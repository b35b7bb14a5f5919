/// Turns records into bytes.
///
/// For implementers:
/// - The calls are `begin`, then `write` for each record, then `end`. Do not hold anything back: the bytes of a record
///   must be in `output` when `write` returns.
/// - A record may hold anything: `null` and values of another kind in known fields, unknown members everywhere. Refuse
///   with `.notRepresentable` what the format cannot express; do not drop anything.
/// - Equal records must give equal bytes.
public protocol RecordWriter: ~Copyable, SendableMetatype {
    /// Whether all records have to be passed to `prepare` before the first is written.
    var needsFirstPass: Bool { get }

    /// Notes for the user so far.
    var notes: [Note] { get }

    /// Looks at a record in the first pass, before any is written.
    mutating func prepare(for record: RecordView) throws(SerializationError)

    /// A writer for records after those of the first pass and those written so far, whose bytes another thread has for the
    /// caller to append; nil if the format has no such thing.
    func makePart() -> Self?

    /// Takes notes and the like over from a part whose bytes are appended.
    mutating func join(_ part: borrowing Self)

    /// Takes over what another writer has learnt in its first pass, over the records that come next.
    mutating func joinFirstPass(_ part: borrowing Self)

    /// Begins a document; `document` has the shape and, if there is one, the query of the request.
    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError)

    /// Writes one record.
    ///
    /// - Throws: `.notRepresentable` or `.depthLimit`; the caller then removes the output of the record.
    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError)

    /// Ends the document; `document` has the page and, if `FormatTraits.carriesLinks`, the document's own links.
    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError)
}

extension RecordWriter where Self: ~Copyable {
    /// The default: no first pass.
    public var needsFirstPass: Bool { false }

    /// The default: no notes.
    public var notes: [Note] { [] }

    /// None.
    public func makePart() -> Self? { nil }

    /// Nothing, for there are no parts.
    public mutating func join(_ part: borrowing Self) {}

    /// Nothing, for there is no first pass.
    public mutating func joinFirstPass(_ part: borrowing Self) {}

    /// The default: nothing to do.
    public mutating func prepare(for record: RecordView) throws(SerializationError) {}
}
