/// Expands the link templates of a schema into the targets of the declared relations, for one record after another.
///
/// Literal text is rendered once, already escaped for its format. Values are percent-encoded (RFC 6570 section 3.2.2),
/// so they need no other escapes.
struct LinkExpander: ~Copyable {
    /// One relation, as indexes of its parts.
    private struct Link: BitwiseCopyable, Sendable {
        let firstStep: Int
        let endStep: Int
        /// The index of the array in `values`; -1 for a relation with one target.
        let array: Int
        /// The field inside an element whose value is the target; `.unknown` if the element itself is.
        let member: FieldID
    }

    /// A piece of literal text and the value after it.
    private struct Step: BitwiseCopyable, Sendable {
        let literalStart: Int
        let literalCount: Int
        /// The index of the value in `values`; -1 for none, -2 for the element of the array.
        let value: Int
        /// Whether the step is a query: without the value the literal is left out too, and the link remains.
        let isQuery: Bool
    }

    private var text = OutputBuffer()
    private var links: [Link] = []
    private var steps: [Step] = []
    /// For each field its index in `values` plus one; 0 for a field that no link uses.
    private var indexes: [UInt16]
    /// For each field that a link uses, its node in the current record; 0 if it is absent.
    private var values = Storage<UInt32>()

    /// An expander for all relations of a record, in the order of their declaration.
    ///
    /// - Parameters:
    ///   - schema: The schema of the resource.
    ///   - base: The prefix of all targets.
    ///   - literal: Renders literal text for the format in which the targets are written.
    init(_ schema: Schema, base: String, literal: (String) -> String) {
        indexes = [UInt16](repeating: 0, count: schema.placeCount)
        for link in schema.links?.item ?? [] { add(link, base, literal) }
    }

    /// Finds the fields of `record` that links use.
    ///
    /// All further calls are about this record.
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

    /// The elements of the array that gives a relation its targets.
    @_lifetime(copy record)
    @inline(__always)
    func elements(of link: Int, in record: RecordView) -> LinkElements {
        LinkElements(of: Int(values[links[link].array]), member: links[link].member, record)
    }

    /// Appends the target of a relation; returns false, with a part of the target appended, if a value is missing.
    ///
    /// - Parameter element: A node from `elements`; 0 for a relation with one target.
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

    /// The index in `values` of a field, which is added if it is new.
    private mutating func value(_ field: FieldID) -> Int {
        if indexes[field.index] == 0 {
            values.append(0)
            indexes[field.index] = UInt16(truncatingIfNeeded: values.count)
        }
        return Int(indexes[field.index]) - 1
    }
}

/// A walk over the elements of an array that gives a relation its targets.
struct LinkElements: ~Escapable {
    private let member: FieldID
    private let isArray: Bool
    private var elements: RecordChildren

    /// - Parameter node: The node of the array; 0 if the record does not have it.
    @_lifetime(copy record)
    @inline(__always)
    fileprivate init(of node: Int, member: FieldID, _ record: RecordView) {
        self.member = member
        isArray = node > 0 && record.nodes[node].kind == .array
        elements = record.view(at: node).children
    }

    /// The node of the next value; elements without one are skipped.
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

    /// The node of the value that an element is linked by, or 0.
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
