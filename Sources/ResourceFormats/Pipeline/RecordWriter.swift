/// Turns records into bytes.
///
/// For implementers:
/// - `begin`, then `write` for each record, then `end`. Nothing may be held back: a record's bytes are in `output` when
///   `write` returns.
/// - A record may hold anything: `null` and values of another kind in known fields, unknown members everywhere. What
///   the format cannot say is refused with `.notRepresentable`; nothing is dropped.
/// - Equal records give equal bytes.
public protocol RecordWriter: ~Copyable, SendableMetatype {
    /// Whether all records have to be shown to `survey` before the first is written.
    var needsSurvey: Bool { get }

    /// What a user may want to know so far.
    var notes: [Note] { get }

    /// Looks at a record before any is written.
    mutating func survey(_ record: RecordView) throws(SerializationError)

    /// Takes the query of the request that the document answers, without the question mark, before `begin`.
    ///
    /// For formats whose documents say where they are; nobody calls it where there is no such request.
    mutating func takeQuery(_ query: String)

    /// Takes the bounds of the readers that the document is meant for, before `survey` and `begin`.
    ///
    /// What is written keeps to them, or to the default ones where these are larger and where nobody calls it.
    mutating func takeLimits(_ limits: Limits)

    /// Starts a document.
    mutating func begin(_ shape: DocumentShape, into output: inout OutputBuffer) throws(SerializationError)

    /// Writes one record.
    ///
    /// - Throws: `.notRepresentable` or `.depthLimit`; what was appended until then is taken back by the caller.
    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError)

    /// Takes the document's own links, before `end`; called if `FormatTraits.carriesLinks`.
    mutating func takeLinks(_ links: UnknownMembers) throws(SerializationError)

    /// Ends the document; `page` is what the input said about the collection, if the shape is page.
    mutating func end(_ page: PageInfo?, into output: inout OutputBuffer) throws(SerializationError)
}

extension RecordWriter where Self: ~Copyable {
    /// No survey.
    public var needsSurvey: Bool { false }

    /// No notes.
    public var notes: [Note] { [] }

    /// Nothing.
    public mutating func survey(_ record: RecordView) throws(SerializationError) {}

    /// Nothing.
    public mutating func takeLimits(_ limits: Limits) {}

    /// Nothing.
    public mutating func takeQuery(_ query: String) {}

    /// Nothing.
    public mutating func takeLinks(_ links: UnknownMembers) throws(SerializationError) {}
}
