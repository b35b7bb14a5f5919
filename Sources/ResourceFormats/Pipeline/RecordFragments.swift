/// The records of a list as they stand in a document, without what is around them.
public enum RecordFragments: Sendable {
    /// Each record begins with a tag of its own.
    case adjacent
    /// There are commas between records.
    case separatedByCommas
}

extension Format {
    /// The format with documents that have only the records of a list, exactly as the list has them, and a line feed at
    /// the end if there is a record; nil if the format has nothing around its records.
    ///
    /// It is for writing: no reader takes such a document.
    public var withoutEnvelope: Format? {
        guard let fragments = traits.fragments else { return nil }
        var format = self
        let makeWriter = self.makeWriter
        format.makeWriter = { schema, limits in
            FragmentWriter.make(makeWriter(schema, limits), fragments)
        }
        return format
    }
}

/// Writes the records with another writer, and leaves out the rest.
private struct FragmentWriter: RecordWriter, ~Copyable {
    private var base: AnyRecordWriter
    private let fragments: RecordFragments
    private var hasRecords = false

    static func make(_ base: AnyRecordWriter, _ fragments: RecordFragments) -> AnyRecordWriter {
        WriterBox(FragmentWriter(base, fragments))
    }

    private init(_ base: AnyRecordWriter, _ fragments: RecordFragments, hasRecords: Bool = false) {
        self.base = base
        self.fragments = fragments
        self.hasRecords = hasRecords
    }

    var needsFirstPass: Bool { base.needsFirstPass }
    var notes: [Note] { base.notes }

    mutating func prepare(for record: RecordView) throws(SerializationError) {
        try base.prepare(for: record)
    }

    func makePart() -> FragmentWriter? {
        base.makePart().map { FragmentWriter($0, fragments, hasRecords: true) }
    }

    mutating func join(_ part: borrowing FragmentWriter) {
        base.join(part.base)
        hasRecords = true
    }

    mutating func joinFirstPass(_ part: borrowing FragmentWriter) {
        base.joinFirstPass(part.base)
    }

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        var envelope = OutputBuffer()
        try base.begin(document, into: &envelope)
        // In the middle of a document no start tag of a list is left to be closed before the first record.
        if fragments == .adjacent, let part = base.makePart() { base = part }
    }

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        try base.write(record, into: &output)
        hasRecords = true
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        if hasRecords { output.append(0x0A) }
    }
}
