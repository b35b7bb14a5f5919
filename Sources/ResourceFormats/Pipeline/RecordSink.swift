/// One document that is being written: the writer, its first pass, the check of each record, and the removal of a
/// refused record's output.
struct RecordSink {
    private var writer: AnyRecordWriter
    private let schema: Schema
    private let limits: Limits
    private let format: Format
    /// The traits of the document's format.
    var traits: FormatTraits { format.traits }
    /// The validator that checks each record before it is written; nil for none.
    var validator: RecordValidator?
    /// The query of the request that the document answers, without the question mark; nil for none.
    var query: String?
    /// The shape of the document; nil before `begin`.
    private(set) var shape: DocumentShape?
    /// The number of records written.
    private(set) var recordCount = 0
    private var noteList = NoteList()
    private var hasNotedLinks = false

    /// A document that has not been begun.
    ///
    /// - Parameter limits: The limits of the readers that it is meant for.
    init(_ format: Format, schema: Schema, limits: Limits = .default) {
        writer = format.makeWriter(schema, limits)
        self.format = format
        self.schema = schema
        self.limits = limits
    }

    /// Whether all records have to be passed to `prepare` before the first is written.
    var needsFirstPass: Bool { writer.needsFirstPass }

    /// Whether the shape of the document has to be known before its first record is written.
    var asksForShape: Bool { traits.distinguishesShapes || validator != nil }

    /// Notes for the user so far.
    var notes: [Note] { noteList.notes }

    /// Adds the notes of an input.
    mutating func add(notes: [Note]) {
        noteList.add(notes)
    }

    // MARK: Records

    /// Passes a record to the writer's first pass, unless it is invalid and so will not be written.
    func prepare(for record: RecordView) throws(SerializationError) {
        if validator?.firstError(in: record) == nil { try writer.prepare(for: record) }
    }

    /// Begins the document.
    mutating func begin(_ shape: DocumentShape, into output: inout OutputBuffer) throws(SerializationError) {
        self.shape = shape
        try writer.begin(DocumentInfo(shape: shape, query: query), into: &output)
    }

    /// Writes the record of a tape.
    ///
    /// - Throws: The reason for a refusal, with the node; the output of the refused record is removed.
    @inline(__always)
    mutating func write(_ tape: borrowing RecordTape, into output: inout OutputBuffer) throws(SerializationError) {
        if let record = tape.record { try write(record, into: &output) }
        if !traits.carriesLinks, tape.hasForeignLinks { noteLinks() }
    }

    /// Writes a record without regard to the foreign links of its tape.
    ///
    /// - Throws: The reason for a refusal, with the node; the output of the refused record is removed.
    @inline(__always)
    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        if shape == .item, recordCount == 1 {
            throw SerializationError(
                .wrongShape, found: "more than one record", expected: "exactly one for an item")
        }
        if let validator, let violation = validator.firstError(in: record) { throw violation.error }
        let mark = output.count
        do throws(SerializationError) {
            try writer.write(record, into: &output)
        } catch {
            output.truncate(to: mark)
            throw error
        }
        recordCount &+= 1
    }

    private mutating func noteLinks() {
        guard !hasNotedLinks else { return }
        hasNotedLinks = true
        noteList.add(.linksLeftOut)
    }

    /// Removes the beginning of a document that has no record yet.
    mutating func takeBack(to mark: Int, _ output: inout OutputBuffer) {
        output.truncate(to: mark)
        shape = nil
    }

    // MARK: Parts

    /// A sink for records after those written so far; nil if the format has no such thing.
    func makePart() -> RecordSink? {
        guard shape == .list || shape == .page, let writer = writer.makePart() else { return nil }
        return part(writer)
    }

    /// A sink that looks at records in a first pass.
    func makeFirstPassPart() -> RecordSink {
        part(format.makeWriter(schema, limits))
    }

    private func part(_ writer: AnyRecordWriter) -> RecordSink {
        var part = self
        part.writer = writer
        part.recordCount = 0
        part.noteList = NoteList()
        part.hasNotedLinks = false
        return part
    }

    /// Takes over what a part has written, whose bytes the caller appends.
    mutating func join(_ part: RecordSink) {
        recordCount += part.recordCount
        noteList.add(part.notes)
        hasNotedLinks = hasNotedLinks || part.hasNotedLinks
        writer.join(part.writer)
    }

    /// Takes over what a part has found in its first pass.
    func joinFirstPass(_ part: RecordSink) {
        writer.joinFirstPass(part.writer)
    }

    // MARK: Around the records

    /// Whether the document was begun as a page although its input is not one, or the other way round.
    func hasBegunOtherwise(than read: DocumentShape?) -> Bool {
        guard let shape, !traits.endsListsAsPages else { return false }
        return (shape == .page) != (read == .page)
    }

    /// Makes the document a page if it may be one, and notes the members of the page that it cannot carry.
    mutating func take(_ page: PageInfo, mayEndAsPage: Bool) {
        if shape == .list, traits.endsListsAsPages, mayEndAsPage { shape = .page }
        if shape != .page || traits.pageMembers == .none {
            noteList.add(
                Note(
                    "the page's members (total, nextCursor, previousCursor and others) are left out: a list cannot carry them",
                    isLoss: true))
        } else if traits.pageMembers == .documented, !page.otherMembers.isEmpty {
            noteList.add(
                Note(
                    "the page's members other than total, nextCursor and previousCursor are left out: there is no room",
                    isLoss: true))
        }
    }

    /// Ends the document.
    ///
    /// - Throws: `.wrongShape` for an item without a record.
    mutating func finish(_ inputs: EndedInputs, into output: inout OutputBuffer) throws(SerializationError) {
        if shape == .item, recordCount != 1 {
            throw SerializationError(
                .wrongShape, found: "no record", expected: "exactly one for an item", path: "$")
        }
        var document = DocumentInfo(shape: shape, page: shape == .page ? inputs.page : nil)
        if !inputs.links.isEmpty {
            if !traits.carriesLinks {
                noteList.add(
                    Note("links of the document itself are left out: only hal has a place for them", isLoss: true))
            } else if inputs.count == 1, shape == inputs.shape {
                document.links = inputs.links
            } else {
                noteList.add(
                    Note("links of the document itself are left out: the output is another document", isLoss: true))
            }
        }
        try writer.end(document, into: &output)
        noteList.add(writer.notes)
    }

    /// Ends a document that has no inputs.
    func end(_ page: PageInfo?, into output: inout OutputBuffer) throws(SerializationError) {
        try writer.end(DocumentInfo(shape: shape, page: page), into: &output)
    }

    // MARK: Records in memory

    /// A function that calls another one with the tape of the record with the given index.
    typealias Tapes = (Int, (borrowing RecordTape) throws(SerializationError) -> Void) throws(SerializationError) ->
        Void

    /// Writes a whole document of `count` records; errors have the path of the value, or of the record.
    mutating func encode(
        _ count: Int, as shape: DocumentShape, page: PageInfo?, into output: inout OutputBuffer, _ withTape: Tapes
    ) throws(SerializationError) {
        if needsFirstPass {
            for index in 0..<count {
                try withTape(index) { (tape) throws(SerializationError) in
                    do throws(SerializationError) {
                        if let record = tape.record { try prepare(for: record) }
                    } catch {
                        throw error.located(in: tape, at: RecordPlace(index, in: shape), schema)
                    }
                }
            }
        }
        try begin(shape, into: &output)
        for index in 0..<count {
            try withTape(index) { (tape) throws(SerializationError) in
                do throws(SerializationError) {
                    try write(tape, into: &output)
                } catch {
                    throw error.located(in: tape, at: RecordPlace(index, in: shape), schema)
                }
            }
        }
        try end(page, into: &output)
    }
}

extension Note {
    /// Links of records had no place in the output.
    ///
    /// For programs that tell their users what to do about it: a HAL reader with `HALOptions.keepsLinks` leaves links in
    /// the records.
    public static let linksLeftOut = Note(
        "links that do not follow from the records are left out: only hal carries them", isLoss: true)
}

/// The documents of all inputs that have ended, without their records.
struct EndedInputs {
    /// The number of inputs.
    private(set) var count = 0
    /// The page of the last input that is one.
    private(set) var page: PageInfo?
    /// The links of the last input that has any; `shape` is that of the same input.
    private(set) var links = UnknownMembers()
    private(set) var shape: DocumentShape?

    mutating func add(_ document: DocumentInfo) {
        count += 1
        if let page = document.page { self.page = page }
        if !document.links.isEmpty { (links, shape) = (document.links, document.shape) }
    }
}
