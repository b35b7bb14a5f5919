/// A document of records that a program assembles one after another.
///
///     if sink.needsFirstPass { … sink.prepare(for: assembly, index) … }
///     try sink.begin(into: &output)
///     try sink.write(assembly, index, into: &output)
///     try sink.end(page, into: &output)
package struct AssemblySink: ~Copyable {
    private var sink: RecordSink
    private let schema: Schema
    private let shape: DocumentShape

    /// A document that is not begun.
    package init(_ format: Format, as shape: DocumentShape, schema: Schema, limits: Limits) {
        sink = RecordSink(format, schema: schema, limits: limits)
        self.schema = schema
        self.shape = shape
    }

    /// Whether all records have to be shown to `prepare` before the first is written.
    package var needsFirstPass: Bool { sink.needsFirstPass }

    /// Looks at the record that was laid last, before any is written.
    package func prepare(for assembly: RecordAssembly, _ index: Int) throws(SerializationError) {
        try prepare(for: assembly.places.tape, index)
    }

    private func prepare(for tape: borrowing RecordTape, _ index: Int) throws(SerializationError) {
        do throws(SerializationError) {
            if let record = tape.record { try sink.prepare(for: record) }
        } catch {
            throw error.located(in: tape, at: RecordPlace(index, in: shape), schema)
        }
    }

    /// Starts the document.
    package mutating func begin(into output: inout OutputBuffer) throws(SerializationError) {
        try sink.begin(shape, into: &output)
    }

    /// Writes the record that was laid last.
    package mutating func write(
        _ assembly: RecordAssembly, _ index: Int, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try write(assembly.places.tape, index, into: &output)
    }

    private mutating func write(
        _ tape: borrowing RecordTape, _ index: Int, into output: inout OutputBuffer
    ) throws(SerializationError) {
        do throws(SerializationError) {
            try sink.write(tape, into: &output)
        } catch {
            throw error.located(in: tape, at: RecordPlace(index, in: shape), schema)
        }
    }

    /// Ends the document.
    package func end(_ page: PageInfo?, into output: inout OutputBuffer) throws(SerializationError) {
        try sink.end(page, into: &output)
    }

    /// The error of an assembly, with the path of the record that it is about.
    package func located(_ error: SerializationError, _ index: Int) -> SerializationError {
        error.at(path: RecordPlace(index, in: shape).path)
    }
}
