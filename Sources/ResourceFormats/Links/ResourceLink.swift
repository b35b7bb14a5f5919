/// A link that is derived from a record or a collection: a relation and its target.
public struct ResourceLink: Hashable, Sendable {
    /// The relation, such as `self` or `llm:connection`.
    public let relation: String
    /// The target: the base URL and an absolute path.
    public let target: String
}

extension Schema {
    /// The links that are derived from a record.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - baseURL: The prefix of all targets.
    /// - Returns: One link for each target, in the order in which the resource declares them.
    public func links(of record: RecordView, baseURL: String = "") -> [ResourceLink] {
        guard let declared = links?.item else { return [] }
        var expander = LinkExpander(self, base: ResourceLinks.base(baseURL)) { $0 }
        expander.find(in: record)
        var links: [ResourceLink] = []
        var output = OutputBuffer(minimumCapacity: 128)
        for index in declared.indices {
            let relation = declared[index].relation
            func add() { links.append(ResourceLink(relation: relation, target: output.bytes.view.string())) }
            output.removeAll()
            guard expander.hasManyTargets(index) else {
                if expander.append(index, in: record, to: &output) { add() }
                continue
            }
            var elements = expander.elements(of: index, in: record)
            while let element = elements.next() {
                output.removeAll()
                if expander.append(index, element: element, in: record, to: &output) { add() }
            }
        }
        return links
    }

    /// The links of a list or, with `page`, of a page; without templates.
    ///
    /// - Parameters:
    ///   - page: The members that make the list a page.
    ///   - baseURL: The prefix of all targets.
    ///   - query: The query of the request that the list answers, without the question mark. `self` has all of it, the
    ///     other links all but the cursors.
    public func collectionLinks(
        page: PageInfo? = nil, baseURL: String = "", query: String? = nil
    ) -> [ResourceLink] {
        links?.declaration.collectionLinks(
            page: page, base: ResourceLinks.base(baseURL), query: query.map { CollectionQuery($0) }) ?? []
    }
}

extension ResourceLinks {
    /// The prefix of all targets: a base URL without the slash at its end, because paths begin with one.
    static func base(_ url: String) -> String {
        url.utf8.last == UInt8(ascii: "/") ? String(decoding: url.utf8.dropLast(), as: UTF8.self) : url
    }

    /// The links of a list, or with `page` those of a page; without templates and without `curies`.
    ///
    /// - Parameter query: The query that the collection answers: `self` has all of it, the others all but the cursors.
    func collectionLinks(page: PageInfo?, base: String, query: CollectionQuery? = nil) -> [ResourceLink] {
        let target = base + collection
        let cursors = [nextParameter, previousParameter]
        var links = [ResourceLink(relation: "self", target: target + (query?.whole ?? ""))]
        guard let page else { return links }
        links.append(ResourceLink(relation: "first", target: target + (query?.without(cursors) ?? "")))
        for (relation, parameter, cursor) in [
            ("prev", previousParameter, page.previousCursor), ("next", nextParameter, page.nextCursor),
        ] {
            guard let cursor, !cursor.utf8.isEmpty else { continue }
            var value = OutputBuffer(minimumCapacity: 64)
            let bytes = Array(cursor.utf8)
            value.append(percentEncoding: ByteView(bytes.span))
            let addition = "\(parameter)=\(value.bytes.view.string())"
            let ending = query?.without(cursors, adding: addition) ?? "?" + addition
            links.append(ResourceLink(relation: relation, target: target + ending))
        }
        return links
    }
}

extension OutputBuffer {
    /// Appends a text with all but letters, digits and `-._~` percent-encoded (RFC 6570 section 3.2.2).
    mutating func append(percentEncoding text: ByteView) {
        var index = append(text, from: 0, upTo: URIStop())
        while index < text.count {
            append(percentEncoded: text.byte(at: index))
            index = append(text, from: index + 1, upTo: URIStop())
        }
    }

    /// Appends one byte, percent-encoded.
    mutating func append(percentEncoded byte: UInt8) {
        append(0x25)
        append(ASCII.hexDigit(byte >> 4, isUppercase: true))
        append(ASCII.hexDigit(byte & 15, isUppercase: true))
    }
}
