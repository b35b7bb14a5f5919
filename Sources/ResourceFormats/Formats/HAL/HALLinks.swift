/// Derives the links of records and of collections: a schema's templates as bytes that are ready to be copied.
///
/// Reader and writer use the same: what the reader takes for derived is what the writer would write.
struct HALLinks: ~Copyable {
    /// When `curies` are written.
    enum Curies {
        /// Never: inside `_embedded` the collection has them.
        case never
        /// If a relation uses their name.
        case ifUsed
        /// In any case.
        case always
    }

    /// One relation of a record: where its parts are.
    struct Link: BitwiseCopyable, Sendable {
        /// `,"name":{"href":"` or `,"name":[` in `text`.
        let name: HALRange
        let steps: HALRange
        /// Where the array is among the values; -1 for a relation with one target.
        let array: Int
        /// The field inside an element; `.unknown` for the element itself.
        let member: FieldID
        let usesCurie: Bool
    }

    /// A piece of literal text, and the value after it.
    struct Step: BitwiseCopyable, Sendable {
        let literal: HALRange
        /// Where the value is among the values; -1 for none, -2 for the array's element.
        let value: Int
        /// Without the value the literal is left out too, and the link stays.
        let isQuery: Bool
    }

    private let declaration: ResourceLinks?
    private let base: String
    private var text = OutputBuffer()
    private var links: [Link] = []
    private var steps: [Step] = []
    private var curies = HALRange(start: 0, count: 0)
    /// For each field its index into `values` plus one, or 0.
    private var indexes: [UInt16]
    /// For each field that a link needs, its node in the record at hand, or 0.
    private var values = Storage<UInt32>()
    /// What the names of the resource's own relations begin with, such as `llm:`.
    let curiePrefix: [UInt8]

    init(schema: Schema, baseURL: String) {
        declaration = schema.links?.declaration
        base = ResourceLinks.base(baseURL)
        indexes = [UInt16](repeating: 0, count: schema.placeCount)
        curiePrefix = (declaration?.curie).map { Array($0.name.utf8) + [UInt8(ascii: ":")] } ?? []
        if let curie = declaration?.curie {
            curies = add(
                ",\"curies\":[{\"name\":\(quoted(curie.name)),\"href\":\(quoted(base + curie.href)),\"templated\":true}]"
            )
        }
        for link in schema.links?.item ?? [] { add(link) }
    }

    // MARK: Records

    /// Appends the links of a record as a compact object.
    mutating func append(of record: RecordView, curies rule: Curies, to output: inout OutputBuffer) {
        locate(record)
        let text = self.text.bytes.view
        let start = output.count
        var mustWriteCuries = rule != .never && curies.count > 0
        for link in links {
            if link.usesCurie, mustWriteCuries, rule == .always || hasTarget(link, record) {
                output.append(text.slice(curies.start, count: curies.count))
                mustWriteCuries = false
            }
            append(link, of: record, text, to: &output)
        }
        if mustWriteCuries, rule == .always { output.append(text.slice(curies.start, count: curies.count)) }
        if output.count > start {
            output.bytes[start] = 0x7B  // In place of the first comma.
        } else {
            output.append(0x7B)
        }
        output.append(0x7D)
    }

    /// Finds the fields that links need.
    @inline(__always)
    private mutating func locate(_ record: RecordView) {
        for index in 0..<values.count { values[index] = 0 }
        var index = record.index &+ 1
        let end = record.end
        while index < end {
            let node = record.nodes[index]
            if node.field.index < indexes.count, indexes[node.field.index] > 0 {
                values[Int(indexes[node.field.index]) &- 1] = UInt32(truncatingIfNeeded: index)
            }
            index &+= node.extent
        }
    }

    private func hasTarget(_ link: Link, _ record: RecordView) -> Bool {
        guard link.array < 0 else {
            var elements = record.view(at: Int(values[link.array])).children
            guard values[link.array] > 0, record.nodes[Int(values[link.array])].kind == .array else { return false }
            while elements.next() {
                if target(elements.value, link.member) > 0 { return true }
            }
            return false
        }
        for index in link.steps.start..<link.steps.start + link.steps.count {
            let step = steps[index]
            if step.value >= 0, !step.isQuery, !isUsable(Int(values[step.value]), record) { return false }
        }
        return true
    }

    @inline(__always)
    private func append(_ link: Link, of record: RecordView, _ text: ByteView, to output: inout OutputBuffer) {
        let mark = output.count
        output.append(text.slice(link.name.start, count: link.name.count))
        guard link.array >= 0 else {
            guard appendSteps(link, element: 0, of: record, text, to: &output) else { return output.truncate(to: mark) }
            output.append("\"}")
            return
        }
        let node = Int(values[link.array])
        var count = 0
        if node > 0, record.nodes[node].kind == .array {
            var elements = record.view(at: node).children
            while elements.next() {
                let element = target(elements.value, link.member)
                guard element > 0 else { continue }
                output.append(count > 0 ? ",{\"href\":\"" : "{\"href\":\"")
                _ = appendSteps(link, element: element, of: record, text, to: &output)
                output.append("\"}")
                count += 1
            }
        }
        if count > 0 { output.append(0x5D) } else { output.truncate(to: mark) }
    }

    @inline(__always)
    private func appendSteps(
        _ link: Link, element: Int, of record: RecordView, _ text: ByteView, to output: inout OutputBuffer
    ) -> Bool {
        for index in link.steps.start..<link.steps.start &+ link.steps.count {
            let step = steps[index]
            let node = step.value >= 0 ? Int(values[step.value]) : step.value == -2 ? element : -1
            if node >= 0, !isUsable(node, record) {
                if step.isQuery { continue }
                return false
            }
            output.append(text.slice(step.literal.start, count: step.literal.count))
            if node >= 0 { output.append(percentEncoding: record.text(of: record.nodes[node])) }
        }
        return true
    }

    /// The node that an element of an array links to, or 0.
    private func target(_ element: RecordView, _ member: FieldID) -> Int {
        guard member != .unknown else { return isUsable(element.index, element) ? element.index : 0 }
        guard element.kind == .object, let value = element[member] else { return 0 }
        return isUsable(value.index, element) ? value.index : 0
    }

    /// Whether a node is a number, or a string that is not empty.
    @inline(__always)
    private func isUsable(_ index: Int, _ record: RecordView) -> Bool {
        guard index > 0 else { return false }
        let node = record.nodes[index]
        return node.kind == .string && node.count > 0 || node.kind == .number
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
        output.append(text.bytes.view.slice(curies.start, count: curies.count))
        output.append(0x7D)
    }

    /// Whether a link of a collection says no more than where the collection came from: its path, with any query.
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

    // MARK: - Compiling

    private mutating func add(_ link: SchemaLinks.Link) {
        let isMany = link.array != nil
        let name = add(isMany ? ",\(quoted(link.relation)):[" : ",\(quoted(link.relation)):{\"href\":\"")
        let firstStep = steps.count
        var member = FieldID.unknown
        var literal = base
        for piece in link.pieces {
            switch piece {
            case .literal(let text):
                literal += text
            case .value(let field):
                if isMany { member = field }
                steps.append(Step(literal: addInside(literal), value: isMany ? -2 : value(field), isQuery: false))
                literal = ""
            case .query(let name, let field):
                if !literal.isEmpty { steps.append(Step(literal: addInside(literal), value: -1, isQuery: false)) }
                if isMany { member = field }
                steps.append(Step(literal: addInside(name), value: isMany ? -2 : value(field), isQuery: !isMany))
                literal = ""
            }
        }
        if !literal.isEmpty { steps.append(Step(literal: addInside(literal), value: -1, isQuery: false)) }
        links.append(
            Link(
                name: name, steps: HALRange(start: firstStep, count: steps.count - firstStep),
                array: link.array.map { value($0) } ?? -1, member: member,
                usesCurie: !curiePrefix.isEmpty && Array(link.relation.utf8).starts(with: curiePrefix)))
    }

    /// The place of a field among the values that are looked up in each record.
    private mutating func value(_ field: FieldID) -> Int {
        if indexes[field.index] == 0 {
            values.append(0)
            indexes[field.index] = UInt16(truncatingIfNeeded: values.count)
        }
        return Int(indexes[field.index]) - 1
    }

    private mutating func add(_ string: String) -> HALRange {
        let start = text.count
        text.append(text: string)
        return HALRange(start: start, count: text.count - start)
    }

    /// Adds text that stands inside a JSON string.
    private mutating func addInside(_ string: String) -> HALRange {
        add(String(decoding: quoted(string).utf8.dropFirst().dropLast(), as: UTF8.self))
    }
}

/// A run of bytes or steps.
struct HALRange: BitwiseCopyable, Sendable {
    let start: Int
    let count: Int
}

/// A text as a JSON string.
private func quoted(_ text: String) -> String {
    var output = OutputBuffer()
    output.appendJSONString(text)
    return output.bytes.view.string()
}

extension ResourceLinks {
    /// What targets begin with: a base URL without the slash at its end, because paths begin with one.
    static func base(_ url: String) -> String {
        url.utf8.last == UInt8(ascii: "/") ? String(decoding: url.utf8.dropLast(), as: UTF8.self) : url
    }

    /// The links of a list, or with `page` those of a page; no templates and no `curies`.
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
        append(hexDigit(byte >> 4))
        append(hexDigit(byte & 15))
    }

    /// The upper-case hexadecimal digit of a value below 16.
    private func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x37 + value
    }
}
