/// One document that is being written: the writer, its first pass over the records, and what a refused record leaves.
struct RecordSink {
    private let writer: AnyRecordWriter
    private let schema: Schema
    /// What the document's format is.
    let traits: FormatTraits

    /// A document that is not begun.
    ///
    /// - Parameter limits: The bounds of the readers that it is meant for; nil for the default ones.
    init(_ format: Format, schema: Schema, limits: Limits? = nil) {
        writer = format.makeWriter(schema)
        traits = format.traits
        self.schema = schema
        if let limits { writer.takeLimits(limits) }
    }

    /// Whether all records have to be shown to `survey` before the first is written.
    var needsSurvey: Bool { writer.needsSurvey }

    /// Notes for the user so far.
    var notes: [Note] { writer.notes }

    /// Looks at a record before any is written.
    @inline(__always)
    func survey(_ record: RecordView) throws(SerializationError) {
        try writer.survey(record)
    }

    /// Starts the document.
    ///
    /// - Parameter query: The query of the request that it answers, without the question mark.
    func begin(_ shape: DocumentShape, query: String?, into output: inout OutputBuffer) throws(SerializationError) {
        if let query { writer.takeQuery(query) }
        try writer.begin(shape, into: &output)
    }

    /// Writes a record; what was appended for one that is refused is taken back.
    @inline(__always)
    func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        let mark = output.count
        do throws(SerializationError) {
            try writer.write(record, into: &output)
        } catch {
            output.truncate(to: mark)
            throw error
        }
    }

    /// Takes the document's own links, before `end`.
    func takeLinks(_ links: UnknownMembers) throws(SerializationError) {
        try writer.takeLinks(links)
    }

    /// Ends the document.
    func end(_ page: PageInfo?, into output: inout OutputBuffer) throws(SerializationError) {
        try writer.end(page, into: &output)
    }

    // MARK: Records that are at hand

    /// Shows the tape of the record with a number to a function.
    typealias Tapes = (Int, (borrowing RecordTape) throws(SerializationError) -> Void) throws(SerializationError) ->
        Void

    /// Writes a whole document of `count` records; errors have the path of the record, and of the value where it shows.
    func encode(
        _ count: Int, as shape: DocumentShape, page: PageInfo?, query: String?, into output: inout OutputBuffer,
        _ withTape: Tapes
    ) throws(SerializationError) {
        if needsSurvey {
            for index in 0..<count {
                try withTape(index) { (tape) throws(SerializationError) in
                    do throws(SerializationError) {
                        if let record = tape.record { try survey(record) }
                    } catch {
                        throw error.located(in: tape, at: RecordPlace(index, in: shape), schema)
                    }
                }
            }
        }
        try begin(shape, query: query, into: &output)
        for index in 0..<count {
            try withTape(index) { (tape) throws(SerializationError) in
                do throws(SerializationError) {
                    if let record = tape.record { try write(record, into: &output) }
                } catch {
                    throw error.located(in: tape, at: RecordPlace(index, in: shape), schema)
                }
            }
        }
        try end(page, into: &output)
    }
}
