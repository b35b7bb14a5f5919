public import ContentNegotiation
public import HTTPTypes
public import ResourceFormats

/// Answers requests for one resource, each in the format that it asks for.
///
/// A value that knows no server: HTTP types in, HTTP types out. Make one when the server starts.
///
///     let responder = ResourceResponder(schema: LargeLanguageModel.schema)
///     let response = try responder.response(to: request, with: models)
///
/// Every response says `Vary: Accept`, besides what the application's own `Vary` says. Representations have strong entity
/// tags; GET and HEAD with an `If-None-Match` that names the tag get a 304.
public struct ResourceResponder: Sendable {
    /// The schema of the resource.
    public let schema: Schema
    /// What is offered, in the server's order of preference.
    public let representations: [Representation]
    /// The query parameter that overrides `Accept`; nil for none.
    public let formatParameter: String?
    /// What targets in `Link` begin with; HAL has its own in `HALOptions`.
    public let baseURL: String
    /// What a record may be.
    public let limits: Limits
    /// What was encoded before; nil to encode each response anew.
    public let cache: RepresentationCache?
    /// What the API adds to problem details.
    public let problems: ProblemPolicy
    /// Which forms of tags are accepted in preconditions.
    public let tags: EntityTagPolicy
    /// How lists are sent as tables; nil for each with the columns of its own records, and without parameters.
    public let tables: TablePolicy?
    let negotiator: Negotiator
    let problemNegotiator: Negotiator
    /// What sets tags apart from those of the same server under another address, whose links are others.
    private let baseTag: String

    /// A responder.
    ///
    /// - Parameters:
    ///   - schema: The schema of the resource.
    ///   - representations: What is offered, in the server's order of preference.
    ///   - policy: What RFC 9110 leaves open. By default offers of the same weight go by the client's order.
    ///   - formatParameter: The query parameter that overrides `Accept`.
    ///   - baseURL: What links in `Link` begin with; empty for paths.
    ///   - limits: What a record may be.
    ///   - cache: Where responses with a version are kept; nil to encode each anew.
    ///   - problems: What the API adds to problem details.
    ///   - tags: Which forms of tags are accepted in preconditions.
    ///   - tables: How lists are sent as tables; nil for each with the columns of its own records.
    public init(
        schema: Schema, representations: [Representation] = Representation.standard,
        policy: NegotiationPolicy = .clientPreference, formatParameter: String? = "format", baseURL: String = "",
        limits: Limits = .default, cache: RepresentationCache? = nil, problems: ProblemPolicy = .standard,
        tags: EntityTagPolicy = .standard, tables: TablePolicy? = nil
    ) {
        self.schema = schema
        self.representations = representations
        self.formatParameter = formatParameter
        self.baseURL = baseURL
        self.limits = limits
        self.cache = cache
        self.problems = problems
        self.tags = tags
        self.tables = tables
        baseTag = baseURL.utf8.isEmpty ? "" : "-\(String(ContentHash(Array(baseURL.utf8).span).low, radix: 36))"
        negotiator = Negotiator(offers: representations.map(\.mediaType), policy: policy)
        problemNegotiator = ProblemFormat.negotiator(policy)
    }

    // MARK: Choosing

    /// The representation that a request gets.
    ///
    /// `?format=` comes before `Accept`: it names a format (`csv`) or is itself a value of `Accept`
    /// (`text/csv;header=absent`).
    ///
    /// - Throws: 406 with what is on offer.
    public func representation(for request: HTTPRequest) throws(ProblemDetails) -> Representation {
        representations[try choice(for: request)]
    }

    private func choice(for request: HTTPRequest) throws(ProblemDetails) -> Int {
        guard let format = formatOverride(in: request) else {
            let accept = request.headerFields[.accept]
            guard let index = negotiator.bestOffer(accept: accept) else {
                throw notAcceptable("nothing on offer is acceptable to \"Accept: \(Self.excerpt(accept ?? ""))\"")
            }
            return index
        }
        if format.utf8.contains(UInt8(ascii: "/")) {
            if let index = negotiator.bestOffer(accept: format) { return index }
        } else if let named = representations.firstIndex(where: {
            ASCII.isEqualIgnoringCase($0.format.name, format)
        }) {
            return named
        }
        throw notAcceptable("there is no format \"\(Self.excerpt(format))\"")
    }

    func formatOverride(in request: HTTPRequest) -> String? {
        guard let formatParameter, let path = request.path else { return nil }
        return RequestTarget.value(of: formatParameter, in: path)
    }

    private func notAcceptable(_ detail: String) -> ProblemDetails {
        ProblemDetails(
            .notAcceptable, detail,
            details: [.init("available", .list(representations.map { .text($0.mediaType.description) }))])
    }

    /// A client's text in a sentence, at most 80 bytes of it.
    static func excerpt(_ text: String) -> String {
        text.utf8.count <= 80 ? text : String(decoding: text.utf8.prefix(80), as: UTF8.self) + "…"
    }

    // MARK: Responses

    /// The response for a state whose records need not be read: 304 for a client that has it, or what `cache` kept.
    ///
    /// Ask for it before the records are read; where there is none, read them and make the response.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - version: The application's name for the state, as in the responses with records.
    ///   - headerFields: More fields.
    /// - Returns: Nil where the records are needed.
    /// - Throws: 406, or 412 for an `If-Match` that names another state.
    public func response(
        to request: HTTPRequest, keptFor version: String, headerFields: HTTPFields = [:]
    ) throws(ProblemDetails) -> ResourceResponse? {
        let representation = representations[try choice(for: request)]
        var headerFields = headerFields
        addFileName(representation.format, for: request, to: &headerFields)
        let tag = entityTag(version, representation)
        if let unchanged = try notModified(request, tag, version, headerFields) { return unchanged }
        return kept(request, representation, tag, headerFields)
    }

    /// The response with one record.
    ///
    /// - Parameters:
    ///   - request: The request; HEAD gets the head alone.
    ///   - record: The record.
    ///   - status: The status.
    ///   - version: The application's name for the record's state; with one, a 304 costs no encoding, and tags stay the
    ///     same for as long as the state does. Without one the tag is a hash of the bytes.
    ///   - headerFields: More fields, such as `Location`. With `Last-Modified` also `If-Modified-Since` and
    ///     `If-Unmodified-Since` count.
    /// - Throws: 406, 412 for an `If-Match` that names another state, or 500 for a record that the format cannot say.
    public func response(
        to request: HTTPRequest, with record: StoredRecord, status: HTTPResponse.Status = .ok, version: String? = nil,
        headerFields: HTTPFields = [:]
    ) throws(ProblemDetails) -> ResourceResponse {
        try response(to: request, status, version, headerFields) {
            (format, output) throws(SerializationError) in
            let links =
                format.traits.carriesLinks ? [] : record.withRecord { schema.links(of: $0, baseURL: baseURL) } ?? []
            try format.encode(record, schema: schema, into: &output)
            return Fields(links: links)
        }
    }

    /// The response with a list of records, or with `page` a page of them.
    ///
    /// A format without a place for a page, CSV, has its cursors in `Link` and its total in `X-Total-Count`.
    ///
    /// - Throws: 406, 412 for an `If-Match` that names another state, or 500 for a record that the format cannot say.
    public func response(
        to request: HTTPRequest, with records: [StoredRecord], page: PageInfo? = nil, version: String? = nil,
        headerFields: HTTPFields = [:]
    ) throws(ProblemDetails) -> ResourceResponse {
        try response(to: request, .ok, version, headerFields, isList: true) {
            (format, output) throws(SerializationError) in
            let query = Self.query(of: request)
            try format.encode(records, page: page, query: query, schema: schema, into: &output)
            return fields(of: page, query, format)
        }
    }

    /// The response with one resource.
    ///
    /// - Throws: 406, 412 for an `If-Match` that names another state, or 500 for a resource that the format cannot say.
    public func response<R: Resource>(
        to request: HTTPRequest, with resource: R, status: HTTPResponse.Status = .ok, version: String? = nil,
        headerFields: HTTPFields = [:]
    ) throws(ProblemDetails) -> ResourceResponse {
        try response(to: request, status, version, headerFields) {
            (format, output) throws(SerializationError) in
            var links: [ResourceLink] = []
            if !format.traits.carriesLinks {
                var tape = RecordTape()
                try resource.write(to: &tape)
                if let record = tape.record { links = schema.links(of: record, baseURL: baseURL) }
            }
            try format.encode(resource, into: &output)
            return Fields(links: links)
        }
    }

    /// The response with a list of resources, or with `page` a page of them.
    ///
    /// - Throws: 406, 412 for an `If-Match` that names another state, or 500 for a resource that the format cannot say.
    public func response<R: Resource>(
        to request: HTTPRequest, with resources: [R], page: PageInfo? = nil, version: String? = nil,
        headerFields: HTTPFields = [:]
    ) throws(ProblemDetails) -> ResourceResponse {
        try response(to: request, .ok, version, headerFields, isList: true) {
            (format, output) throws(SerializationError) in
            let query = Self.query(of: request)
            try format.encode(resources, page: page, query: query, into: &output)
            return fields(of: page, query, format)
        }
    }

    /// The response with a document that is converted while it is sent, in bounded memory however long it is.
    ///
    /// - Parameters:
    ///   - request: The request; HEAD gets the head alone, and nothing is read.
    ///   - source: The document in any format.
    ///   - page: What is known of the page before its records are; for `Link`.
    ///   - version: The application's name for the state; without one there is no entity tag.
    ///   - headerFields: More fields.
    /// - Throws: `ProblemDetails`: 406, 412 for an `If-Match` that names another state, or 500 for what is wrong before the first piece; and what the source throws.
    public func response(
        to request: HTTPRequest, streaming source: DocumentSource, page: PageInfo? = nil, version: String? = nil,
        headerFields: HTTPFields = [:]
    ) async throws -> ResourceResponse {
        let index = try choice(for: request)
        let representation = representations[index]
        let format = try format(of: representation, for: request, isList: true)
        var headerFields = headerFields
        addFileName(format, for: request, to: &headerFields)
        let tag = version.map { entityTag($0, representation) }
        if let tag, let unchanged = try notModified(request, tag, version, headerFields) { return unchanged }
        var head = head(.ok, representation, tag, headerFields)
        let query = Self.query(of: request)
        let fields = fields(of: page, query, format)
        add(link: LinkField.value(fields.links), total: fields.total?.text, to: &head)
        guard request.method != .head else { return ResourceResponse(head: head) }
        do {
            let document = try await ConvertedDocument(
                source, to: format, schema: schema, query: query, limits: limits)
            return ResourceResponse(head: head, body: .stream(document))
        } catch let error as SerializationError {
            throw Self.ownFault(error)
        }
    }

    // MARK: -

    /// What a format had no place for.
    private struct Fields {
        let links: [ResourceLink]
        var total: Number?
    }

    private func response(
        to request: HTTPRequest, _ status: HTTPResponse.Status, _ version: String?, _ headerFields: HTTPFields,
        isList: Bool = false, _ encode: (Format, inout OutputBuffer) throws(SerializationError) -> Fields
    ) throws(ProblemDetails) -> ResourceResponse {
        let index = try choice(for: request)
        let representation = representations[index]
        let format = try format(of: representation, for: request, isList: isList)
        var headerFields = headerFields
        addFileName(format, for: request, to: &headerFields)
        var tag = version.map { entityTag($0, representation) }
        if status == .ok, let tag {
            if let unchanged = try notModified(request, tag, version, headerFields) { return unchanged }
            if let kept = kept(request, representation, tag, headerFields) { return kept }
        }
        var output = OutputBuffer()
        let fields: Fields
        do {
            fields = try encode(format, &output)
        } catch {
            throw Self.ownFault(error)
        }
        if tag == nil {
            let contentTag = EntityTag(content: output.span, representation)
            if status == .ok, let unchanged = try notModified(request, contentTag, nil, headerFields) {
                return unchanged
            }
            tag = contentTag
        }
        let entry = RepresentationCache.Entry(
            content: ResourceContent(output), link: LinkField.value(fields.links), total: fields.total?.text)
        if let cache, status == .ok, version != nil, let tag, Self.isRead(request) {
            cache.keep(entry, for: RepresentationCache.key(request, tag))
        }
        return response(to: request, status, representation, tag, headerFields, with: entry)
    }

    /// The response that was made for the same request and state before.
    private func kept(
        _ request: HTTPRequest, _ representation: Representation, _ tag: EntityTag, _ headerFields: HTTPFields
    ) -> ResourceResponse? {
        guard let cache, Self.isRead(request),
            let entry = cache.entry(for: RepresentationCache.key(request, tag))
        else { return nil }
        return response(to: request, .ok, representation, tag, headerFields, with: entry)
    }

    private func response(
        to request: HTTPRequest, _ status: HTTPResponse.Status, _ representation: Representation, _ tag: EntityTag?,
        _ headerFields: HTTPFields, with entry: RepresentationCache.Entry
    ) -> ResourceResponse {
        var head = head(status, representation, tag, headerFields)
        head.headerFields[.contentLength] = String(entry.content.count)
        add(link: entry.link, total: entry.total, to: &head)
        guard request.method != .head else { return ResourceResponse(head: head) }
        return ResourceResponse(head: head, body: .bytes(entry.content))
    }

    /// The tag of a state's representation.
    func entityTag(_ version: String, _ representation: Representation) -> EntityTag {
        EntityTag(version: version + baseTag, representation)
    }

    /// The 304 for a request that has the representation already (RFC 9110 sections 13.1.2 and 15.4.5).
    ///
    /// - Throws: 412 for one that wants another state, which comes first (section 13.2.2).
    private func notModified(
        _ request: HTTPRequest, _ tag: EntityTag, _ version: String?, _ headerFields: HTTPFields
    ) throws(ProblemDetails) -> ResourceResponse? {
        guard Self.isRead(request) else { return nil }
        try checkIfMatch(
            of: request, version.map { version in representations.map { entityTag(version, $0) } } ?? [tag])
        let lastModified = headerFields[.lastModified].flatMap { HTTPDate($0) }
        try Self.checkIfUnmodifiedSince(of: request, lastModified)
        let isNamed = request.headerFields[.ifNoneMatch].map { tag.isNamed(in: $0, isWeak: true, tags) }
        guard isNamed ?? Self.isUnmodified(request, lastModified) else { return nil }
        var response = ResourceResponse.empty(.notModified, headerFields: headerFields)
        response.head.headerFields[.eTag] = tag.fieldValue
        return response
    }

    private func head(
        _ status: HTTPResponse.Status, _ representation: Representation, _ tag: EntityTag?, _ headerFields: HTTPFields
    ) -> HTTPResponse {
        var head = HTTPResponse(status: status, headerFields: headerFields)
        head.headerFields.reserveCapacity(8)
        head.headerFields[.contentType] = representation.contentType
        head.headerFields.addVary("Accept")
        head.headerFields[.eTag] = tag?.fieldValue
        return head
    }

    private func add(link: String?, total: String?, to head: inout HTTPResponse) {
        if let link, let name = HTTPField.Name.link { head.headerFields[name] = link }
        if let total, let name = HTTPField.Name.totalCount { head.headerFields[name] = total }
    }

    /// What a collection says of itself beyond its format.
    private func fields(of page: PageInfo?, _ query: String?, _ format: Format) -> Fields {
        let traits = format.traits
        return Fields(
            links: traits.carriesLinks ? [] : schema.collectionLinks(page: page, baseURL: baseURL, query: query),
            total: traits.pageMembers == .none ? page?.total : nil)
    }

    /// The query that a collection answers, which its own links keep.
    private static func query(of request: HTTPRequest) -> String? {
        isRead(request) ? request.path.flatMap { RequestTarget.query($0) } : nil
    }

    /// A record that cannot be sent is nothing that the client could do better, whatever is wrong with it.
    private static func ownFault(_ error: SerializationError) -> ProblemDetails {
        var problem = ProblemDetails(error)
        problem.status = .internalServerError
        problem.title = HTTPResponse.Status.internalServerError.reasonPhrase
        return problem
    }
}

extension HTTPField.Name {
    /// RFC 8288.
    fileprivate static let link = HTTPField.Name("Link")

    /// How many records a collection has, where the body has no place for it; not registered, and widely known.
    fileprivate static let totalCount = HTTPField.Name("X-Total-Count")
}
