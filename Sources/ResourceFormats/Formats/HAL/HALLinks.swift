/// Writes the links of records and collections as compact JSON.
///
/// Reader and writer share it: the links that the reader considers derived are those that the writer would write.
struct HALLinks: ~Copyable {
    /// The condition on which `curies` are written.
    enum Curies {
        /// Never: records inside `_embedded` share those of the collection.
        case never
        /// If a relation uses their prefix.
        case ifUsed
        /// In any case.
        case always
    }

    /// A relation of a record.
    private struct Relation: BitwiseCopyable, Sendable {
        /// The start of its text in `openings`.
        let start: Int
        let count: Int
        let usesCurie: Bool
    }

    private let declaration: ResourceLinks?
    private let base: String
    private var expander: LinkExpander
    private var relations: [Relation] = []
    /// For each relation `,"name":{"href":"`, or `,"name":[` if it can have several targets.
    private var openings = OutputBuffer()
    /// The text `,"curies":[…]`; empty if the resource has none.
    private let curies: [UInt8]
    /// The prefix of the resource's own relations, such as `llm:`.
    let curiePrefix: [UInt8]

    init(schema: Schema, baseURL: String) {
        let base = ResourceLinks.base(baseURL)
        let declaration = schema.links?.declaration
        let prefix = (declaration?.curie).map { Array($0.name.utf8) + [UInt8(ascii: ":")] } ?? []
        // The content of a JSON string, without its quotes.
        expander = LinkExpander(schema, base: base) {
            String(decoding: quoted($0).utf8.dropFirst().dropLast(), as: UTF8.self)
        }
        for link in schema.links?.item ?? [] {
            let start = openings.count
            openings.append(text: ",\(quoted(link.relation)):" + (link.array == nil ? "{\"href\":\"" : "["))
            relations.append(
                Relation(
                    start: start, count: openings.count - start,
                    usesCurie: !prefix.isEmpty && Array(link.relation.utf8).starts(with: prefix)))
        }
        curies =
            (declaration?.curie).map {
                Array(
                    ",\"curies\":[{\"name\":\(quoted($0.name)),\"href\":\(quoted(base + $0.href)),\"templated\":true}]"
                        .utf8)
            } ?? []
        curiePrefix = prefix
        self.base = base
        self.declaration = declaration
    }

    // MARK: Records

    /// Appends the links of a record as a compact object.
    mutating func append(of record: RecordView, curies rule: Curies, to output: inout OutputBuffer) {
        expander.find(in: record)
        let start = output.count
        var mustWriteCuries = rule != .never && !curies.isEmpty
        for link in relations.indices {
            if mustWriteCuries, relations[link].usesCurie, rule == .always || expander.hasTarget(link, in: record) {
                output.append(ByteView(curies.span))
                mustWriteCuries = false
            }
            append(link, of: record, to: &output)
        }
        if mustWriteCuries, rule == .always { output.append(ByteView(curies.span)) }
        if output.count > start {
            output.bytes[start] = 0x7B  // In place of the first comma.
        } else {
            output.append(0x7B)
        }
        output.append(0x7D)
    }

    @inline(__always)
    private func append(_ link: Int, of record: RecordView, to output: inout OutputBuffer) {
        let mark = output.count
        output.append(openings.bytes.view.slice(relations[link].start, count: relations[link].count))
        guard expander.hasManyTargets(link) else {
            guard expander.append(link, in: record, to: &output) else { return output.truncate(to: mark) }
            output.append("\"}")
            return
        }
        var count = 0
        var elements = expander.elements(of: link, in: record)
        while let element = elements.next() {
            output.append(count > 0 ? ",{\"href\":\"" : "{\"href\":\"")
            _ = expander.append(link, element: element, in: record, to: &output)
            output.append("\"}")
            count += 1
        }
        if count > 0 { output.append(0x5D) } else { output.truncate(to: mark) }
    }

    // MARK: Collections

    /// Appends the links of a list, or with `page` those of a page, as a compact object.
    func appendCollection(page: PageInfo?, query: CollectionQuery? = nil, to output: inout OutputBuffer) {
        guard let declaration else { return output.append("{}") }
        var separator: StaticString = "{"
        for link in declaration.collectionLinks(page: page, base: base, query: query) {
            output.append(separator)
            separator = ","
            output.appendJSONString(link.relation)
            output.append(":{\"href\":")
            output.appendJSONString(link.target)
            output.append(0x7D)
        }
        if let find = declaration.find {
            output.append(0x2C)
            output.appendJSONString(find.relation)
            output.append(":{\"href\":")
            output.appendJSONString(base + find.template)
            output.append(",\"templated\":true}")
        }
        output.append(ByteView(curies.span))
        output.append(0x7D)
    }

    /// Whether a link of a collection only tells where the collection came from: its path, with any query.
    func isOrigin(_ relation: ByteView, _ link: RecordView) -> Bool {
        guard let declaration, link.kind == .object,
            ["self", "first", "prev", "next"].contains(where: { relation.isEqual(to: $0) })
        else { return false }
        var members = link.children
        guard members.next(), let key = members.key, key.bytes.isEqual(to: "href"), members.value.kind == .string
        else { return false }
        let target = members.value.bytes
        guard !members.next() else { return false }
        let path = Array((base + declaration.collection).utf8)
        guard target.count >= path.count, target.slice(0, count: path.count).isEqual(to: ByteView(path.span)) else {
            return false
        }
        if target.count == path.count { return true }
        return target.byte(at: path.count) == UInt8(ascii: "?")
            && !target.array()[path.count...].contains(UInt8(ascii: "#"))
    }
}

/// A text as a JSON string.
private func quoted(_ text: String) -> String {
    var output = OutputBuffer()
    output.appendJSONString(text)
    return output.bytes.view.string()
}
