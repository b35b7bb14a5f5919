import ResourceFormats

/// Writes values as the records of one document.
struct DocumentEncoding: ~Copyable {
    private let format: Format
    private let options: CodableOptions
    private var state: EncodingState

    init(_ format: Format, _ options: CodableOptions) {
        self.format = format
        self.options = options
        state = EncodingState(options)
    }

    /// Writes a list or a page, one value after another.
    mutating func encode<Value: Encodable>(
        _ values: [Value], page: PageInfo?, into output: inout OutputBuffer
    ) throws {
        var sink = try sink(as: page == nil ? .list : .page)
        if sink.needsFirstPass {
            for (index, value) in values.enumerated() {
                try assemble(value, index)
                try lay(value, from: state.assembly.root, index, of: sink)
                try asEncodingError(value) { () throws(SerializationError) in
                    try sink.prepare(for: state.assembly, index)
                }
            }
        }
        try asEncodingError(values) { () throws(SerializationError) in try sink.begin(into: &output) }
        for (index, value) in values.enumerated() {
            try assemble(value, index)
            try lay(value, from: state.assembly.root, index, of: sink)
            try asEncodingError(value) { () throws(SerializationError) in
                try sink.write(state.assembly, index, into: &output)
            }
        }
        try asEncodingError(values) { () throws(SerializationError) in try sink.end(page, into: &output) }
    }

    /// Writes an item, or a list if that is what the value encodes.
    mutating func encode<Value: Encodable>(_ value: Value, into output: inout OutputBuffer) throws {
        try assemble(value, nil)
        let elements = state.assembly.rootElements
        let records = elements ?? [state.assembly.root]
        var sink = try sink(as: elements == nil ? .item : .list)
        if sink.needsFirstPass {
            for (index, record) in records.enumerated() {
                if elements != nil { state.prefix = [RecordKey(intValue: index)] }
                try lay(value, from: record, index, of: sink)
                try asEncodingError(value) { () throws(SerializationError) in
                    try sink.prepare(for: state.assembly, index)
                }
            }
        }
        try asEncodingError(value) { () throws(SerializationError) in try sink.begin(into: &output) }
        for (index, record) in records.enumerated() {
            if elements != nil { state.prefix = [RecordKey(intValue: index)] }
            try lay(value, from: record, index, of: sink)
            try asEncodingError(value) { () throws(SerializationError) in
                try sink.write(state.assembly, index, into: &output)
            }
        }
        try asEncodingError(value) { () throws(SerializationError) in try sink.end(nil, into: &output) }
    }

    // MARK: -

    private func sink(as shape: DocumentShape) throws -> AssemblySink {
        let schema: Schema
        do throws(SerializationError) {
            schema = try options.schema(hasPages: shape != .item)
        } catch {
            throw Self.encodingError(options.recordName, [], error)
        }
        return AssemblySink(format, as: shape, schema: schema, limits: options.limits)
    }

    /// Has a value put its record together.
    private mutating func assemble<Value: Encodable>(_ value: Value, _ index: Int?) throws {
        // An encoder that the type has kept goes on with a state of its own.
        if !isKnownUniquelyReferenced(&state) { state = EncodingState(options) }
        state.assembly.removeAll()
        state.fault = nil
        state.prefix = index.map { [RecordKey(intValue: $0)] } ?? []
        try state.encode(value, at: state.assembly.root)
        if let fault = state.fault { throw fault }
    }

    /// Lays the record at a place on the tape.
    private func lay(
        _ value: some Encodable, from place: Int, _ index: Int, of sink: borrowing AssemblySink
    ) throws {
        guard state.assembly.isObject(place) else {
            throw Self.encodingError(
                value, state.prefix,
                SerializationError(
                    .wrongShape,
                    found: state.assembly.isOpen(place) ? "nothing" : "a value that is not an object",
                    expected: "an object for each record"))
        }
        do throws(SerializationError) {
            try state.assembly.lay(from: place, depth: options.limits.depth)
        } catch {
            throw Self.encodingError(value, state.prefix, sink.located(error, index))
        }
    }

    private func asEncodingError(
        _ value: some Encodable, _ body: () throws(SerializationError) -> Void
    ) throws {
        do throws(SerializationError) {
            try body()
        } catch {
            throw Self.encodingError(value, state.prefix, error)
        }
    }

    private static func encodingError(
        _ value: Any, _ path: [RecordKey], _ error: SerializationError
    ) -> EncodingError {
        .invalidValue(
            value,
            EncodingError.Context(codingPath: path, debugDescription: error.sentence, underlyingError: error))
    }
}
