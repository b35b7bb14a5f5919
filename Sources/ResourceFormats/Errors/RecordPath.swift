/// A builder for paths such as `$.items[3].fallbacks[0].failedRequests` and `$["odd key"]`.
///
/// Only used for errors.
struct RecordPath {
    private(set) var text: String

    init(_ text: String) {
        self.text = text
    }

    mutating func append(index: Int) {
        text += "[\(index)]"
    }

    mutating func append(key: ByteView) {
        if Self.isPlain(key) {
            text += "." + key.string()
        } else {
            var quoted = OutputBuffer(minimumCapacity: 64)
            quoted.appendJSONString(excerpt(key))
            text += "[" + quoted.bytes.view.string() + "]"
        }
    }

    mutating func append(key: String) {
        let bytes = Array(key.utf8)
        append(key: ByteView(bytes.span))
    }

    /// Whether a key can follow a dot unquoted: letters, digits, `_`, `$` and `-`, not beginning with a digit.
    private static func isPlain(_ key: ByteView) -> Bool {
        guard key.count > 0, key.count <= 60, !ASCII.isDigit(key.byte(at: 0)) else { return false }
        for index in 0..<key.count {
            guard ASCII.isPlainInPath(key.byte(at: index)) else { return false }
        }
        return true
    }
}

extension RecordTape {
    /// The path, below `prefix`, of the container that is being built; `source` holds the bytes of the record so far.
    func pathOfOpenContainer(under prefix: String, schema: Schema, source: ByteView) -> RecordPath {
        var path = RecordPath(prefix)
        var level = 1
        while level < open.count {
            appendStep(to: &path, from: Int(open[level - 1]), to: Int(open[level]), schema: schema, source: source)
            level += 1
        }
        return path
    }

    /// The number of elements so far of the array that is being built.
    var elementCountOfOpenArray: Int {
        guard open.count > 0 else { return 0 }
        return elementCount(from: Int(open[open.count - 1]) + 1, to: nodes.count)
    }

    private func elementCount(from start: Int, to end: Int) -> Int {
        var index = start
        var count = 0
        while index < end {
            index += nodes[index].extent
            count += 1
        }
        return count
    }

    private func appendStep(
        to path: inout RecordPath, from parent: Int, to child: Int, schema: Schema, source: ByteView
    ) {
        if nodes[parent].kind == .array {
            path.append(index: elementCount(from: parent + 1, to: child))
        } else if let name = schema.name(of: nodes[child].field) {
            path.append(key: name)
        } else if child > 0, nodes[child - 1].kind == .key {
            path.append(key: textWhileBuilding(of: nodes[child - 1], source: source))
        }
    }

    /// The text of a node before the record's own bytes are adopted.
    @_lifetime(borrow self, copy source)
    func textWhileBuilding(of node: TapeNode, source: ByteView) -> ByteView {
        node.flags.contains(.inArena)
            ? text.view.slice(Int(node.start), count: Int(node.count))
            : source.slice(Int(node.start), count: Int(node.count))
    }
}

extension RecordView {
    /// The path of this value under `prefix`.
    func path(under prefix: String, schema: Schema) -> String {
        var path = RecordPath(prefix)
        var parent = 0
        while parent != index {
            var children = view(at: parent).children
            var position = 0
            var found = false
            while !found, children.next() {
                let child = children.value
                guard child.index <= index, index < child.end else {
                    position += 1
                    continue
                }
                if nodes[parent].kind == .array {
                    path.append(index: position)
                } else if let key = children.key {
                    path.append(key: key.bytes)
                } else if let name = schema.name(of: child.field) {
                    path.append(key: name)
                }
                parent = child.index
                found = true
            }
            if !found { break }
        }
        return path.text
    }
}
