public import ResourceFormats

extension DecodingError {
    /// What was found and expected, with line, column and path in the document; nil for an error that does not come
    /// from reading a document.
    public var serializationError: SerializationError? {
        context.underlyingError as? SerializationError
    }

    var context: Context {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context
        @unknown default:
            Context(codingPath: [], debugDescription: "\(self)")
        }
    }

    /// The same error in another context.
    func with(_ context: Context) -> DecodingError {
        switch self {
        case .typeMismatch(let type, _): .typeMismatch(type, context)
        case .valueNotFound(let type, _): .valueNotFound(type, context)
        case .keyNotFound(let key, _): .keyNotFound(key, context)
        case .dataCorrupted: .dataCorrupted(context)
        @unknown default: self
        }
    }
}

extension EncodingError {
    /// What was found and expected, with the path in the document; nil for an error of the value's own type.
    public var serializationError: SerializationError? {
        switch self {
        case .invalidValue(_, let context): context.underlyingError as? SerializationError
        @unknown default: nil
        }
    }
}
