/// Expands the link templates of a schema, for one record after another: the declared relations to their targets.
///
/// Literal text is rendered once, as whoever prints the targets needs it; values are percent-encoded (RFC 6570 section
/// 3.2.2), so they need no other escapes.
struct LinkExpander: ~Copyable {
    /// One relation: where its parts are.
    private struct Link: BitwiseCopyable, Sendable {
        let firstStep: Int
        let endStep: Int
        /// Where the array is among the values; -1 for a relation with one target.
        let array: Int
        /// The field inside an element; `.unknown` for the element itself.
        let member: FieldID
    }

    /// A piece of literal text, and the value after it.
    private struct Step: BitwiseCopyable, Sendable {
        let literalStart: Int
        let literalCount: Int
        /// Where the value is among the values; -1 for none, -2 for the array's element.
        let value: Int
        /// Without the value the literal is left out too, and the link stays.
        let isQuery: Bool
    }

    private var text = OutputBuffer()
    private var links: [Link] = []
    private var steps: [Step] = []
    /// For each field its index into `values` plus one, or 0.
    private var indexes: [UInt16]
    /// For each field that a link needs, its node in the record at hand, or 0.
    private var values = Storage<UInt32>()

    /// An expander for all relations of a record, by their order in the declaration.
    ///
    /// - Parameters:
    ///   - schema: The resource's schema.
    ///   - base: What targets begin with.
    ///   - literal: Gives literal text as it is printed.
    init(_ schema: Schema, base: String, literal: (String) -> String) {
        indexes = [UInt16](repeating: 0, count: schema.placeCount)
        for link in schema.links?.item ?? [] { add(link, base, literal) }
    }

    /// Finds the fields that links need in a record; the calls that follow are about this record.
    @inline(__always)
    mutating func find(in record: RecordView) {
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

    /// Whether a relation has a target for each element of an array.
    @inline(__always)
    func hasManyTargets(_ link: Int) -> Bool { links[link].array >= 0 }

    /// The elements to which a relation with many targets leads.
    @_lifetime(copy record)
    @inline(__always)
    func elements(of link: Int, in record: RecordView) -> LinkElements {
        LinkElements(of: Int(values[links[link].array]), member: links[link].member, record)
    }

    /// Appends the target of a relation; false, with a part of it appended, if a value that it needs is missing.
    ///
    /// - Parameter element: What `elements` gave; 0 for a relation with one target.
    @inline(__always)
    func append(_ link: Int, element: Int = 0, in record: RecordView, to output: inout OutputBuffer) -> Bool {
        let text = self.text.bytes.view
        let link = links[link]
        for index in link.firstStep..<link.endStep {
            let step = steps[index]
            let node = step.value >= 0 ? Int(values[step.value]) : step.value == -2 ? element : -1
            if node >= 0, !record.isLinkValue(node) {
                if step.isQuery { continue }
                return false
            }
            output.append(text.slice(step.literalStart, count: step.literalCount))
            if node >= 0 { output.append(percentEncoding: record.text(of: record.nodes[node])) }
        }
        return true
    }

    /// Whether a record has a target for a relation.
    func hasTarget(_ link: Int, in record: RecordView) -> Bool {
        if hasManyTargets(link) {
            var elements = elements(of: link, in: record)
            return elements.next() != nil
        }
        for step in steps[links[link].firstStep..<links[link].endStep] {
            if step.value >= 0, !step.isQuery, !record.isLinkValue(Int(values[step.value])) { return false }
        }
        return true
    }

    // MARK: -

    private mutating func add(_ link: SchemaLinks.Link, _ base: String, _ render: (String) -> String) {
        let isMany = link.array != nil
        let firstStep = steps.count
        var member = FieldID.unknown
        var literal = base
        for piece in link.pieces {
            switch piece {
            case .literal(let text):
                literal += text
            case .value(let field):
                if isMany { member = field }
                addStep(render(literal), value: isMany ? -2 : value(field))
                literal = ""
            case .query(let name, let field):
                if !literal.isEmpty { addStep(render(literal)) }
                if isMany { member = field }
                addStep(render(name), value: isMany ? -2 : value(field), isQuery: !isMany)
                literal = ""
            }
        }
        if !literal.isEmpty { addStep(render(literal)) }
        links.append(
            Link(
                firstStep: firstStep, endStep: steps.count, array: link.array.map { value($0) } ?? -1, member: member))
    }

    private mutating func addStep(_ literal: String, value: Int = -1, isQuery: Bool = false) {
        let start = text.count
        text.append(text: literal)
        steps.append(Step(literalStart: start, literalCount: text.count - start, value: value, isQuery: isQuery))
    }

    /// The place of a field among the values that are looked up in each record.
    private mutating func value(_ field: FieldID) -> Int {
        if indexes[field.index] == 0 {
            values.append(0)
            indexes[field.index] = UInt16(truncatingIfNeeded: values.count)
        }
        return Int(indexes[field.index]) - 1
    }
}

/// Walks over the elements of an array to which a relation leads.
struct LinkElements: ~Escapable {
    private let member: FieldID
    private let isArray: Bool
    private var elements: RecordChildren

    /// - Parameter node: The array's node, or 0 where the record has none.
    @_lifetime(copy record)
    @inline(__always)
    fileprivate init(of node: Int, member: FieldID, _ record: RecordView) {
        self.member = member
        isArray = node > 0 && record.nodes[node].kind == .array
        elements = record.view(at: node).children
    }

    /// The node of the next value; elements without one are left out.
    @_lifetime(self: copy self)
    @inline(__always)
    mutating func next() -> Int? {
        guard isArray else { return nil }
        while elements.next() {
            let node = value(of: elements.value)
            if node > 0 { return node }
        }
        return nil
    }

    /// The node that an element links to, or 0.
    private func value(of element: RecordView) -> Int {
        guard member != .unknown else { return element.isLinkValue(element.index) ? element.index : 0 }
        guard element.kind == .object, let value = element[member] else { return 0 }
        return value.isLinkValue(value.index) ? value.index : 0
    }
}

extension RecordView {
    /// Whether a node is a number, or a string that is not empty.
    @inline(__always)
    fileprivate func isLinkValue(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        let node = nodes[index]
        return node.kind == .string && node.count > 0 || node.kind == .number
    }
}
