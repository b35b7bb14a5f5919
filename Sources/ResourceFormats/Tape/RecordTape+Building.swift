/// Building a record by hand, for resources and for readers in other packages.
///
/// Nothing here throws or traps. A value that is not allowed at its place is ignored, and so is everything after it.
/// The tape keeps the first fault, `check(against:limits:)` throws it, and until then there is no `record`. The readers
/// of this package build their nodes without these checks, because their grammars rule such faults out.
extension RecordTape {
    /// Opens an object as the value of `field`; `source` is its place, counted from the first byte of the record.
    ///
    /// The first object is the record itself, with the field `.record`.
    public mutating func beginObject(_ field: FieldID, source: Int = 0) {
        guard field == .record ? takesRecord() : takes(field), isShallow() else { return }
        begin(.object, field, source: source)
        next = BuildingState(inside: .object, of: field)
    }

    /// Closes the innermost object.
    public mutating func endObject() {
        end(.object)
    }

    /// Opens an array as the value of `field`; its elements have the field `schema.elements(of:)`.
    public mutating func beginArray(_ field: FieldID, source: Int = 0) {
        guard takes(field), isShallow() else { return }
        begin(.array, field, source: source)
        next = BuildingState(inside: .array, of: field)
    }

    /// Closes the innermost array.
    public mutating func endArray() {
        end(.array)
    }

    /// Appends the name of an unknown member; its value comes next, with the field `.unknown`.
    public mutating func append(unknownKey key: Span<UInt8>, source: Int = 0) {
        let bytes = ByteView(key)
        guard takesKey(bytes), isText(bytes) else { return }
        appendInArena(.key, bytes, field: .unknown, source: source)
        next = next.behindKey
    }

    /// Appends a string; `string` must be decoded, well-formed UTF-8.
    public mutating func append(string: Span<UInt8>, to field: FieldID, source: Int = 0) {
        let bytes = ByteView(string)
        guard takes(field), isText(bytes) else { return }
        appendInArena(.string, bytes, field: field, source: source)
    }

    /// Appends a number; `number` must follow the grammar of RFC 8259 section 6.
    public mutating func append(number: Span<UInt8>, to field: FieldID, source: Int = 0) {
        let bytes = ByteView(number)
        guard takes(field) else { return }
        guard NumberText.isNumber(bytes) else {
            return refuse(
                .invalidNumber, found: "\"\(excerpt(bytes))\" as a number", expected: "a number as JSON has it")
        }
        guard hasRoom(for: bytes) else { return }
        appendInArena(.number, bytes, field: field, source: source)
    }

    /// Appends `true` or `false`.
    public mutating func append(_ value: Bool, to field: FieldID, source: Int = 0) {
        guard takes(field) else { return }
        append(.bool, flags: value ? .isTrue : [], field: field, source: source)
    }

    /// Appends `null`.
    public mutating func appendNull(to field: FieldID, source: Int = 0) {
        guard takes(field) else { return }
        append(.null, field: field, source: source)
    }

    /// Appends a string, or nothing for nil.
    public mutating func append(_ text: String?, to field: FieldID) {
        guard let text else { return }
        let utf8 = text.utf8Span.span
        let bytes = ByteView(utf8)
        guard takes(field), hasRoom(for: bytes) else { return }
        appendInArena(.string, bytes, field: field, source: 0)
    }

    /// Appends a number as it is written, or nothing for nil.
    public mutating func append(_ number: Number?, to field: FieldID) {
        guard let number else { return }
        let utf8 = number.text.utf8Span.span
        let bytes = ByteView(utf8)
        guard takes(field), hasRoom(for: bytes) else { return }
        appendInArena(.number, bytes, field: field, source: 0)
    }

    /// Appends an integer, or nothing for nil.
    public mutating func append(_ integer: Int?, to field: FieldID) {
        append(integer.map { Number($0) }, to: field)
    }

    /// Appends a boolean, or nothing for nil.
    public mutating func append(_ value: Bool?, to field: FieldID) {
        guard let value else { return }
        append(value, to: field, source: 0)
    }

    /// Appends an array of strings, whose elements have the field `elements`, or nothing for nil.
    public mutating func append(_ strings: [String]?, to field: FieldID, elements: FieldID) {
        guard let strings else { return }
        beginArray(field)
        for string in strings { append(string, to: elements) }
        endArray()
    }

    /// Appends a copy of the current child of a walk, with its name and everything inside.
    ///
    /// It serves to make a record of parts of others. The open object must have the same field as the object that the
    /// child comes from, and both tapes the same schema.
    public mutating func append(_ child: RecordChildren) {
        if let key = child.key {
            guard takesKey(key.bytes) else { return }
            next = next.behindKey
        }
        guard takes(child.value.field), hasRoom(for: child.value.allText) else { return }
        appendCopy(of: child)
    }

    // MARK: - Checks while building

    /// Whether the record may begin; if not, the tape keeps the fault.
    private mutating func takesRecord() -> Bool {
        guard fault == nil else { return false }
        isUnchecked = true
        if nodes.count == 0 { return true }
        refuse(
            .invalidTape, found: open.count > 0 ? "the object of a record inside a record" : "a second record",
            expected: open.count > 0 ? "the field of a member" : "removeAll before it")
        return false
    }

    /// Whether a value may come next; if not, the tape keeps the fault.
    @inline(__always)
    mutating func takes(_ field: FieldID) -> Bool {
        if next.takes(field) {
            next = next.behindValue
            return true
        }
        refuseValue(field)
        return false
    }

    @inline(never)
    private mutating func refuseValue(_ field: FieldID) {
        guard open.count > 0 else {
            return refuse(
                .invalidTape, found: nodes.count == 0 ? "a value before the record" : "a value after the record",
                expected: nodes.count == 0 ? "beginObject(.record)" : "removeAll before the next record")
        }
        if field == .record {
            refuse(.invalidTape, found: "the field of the record inside it", expected: "the field of a member")
        } else if next.contains(.unknownValue), next.contains(.isInObject) {
            refuse(.invalidTape, found: "a known field after an unknown name", expected: "the field .unknown")
        } else if field == .unknown {
            refuse(.invalidTape, found: "a value without a name", expected: "append(unknownKey:) before it")
        } else {
            refuse(
                .invalidTape, found: "a known field inside an unknown value",
                expected: "the field .unknown, and a name before it in an object")
        }
    }

    /// Whether the name of an unknown member may come next; if not, the tape keeps the fault.
    private mutating func takesKey(_ key: ByteView) -> Bool {
        let isInObject = next.contains(.isInObject)
        if isInObject, !next.contains(.unknownValue) { return true }
        refuse(
            .invalidTape,
            found: "the name \"\(excerpt(key))\" \(isInObject ? "after another name" : "outside of an object")",
            expected: isInObject ? "a value" : "names in objects only")
        return false
    }

    private mutating func end(_ kind: TapeNode.Kind) {
        guard fault == nil else { return }
        let name = kind == .object ? "object" : "array"
        guard open.count > 0, nodes[Int(open[open.count - 1])].kind == kind else {
            return refuse(.invalidTape, found: "the end of an \(name)", expected: "an \(name) that is open")
        }
        guard kind == .array || !next.contains(.unknownValue) else {
            return refuse(.invalidTape, found: "the end of an object after a name", expected: "the value of the name")
        }
        end()
        guard open.count > 0 else {
            next = .nothing
            return
        }
        let container = nodes[Int(open[open.count - 1])]
        next = BuildingState(inside: container.kind, of: container.field)
    }

    /// Whether another level may be opened without exceeding the depth that writers support.
    private mutating func isShallow() -> Bool {
        if open.count < Limits.deepest { return true }
        refuse(
            .depthLimit, found: "nesting deeper than \(Limits.deepest)", expected: "at most \(Limits.deepest) levels")
        return false
    }

    private mutating func isText(_ bytes: ByteView) -> Bool {
        guard hasRoom(for: bytes) else { return false }
        if bytes.firstInvalidUTF8(from: 0, to: bytes.count) == nil { return true }
        refuse(.invalidEncoding, found: "bytes that are not UTF-8 in a text", expected: "well-formed UTF-8")
        return false
    }

    /// Whether a text fits: offsets on the tape are 32 bits wide.
    @inline(__always)
    private mutating func hasRoom(for bytes: ByteView) -> Bool {
        if text.count &+ bytes.count < Limits.largest { return true }
        refuse(
            .recordLimit, found: "a record with more than \(Limits.largest) bytes of text",
            expected: "at most \(Limits.largest) bytes")
        return false
    }

    /// Keeps a fault, unless there is one already.
    @inline(never)
    private mutating func refuse(_ code: SerializationError.Code, found: String, expected: String) {
        if fault == nil { fault = SerializationError(code, found: found, expected: expected) }
        isUnchecked = true
        next = .nothing
    }
}

/// The kinds of node that may come next on a tape that is built by hand.
///
/// It is kept up to date, so that checking a value costs one look at a byte.
struct BuildingState: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    /// A value outside the schema.
    static let unknownValue = BuildingState(rawValue: 1)
    /// A value of a field.
    static let knownValue = BuildingState(rawValue: 2)
    /// The name of an unknown member, unless its value is still to come.
    static let isInObject = BuildingState(rawValue: 4)
    /// The object or array is itself in the schema.
    static let isInField = BuildingState(rawValue: 8)
    /// Nothing may come next: no record is open, or there was a fault.
    static let nothing: BuildingState = []
}

extension BuildingState {
    /// The state inside an object or array, at its start and between its members or elements.
    @inline(__always)
    init(inside kind: TapeNode.Kind, of field: FieldID) {
        let isKnown = field != .unknown
        self =
            if kind == .object {
                isKnown ? [.isInObject, .isInField, .knownValue] : .isInObject
            } else {
                isKnown ? [.isInField, .knownValue, .unknownValue] : .unknownValue
            }
    }

    /// Whether a value with this field may come next.
    @inline(__always)
    func takes(_ field: FieldID) -> Bool {
        contains(field == .unknown ? .unknownValue : .knownValue) && field != .record
    }

    /// The state after a name: only its value may come next.
    var behindKey: BuildingState { subtracting(.knownValue).union(.unknownValue) }

    /// The state after a value; in an object, the next member may come.
    @inline(__always)
    var behindValue: BuildingState {
        guard contains(.isInObject) else { return self }
        // The bit of `isInField` becomes that of `knownValue`, two places below.
        return BuildingState(rawValue: rawValue & 12 | (rawValue & 8) >> 2)
    }
}
