public import ResourceFormats

// A type that is a `Resource` and `Codable` as well goes the way of resources unless options are given: hence
// `@_disfavoredOverload`, without which the compiler could not choose.

extension Format {
    // MARK: Encoding

    /// Encodes values as the records of a list, or of a page.
    ///
    ///     let bytes = try Format.csv.encode(invoices)
    ///
    /// - Parameters:
    ///   - values: The records, in order; each has to encode an object.
    ///   - page: What makes the list a page.
    ///   - options: Names and strategies.
    /// - Throws: `EncodingError` with a coding path, and whatever the types themselves throw.
    @_disfavoredOverload
    public func encode<Value: Encodable>(
        _ values: [Value], page: PageInfo? = nil, options: CodableOptions = CodableOptions()
    ) throws -> [UInt8] {
        var output = OutputBuffer()
        try encode(values, page: page, options: options, into: &output)
        return output.array()
    }

    /// Encodes a value as an item, or as a list if the value encodes an array.
    ///
    ///     let bytes = try Format.xml.encode(invoice)
    ///
    /// - Throws: `EncodingError` with a coding path, and whatever the types themselves throw.
    @_disfavoredOverload
    public func encode<Value: Encodable>(
        _ value: Value, options: CodableOptions = CodableOptions()
    ) throws -> [UInt8] {
        var output = OutputBuffer()
        try encode(value, options: options, into: &output)
        return output.array()
    }

    /// Encodes values as the records of a list, or of a page, after what `output` holds; an error leaves that alone.
    ///
    /// - Throws: `EncodingError` with a coding path, and whatever the types themselves throw.
    @_disfavoredOverload
    public func encode<Value: Encodable>(
        _ values: [Value], page: PageInfo? = nil, options: CodableOptions = CodableOptions(),
        into output: inout OutputBuffer
    ) throws {
        let mark = output.count
        var encoding = DocumentEncoding(self, options)
        do {
            try encoding.encode(values, page: page, into: &output)
        } catch {
            output.truncate(to: mark)
            throw error
        }
    }

    /// Encodes a value as an item, or as a list if the value encodes an array, after what `output` holds; an error
    /// leaves that alone.
    ///
    /// - Throws: `EncodingError` with a coding path, and whatever the types themselves throw.
    @_disfavoredOverload
    public func encode<Value: Encodable>(
        _ value: Value, options: CodableOptions = CodableOptions(), into output: inout OutputBuffer
    ) throws {
        let mark = output.count
        var encoding = DocumentEncoding(self, options)
        do {
            try encoding.encode(value, into: &output)
        } catch {
            output.truncate(to: mark)
            throw error
        }
    }

    // MARK: Decoding

    /// Decodes all records of a document: of an item one, of a list or page all.
    ///
    ///     let invoices = try Format.csv.decode([Invoice].self, from: bytes)
    ///
    /// - Throws: `DecodingError`, whose `serializationError` has line, column and path in the document, and whatever the
    ///   types themselves throw.
    @_disfavoredOverload
    public func decode<Value: Decodable>(
        _ type: [Value].Type, from bytes: Span<UInt8>, options: CodableOptions = CodableOptions()
    ) throws -> [Value] {
        var decoding = try DocumentDecoding(self, options, hasPages: true)
        return try decoding.list(of: Value.self, bytes)
    }

    /// Decodes a document as one value: its only record, or all records for a type that decodes an array.
    ///
    ///     let invoice = try Format.xml.decode(Invoice.self, from: bytes)
    ///
    /// - Throws: `DecodingError`, whose `serializationError` has line, column and path in the document, and whatever the
    ///   types themselves throw.
    @_disfavoredOverload
    public func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: Span<UInt8>, options: CodableOptions = CodableOptions()
    ) throws -> Value {
        var decoding = try DocumentDecoding(self, options, hasPages: type is any ListOfRecords.Type)
        return try decoding.item(type, bytes)
    }

    /// Decodes all records of a document: of an item one, of a list or page all.
    ///
    /// - Throws: `DecodingError`, whose `serializationError` has line, column and path in the document, and whatever the
    ///   types themselves throw.
    @_disfavoredOverload
    public func decode<Value: Decodable>(
        _ type: [Value].Type, from bytes: [UInt8], options: CodableOptions = CodableOptions()
    ) throws -> [Value] {
        try decode(type, from: bytes.span, options: options)
    }

    /// Decodes a document as one value: its only record, or all records for a type that decodes an array.
    ///
    /// - Throws: `DecodingError`, whose `serializationError` has line, column and path in the document, and whatever the
    ///   types themselves throw.
    @_disfavoredOverload
    public func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], options: CodableOptions = CodableOptions()
    ) throws -> Value {
        try decode(type, from: bytes.span, options: options)
    }

    /// Decodes all records of a document: of an item one, of a list or page all.
    ///
    /// - Throws: `DecodingError`, whose `serializationError` has line, column and path in the document, and whatever the
    ///   types themselves throw.
    @_disfavoredOverload
    public func decode<Value: Decodable>(
        _ type: [Value].Type, from bytes: some Sequence<UInt8>, options: CodableOptions = CodableOptions()
    ) throws -> [Value] {
        try decode(type, from: Array(bytes), options: options)
    }

    /// Decodes a document as one value: its only record, or all records for a type that decodes an array.
    ///
    /// - Throws: `DecodingError`, whose `serializationError` has line, column and path in the document, and whatever the
    ///   types themselves throw.
    @_disfavoredOverload
    public func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: some Sequence<UInt8>, options: CodableOptions = CodableOptions()
    ) throws -> Value {
        try decode(type, from: Array(bytes), options: options)
    }
}

/// A collection that is a list of records where it is the whole document.
private protocol ListOfRecords {}

extension Array: ListOfRecords {}
extension ArraySlice: ListOfRecords {}
extension ContiguousArray: ListOfRecords {}
extension Set: ListOfRecords {}
