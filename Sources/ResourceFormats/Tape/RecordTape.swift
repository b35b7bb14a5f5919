/// One record, laid flat: nodes in document order and the text they point to.
///
/// Reused for every record of a stream.
///
/// A reader builds it, a writer walks it; it is all that they have in common. It owns its text, so it stays true when
/// the reader's window moves on. Once it has seen its largest record it allocates nothing more.
///
/// Text on the tape is decoded UTF-8, never escaped for any format. Numbers keep the text they were written with.
///
/// The text lies in one storage: first the arena (texts that are not verbatim in the input, each after four bytes that
/// give the place of its source), then the record's own bytes, adopted in one copy when the record is complete.
public struct RecordTape: ~Copyable, Sendable {
    var nodes = Storage<TapeNode>(minimumCapacity: 256)
    var text = Storage<UInt8>(minimumCapacity: 4096)
    /// Where the record's own bytes begin in `text`; the arena lies before.
    private(set) var sourceBase = 0
    /// The containers that are open, outermost first.
    var open = Storage<UInt32>(minimumCapacity: 128)
    /// Where the bytes that offsets are counted from began in the span that the reader was given.
    public internal(set) var sourceOffset = 0
    /// Where the record began there; the same, unless the reader stepped over the record's first part.
    var recordOffset = 0
    /// Where it ended there.
    public internal(set) var sourceEnd = 0
    /// Where the record began in the input, if the bytes that the reader was given cannot tell: they were in another
    /// encoding, and the tape has adopted the record's text.
    var sourcePosition: TextPosition?
    /// The record's own bytes are its compact JSON, byte for byte: no white space, only the shortest escapes.
    ///
    /// A JSON writer may copy them as they are.
    var isCompactJSON = false
    /// A program has laid the record, or parts of it, and nobody has held it against the schema yet.
    var isUnchecked = false
    /// What may come next of a record that a program is laying.
    var next = BuildingState.nothing
    /// Why the tape took nothing more from a program that was laying a record.
    var fault: SerializationError?

    /// An empty tape.
    public init() {}

    /// A copy of a complete record, in memory of just its size.
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
        isCompactJSON = other.isCompactJSON
        isUnchecked = other.isUnchecked
    }

    /// Forgets the record and keeps the memory.
    public mutating func removeAll() {
        nodes.removeAll()
        text.removeAll()
        open.removeAll()
        sourceBase = 0
        isCompactJSON = false
        sourcePosition = nil
        isUnchecked = false
        next = .nothing
        fault = nil
    }

    /// Whether there is no record on the tape.
    public var isEmpty: Bool { nodes.count == 0 }

    /// The record; nil on an empty tape, and on one whose record is not ended or has a fault (see `check`).
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

    /// The position of a place in the record's own text; nil if the input can tell it.
    func position(toSource offset: Int) -> TextPosition? {
        guard let sourcePosition else { return nil }
        let source = text.view.slice(sourceBase, count: text.count - sourceBase)
        return PositionCounter(at: sourcePosition).position(of: offset, in: source)
    }

    /// Says where in the span that the reader was given the record stood.
    ///
    /// A reader that builds a record from owned text calls it when the record is complete: the places of errors that
    /// are found later, in what the reader took, count from there.
    public mutating func placeSource(_ range: Range<Int>) {
        sourceOffset = range.lowerBound
        recordOffset = range.lowerBound
        sourceEnd = range.upperBound
    }

    /// Gives all values from a node on one place: they were read from a text that itself stands at `source`.
    mutating func placeSource(ofNodesFrom first: Int, at source: Int) {
        for index in first..<nodes.count { setSource(ofNode: index, to: source) }
    }

    /// Says where the source of a node stands whose text, if it has one, lies in the arena.
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

    /// Counts the record's place from elsewhere.
    mutating func moveSource(by distance: Int) {
        sourceOffset += distance
        recordOffset += distance
        sourceEnd += distance
    }

    /// Where a value stood in the span that the reader was given; `start` counts as nodes do, 0 or nil is the record.
    func inputOffset(of start: Int?) -> Int {
        guard let start, start > 0 else { return recordOffset }
        return sourceOffset + start
    }

    /// Where in the record's source the thing stands that an error about the record means; 0 for the record itself.
    func sourceStart(of error: SerializationError) -> Int {
        switch error.subject {
        case .byte(let offset): offset
        case .node(let index), .memberOfNode(let index): record?.view(at: index).sourceStart ?? 0
        case nil: 0
        }
    }

    /// Where the record stood in the span that the reader was given, which has so many bytes.
    ///
    /// Text that was in another encoding has another length than its bytes: then it is what there is of them.
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

/// What makes a number more than an integer.
private struct NonIntegerStop: ByteStop {
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        (chunk .== SIMD16(repeating: 0x2E)) .| ((chunk | SIMD16(repeating: 0x20)) .== SIMD16(repeating: 0x65))
    }

    func picks(_ byte: UInt8) -> Bool {
        byte == 0x2E || byte | 0x20 == 0x65
    }
}
