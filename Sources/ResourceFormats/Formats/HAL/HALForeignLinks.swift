/// Separates the derived links of a record from the foreign ones, and merges both again.
///
/// Two values are equal as JSON if their kind and content are: members in any order, texts by code points, numbers by
/// their text. Nothing here runs for a record whose links equal, byte for byte, those that the writer would write.
struct HALForeignLinks: ~Copyable {
    private let curiePrefix: [UInt8]
    private let values: JSONValueWriter
    /// The derived links, as a record.
    private var derived = RecordTape()
    private var parser: JSONParser

    private var kept = KeptLinks()

    init(curiePrefix: [UInt8]) {
        self.curiePrefix = curiePrefix
        values = JSONValueWriter(forCheckedRecordsOf: .withoutFields)
        parser = JSONParser(schema: .withoutFields, limits: .default)
    }

    // MARK: Reading

    /// Removes the member `_links`, whose name is node `key`, from the record on `tape`, and appends its foreign links
    /// after the record.
    ///
    /// - Parameter links: The derived links with `curies`, as a compact object.
    mutating func take(_ key: Int, from tape: inout RecordTape, derived links: borrowing OutputBuffer) {
        parse(links)
        kept.removeAll()
        kept.add(from: tape, at: key + 1, otherThan: derived) { _, _ in false }
        tape.removeMember(at: key)
        tape.appendBehindRecord(kept.nodes)
    }

    /// The links among `links` that are foreign to a collection.
    ///
    /// - Parameters:
    ///   - links: The content of the collection's `_links`.
    ///   - own: The derived links.
    ///   - isOrigin: Whether a relation only tells where the collection came from, so that it is not foreign.
    mutating func foreign(
        among links: UnknownMembers, derived own: borrowing OutputBuffer,
        where isOrigin: (ByteView, RecordView) -> Bool
    ) throws(SerializationError) -> UnknownMembers {
        var foreign = UnknownMembers()
        guard !links.isEmpty else { return foreign }
        var tape = RecordTape()
        try links.read(onto: &tape)
        parse(own)
        kept.removeAll()
        kept.add(from: tape, at: 0, otherThan: derived, isOwn: isOrigin)
        tape.appendBehindRecord(kept.nodes)
        guard let rest = tape.record?.foreignLinks else { return foreign }
        var children = rest.children
        while children.next() { foreign.append(children) }
        return foreign
    }

    private mutating func parse(_ links: borrowing OutputBuffer) {
        let input = links.bytes.view
        parser.position = 0
        parser.isComplete = true
        // The derived links are well-formed JSON.
        guard (try? parser.parseRecord(input, mayBePage: false, into: &derived)) != nil else { return }
        derived.adoptSource(input, at: 0)
    }

    // MARK: Writing

    /// Whether a foreign relation uses the prefix of the resource's `curies`.
    func usesCurie(_ foreign: RecordView) -> Bool {
        guard !curiePrefix.isEmpty else { return false }
        var members = foreign.children
        while members.next() {
            if let key = members.key, key.bytes.array().starts(with: curiePrefix) { return true }
        }
        return false
    }

    /// Appends the derived links, a compact object, with each foreign link in its place or after all of them.
    mutating func append(
        _ foreign: RecordView, among links: borrowing OutputBuffer, to output: inout OutputBuffer
    ) throws(SerializationError) {
        parse(links)
        guard let own = derived.record else { return }
        output.append(0x7B)
        var isFirst = true
        var members = own.children
        while members.next() {
            guard let key = members.key else { continue }
            appendName(key, isFirst: &isFirst, to: &output)
            guard let other = foreign.member(named: key.bytes) else {
                try values.write(members.value, to: &output)
                continue
            }
            if key.bytes.isEqual(to: "curies"), other.kind == .array {
                try appendCuries(members.value, other, to: &output)
            } else {
                try values.write(other, to: &output)
            }
        }
        var others = foreign.children
        while others.next() {
            guard let key = others.key, own.member(named: key.bytes) == nil else { continue }
            appendName(key, isFirst: &isFirst, to: &output)
            try values.write(others.value, to: &output)
        }
        output.append(0x7D)
    }

    private func appendName(_ key: RecordView, isFirst: inout Bool, to output: inout OutputBuffer) {
        if !isFirst { output.append(0x2C) }
        isFirst = false
        JSONText.appendString(key.bytes, to: &output)
        output.append(0x3A)
    }

    /// Appends the resource's own entry or the one that replaces it, then the others.
    private func appendCuries(
        _ own: RecordView, _ others: RecordView, to output: inout OutputBuffer
    ) throws(SerializationError) {
        let name = ByteView(curiePrefix.span).slice(0, count: curiePrefix.count - 1)
        var ours = own.children
        guard ours.next() else { return }
        var replacement = -1
        var entries = others.children
        while replacement < 0, entries.next() {
            if let given = entries.value.member(named: "name"), given.kind == .string, given.bytes.isEqual(to: name) {
                replacement = entries.value.index
            }
        }
        output.append(0x5B)
        try values.write(replacement < 0 ? ours.value : others.view(at: replacement), to: &output)
        entries = others.children
        while entries.next() {
            if entries.value.index == replacement { continue }
            output.append(0x2C)
            try values.write(entries.value, to: &output)
        }
        output.append(0x5D)
    }
}

// MARK: - Keeping

/// The nodes of foreign links, before they are appended to a record's tape.
private struct KeptLinks: ~Copyable {
    private(set) var nodes = Storage<TapeNode>()

    mutating func removeAll() {
        nodes.removeAll()
    }

    /// Adds an object with the members of `links` that are not among those of `own`.
    mutating func add(
        from tape: borrowing RecordTape, at node: Int, otherThan derived: borrowing RecordTape,
        isOwn: (ByteView, RecordView) -> Bool
    ) {
        guard let record = tape.record, let own = derived.record else { return }
        let links = record.view(at: node)
        var members = links.children
        while members.next() {
            guard let key = members.key else { continue }
            let value = members.value
            let counterpart = own.member(named: key.bytes)
            if key.bytes.isEqual(to: "curies"), value.kind == .array, let counterpart {
                addEntries(key, value, counterpart)
            } else {
                if let counterpart, value.isEqualJSON(to: counterpart) { continue }
                if isOwn(key.bytes, value) { continue }
                open()
                keep(links, from: key.index, to: value.end)
            }
        }
        if nodes.count > 0 { nodes[0].close(withNodesInside: nodes.count - 1) }
    }

    /// Keeps the entries of `curies` that are not the resource's own; without such entries the relation is dropped.
    private mutating func addEntries(_ key: RecordView, _ array: RecordView, _ own: RecordView) {
        var entries = array.children
        var start = -1
        while entries.next() {
            var ours = own.children
            var isOurs = false
            while !isOurs, ours.next() { isOurs = ours.value.isEqualJSON(to: entries.value) }
            if isOurs { continue }
            if start < 0 {
                open()
                keep(array, from: key.index, to: array.index)
                start = nodes.count
                nodes.append(array.node)
            }
            keep(array, from: entries.value.index, to: entries.value.end)
        }
        if start >= 0 { nodes[start].close(withNodesInside: nodes.count - start - 1) }
    }

    private mutating func open() {
        if nodes.count == 0 { nodes.append(TapeNode(kind: .object, field: .unknown, start: 0, count: 0)) }
    }

    private mutating func keep(_ view: RecordView, from start: Int, to end: Int) {
        for index in start..<end { nodes.append(view.nodes[index]) }
    }
}

// MARK: - Comparing

extension RecordView {
    /// The unknown member of an object with this name.
    @_lifetime(copy self)
    fileprivate func member(named name: ByteView) -> RecordView? {
        var members = children
        while members.next() {
            if let key = members.key, key.bytes.isEqual(to: name) { return members.value }
        }
        return nil
    }

    @_lifetime(copy self)
    fileprivate func member(named name: StaticString) -> RecordView? {
        var members = children
        while members.next() {
            if let key = members.key, key.bytes.isEqual(to: name) { return members.value }
        }
        return nil
    }

    /// Whether both are the same JSON value, below places that are not in the schema.
    ///
    /// The comparison goes no deeper than the shallower value.
    fileprivate func isEqualJSON(to other: RecordView) -> Bool {
        guard kind == other.kind else { return false }
        switch kind {
        case .string, .number, .key: return bytes.isEqual(to: other.bytes)
        case .bool: return node.flags.contains(.isTrue) == other.node.flags.contains(.isTrue)
        case .null: return true
        case .array:
            guard node.count == other.node.count else { return false }
            var elements = children
            var others = other.children
            while elements.next() {
                guard others.next(), elements.value.isEqualJSON(to: others.value) else { return false }
            }
            return true
        case .object:
            // Equal values have the same number of nodes, so a long object is never compared with a short one.
            guard node.count == other.node.count else { return false }
            var members = other.children
            while members.next() {
                guard let key = members.key, let value = member(named: key.bytes),
                    value.isEqualJSON(to: members.value)
                else { return false }
            }
            return true
        }
    }
}

// MARK: - Foreign links on a tape

extension RecordView {
    /// The foreign links of the record: an object after the record, which a walk over the record does not visit.
    var foreignLinks: RecordView? {
        @_lifetime(copy self)
        get {
            let end = nodes[0].extent
            return end < nodes.count ? view(at: end) : nil
        }
    }
}

extension RecordTape {
    /// Whether the tape has foreign links.
    @inline(__always)
    var hasForeignLinks: Bool { nodes.count > 0 && nodes[0].extent < nodes.count }

    /// Removes the member of the record whose name is node `key`.
    fileprivate mutating func removeMember(at key: Int) {
        let end = key + 1 + nodes[key + 1].extent
        for index in end..<nodes.count { nodes[index - (end - key)] = nodes[index] }
        nodes.truncate(to: nodes.count - (end - key))
        nodes[0].close(withNodesInside: nodes.count - 1)
        isCompactJSON = false
    }

    fileprivate mutating func appendBehindRecord(_ foreign: borrowing Storage<TapeNode>) {
        for index in 0..<foreign.count { nodes.append(foreign[index]) }
    }
}
