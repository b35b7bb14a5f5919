public import ContentNegotiation

/// A format: a name, a media type, traits, and functions that make its reader and its writer.
///
/// This package declares `.json`, `.jsonLines`, `.hal`, `.xml`, `.csv` and `.tsv`; other packages can declare formats of their
/// own. Two formats are equal if their names and media types are.
public struct Format: Sendable {
    /// The short name that the tool accepts for `--from` and `--to`, such as `csv`.
    public let name: String
    /// The media type, with parameters.
    public let mediaType: MediaType
    /// File name extensions without the dot, the usual one first.
    public let fileExtensions: [String]
    /// The properties of the format, as data.
    public var traits: FormatTraits

    let makeReader: @Sendable (Schema, Limits) -> AnyRecordReader
    var makeWriter: @Sendable (Schema, Limits) -> AnyRecordWriter

    /// A format from its parts.
    ///
    /// - Parameters:
    ///   - name: The short name.
    ///   - mediaType: The media type.
    ///   - fileExtensions: Extensions without the dot.
    ///   - traits: The properties of the format.
    ///   - reader: Makes a reader for one document, with the limits of its records.
    ///   - writer: Makes a writer for one document, with the limits of the readers that the document is meant for. The
    ///     writer must stay within them.
    public init<Reader: RecordReader & ~Copyable, Writer: RecordWriter & ~Copyable>(
        name: String, mediaType: MediaType, fileExtensions: [String], traits: FormatTraits = FormatTraits(),
        reader: @escaping @Sendable (Schema, Limits) -> Reader,
        writer: @escaping @Sendable (Schema, Limits) -> Writer
    ) {
        self.name = name
        self.mediaType = mediaType
        self.fileExtensions = fileExtensions
        self.traits = traits
        makeReader = { schema, limits in ReaderBox(reader(schema, limits)) }
        makeWriter = { schema, limits in WriterBox(writer(schema, limits)) }
    }
}

extension Format: Hashable {
    /// Whether names and media types are equal.
    public static func == (one: Format, other: Format) -> Bool {
        Array(one.name.utf8) == Array(other.name.utf8) && one.mediaType == other.mediaType
    }

    /// Hashes the parts that equality compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(mediaType)
    }
}

extension Format: CustomStringConvertible {
    /// The short name.
    public var description: String { name }
}

// MARK: - Erasure

/// A reader of any type, with one virtual call per record; the readers themselves stay plain structs.
class AnyRecordReader {
    var document: DocumentInfo { DocumentInfo() }

    func findShape(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) -> ReadProgress { .end }

    func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress { .end }

    func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress { .impossible }

    var isBetweenRecords: Bool { false }

    /// `part` is a reader of the same format.
    func join(_ part: AnyRecordReader, count: Int) {}
}

private final class ReaderBox<Base: RecordReader & ~Copyable>: AnyRecordReader {
    private var base: Base

    init(_ base: consuming Base) { self.base = base }

    override var document: DocumentInfo { base.document }

    override func findShape(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) -> ReadProgress {
        base.findShape(input, from: &position, isComplete: isComplete, into: &tape)
    }

    override func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        try base.read(input, from: &position, isComplete: isComplete, into: &tape)
    }

    override func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        base.skipRecord(input, from: &position, isComplete: isComplete)
    }

    override var isBetweenRecords: Bool { base.isBetweenRecords }

    override func join(_ part: AnyRecordReader, count: Int) {
        if let part = part as? ReaderBox<Base> { base.join(part.base, count: count) }
    }
}

/// A writer of any type, with one virtual call per record.
class AnyRecordWriter {
    var needsFirstPass: Bool { false }
    var notes: [Note] { [] }

    func prepare(for record: RecordView) throws(SerializationError) {}
    func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}
    func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {}
    func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}

    func makePart() -> AnyRecordWriter? { nil }

    /// `part` is a writer of the same format.
    func join(_ part: AnyRecordWriter) {}

    /// `part` is a writer of the same format.
    func joinFirstPass(_ part: AnyRecordWriter) {}
}

final class WriterBox<Base: RecordWriter & ~Copyable>: AnyRecordWriter {
    private var base: Base

    init(_ base: consuming Base) { self.base = base }

    override var needsFirstPass: Bool { base.needsFirstPass }
    override var notes: [Note] { base.notes }

    override func prepare(for record: RecordView) throws(SerializationError) {
        try base.prepare(for: record)
    }

    override func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        try base.begin(document, into: &output)
    }

    override func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        try base.write(record, into: &output)
    }

    override func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {
        try base.end(document, into: &output)
    }

    override func makePart() -> AnyRecordWriter? {
        guard let part = base.makePart() else { return nil }
        return WriterBox(part)
    }

    override func join(_ part: AnyRecordWriter) {
        if let part = part as? WriterBox<Base> { base.join(part.base) }
    }

    override func joinFirstPass(_ part: AnyRecordWriter) {
        if let part = part as? WriterBox<Base> { base.joinFirstPass(part.base) }
    }
}
