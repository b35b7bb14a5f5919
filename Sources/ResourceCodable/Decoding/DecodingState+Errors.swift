import ResourceFormats

/// The errors of decoding: those of the standard library, each with a `SerializationError` that names the value.
///
/// Line, column and path are added by `Format.decode`, which has the document.
extension DecodingState {
    /// The error for a value of another kind than the type asks for, `null` included.
    func mismatch(_ type: Any.Type, _ value: Int, expected: String) -> DecodingError {
        let error = record.error(.wrongKind, expected: expected, at: value)
        let context = context(error, codingPath(of: value))
        return isNil(value) ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    /// The error for a value of the right kind that the type does not have.
    func corrupted(_ code: SerializationError.Code, _ value: Int, expected: String) -> DecodingError {
        .dataCorrupted(context(record.error(code, expected: expected, at: value), codingPath(of: value)))
    }

    /// The error for a key without a member.
    func missing(_ key: some CodingKey, in object: Int, keepsName: Bool) -> DecodingError {
        let name = keepsName ? key.stringValue : options.keys.toMember?(key.stringValue) ?? key.stringValue
        let error = record.error(
            .missingField, expected: "the required member \"\(name)\"", found: "no value", at: object, missing: name)
        return .keyNotFound(key, context(error, codingPath(of: object)))
    }

    /// The error for the end of an array where a value is asked for.
    func end(_ type: Any.Type, of array: Int, index: Int) -> DecodingError {
        let error =
            if array == Self.document {
                SerializationError(.wrongShape, found: "the end of the records", expected: "another record")
            } else {
                record.error(
                    .missingField, expected: "another element", found: "the end of the array", at: array)
            }
        return .valueNotFound(type, context(error, codingPath(of: array) + [RecordKey(intValue: index)]))
    }

    private func context(_ error: SerializationError, _ path: [any CodingKey]) -> DecodingError.Context {
        DecodingError.Context(codingPath: path, debugDescription: error.sentence, underlyingError: error)
    }

    /// The steps from the record to the value at a coding path.
    func steps(of codingPath: [any CodingKey]) -> [RecordStep] {
        codingPath.dropFirst(isInList ? 1 : 0).map { key in
            if let index = key.intValue { return .index(index) }
            return .name(options.keys.toMember?(key.stringValue) ?? key.stringValue)
        }
    }
}
