/// A value that one of two records has and the other has not, or has another.
public struct RecordDifference: Hashable, Sendable {
    /// The path below the record, such as `.openAI.customModel`; empty for the record itself.
    public let path: String
    /// The same as a JSON Pointer (RFC 6901).
    public let pointer: String
    /// The old value as compact JSON; nil if the first record has none.
    public let old: [UInt8]?
    /// The new value as compact JSON; nil if the second record has none.
    public let new: [UInt8]?

    /// The differences between two records of one schema, innermost values first of each member in the order of the first
    /// record, then what only the second has.
    ///
    /// The order of members does not count. Elements of arrays are compared by their index; those that are left out come
    /// from the last on, so that a JSON Patch (RFC 6902) of the differences in their order makes one record of the other.
    public static func all(from old: RecordView, to new: RecordView, schema: Schema) -> [RecordDifference] {
        var search = RecordDifferenceSearch(schema)
        search.compare(old, new, RecordPath(""), "")
        return search.found
    }

    /// A step of a JSON Pointer.
    public static func pointerStep(_ name: String) -> String {
        var step: [UInt8] = [0x2F]
        for byte in name.utf8 {
            switch byte {
            case 0x7E: step += [0x7E, 0x30]
            case 0x2F: step += [0x7E, 0x31]
            default: step.append(byte)
            }
        }
        return String(decoding: step, as: UTF8.self)
    }
}

private struct RecordDifferenceSearch {
    private(set) var found: [RecordDifference] = []
    private let schema: Schema
    private let values: JSONValueWriter

    init(_ schema: Schema) {
        self.schema = schema
        values = JSONValueWriter(forCheckedRecordsOf: schema)
    }

    mutating func compare(_ old: RecordView, _ new: RecordView, _ path: RecordPath, _ pointer: String) {
        guard old.kind == new.kind else { return add(path, pointer, json(old), json(new)) }
        switch old.kind {
        case .object: compareMembers(old, new, path, pointer)
        case .array: compareElements(old, new, path, pointer)
        case .string, .number, .key:
            if !old.bytes.isEqual(to: new.bytes) { add(path, pointer, json(old), json(new)) }
        case .bool:
            if old.node.flags.contains(.isTrue) != new.node.flags.contains(.isTrue) {
                add(path, pointer, json(old), json(new))
            }
        case .null: break
        }
    }

    private mutating func compareMembers(
        _ old: RecordView, _ new: RecordView, _ path: RecordPath, _ pointer: String
    ) {
        var others: [[UInt8]: Int] = [:]
        var children = new.children
        while children.next() { others[name(of: children)] = children.value.index }
        children = old.children
        while children.next() {
            let name = name(of: children)
            let (path, pointer) = step(name, path, pointer)
            if let other = others.removeValue(forKey: name) {
                compare(children.value, new.view(at: other), path, pointer)
            } else {
                add(path, pointer, json(children.value), nil)
            }
        }
        children = new.children
        while children.next() {
            let name = name(of: children)
            guard others[name] != nil else { continue }
            let (path, pointer) = step(name, path, pointer)
            add(path, pointer, nil, json(children.value))
        }
    }

    private mutating func compareElements(
        _ old: RecordView, _ new: RecordView, _ path: RecordPath, _ pointer: String
    ) {
        var one = old.children
        var other = new.children
        var index = 0
        var left: [[UInt8]] = []
        while true {
            let (hasOne, hasOther) = (one.next(), other.next())
            guard hasOne || hasOther else { break }
            var below = path
            below.append(index: index)
            if hasOne, hasOther {
                compare(one.value, other.value, below, "\(pointer)/\(index)")
            } else if hasOther {
                add(below, "\(pointer)/\(index)", nil, json(other.value))
            } else {
                left.append(json(one.value))
            }
            index += 1
        }
        while let value = left.popLast() {
            index -= 1
            var below = path
            below.append(index: index)
            add(below, "\(pointer)/\(index)", value, nil)
        }
    }

    private mutating func add(_ path: RecordPath, _ pointer: String, _ old: [UInt8]?, _ new: [UInt8]?) {
        found.append(RecordDifference(path: path.text, pointer: pointer, old: old, new: new))
    }

    private func step(_ name: [UInt8], _ path: RecordPath, _ pointer: String) -> (RecordPath, String) {
        var path = path
        path.append(key: ByteView(name.span))
        return (path, pointer + RecordDifference.pointerStep(String(decoding: name, as: UTF8.self)))
    }

    private func name(of member: RecordChildren) -> [UInt8] {
        if let key = member.key { return key.bytes.array() }
        return Array((schema.name(of: member.value.field) ?? "").utf8)
    }

    private func json(_ value: RecordView) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: 64)
        // It cannot fail: what a reader has read is not too deep for a writer.
        try? values.write(value, to: &output)
        return output.array()
    }
}

extension MemberPath {
    /// Finds the value at a path in the records of a schema.
    public struct Finder: Sendable {
        private let tree: MemberTree

        /// A finder for one path.
        public init(_ path: MemberPath, schema: Schema) {
            tree = MemberTree([path], schema: schema)
        }

        /// The value; nil if the record has none.
        @_lifetime(copy record)
        public func value(in record: RecordView) -> RecordView? {
            guard let node = tree.node(ofOnlyPathIn: record) else { return nil }
            return record.view(at: node)
        }
    }
}
