/// A link that follows from a record or a collection: a relation and where it leads.
public struct ResourceLink: Hashable, Sendable {
    /// The relation, such as `self` or `llm:connection`.
    public let relation: String
    /// The target, a path below the base URL or, without one, from the server's root.
    public let target: String
}

extension Schema {
    /// The links that HAL writes into a record, for formats that have no place for them.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - baseURL: What targets begin with.
    /// - Returns: One link for each target, in the order of HAL; no `curies`.
    public func links(of record: RecordView, baseURL: String = "") -> [ResourceLink] {
        var links = HALLinks(schema: self, baseURL: baseURL)
        var output = OutputBuffer()
        links.append(of: record, curies: .never, to: &output)
        return Self.links(in: output)
    }

    /// The links that HAL writes into a list or, with `page`, into a page; no templates, no `curies`.
    ///
    /// - Parameters:
    ///   - page: What makes the list a page.
    ///   - baseURL: What targets begin with.
    ///   - query: The query of the request that the list answers, without the question mark: `self` has all of it, the
    ///     other links all but the cursors.
    public func collectionLinks(
        page: PageInfo? = nil, baseURL: String = "", query: String? = nil
    ) -> [ResourceLink] {
        links?.declaration.collectionLinks(
            page: page, base: ResourceLinks.base(baseURL), query: query.map { CollectionQuery($0) }) ?? []
    }

    /// The links of a HAL object of links that we have written.
    private static func links(in output: borrowing OutputBuffer) -> [ResourceLink] {
        var reader = JSONReader(schema: .withoutFields, limits: .default, form: .objects)
        var tape = RecordTape()
        var position = 0
        let bytes = output.array()
        guard (try? reader.read(bytes.span, from: &position, isComplete: true, into: &tape)) != nil,
            let object = tape.record
        else { return [] }
        var links: [ResourceLink] = []
        var relations = object.children
        while relations.next() {
            guard let key = relations.key else { continue }
            let relation = key.bytes.string()
            if relations.value.kind == .array {
                var targets = relations.value.children
                while targets.next() { append(relation, targets.value, to: &links) }
            } else {
                append(relation, relations.value, to: &links)
            }
        }
        return links
    }

    private static func append(_ relation: String, _ link: RecordView, to links: inout [ResourceLink]) {
        var target: String?
        var members = link.children
        while members.next() {
            guard let key = members.key else { continue }
            if key.bytes.isEqual(to: "href") { target = members.value.bytes.string() }
        }
        if let target { links.append(ResourceLink(relation: relation, target: target)) }
    }
}
