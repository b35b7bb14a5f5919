/// A tape whose values are asked for by name and of a kind of the asker's choice.
struct RecordLookup: ~Copyable {
    private var tape = RecordTape()
    /// For each object, at its number: the name that was found last.
    ///
    /// The next one is likely to follow it.
    private var hints = Storage<UInt32>(minimumCapacity: 256)
    /// For large objects the names by their hashes.
    private var indexes: [Int: [UInt64: UInt32]] = [:]
    /// What was counted last: a type may ask before each element.
    private var counted = (value: -1, count: 0)
    private let seed = UInt64.random(in: .min ... .max)

    /// How many nodes an object has that is worth an index.
    private static var indexedSize: Int { 256 }

    init() {
        tape.begin(.object, .record)
        tape.end()
        hints.append(0)
    }

    mutating func take(from stream: inout RecordStream) {
        swap(&tape, &stream.tape)
        hints.removeAll()
        hints.append(repeating: 0, upTo: tape.nodes.count)
        if !indexes.isEmpty { indexes.removeAll() }
        counted.value = -1
    }

    // MARK: Structure

    func kind(of value: Int) -> TapeNode.Kind { tape.nodes[value].kind }

    func end(of value: Int) -> Int { value &+ tape.nodes[value].extent }

    mutating func count(of value: Int) -> Int {
        if counted.value == value { return counted.count }
        let end = end(of: value)
        var child = value &+ 1
        var count = 0
        while child < end {
            count &+= 1
            if tape.nodes[child].kind == .key { child &+= 1 }
            child &+= tape.nodes[child].extent
        }
        counted = (value, count)
        return count
    }

    func memberNames(of object: Int) -> [String] {
        let end = end(of: object)
        var names: [String] = []
        var key = object + 1
        while key < end, tape.nodes[key].kind == .key {
            names.append(bytes(of: key).wellFormedString())
            key = after(key)
        }
        return names
    }

    /// The name after this one, or the end of the object.
    @inline(__always)
    private func after(_ key: Int) -> Int { key &+ 1 &+ tape.nodes[key &+ 1].extent }

    @inline(__always)
    private func isKey(_ key: Int, _ name: ByteView) -> Bool {
        let node = tape.nodes[key]
        return node.kind == .key && Int(node.count) == name.count && bytes(of: key).isEqual(to: name)
    }

    mutating func member(_ name: String, of object: Int) -> Int {
        let utf8 = name.utf8Span.span
        let name = ByteView(utf8)
        let node = tape.nodes[object]
        guard node.kind == .object, node.count > 0 else { return 0 }
        let end = object &+ node.extent
        let last = Int(hints[object])
        let likely = last == 0 ? object &+ 1 : after(last)
        if likely < end, isKey(likely, name) {
            hints[object] = UInt32(truncatingIfNeeded: likely)
            return likely &+ 1
        }
        if last != 0, isKey(last, name) { return last &+ 1 }
        let isLarge = Int(node.count) > Self.indexedSize
        let key = isLarge ? indexedKey(name, of: object) : key(name, of: object, from: likely)
        guard key != 0 else { return 0 }
        hints[object] = UInt32(truncatingIfNeeded: key)
        return key &+ 1
    }

    mutating func memberUnlessNull(_ name: String, of object: Int) -> Int {
        let value = member(name, of: object)
        return tape.nodes[value].kind == .null ? 0 : value
    }

    /// Looks at all names, those after the likely one first; 0 if there is none.
    private func key(_ name: ByteView, of object: Int, from likely: Int) -> Int {
        let end = end(of: object)
        var key = likely
        while key < end {
            if isKey(key, name) { return key }
            key = after(key)
        }
        key = object &+ 1
        while key < likely {
            if isKey(key, name) { return key }
            key = after(key)
        }
        return 0
    }

    private mutating func indexedKey(_ name: ByteView, of object: Int) -> Int {
        if indexes[object] == nil { indexes[object] = index(of: object) }
        guard let key = indexes[object]?[hash(name, seed: seed)] else { return 0 }
        // Two names with one hash are not expected in a lifetime; if it happens, all names are looked at.
        return isKey(Int(key), name) ? Int(key) : self.key(name, of: object, from: object &+ 1)
    }

    private func index(of object: Int) -> [UInt64: UInt32] {
        let end = end(of: object)
        var index: [UInt64: UInt32] = [:]
        var key = object + 1
        while key < end, tape.nodes[key].kind == .key {
            index[hash(bytes(of: key), seed: seed)] = UInt32(truncatingIfNeeded: key)
            key = after(key)
        }
        return index
    }

    // MARK: Values

    @_lifetime(borrow self)
    @inline(__always)
    private func bytes(of value: Int) -> ByteView {
        let node = tape.nodes[value]
        let base = node.flags.contains(.inArena) ? 0 : tape.sourceBase
        return tape.text.view.slice(base &+ Int(node.start), count: Int(node.count))
    }

    func isEmptyText(_ value: Int) -> Bool {
        tape.nodes[value].kind == .string && tape.nodes[value].count == 0
    }

    func text(of value: Int, takesAll: Bool) -> String? {
        let node = tape.nodes[value]
        switch node.kind {
        case .string: return bytes(of: value).wellFormedString()
        case .number where takesAll: return bytes(of: value).wellFormedString()
        case .bool where takesAll: return writtenBoolean(node) ?? (node.flags.contains(.isTrue) ? "true" : "false")
        default: return nil
        }
    }

    /// The letters of a boolean as they stand in the record's own text: CSV has `TRUE` for it, too.
    private func writtenBoolean(_ node: TapeNode) -> String? {
        let word: StaticString = node.flags.contains(.isTrue) ? "true" : "false"
        let source = tape.text.view.slice(tape.sourceBase, count: tape.text.count &- tape.sourceBase)
        let start = source.byte(at: Int(node.start)) == 0x22 ? Int(node.start) &+ 1 : Int(node.start)
        guard source.hasFoldedPrefix(word, at: start) else { return nil }
        return source.slice(start, count: word.utf8CodeUnitCount).string()
    }

    func bool(of value: Int, takesText: Bool) -> Bool? {
        let node = tape.nodes[value]
        if node.kind == .bool { return node.flags.contains(.isTrue) }
        guard node.kind == .string, takesText else { return nil }
        let text = bytes(of: value)
        var start = 0
        var end = text.count
        while start < end, ASCII.isSpace(text.byte(at: start)) { start += 1 }
        while end > start, ASCII.isSpace(text.byte(at: end - 1)) { end -= 1 }
        if end - start == 4, text.hasFoldedPrefix("true", at: start) { return true }
        if end - start == 5, text.hasFoldedPrefix("false", at: start) { return false }
        return nil
    }

    func whole(of value: Int, takesText: Bool) -> WholeNumber {
        let node = tape.nodes[value]
        if node.kind == .number {
            return NumberValue.whole(bytes(of: value), isInteger: node.flags.contains(.isInteger))
        }
        guard let text = regularText(of: value, takesText) else { return .notNumber }
        return NumberValue.whole(ByteView(text.span), isInteger: false)
    }

    func double(of value: Int, takesText: Bool) -> Double? {
        if tape.nodes[value].kind == .number { return NumberValue.double(bytes(of: value)) }
        guard let text = regularText(of: value, takesText) else { return nil }
        return NumberValue.double(ByteView(text.span))
    }

    func float(of value: Int, takesText: Bool) -> Float? {
        if tape.nodes[value].kind == .number { return NumberValue.float(bytes(of: value)) }
        guard let text = regularText(of: value, takesText) else { return nil }
        return NumberValue.float(ByteView(text.span))
    }

    func number(of value: Int, takesText: Bool) -> String? {
        if tape.nodes[value].kind == .number { return bytes(of: value).wellFormedString() }
        return regularText(of: value, takesText).map { String(decoding: $0, as: UTF8.self) }
    }

    private func regularText(of value: Int, _ takesText: Bool) -> [UInt8]? {
        guard takesText, tape.nodes[value].kind == .string else { return nil }
        return NumberValue.regular(bytes(of: value))
    }

    // MARK: Errors

    func error(
        _ code: SerializationError.Code, expected: String, found: String?, at value: Int, missing: String?
    ) -> SerializationError {
        guard let record = tape.record, value >= 0, value < tape.nodes.count else {
            return SerializationError(code, found: found ?? "nothing", expected: expected)
        }
        let view = record.view(at: value)
        return SerializationError(code, found: found ?? view.summary, expected: expected, at: view, missing: missing)
    }

    func path(to value: Int) -> [RecordStep] {
        var steps: [RecordStep] = []
        var parent = 0
        while parent != value {
            let end = end(of: parent)
            let isArray = kind(of: parent) == .array
            var child = parent + 1
            var position = 0
            while child < end {
                let key = child
                if tape.nodes[child].kind == .key { child += 1 }
                if value < self.end(of: child) {
                    steps.append(isArray ? .index(position) : .name(bytes(of: key).string()))
                    break
                }
                child = self.end(of: child)
                position += 1
            }
            guard child < end else { break }
            parent = child
        }
        return steps
    }

    mutating func value(at path: [RecordStep]) -> Int {
        var value = 0
        for step in path {
            switch step {
            case .name(let name):
                let member = member(name, of: value)
                guard member != 0 else { return value }
                value = member
            case .index(let index) where kind(of: value) == .object:
                // A key that is a number.
                let member = member(String(index), of: value)
                guard member != 0 else { return value }
                value = member
            case .index(let index):
                guard kind(of: value) == .array, index >= 0 else { return value }
                var child = value + 1
                var position = 0
                while child < end(of: value), position < index {
                    child = end(of: child)
                    position += 1
                }
                guard child < end(of: value) else { return value }
                value = child
            }
        }
        return value
    }

    func located(
        _ error: SerializationError, by stream: borrowing RecordStream, ofRecord index: Int, in window: Span<UInt8>
    ) -> SerializationError {
        let shape = stream.shape ?? (stream.recordCount == 1 ? .item : .list)
        return stream.located(error, at: RecordPlace(index, in: shape), in: tape, window)
    }
}
