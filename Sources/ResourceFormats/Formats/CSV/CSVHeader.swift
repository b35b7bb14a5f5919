/// The columns of a CSV input as the leaves of a tree.
struct CSVHeader: Sendable {
    /// An object or array that contains columns.
    struct Container: Sendable {
        let parent: Int
        let step: Step
        let field: FieldID
        /// The number of containers around it.
        let depth: Int
        /// The leaf that is the container's own column, or -1.
        var ownLeaf: Int
    }

    /// The step from a container to a place in it.
    enum Step: Sendable {
        case known
        case unknown(key: [UInt8])
        case index(Int)
    }

    /// A column.
    struct Leaf: Sendable {
        /// The index of the column in the input.
        let column: Int
        let container: Int
        let step: Step
        let field: FieldID
        let kind: ValueKind?
        /// The number of containers around the value, including the record.
        let depth: Int
        let path: CSVColumnPath
    }

    /// The containers, the record first and each after its parent.
    private(set) var containers: [Container] = []
    /// The columns in the order of a record's values: depth first, elements by index, otherwise as in the header.
    private(set) var leaves: [Leaf] = []
    private(set) var notes: [Note] = []

    /// A place, while the tree is being built.
    private struct Node {
        var step: CSVColumnPath.Step
        var field: FieldID
        var column = -1
        var children: [Int] = []
        var byStep: [CSVColumnPath.Step: Int] = [:]
        /// The path of a column; empty for other places.
        var path = CSVColumnPath(steps: [])
    }

    /// The largest number of columns that notes of one kind name; beyond it they are only counted.
    static let mostNamed = 10

    /// - Parameters:
    ///   - names: The cells of the header with their offsets in the input.
    ///   - renames: Whether blank and double names are replaced.
    /// - Throws: `.invalidHeader` for blank names and for two names of one place, `.depthLimit`.
    init(
        names: [(name: [UInt8], offset: Int)], renames: Bool, schema: Schema, limits: Limits
    ) throws(SerializationError) {
        var names = names
        if renames {
            let renamed = CSVHeaderNames(names)
            names = renamed.names
            notes = renamed.notes
        }
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
                    notes.append(Note("column \"\(excerpt(view))\" is not a path; its name is taken as one key"))
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
                Note(
                    "\(count) more \(count == 1 ? "column is not a path" : "columns are not paths"); each name is taken as one key"
                )
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
        // Members come in the order of the header, elements by index; a row can fill only members or only elements.
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
