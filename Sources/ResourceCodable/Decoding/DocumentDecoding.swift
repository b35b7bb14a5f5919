import ResourceFormats

/// Reads the records of one document as values.
struct DocumentDecoding: ~Copyable {
    private let options: CodableOptions
    private let traits: FormatTraits
    private var stream: RecordStream

    init(_ format: Format, _ options: CodableOptions, hasPages: Bool) throws {
        self.options = options
        traits = format.traits
        do throws(SerializationError) {
            stream = RecordStream(format, schema: try options.schema(hasPages: hasPages), limits: options.limits)
        } catch {
            throw Self.decodingError(error)
        }
    }

    /// All records of a document as values, one record at a time.
    mutating func list<Value: Decodable>(of type: Value.Type, _ bytes: Span<UInt8>) throws -> [Value] {
        var values: [Value] = []
        var state = DecodingState(options, traits, isInList: true)
        while try next(bytes) {
            // A decoder that the type has kept goes on with its own record.
            if !isKnownUniquelyReferenced(&state) { state = DecodingState(options, traits, isInList: true) }
            take(into: state)
            do {
                values.append(try state.decode(type, 0))
            } catch {
                throw located(error, state, bytes)
            }
        }
        return values
    }

    /// A document as one value: its only record, or all records for a type that asks for a list.
    mutating func item<Value: Decodable>(_ type: Value.Type, _ bytes: Span<UInt8>) throws -> Value {
        let document = DecodingState(options, traits, isInList: false)
        while try next(bytes) {
            let state = DecodingState(options, traits, isInList: false)
            take(into: state)
            document.records.append(state)
        }
        do {
            return try document.decode(type, DecodingState.document)
        } catch {
            throw located(error, record(of: error, in: document), bytes)
        }
    }

    // MARK: -

    private mutating func next(_ bytes: Span<UInt8>) throws -> Bool {
        do throws(SerializationError) {
            return try stream.nextInWhole(bytes)
        } catch {
            throw Self.decodingError(error)
        }
    }

    private mutating func take(into state: DecodingState) {
        state.record.take(from: &stream)
        state.index = stream.recordCount - 1
    }

    private static func decodingError(_ error: SerializationError) -> DecodingError {
        .dataCorrupted(
            DecodingError.Context(codingPath: [], debugDescription: error.description, underlyingError: error))
    }

    /// The record of a document that an error is about.
    private func record(of error: any Error, in document: DecodingState) -> DecodingState? {
        guard document.isAskedForList, let error = error as? DecodingError else {
            return document.records.count > 1 ? document.records[1] : document.records.first
        }
        let index = error.context.codingPath.first?.intValue ?? 0
        return document.records.indices.contains(index) ? document.records[index] : document.records.last
    }

    /// An error about a record with line, column and path; one that says them already, or cannot, stays as it is.
    private func located(_ error: any Error, _ state: DecodingState?, _ bytes: Span<UInt8>) -> any Error {
        guard let error = error as? DecodingError else { return error }
        let context = error.context
        var sentence: String?
        let unplaced: SerializationError
        if let known = context.underlyingError as? SerializationError {
            guard known.position == nil else { return error }
            unplaced = known
        } else if context.underlyingError == nil, let state {
            // The type has thrown it: its coding path leads to the value.
            let value = state.record.value(at: state.steps(of: context.codingPath))
            unplaced = state.record.error(.invalidText, expected: context.debugDescription, at: value)
            sentence = context.debugDescription
        } else {
            return error
        }
        let placed =
            state?.record.located(unplaced, by: stream, ofRecord: state?.index ?? 0, in: bytes)
            ?? stream.located(unplaced, atEndOf: bytes)
        var description = placed.description
        if let sentence, let position = placed.position {
            description = "\(position.line):\(position.column): \(sentence)" + (placed.path.map { " (\($0))" } ?? "")
        }
        return error.with(
            DecodingError.Context(
                codingPath: context.codingPath, debugDescription: description, underlyingError: placed))
    }
}
