extension Format {
    /// Decodes all records of a document: the one of an item, or all of a list or page.
    ///
    /// - Parameters:
    ///   - type: The array type, `[LargeLanguageModel].self`.
    ///   - bytes: The whole document.
    ///   - limits: The limits of a record.
    /// - Throws: The first error, with its position and path.
    public func decode<R: Resource>(
        _ type: [R].Type, from bytes: Span<UInt8>, limits: Limits = .default
    ) throws(SerializationError) -> [R] {
        try decodePage(of: R.self, from: bytes, limits: limits).resources
    }

    /// Decodes all records of a document, and the members of the page if it is one.
    ///
    /// - Parameters:
    ///   - type: The resource's type.
    ///   - bytes: The whole document: an item, a list or a page.
    ///   - limits: The limits of a record.
    /// - Throws: The first error, with its position and path.
    public func decodePage<R: Resource>(
        of type: R.Type = R.self, from bytes: Span<UInt8>, limits: Limits = .default
    ) throws(SerializationError) -> ResourcePage<R> {
        var stream = RecordStream(self, schema: R.schema, limits: limits)
        var resources: [R] = []
        while try stream.nextInWhole(bytes) {
            if let resource = try stream.resource(R.self, in: bytes) { resources.append(resource) }
        }
        return ResourcePage(resources: resources, page: stream.document.page)
    }

    /// Decodes the only record of a document.
    ///
    /// - Parameters:
    ///   - type: The resource's type.
    ///   - bytes: The whole document. It may be a list or page with exactly one record, because CSV is always a list.
    ///   - limits: The limits of a record.
    /// - Throws: The first error, with its position and path; `.wrongShape` for no record or several.
    public func decode<R: Resource>(
        _ type: R.Type, from bytes: Span<UInt8>, limits: Limits = .default
    ) throws(SerializationError) -> R {
        var stream = RecordStream(self, schema: R.schema, limits: limits)
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
    ///   - limits: The limits of the readers that the document is meant for. Unknown members may not be deeper than
    ///     `Limits.default` in any case.
    /// - Throws: `.notRepresentable`, `.duplicateField` or `.depthLimit`, with the path of the value.
    public func encode<R: Resource>(
        _ resources: [R], page: PageInfo? = nil, query: String? = nil, limits: Limits = .default
    ) throws(SerializationError) -> [UInt8] {
        var output = OutputBuffer()
        try encode(resources, page: page, query: query, limits: limits, into: &output)
        return output.array()
    }

    /// Encodes one resource as an item.
    ///
    /// - Throws: `.notRepresentable`, `.duplicateField` or `.depthLimit`, with the path of the value.
    public func encode<R: Resource>(
        _ resource: R, limits: Limits = .default
    ) throws(SerializationError) -> [UInt8] {
        var output = OutputBuffer()
        try encode(resource, limits: limits, into: &output)
        return output.array()
    }

    /// Encodes resources as a list, or as a page, and appends the document to `output`.
    ///
    /// - Throws: `.notRepresentable`, `.duplicateField` or `.depthLimit`, with the path of the value.
    public func encode<R: Resource>(
        _ resources: [R], page: PageInfo? = nil, query: String? = nil, limits: Limits = .default,
        into output: inout OutputBuffer
    ) throws(SerializationError) {
        try encode(resources, as: page == nil ? .list : .page, page, query, limits, into: &output)
    }

    /// Encodes one resource as an item, and appends the document to `output`.
    ///
    /// - Throws: `.notRepresentable`, `.duplicateField` or `.depthLimit`, with the path of the value.
    public func encode<R: Resource>(
        _ resource: R, limits: Limits = .default, into output: inout OutputBuffer
    ) throws(SerializationError) {
        try encode([resource], as: .item, nil, nil, limits, into: &output)
    }

    private func encode<R: Resource>(
        _ resources: [R], as shape: DocumentShape, _ page: PageInfo?, _ query: String?, _ limits: Limits,
        into output: inout OutputBuffer
    ) throws(SerializationError) {
        let schema = R.schema
        var tape = RecordTape()
        var sink = RecordSink(self, schema: schema, limits: limits)
        sink.query = query
        try sink.encode(
            resources.count, as: shape, page: page, into: &output
        ) { (index, write) throws(SerializationError) in
            try tape.lay(resources[index], at: RecordPlace(index, in: shape), schema, limits)
            try write(tape)
        }
    }
}

/// The resources of a document, and the members of the page if it is one.
public struct ResourcePage<R: Resource>: Sendable {
    /// The resources, in order.
    public var resources: [R]
    /// The total, the cursors and other members of the page; nil for an item or a list.
    public var page: PageInfo?

    /// Resources, as a page if `page` is not nil.
    public init(resources: [R], page: PageInfo? = nil) {
        self.resources = resources
        self.page = page
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
    ///
    /// - Throws: The first error, with its path.
    mutating func lay(
        _ resource: some Resource, at place: RecordPlace, _ schema: Schema, _ limits: Limits = .default
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
            try check(against: schema, limits: limits)
        } catch {
            throw error.located(in: self, at: place, schema)
        }
    }
}
