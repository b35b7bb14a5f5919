/// Finds the paths of many values of one record, which must be requested in the order of the tape.
///
/// All requests together take one walk over the record.
struct RecordPaths: ~Escapable {
    private let record: RecordView
    private let schema: Schema
    /// The containers around the last requested value, the record first.
    private var levels: [Level]

    private struct Level {
        let path: RecordPath
        let end: Int
        let isArray: Bool
        /// The node at which the child that the walk has reached begins, with its name; and the index of that child.
        var following: Int
        var position = 0
    }

    @_lifetime(copy record)
    init(of record: RecordView, under prefix: String, schema: Schema) {
        self.record = record
        self.schema = schema
        levels = []
        levels.append(Self.level(RecordPath(prefix), record, at: record.index))
    }

    private static func level(_ path: RecordPath, _ record: RecordView, at index: Int) -> Level {
        let node = record.nodes[index]
        return Level(path: path, end: index + node.extent, isArray: node.kind == .array, following: index + 1)
    }

    /// The path of the value at node `index`, which must not be before the last requested one.
    @_lifetime(self: copy self)
    mutating func path(of index: Int) -> String {
        while levels.count > 1, let last = levels.last, last.end <= index { levels.removeLast() }
        while true {
            let depth = levels.count - 1
            var child = levels[depth].following
            while child < levels[depth].end {
                let value = record.nodes[child].kind == .key ? child + 1 : child
                if index < value + record.nodes[value].extent { break }
                child = value + record.nodes[value].extent
                levels[depth].position += 1
            }
            levels[depth].following = child
            let value = child < levels[depth].end && record.nodes[child].kind == .key ? child + 1 : child
            // The container itself, or a node outside the record.
            guard index >= value, value < levels[depth].end else { return levels[depth].path.text }
            var path = levels[depth].path
            if levels[depth].isArray {
                path.append(index: levels[depth].position)
            } else if value > child {
                path.append(key: record.text(of: record.nodes[child]))
            } else if let name = schema.name(of: record.nodes[value].field) {
                path.append(key: name)
            }
            guard record.nodes[value].isContainer else { return path.text }
            levels.append(Self.level(path, record, at: value))
            if value == index { return path.text }
        }
    }
}
