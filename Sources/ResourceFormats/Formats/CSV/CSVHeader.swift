/// The columns of a CSV input, laid out as the tree they are the leaves of.
struct CSVHeader: Sendable {
    /// An object or array that columns lie in.
    struct Container: Sendable {
        let parent: Int
        let step: Step
        let field: FieldID
        /// How many containers are around it.
        let depth: Int
        /// The leaf that is this place's own column, or -1.
        var ownLeaf: Int
    }

    /// How a place is reached from its container.
    enum Step: Sendable {
        case known
        case unknown(key: [UInt8])
        case index(Int)
    }

    /// A column.
    struct Leaf: Sendable {
        /// Its number in the input.
        let column: Int
        let container: Int
        let step: Step
        let field: FieldID
        let kind: ValueKind?
        /// How many containers are around the value, the record among them.
        let depth: Int
        let path: CSVColumnPath
    }

    /// The record first; each after its parent.
    private(set) var containers: [Container] = []
    /// In the order in which a record's values come: depth first, elements by index, else as in the header.
    private(set) var leaves: [Leaf] = []
    private(set) var notes: [Note] = []

    /// A place while the tree is being built.
    private struct Node {
        var step: CSVColumnPath.Step
        var field: FieldID
        var column = -1
        var children: [Int] = []
        var byStep: [CSVColumnPath.Step: Int] = [:]
        /// Of a column.
        var path = CSVColumnPath(steps: [])
    }

    /// How many columns are named in notes of one kind; then they are counted.
    static let mostNamed = 10

    /// - Parameters:
    ///   - names: The header's cells, and where each stands in the input.
    /// - Throws: `.invalidHeader` for blank names and for two names of one place, `.depthLimit`.
    init(names: [(name: [UInt8], offset: Int)], schema: Schema, limits: Limits) throws(SerializationError) {
        var nodes = [Node(step: .index(0), field: .record)]
        var literalCount = 0
        for (column, entry) in names.enumerated() {
            let view = ByteView(entry.name.span)
            guard view.count > 0 else {
                throw SerializationError(
                    .invalidHeader, found: "a blank column name", expected: "a name for column \(column + 1)",
                    offset: entry.offset, path: "$")
            }
            let path: CSVColumnPath
            if let parsed = CSVColumnPath(parsing: view) {
                path = parsed
            } else {
                path = CSVColumnPath(literal: view)
                literalCount += 1
                if literalCount <= Self.mostNamed {
                    notes.append(Note("column \"\(excerpt(view))\" is no path; its name is taken as one key"))
                }
            }
            guard path.steps.count <= limits.depth else {
                throw SerializationError(
                    .depthLimit, found: "a column nested deeper than \(limits.depth)",
                    expected: "at most \(limits.depth) levels", offset: entry.offset, path: "$")
            }
            var node = 0
            for step in path.steps {
                if let next = nodes[node].byStep[step] {
                    node = next
                    continue
                }
                let field: FieldID =
                    switch step {
                    case .key(let key):
                        schema.isScope(nodes[node].field)
                            ? schema.field(named: key.span, in: nodes[node].field) : .unknown
                    case .index: schema.elements(of: nodes[node].field)
                    }
                nodes[node].byStep[step] = nodes.count
                nodes[node].children.append(nodes.count)
                node = nodes.count
                nodes.append(Node(step: step, field: field))
            }
            guard nodes[node].column < 0 else {
                throw SerializationError(
                    .invalidHeader, found: "the column \"\(excerpt(view))\" a second time",
                    expected: "each column once", offset: entry.offset, path: "$")
            }
            nodes[node].column = column
            nodes[node].path = path
        }
        if literalCount > Self.mostNamed {
            let count = literalCount - Self.mostNamed
            notes.append(
                Note("\(count) more \(count == 1 ? "column is" : "columns are") no path; each name is taken as one key")
            )
        }
        add(0, of: nodes, container: -1, depth: 0, schema)
    }

    private mutating func add(_ index: Int, of nodes: [Node], container parent: Int, depth: Int, _ schema: Schema) {
        let node = nodes[index]
        let step: Step =
            switch node.step {
            case .index(let position): .index(position)
            case .key(let key): node.field == .unknown ? .unknown(key: key) : .known
            }
        var ownLeaf = -1
        if node.column >= 0 {
            ownLeaf = leaves.count
            leaves.append(
                Leaf(
                    column: node.column, container: parent, step: step, field: node.field,
                    kind: schema.kind(of: node.field), depth: depth, path: node.path))
        }
        guard !node.children.isEmpty else { return }
        let container = containers.count
        containers.append(Container(parent: parent, step: step, field: node.field, depth: depth, ownLeaf: ownLeaf))
        // Members in the order of the header, elements by index; a row can only fill one of both.
        let members = node.children.filter { nodes[$0].step.elementIndex == nil }
        let elements = node.children.filter { nodes[$0].step.elementIndex != nil }
            .sorted { (nodes[$0].step.elementIndex ?? 0) < (nodes[$1].step.elementIndex ?? 0) }
        for child in members + elements { add(child, of: nodes, container: container, depth: depth + 1, schema) }
    }
}

extension CSVColumnPath.Step {
    fileprivate var elementIndex: Int? {
        if case .index(let index) = self { return index }
        return nil
    }
}
