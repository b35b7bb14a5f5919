public import ContentNegotiation
public import HTTPTypes
public import ResourceFormats

extension ResourceResponder {
    /// The format of a request's body, by its `Content-Type`.
    ///
    /// A type without known parameters stands for the first representation of that type. `charset` must be UTF-8,
    /// except for XML, which declares its encoding itself. Other parameters are ignored, unless they distinguish
    /// representations.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - others: Formats that are accepted besides the representations, each under its own media type.
    /// - Throws: 415 with `Accept` for a type that is missing, unknown or not accepted, and for content codings.
    public func format(
        ofBodyOf request: HTTPRequest, or others: [MediaType: Format] = [:]
    ) throws(ProblemDetails) -> Format {
        if let coding = request.headerFields[.contentEncoding], !ASCII.isEqualIgnoringCase(coding, "identity") {
            throw ProblemDetails(
                .unsupportedMediaType, "the content coding \"\(Self.excerpt(coding))\" is not read",
                headerFields: [.acceptEncoding: "identity"])
        }
        let field = request.headerFields[.contentType]
        guard let field, !field.utf8.isEmpty else {
            throw unsupported("the request does not say in \"Content-Type\" what its body is", others)
        }
        guard let mediaType = MediaType(field) else {
            throw unsupported("\"\(Self.excerpt(field))\" is not a media type", others)
        }
        let told = mediaType.index(among: representations.map(\.mediaType)).map { representations[$0] }
        guard
            let format = told.map({ $0.isReadable ? $0.format : nil })
                ?? others.first(where: { $0.key.hasSameEssence(as: mediaType) })?.value
        else {
            throw unsupported("\"\(Self.excerpt(field))\" is not read here", others)
        }
        guard let charset = mediaType.value(of: "charset") else { return format }
        guard let inCharset = format.inCharset(charset) else {
            let only = format.traits.fromEncoding == nil ? ", only UTF-8 is" : ""
            throw unsupported("the charset \"\(Self.excerpt(charset))\" is not read here\(only)", others)
        }
        return inCharset
    }

    private func unsupported(_ detail: String, _ others: [MediaType: Format]) -> ProblemDetails {
        let offered = representations.filter(\.isReadable).map(\.mediaType.description)
        let readable = offered + others.keys.map(\.description).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return ProblemDetails(
            .unsupportedMediaType, detail,
            details: [.init("available", .list(readable.map { .text($0) }))],
            headerFields: [.accept: readable.joined(separator: ", ")])
    }

    /// Refuses a request whose `Content-Length` is larger than `limit` with 413, before any of the body is read.
    public func checkBodyLength(of request: HTTPRequest, limit: Int) throws(ProblemDetails) {
        guard let field = request.headerFields[.contentLength], let length = Int(field), length > limit else { return }
        throw Self.bodyTooLarge(limit: limit)
    }

    /// The 413 for a body of more than `limit` bytes.
    public static func bodyTooLarge(limit: Int) -> ProblemDetails {
        ProblemDetails(
            .contentTooLarge, "the body has more than \(limit) bytes",
            details: [.init("limit", .number(limit))])
    }

    /// The only record of a request's body.
    ///
    /// - Parameters:
    ///   - body: The whole body.
    ///   - request: The request.
    ///   - others: Formats that are accepted besides the representations, each under its own media type.
    ///   - validator: The validator that checks the record; nil to accept every record.
    /// - Throws: 415; 400, 413 or 422 with path and place; for an invalid record 422 with all violations.
    public func record(
        in body: Span<UInt8>, of request: HTTPRequest, or others: [MediaType: Format] = [:],
        validator: RecordValidator? = nil
    ) throws(ProblemDetails) -> StoredRecord {
        let format = try format(ofBodyOf: request, or: others)
        let (record, violations, path): (StoredRecord, [PlacedViolation], String)
        do throws(SerializationError) {
            (record, violations, path) = try read(body, format, validator)
        } catch {
            throw ProblemDetails(error)
        }
        guard violations.isEmpty else { throw ProblemDetails(violations, path: path) }
        return record
    }

    /// The only resource of a request's body.
    ///
    /// - Parameters:
    ///   - type: The resource.
    ///   - body: The whole body.
    ///   - request: The request.
    ///   - validator: The validator that checks the record that the resource is read from; nil to accept every one.
    /// - Throws: 415; 400, 413 or 422 with path and place; for an invalid record 422 with all violations.
    public func resource<R: Resource>(
        _ type: R.Type, in body: Span<UInt8>, of request: HTTPRequest, validator: RecordValidator? = nil
    ) throws(ProblemDetails) -> R {
        // Violations come first: they say more than the first member that the type has no place for.
        if validator != nil { _ = try record(in: body, of: request, validator: validator) }
        let format = try format(ofBodyOf: request)
        do {
            return try format.decode(type, from: body)
        } catch {
            throw ProblemDetails(error)
        }
    }

    /// The only record of a request's body, given as an array.
    ///
    /// - Throws: 415; 400, 413 or 422 with path and place; for an invalid record 422 with all violations.
    public func record(
        in body: [UInt8], of request: HTTPRequest, or others: [MediaType: Format] = [:],
        validator: RecordValidator? = nil
    ) throws(ProblemDetails) -> StoredRecord {
        try record(in: body.span, of: request, or: others, validator: validator)
    }

    /// The only resource of a request's body, given as an array.
    ///
    /// - Throws: 415; 400, 413 or 422 with path and place; for an invalid record 422 with all violations.
    public func resource<R: Resource>(
        _ type: R.Type, in body: [UInt8], of request: HTTPRequest, validator: RecordValidator? = nil
    ) throws(ProblemDetails) -> R {
        try resource(type, in: body.span, of: request, validator: validator)
    }

    /// Reads the only record of a body, with its violations.
    private func read(
        _ body: Span<UInt8>, _ format: Format, _ validator: RecordValidator?
    ) throws(SerializationError) -> (StoredRecord, [PlacedViolation], path: String) {
        var stream = RecordStream(format, schema: schema, limits: limits)
        guard case .record = try stream.next(body, isComplete: true),
            let found = try take(from: &stream, body, validator)
        else {
            throw SerializationError(.wrongShape, found: "no record", expected: "exactly one", path: "$")
        }
        guard case .end = try stream.next(body, isComplete: true) else {
            throw SerializationError(
                .wrongShape, found: "more than one record", expected: "exactly one", path: stream.path(ofRecord: 1))
        }
        return (found.record, found.violations, stream.path(ofRecord: 0, isAlone: true))
    }

    private func take(
        from stream: inout RecordStream, _ body: Span<UInt8>, _ validator: RecordValidator?
    ) throws(SerializationError) -> (record: StoredRecord, violations: [PlacedViolation])? {
        guard let found = try recordAndViolations(of: stream, validator) else { return nil }
        let placed = zip(found.violations, stream.positions(of: found.violations, in: body)).map {
            PlacedViolation(violation: $0, position: $1)
        }
        return (found.record, placed)
    }

    func recordAndViolations(
        of stream: borrowing RecordStream, _ validator: RecordValidator?
    ) throws(SerializationError) -> (record: StoredRecord, violations: [Violation])? {
        guard let view = stream.record else { return nil }
        let violations = (validator?.violations(in: view) ?? []).filter { $0.severity == .error }
        return (try StoredRecord(view, schema: schema), violations)
    }
}
