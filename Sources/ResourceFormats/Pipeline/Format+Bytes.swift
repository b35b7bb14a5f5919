/// Whole documents that are not at hand as a span: arrays, and any other sequence of bytes, such as `Data`.
///
/// With these nobody takes the `span` of a value that no variable holds, such as the result of `encode`, which crashes
/// the compiler of Swift 6.3.1.
extension Format {
    /// Decodes all records of a document: of an item one, of a list or page all.
    ///
    /// - Throws: The first error, with its position and path.
    public func decode<R: Resource>(_ type: [R].Type, from bytes: [UInt8]) throws(SerializationError) -> [R] {
        try decode(type, from: bytes.span)
    }

    /// Decodes the only record of a document.
    ///
    /// - Throws: The first error, with its position and path; `.wrongShape` for no record or several.
    public func decode<R: Resource>(_ type: R.Type, from bytes: [UInt8]) throws(SerializationError) -> R {
        try decode(type, from: bytes.span)
    }

    /// Decodes all records of a document: of an item one, of a list or page all.
    ///
    /// - Throws: The first error, with its position and path.
    public func decode<R: Resource>(
        _ type: [R].Type, from bytes: some Sequence<UInt8>
    ) throws(SerializationError) -> [R] {
        try decode(type, from: Array(bytes))
    }

    /// Decodes the only record of a document.
    ///
    /// - Throws: The first error, with its position and path; `.wrongShape` for no record or several.
    public func decode<R: Resource>(
        _ type: R.Type, from bytes: some Sequence<UInt8>
    ) throws(SerializationError) -> R {
        try decode(type, from: Array(bytes))
    }
}

extension Converter {
    /// Converts one whole input.
    ///
    /// - Throws: The first error, with its position; what was appended to `output` until then is part of a document.
    public mutating func convert(
        _ bytes: [UInt8], from source: Format, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try convert(bytes.span, from: source, into: &output)
    }

    /// Converts one whole input.
    ///
    /// - Throws: The first error, with its position; what was appended to `output` until then is part of a document.
    public mutating func convert(
        _ bytes: some Sequence<UInt8>, from source: Format, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try convert(Array(bytes), from: source, into: &output)
    }
}
