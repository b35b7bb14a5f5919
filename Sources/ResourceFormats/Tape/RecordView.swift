/// A borrowed view of one value of a record.
///
/// It cannot outlive the tape and is cheap to copy. Writers walk it. So can any program that reads a value without
/// decoding the whole record.
public struct RecordView: ~Escapable {
    let nodes: StorageView<TapeNode>
    let allText: ByteView
    let sourceBase: Int
    let index: Int
    let traits: Traits

    /// Traits of the whole record.
    struct Traits: OptionSet, BitwiseCopyable, Sendable {
        let rawValue: UInt8

        /// The record's own bytes are its compact JSON.
        static let isCompactJSON = Traits(rawValue: 1)
        /// The record was built by hand and has not been checked against the schema.
        static let isUnchecked = Traits(rawValue: 2)
    }

    @_lifetime(copy nodes, copy text)
    @inline(__always)
    init(nodes: StorageView<TapeNode>, text: ByteView, sourceBase: Int, index: Int, traits: Traits) {
        self.nodes = nodes
        self.allText = text
        self.sourceBase = sourceBase
        self.index = index
        self.traits = traits
    }

    /// Whether the record's own bytes are its compact JSON.
    @inline(__always)
    var isCompactJSON: Bool { traits.contains(.isCompactJSON) }

    /// Whether the record was built by hand and has not been checked against the schema.
    @inline(__always)
    var isUnchecked: Bool { traits.contains(.isUnchecked) }

    @inline(__always)
    var node: TapeNode { nodes[index] }

    /// The kind of the value.
    public var kind: TapeNode.Kind { node.kind }

    /// The value's field number in the schema, or `.unknown`.
    public var field: FieldID { node.field }

    /// A view of another node of the same record.
    @_lifetime(copy self)
    @inline(__always)
    func view(at index: Int) -> RecordView {
        RecordView(nodes: nodes, text: allText, sourceBase: sourceBase, index: index, traits: traits)
    }

    /// The index of the node after the last one of this value.
    @inline(__always)
    var end: Int { index &+ node.extent }

    /// The text of a string, number or key node.
    @_lifetime(copy self)
    @inline(__always)
    func text(of node: TapeNode) -> ByteView {
        let base = node.flags.contains(.inArena) ? 0 : sourceBase
        return allText.slice(base &+ Int(node.start), count: Int(node.count))
    }

    /// The decoded text of a string or the digits of a number; empty for every other kind.
    public var text: Span<UInt8> {
        @_lifetime(copy self)
        get { bytes.span }
    }

    var bytes: ByteView {
        @_lifetime(copy self)
        get {
            switch kind {
            case .string, .number, .key: text(of: node)
            case .object, .array, .bool, .null: allText.slice(0, count: 0)
            }
        }
    }

    /// The record's own bytes, as they were in the input.
    var source: ByteView {
        @_lifetime(copy self)
        get { allText.slice(sourceBase, count: allText.count - sourceBase) }
    }

    /// The place of the value, counted from the first byte of the record in the input; for a quoted text, its quote.
    var sourceStart: Int {
        let start = Int(node.start)
        if node.flags.contains(.inArena) { return Int(allText.word(at: start - 4, count: 4)) }
        let isQuoted = (kind == .string || kind == .key) && start > 0 && source.byte(at: start - 1) == 0x22
        return isQuoted ? start - 1 : start
    }

    /// The number of members or elements.
    public var count: Int {
        var count = 0
        var children = self.children
        while children.next() { count += 1 }
        return count
    }

    /// The members or elements as a walk, in document order; empty for a scalar.
    public var children: RecordChildren {
        @_lifetime(copy self)
        get { RecordChildren(of: self) }
    }

    /// The member of a field: `record[Field.name]`; nil if there is none.
    public subscript<Field: SchemaField>(field: Field) -> RecordView? {
        @_lifetime(copy self)
        get { self[field.id] }
    }

    /// The first member with this name, compared byte for byte, that the schema does not know; nil if there is none.
    ///
    /// Known members have no names on a tape. `record["name", in: schema]` finds both.
    public subscript(name: String) -> RecordView? {
        @_lifetime(copy self)
        get {
            let utf8 = name.utf8Span.span
            let bytes = ByteView(utf8)
            var children = self.children
            while children.next() {
                if let key = children.key, key.bytes.isEqual(to: bytes) { return children.value }
            }
            return nil
        }
    }

    /// The first member with this name, known to the schema or not; nil if there is none.
    public subscript(name: String, in schema: Schema) -> RecordView? {
        @_lifetime(copy self)
        get {
            let known = schema.field(named: name.utf8Span.span, in: field)
            return known == .unknown ? self[name] : self[known]
        }
    }

    /// The first member whose field is `field`.
    public subscript(field: FieldID) -> RecordView? {
        @_lifetime(copy self)
        get {
            var children = self.children
            while children.next() {
                if children.value.field == field { return children.value }
            }
            return nil
        }
    }

    // MARK: Typed values

    /// The value of a string.
    public func string() throws(SerializationError) -> String {
        guard kind == .string else { throw wrongKind(expected: "a string") }
        return bytes.wellFormedString()
    }

    /// The value of a boolean.
    public func bool() throws(SerializationError) -> Bool {
        guard kind == .bool else { throw wrongKind(expected: "true or false") }
        return node.flags.contains(.isTrue)
    }

    /// The value of a number that is an integer, however it is written: `1`, `1.0` and `1e3` are integers.
    ///
    /// - Throws: `.wrongKind` for every other value, and for an integer that does not fit into 64 bits.
    public func integer() throws(SerializationError) -> Int {
        guard kind == .number else { throw wrongKind(expected: "an integer") }
        let isWrittenAsInteger = node.flags.contains(.isInteger)
        guard let value = isWrittenAsInteger ? Int(bytes.wellFormedString()) : DecimalValue(bytes).integer else {
            throw SerializationError(
                .wrongKind, found: "the number \(excerpt(bytes))", expected: "an integer of at most 64 bits",
                at: self)
        }
        return value
    }

    /// A number as it was written.
    public func number() throws(SerializationError) -> Number {
        guard kind == .number else { throw wrongKind(expected: "a number") }
        return Number(checked: bytes.wellFormedString())
    }

    func wrongKind(expected: String) -> SerializationError {
        SerializationError(.wrongKind, found: summary, expected: expected, at: self)
    }

    /// A short description of the value, for error texts.
    var summary: String {
        switch kind {
        case .object: node.count == 0 ? "an empty object" : "an object"
        case .array: node.count == 0 ? "an empty array" : "an array"
        case .string: "the string \"\(excerpt(bytes))\""
        case .number: "the number \(excerpt(bytes))"
        case .bool: node.flags.contains(.isTrue) ? "true" : "false"
        case .null: "null"
        case .key: "the name \"\(excerpt(bytes))\""
        }
    }
}

/// A walk over the members of an object or the elements of an array.
///
/// Call `next()` before each. It is not a `Sequence`, because the values cannot escape.
public struct RecordChildren: ~Escapable {
    private let parent: RecordView
    private var keyIndex = -1
    private var valueIndex: Int
    private var following: Int
    private let end: Int

    @_lifetime(copy parent)
    init(of parent: RecordView) {
        self.parent = parent
        following = parent.index + 1
        valueIndex = parent.index
        end = parent.end
    }

    /// Moves to the next child; returns false if there is none.
    @_lifetime(self: copy self)
    @inline(__always)
    public mutating func next() -> Bool {
        guard following < end else { return false }
        keyIndex = -1
        valueIndex = following
        if parent.nodes[valueIndex].kind == .key {
            keyIndex = valueIndex
            valueIndex &+= 1
        }
        following = valueIndex &+ parent.nodes[valueIndex].extent
        return true
    }

    /// Moves to a child of which the nodes are known; `key` is negative for one without.
    @_lifetime(self: copy self)
    mutating func move(toKey key: Int, value: Int) {
        keyIndex = key
        valueIndex = value
        following = value &+ parent.nodes[value].extent
    }

    /// The child's value.
    public var value: RecordView {
        @_lifetime(copy self)
        get { parent.view(at: valueIndex) }
    }

    /// The name of an unknown member; nil for known members and for elements.
    public var unknownKey: Span<UInt8>? {
        @_lifetime(copy self)
        get { keyIndex < 0 ? nil : parent.view(at: keyIndex).text }
    }

    var key: RecordView? {
        @_lifetime(copy self)
        get { keyIndex < 0 ? nil : parent.view(at: keyIndex) }
    }
}

/// The first 40 characters of a text from the input, on one line, for error texts.
func excerpt(_ bytes: ByteView) -> String {
    var text = ""
    var count = 0
    for scalar in bytes.string().unicodeScalars {
        guard count < 40 else { return text + "…" }
        count += 1
        switch scalar {
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
            text += "\\u" + hexadecimal(scalar.value, digits: 4)
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text
}

/// The first 40 characters of a text, on one line, for error texts.
func excerpt(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return excerpt(ByteView(bytes.span))
}
