/// Building a record by hand, for resources and for readers in other packages.
///
/// Nothing here throws or traps. What cannot stand at its place is not taken, nor is anything after it: the tape keeps
/// the first fault, `check(against:limits:)` throws it, and until then there is no `record`. This package's own readers
/// lay nodes without these looks: their grammars leave no room for such faults.
extension RecordTape {
    /// Opens an object as the value of `field`; `source` says where it stands, counted from the record's first byte.
    ///
    /// The first one is the record itself, with the field `.record`.
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

    /// Appends the name of a member that the schema does not know; its value comes next, with the field `.unknown`.
    public mutating func append(unknownKey key: Span<UInt8>, source: Int = 0) {
        let bytes = ByteView(key)
        guard takesKey(bytes), isText(bytes) else { return }
        appendInArena(.key, bytes, field: .unknown, source: source)
        next = next.behindKey
    }

    /// Appends a string; `string` is decoded, well-formed UTF-8.
    public mutating func append(string: Span<UInt8>, to field: FieldID, source: Int = 0) {
        let bytes = ByteView(string)
        guard takes(field), isText(bytes) else { return }
        appendInArena(.string, bytes, field: field, source: source)
    }

    /// Appends a number; `number` follows the grammar of RFC 8259 section 6.
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

    /// Appends a string; nothing for nil.
    public mutating func append(_ text: String?, to field: FieldID) {
        guard let text else { return }
        let utf8 = text.utf8Span.span
        let bytes = ByteView(utf8)
        guard takes(field), hasRoom(for: bytes) else { return }
        appendInArena(.string, bytes, field: field, source: 0)
    }

    /// Appends a number as it is written; nothing for nil.
    public mutating func append(_ number: Number?, to field: FieldID) {
        guard let number else { return }
        let utf8 = number.text.utf8Span.span
        let bytes = ByteView(utf8)
        guard takes(field), hasRoom(for: bytes) else { return }
        appendInArena(.number, bytes, field: field, source: 0)
    }

    /// Appends a whole number; nothing for nil.
    public mutating func append(_ integer: Int?, to field: FieldID) {
        append(integer.map { Number($0) }, to: field)
    }

    /// Appends a boolean; nothing for nil.
    public mutating func append(_ value: Bool?, to field: FieldID) {
        guard let value else { return }
        append(value, to: field, source: 0)
    }

    /// Appends an array of strings, whose elements have the field `elements`; nothing for nil.
    public mutating func append(_ strings: [String]?, to field: FieldID, elements: FieldID) {
        guard let strings else { return }
        beginArray(field)
        for string in strings { append(string, to: elements) }
        endArray()
    }

    /// Appends a copy of the member or element at which a walk stands, with its name and all that is inside.
    ///
    /// For making a record out of parts of others: between `beginObject` and `endObject` of the same field as that of
    /// the object it comes from, on a tape of the same schema.
    public mutating func append(_ child: RecordChildren) {
        if let key = child.key {
            guard takesKey(key.bytes) else { return }
            next = next.behindKey
        }
        guard takes(child.value.field), hasRoom(for: child.value.allText) else { return }
        appendCopy(of: child)
    }

    // MARK: - What may come next

    /// Whether the record may begin; if not, the tape keeps why.
    private mutating func takesRecord() -> Bool {
        guard fault == nil else { return false }
        isUnchecked = true
        if nodes.count == 0 { return true }
        refuse(
            .invalidTape, found: open.count > 0 ? "the object of a record inside a record" : "a second record",
            expected: open.count > 0 ? "the field of a member" : "removeAll before it")
        return false
    }

    /// Whether a value may come next; if not, the tape keeps why.
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

    /// Whether the name of an unknown member may come next; if not, the tape keeps why.
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

    /// Whether one level more is one that writers go down to.
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

    /// Whether a text fits: places on the tape are 32 bits wide.
    @inline(__always)
    private mutating func hasRoom(for bytes: ByteView) -> Bool {
        if text.count &+ bytes.count < Limits.largest { return true }
        refuse(
            .recordLimit, found: "a record with more than \(Limits.largest) bytes of text",
            expected: "at most \(Limits.largest) bytes")
        return false
    }

    /// Keeps the first fault.
    @inline(never)
    private mutating func refuse(_ code: SerializationError.Code, found: String, expected: String) {
        if fault == nil { fault = SerializationError(code, found: found, expected: expected) }
        isUnchecked = true
        next = .nothing
    }
}

/// What may come next on a tape that a program is laying: kept, so that each value costs a look at one byte.
struct BuildingState: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    /// A value whose place no schema knows.
    static let unknownValue = BuildingState(rawValue: 1)
    /// A value of a field.
    static let knownValue = BuildingState(rawValue: 2)
    /// The name of an unknown member, unless its value is still to come.
    static let isInObject = BuildingState(rawValue: 4)
    /// The object or array has a field itself.
    static let isInField = BuildingState(rawValue: 8)
    /// Nothing: no record is open, or there was a fault.
    static let nothing: BuildingState = []
}

extension BuildingState {
    /// The beginning of an object or array; between its members or elements it is the same.
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

    /// Whether a value with this field may come.
    @inline(__always)
    func takes(_ field: FieldID) -> Bool {
        contains(field == .unknown ? .unknownValue : .knownValue) && field != .record
    }

    /// After a name only its value may come.
    var behindKey: BuildingState { subtracting(.knownValue).union(.unknownValue) }

    /// After a value in an object, the next member may come.
    @inline(__always)
    var behindValue: BuildingState {
        guard contains(.isInObject) else { return self }
        // The bit of `knownValue` is that of `isInField`, two places below.
        return BuildingState(rawValue: rawValue & 12 | (rawValue & 8) >> 2)
    }
}
