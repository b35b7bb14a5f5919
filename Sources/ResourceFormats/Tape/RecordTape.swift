import CByteMasks

/// One record, laid flat: nodes in document order and the text that they point to.
///
/// A reader builds it and a writer walks it; readers and writers share nothing else. One tape is reused for every
/// record of a stream. It owns its text, so it stays valid when the window of the reader moves on. After its largest
/// record it does not allocate any more.
///
/// Text on the tape is decoded UTF-8 and is never escaped for a format. Numbers keep the text that they were written
/// with.
///
/// The text is in one storage. First comes the arena: texts that are not verbatim in the input, each after four bytes
/// that give the place of its source. Then come the record's own bytes, adopted in one copy when the record is
/// complete.
public struct RecordTape: ~Copyable, Sendable {
    var nodes: Storage<TapeNode>
    var text: Storage<UInt8>
    /// The index in `text` at which the record's own bytes begin; the arena is before it.
    private(set) var sourceBase = 0
    /// The containers that are open, outermost first.
    var open: Storage<UInt32>
    /// The offset, in the span that was passed to the reader, from which places in the record are counted.
    public internal(set) var sourceOffset = 0
    /// The offset there at which the record began; it differs from `sourceOffset` only if the reader skipped the first
    /// part of the record.
    var recordOffset = 0
    /// The offset there at which the record ended.
    public internal(set) var sourceEnd = 0
    /// The place in the input at which the record began, if it cannot be derived from offsets: the input was in another
    /// encoding, and the tape has adopted the decoded text.
    var sourcePosition: TextPosition?
    /// The path of the record in the document, if its shape and the record's index do not tell it.
    var path: String?
    /// Whether the record's own bytes are its compact JSON: no white space, only the shortest escapes.
    ///
    /// A JSON writer may copy them as they are.
    var isCompactJSON = false
    /// Whether the record, or a part of it, was built by hand and has not been checked against the schema.
    var isUnchecked = false
    /// The kinds of node that may come next in a record that is built by hand.
    var next = BuildingState.nothing
    /// The first fault of a record that is built by hand; the tape ignores everything after it.
    var fault: SerializationError?

    /// An empty tape.
    public init() {
        nodes = Storage(minimumCapacity: 256)
        text = Storage(minimumCapacity: 4096)
        open = Storage(minimumCapacity: 128)
    }

    /// A copy of a complete record, in memory of its exact size.
    init(copying other: borrowing RecordTape) {
        nodes = Storage(minimumCapacity: other.nodes.count)
        for index in 0..<other.nodes.count { nodes.append(other.nodes[index]) }
        text = Storage(minimumCapacity: other.text.count)
        text.append(other.text.view)
        open = Storage()
        sourceBase = other.sourceBase
        sourceOffset = other.sourceOffset
        recordOffset = other.recordOffset
        sourceEnd = other.sourceEnd
        sourcePosition = other.sourcePosition
        path = other.path
        isCompactJSON = other.isCompactJSON
        isUnchecked = other.isUnchecked
    }

    /// Removes the record and keeps the memory.
    public mutating func removeAll() {
        nodes.removeAll()
        text.removeAll()
        open.removeAll()
        sourceBase = 0
        isCompactJSON = false
        sourcePosition = nil
        path = nil
        isUnchecked = false
        next = .nothing
        fault = nil
    }

    /// Whether the tape is empty.
    public var isEmpty: Bool { nodes.count == 0 }

    /// The record; nil if the tape is empty, or if its record is not closed or has a fault (see `check`).
    public var record: RecordView? {
        @_lifetime(borrow self)
        get {
            guard nodes.count > 0, open.count == 0, fault == nil else { return nil }
            var traits: RecordView.Traits = isCompactJSON ? .isCompactJSON : []
            if isUnchecked { traits.insert(.isUnchecked) }
            return RecordView(nodes: nodes.elements, text: text.view, sourceBase: sourceBase, index: 0, traits: traits)
        }
    }

    // MARK: Building from the record's own bytes

    /// Appends a node whose text is `count` bytes from `start` on in the record's own bytes.
    @inline(__always)
    mutating func append(_ kind: TapeNode.Kind, at start: Int, count: Int, flags: TapeNode.Flags, field: FieldID) {
        nodes.append(TapeNode(kind: kind, flags: flags, field: field, start: start, count: count))
    }

    /// Copies a text into the arena and appends its node.
    mutating func appendInArena(_ kind: TapeNode.Kind, _ bytes: ByteView, field: FieldID, source: Int) {
        let start = beginArenaText(source: source)
        text.append(bytes)
        endArenaText(kind, from: start, field: field)
    }

    /// Starts a text in the arena; the caller appends to `text` and then calls `endArenaText`.
    @inline(__always)
    mutating func beginArenaText(source: Int) -> Int {
        assert(sourceBase == 0, "the arena is complete before the record's bytes are adopted")
        text.append(word: UInt32(truncatingIfNeeded: source))
        return text.count
    }

    /// Appends the node of the arena text that began at `start`.
    mutating func endArenaText(_ kind: TapeNode.Kind, from start: Int, field: FieldID) {
        nodes.append(
            TapeNode(
                kind: kind, flags: arenaFlags(kind, from: start), field: field, start: start, count: text.count - start)
        )
    }

    /// Completes the text that begins at `start` as a string of which the caller knows whether JSON escapes none of it.
    @inline(__always)
    mutating func endArenaString(from start: Int, field: FieldID, isPlain: Bool) {
        nodes.append(
            TapeNode(
                kind: .string, flags: isPlain ? [.inArena, .plain] : [.inArena], field: field, start: start,
                count: text.count &- start))
    }

    func arenaFlags(_ kind: TapeNode.Kind, from start: Int) -> TapeNode.Flags {
        let view = text.view.slice(start, count: text.count - start)
        var flags: TapeNode.Flags = [.inArena]
        if view.firstIndex(of: JSONStringStop(), from: 0) == view.count { flags.insert(.plain) }
        if kind == .number, view.firstIndex(of: NonIntegerStop(), from: 0) == view.count { flags.insert(.isInteger) }
        return flags
    }

    /// Completes the record with its own bytes, to which the nodes outside the arena point.
    @inline(__always)
    mutating func adoptSource(_ bytes: ByteView, at offset: Int, recordOffset: Int? = nil) {
        sourceBase = text.count
        text.append(bytes)
        sourceOffset = offset
        self.recordOffset = recordOffset ?? offset
        sourceEnd = offset &+ bytes.count
    }

    /// The position of an offset in the record's own text; nil if it can be derived from the input.
    func position(toSource offset: Int) -> TextPosition? {
        guard let sourcePosition else { return nil }
        let source = text.view.slice(sourceBase, count: text.count - sourceBase)
        return PositionCounter(at: sourcePosition).position(of: offset, in: source)
    }

    /// Sets the range of the record in the span that was passed to the reader.
    ///
    /// A reader that builds a record from text of its own calls this when the record is complete. The places of errors
    /// that are found later are counted from there.
    public mutating func placeSource(_ range: Range<Int>) {
        sourceOffset = range.lowerBound
        recordOffset = range.lowerBound
        sourceEnd = range.upperBound
    }

    /// Sets one place for all values from a node on: they were read from one text, which itself is at `source`.
    mutating func placeSource(ofNodesFrom first: Int, at source: Int) {
        for index in first..<nodes.count { setSource(ofNode: index, to: source) }
    }

    /// Sets the source of a node whose text, if it has one, is in the arena.
    mutating func setSource(ofNode index: Int, to source: Int) {
        let node = nodes[index]
        if node.flags.contains(.inArena) {
            for byte in 0..<4 {
                text[Int(node.start) - 4 + byte] = UInt8(truncatingIfNeeded: source >> (8 * byte))
            }
        } else {
            nodes[index] = TapeNode(
                kind: node.kind, flags: node.flags, field: node.field, start: source, count: Int(node.count))
        }
    }

    /// Moves the record's place by a distance.
    mutating func moveSource(by distance: Int) {
        sourceOffset += distance
        recordOffset += distance
        sourceEnd += distance
    }

    /// The offset of a value in the span that was passed to the reader; `start` counts as nodes do, 0 or nil is the
    /// record.
    func inputOffset(of start: Int?) -> Int {
        guard let start, start > 0 else { return recordOffset }
        return sourceOffset + start
    }

    /// The offset, in the record's source, of the value or byte that an error is about; 0 for the record itself.
    func sourceStart(of error: SerializationError) -> Int {
        switch error.subject {
        case .byte(let offset): offset
        case .node(let index), .memberOfNode(let index): record?.view(at: index).sourceStart ?? 0
        case nil: 0
        }
    }

    /// The range of the record in the span that was passed to the reader, which has `count` bytes.
    ///
    /// Text that was in another encoding differs in length from its bytes, so the range is limited to those.
    func inputRange(in count: Int) -> Range<Int> {
        (min(recordOffset, sourceEnd)..<max(recordOffset, sourceEnd)).clamped(to: 0..<count)
    }

    // MARK: Containers and scalars without text

    /// Opens an object or array as the value of `field`; `source` counts from the record's first byte.
    @inline(__always)
    mutating func begin(_ kind: TapeNode.Kind, _ field: FieldID, source: Int = 0) {
        open.append(UInt32(truncatingIfNeeded: nodes.count))
        nodes.append(TapeNode(kind: kind, field: field, start: source, count: 0))
    }

    /// Closes the innermost object or array.
    @inline(__always)
    mutating func end() {
        guard let index = open.removeLast() else { return }
        nodes[Int(index)].close(withNodesInside: nodes.count &- Int(index) &- 1)
    }

    /// Appends `true`, `false` or `null`.
    @inline(__always)
    mutating func append(_ kind: TapeNode.Kind, flags: TapeNode.Flags = [], field: FieldID, source: Int) {
        nodes.append(TapeNode(kind: kind, flags: flags, field: field, start: source, count: 0))
    }
}

/// The bytes that make a number more than an integer: the point and the exponent.
private struct NonIntegerStop: ByteStop {
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_any_of_3(chunk, 0x2E, 0x45, 0x65)
    }

    func picks(_ byte: UInt8) -> Bool {
        byte == 0x2E || byte | 0x20 == 0x65
    }
}
