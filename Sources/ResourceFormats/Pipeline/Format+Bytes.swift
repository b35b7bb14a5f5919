/// Decoding and encoding for documents that are not a span: arrays, and other sequences of bytes such as `Data`.
///
/// They avoid a crash in the compiler of Swift 6.3.1: it crashes on the `span` of a value that is not in a variable,
/// such as the result of `encode`.
extension Format {
    /// Decodes all records of a document: the one of an item, or all of a list or page.
    ///
    /// - Throws: The first error, with its position and path.
    public func decode<R: Resource>(
        _ type: [R].Type, from bytes: [UInt8], limits: Limits = .default
    ) throws(SerializationError) -> [R] {
        try decode(type, from: bytes.span, limits: limits)
    }

    /// Decodes the only record of a document.
    ///
    /// - Throws: The first error, with its position and path; `.wrongShape` for no record or several.
    public func decode<R: Resource>(
        _ type: R.Type, from bytes: [UInt8], limits: Limits = .default
    ) throws(SerializationError) -> R {
        try decode(type, from: bytes.span, limits: limits)
    }

    /// Decodes all records of a document: the one of an item, or all of a list or page.
    ///
    /// - Throws: The first error, with its position and path.
    public func decode<R: Resource>(
        _ type: [R].Type, from bytes: some Sequence<UInt8>, limits: Limits = .default
    ) throws(SerializationError) -> [R] {
        try decode(type, from: Array(bytes), limits: limits)
    }

    /// Decodes the only record of a document.
    ///
    /// - Throws: The first error, with its position and path; `.wrongShape` for no record or several.
    public func decode<R: Resource>(
        _ type: R.Type, from bytes: some Sequence<UInt8>, limits: Limits = .default
    ) throws(SerializationError) -> R {
        try decode(type, from: Array(bytes), limits: limits)
    }

    /// Decodes all records of a document, and the members of the page if it is one.
    ///
    /// - Throws: The first error, with its position and path.
    public func decodePage<R: Resource>(
        of type: R.Type = R.self, from bytes: [UInt8], limits: Limits = .default
    ) throws(SerializationError) -> ResourcePage<R> {
        try decodePage(of: type, from: bytes.span, limits: limits)
    }

    /// Decodes all records of a document, and the members of the page if it is one.
    ///
    /// - Throws: The first error, with its position and path.
    public func decodePage<R: Resource>(
        of type: R.Type = R.self, from bytes: some Sequence<UInt8>, limits: Limits = .default
    ) throws(SerializationError) -> ResourcePage<R> {
        try decodePage(of: type, from: Array(bytes), limits: limits)
    }
}

extension Converter {
    /// Converts one whole input.
    ///
    /// - Throws: The first error, with its position; `output` then ends with a part of a document.
    public mutating func convert(
        _ bytes: [UInt8], from source: Format, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try convert(bytes.span, from: source, into: &output)
    }

    /// Converts one whole input.
    ///
    /// - Throws: The first error, with its position; `output` then ends with a part of a document.
    public mutating func convert(
        _ bytes: some Sequence<UInt8>, from source: Format, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try convert(Array(bytes), from: source, into: &output)
    }
}
