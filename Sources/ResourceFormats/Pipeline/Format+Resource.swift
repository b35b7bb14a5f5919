extension Format {
    /// Decodes all records of a document: the one of an item, or all of a list or page.
    ///
    /// - Parameters:
    ///   - type: The array type, `[LargeLanguageModel].self`.
    ///   - bytes: The whole document.
    /// - Throws: The first error, with its position and path.
    public func decode<R: Resource>(_ type: [R].Type, from bytes: Span<UInt8>) throws(SerializationError) -> [R] {
        var stream = RecordStream(self, schema: R.schema)
        var resources: [R] = []
        while try stream.nextInWhole(bytes) {
            if let resource = try stream.resource(R.self, in: bytes) { resources.append(resource) }
        }
        return resources
    }

    /// Decodes the only record of a document.
    ///
    /// - Parameters:
    ///   - type: The resource's type.
    ///   - bytes: The whole document. It may be a list or page with exactly one record, because CSV is always a list.
    /// - Throws: The first error, with its position and path; `.wrongShape` for no record or several.
    public func decode<R: Resource>(_ type: R.Type, from bytes: Span<UInt8>) throws(SerializationError) -> R {
        var stream = RecordStream(self, schema: R.schema)
        guard try stream.nextInWhole(bytes), let resource = try stream.resource(type, in: bytes) else {
            throw SerializationError(
                .wrongShape, found: "no record", expected: "exactly one for an item",
                position: stream.position(of: bytes.count, in: bytes))
        }
        guard try stream.nextInWhole(bytes) else { return resource }
        throw SerializationError(
            .wrongShape, found: "more than one record", expected: "exactly one for an item",
            position: stream.recordPosition(in: bytes))
    }

    /// Encodes resources as a list, or as a page.
    ///
    /// - Parameters:
    ///   - resources: The records, in order.
    ///   - page: The members that make the list a page. A format that cannot carry them, such as CSV, leaves them out;
    ///     HTTP carries the cursors in `Link`.
    ///   - query: The query of the request that the list answers, without the question mark, for HAL's links.
    /// - Throws: `.notRepresentable`, `.duplicateField` or `.depthLimit`, with the path of the value.
    public func encode<R: Resource>(
        _ resources: [R], page: PageInfo? = nil, query: String? = nil
    ) throws(SerializationError) -> [UInt8] {
        var output = OutputBuffer()
        try encode(resources, page: page, query: query, into: &output)
        return output.array()
    }

    /// Encodes one resource as an item.
    ///
    /// - Throws: `.notRepresentable`, `.duplicateField` or `.depthLimit`, with the path of the value.
    public func encode<R: Resource>(_ resource: R) throws(SerializationError) -> [UInt8] {
        var output = OutputBuffer()
        try encode(resource, into: &output)
        return output.array()
    }

    /// Encodes resources as a list, or as a page, and appends the document to `output`.
    ///
    /// - Throws: `.notRepresentable`, `.duplicateField` or `.depthLimit`, with the path of the value.
    public func encode<R: Resource>(
        _ resources: [R], page: PageInfo? = nil, query: String? = nil, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try encode(resources, as: page == nil ? .list : .page, page, query, into: &output)
    }

    /// Encodes one resource as an item, and appends the document to `output`.
    ///
    /// - Throws: `.notRepresentable`, `.duplicateField` or `.depthLimit`, with the path of the value.
    public func encode<R: Resource>(_ resource: R, into output: inout OutputBuffer) throws(SerializationError) {
        try encode([resource], as: .item, nil, nil, into: &output)
    }

    private func encode<R: Resource>(
        _ resources: [R], as shape: DocumentShape, _ page: PageInfo?, _ query: String?,
        into output: inout OutputBuffer
    ) throws(SerializationError) {
        let schema = R.schema
        var tape = RecordTape()
        var sink = RecordSink(self, schema: schema)
        sink.query = query
        try sink.encode(
            resources.count, as: shape, page: page, into: &output
        ) { (index, write) throws(SerializationError) in
            try tape.lay(resources[index], at: RecordPlace(index, in: shape), schema)
            try write(tape)
        }
    }
}

// MARK: -

extension RecordStream {
    /// Reads the next record of a complete document; returns false at its end.
    package mutating func nextInWhole(_ bytes: Span<UInt8>) throws(SerializationError) -> Bool {
        switch try next(bytes, isComplete: true) {
        case .record: return true
        case .end: return false
        case .needsMoreInput:  // Only from a reader that breaks its promise: there is no more.
            throw SerializationError(
                .unexpectedEnd, found: "the end of the input", expected: "the rest of the document",
                position: position(of: bytes.count, in: bytes))
        }
    }

    /// An error about a document without a record, at its end.
    package func located(_ error: SerializationError, atEndOf bytes: Span<UInt8>) -> SerializationError {
        error.at(position(of: bytes.count, in: bytes))
    }
}

extension RecordPlace {
    init(_ index: Int, in shape: DocumentShape) {
        self =
            switch shape {
            case .item: .item
            case .list: .list(index)
            case .page: .page(index)
            }
    }
}

extension RecordTape {
    /// Replaces the content of the tape by a resource.
    fileprivate mutating func lay(
        _ resource: some Resource, at place: RecordPlace, _ schema: Schema
    ) throws(SerializationError) {
        removeAll()
        do throws(SerializationError) {
            try resource.write(to: &self)
        } catch {
            let nothing: [UInt8] = []
            let path = pathOfOpenContainer(under: place.path, schema: schema, source: ByteView(nothing.span))
            throw error.at(path: error.path ?? path.text)
        }
        do throws(SerializationError) {
            try check(against: schema)
        } catch {
            throw error.located(in: self, at: place, schema)
        }
    }
}
