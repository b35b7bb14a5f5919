/// The members of a page around its records, as they are read.
struct JSONPageMembers {
    /// The member that holds the records.
    enum Frame: Sendable {
        /// `items`: an array of the records.
        case items
        /// The frame of the dialect: an object with one array of the records.
        case dialect
    }

    private(set) var info = PageInfo()
    /// The content of the document's side member.
    private(set) var sideMembers = UnknownMembers()
    /// Whether there is any member besides the records and the side member.
    private(set) var hasMembers = false
    private(set) var frame = Frame.items
    private let dialect: JSONDialect?
    private var names: Set<[UInt8]> = []

    init(dialect: JSONDialect?) {
        self.dialect = dialect
    }

    /// The name of the member that holds the records.
    var frameName: StaticString {
        switch frame {
        case .items: "items"
        case .dialect: dialect?.frame ?? "items"
        }
    }

    /// Removes the members before the records from the open object on `tape`, whose last node is the frame's name, and
    /// adds them.
    mutating func add(
        from tape: inout RecordTape, source: ByteView, at start: Int, before frame: Frame
    ) throws(ParseStop) {
        self.frame = frame
        names = [Array(frameName.description.utf8)]
        tape.nodes.truncate(to: tape.nodes.count - 1)
        tape.end()
        tape.adoptSource(source, at: start)
        guard let record = tape.record else { return }
        var children = record.children
        while children.next() { try add(children, offset: start) }
    }

    /// Adds the members after the records.
    mutating func addRest(from tape: borrowing RecordTape, schema: Schema) throws(ParseStop) {
        guard let record = tape.record else { return }
        var children = record.children
        while children.next() {
            if let name = schema.name(of: children.value.field) {
                throw .refused(
                    SerializationError(
                        .wrongShape, found: "the field \"\(name)\" beside \"\(frameName)\"",
                        expected: "a page without fields of a record",
                        offset: tape.sourceOffset + children.value.sourceStart,
                        path: RecordPath("$").appending(key: name)))
            }
            try add(children, offset: tape.sourceOffset)
        }
    }

    private mutating func add(_ member: RecordChildren, offset: Int) throws(ParseStop) {
        guard let key = member.key else { return }
        let value = member.value
        let name = key.bytes
        guard names.insert(name.array()).inserted else {
            throw refusal(
                .duplicateField, found: "the name \"\(excerpt(name))\" a second time",
                expected: "each name once in an object", name, offset + key.sourceStart)
        }
        if let dialect, name.isEqual(to: dialect.sideMember) {
            guard value.kind == .object else {
                throw .refused(dialect.wrongKind(value, offset: offset + value.sourceStart, "$"))
            }
            var children = value.children
            while children.next() { sideMembers.append(children) }
            return
        }
        hasMembers = true
        if name.isEqual(to: "total") {
            switch value.kind {
            case .number: info.total = Number(checked: value.bytes.string())
            case .null: info.total = nil
            default: throw wrongKind(value, expected: "a number or null", name, offset)
            }
        } else if name.isEqual(to: "nextCursor") {
            info.nextCursor = try cursor(value, name, offset)
        } else if name.isEqual(to: "previousCursor") {
            info.previousCursor = try cursor(value, name, offset)
        } else {
            info.otherMembers.append(key: name, value: value)
        }
    }

    private func cursor(_ value: RecordView, _ name: ByteView, _ offset: Int) throws(ParseStop) -> String? {
        switch value.kind {
        case .string: return value.bytes.string()
        case .null: return nil
        default: throw wrongKind(value, expected: "a string or null", name, offset)
        }
    }

    private func wrongKind(_ value: RecordView, expected: String, _ name: ByteView, _ offset: Int) -> ParseStop {
        refusal(.wrongKind, found: value.summary, expected: expected, name, offset + value.sourceStart)
    }

    private func refusal(
        _ code: SerializationError.Code, found: String, expected: String, _ name: ByteView, _ offset: Int
    ) -> ParseStop {
        .refused(
            SerializationError(
                code, found: found, expected: expected, offset: offset, path: RecordPath("$").appending(key: name)))
    }
}

extension RecordPath {
    fileprivate func appending(key: ByteView) -> String {
        var path = self
        path.append(key: key)
        return path.text
    }

    fileprivate func appending(key: String) -> String {
        var path = self
        path.append(key: key)
        return path.text
    }
}

extension ByteView {
    /// The name of an encoding other than UTF-8, recognised by the first bytes; nil if there is none.
    ///
    /// A NUL among the first four bytes cannot occur in JSON text in UTF-8 (RFC 8259 section 8.1).
    var otherEncoding: String? {
        let first = (byte(at: 0), byte(at: 1), byte(at: 2), byte(at: 3))
        if count >= 4 {
            if first == (0, 0, 0xFE, 0xFF) { return "UTF-32 (big-endian)" }
            if first == (0xFF, 0xFE, 0, 0) { return "UTF-32 (little-endian)" }
            switch (first.0 == 0, first.1 == 0, first.2 == 0, first.3 == 0) {
            case (true, true, true, false): return "UTF-32 (big-endian)"
            case (false, true, true, true): return "UTF-32 (little-endian)"
            default: break
            }
        }
        if count >= 2 {
            if (first.0, first.1) == (0xFE, 0xFF) { return "UTF-16 (big-endian)" }
            if (first.0, first.1) == (0xFF, 0xFE) { return "UTF-16 (little-endian)" }
        }
        for index in 0..<min(4, count) where byte(at: index) == 0 {
            return index % 2 == 0 ? "UTF-16 (big-endian)" : "UTF-16 (little-endian)"
        }
        return nil
    }

    var startsWithByteOrderMark: Bool {
        byte(at: 0) == 0xEF && byte(at: 1) == 0xBB && byte(at: 2) == 0xBF
    }
}
