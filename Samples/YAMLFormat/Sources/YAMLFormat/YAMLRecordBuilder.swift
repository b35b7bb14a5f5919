import ResourceFormats

/// Lays the events of one mapping onto a tape.
///
/// The open mappings and sequences are kept in an array, so that nesting takes no stack.
struct YAMLRecordBuilder {
    /// A mapping or sequence that is open.
    private struct Level {
        let isMapping: Bool
        /// The field of the mapping, or that of the sequence's elements.
        let field: FieldID
        /// The names so far.
        var names: Set<[UInt8]> = []
        /// The name whose value comes next or is open, its field and its place; nil where a name comes next.
        var member: (name: [UInt8], field: FieldID, start: Int)?
        /// How many elements are complete.
        var count = 0
    }

    /// What ended a call of `build`.
    enum Outcome {
        case record
        /// The member `items` has begun with the records of a page; the first one comes next.
        case page
    }

    private let schema: Schema
    private let limits: Limits
    /// The path of the record, and where it begins.
    private let place: String
    private let start: Int
    /// Whether these are the members of a page after its records: no field of a record belongs there.
    private let isPage: Bool
    private var levels: [Level]
    private var hasFields = false
    /// The values of the record's own members, by name: for errors about the members of a page.
    private(set) var values: [[UInt8]: YAMLEvent] = [:]

    /// A builder of the record that begins with an event.
    init(_ event: YAMLEvent, at place: String, schema: Schema, limits: Limits) {
        self.schema = schema
        self.limits = limits
        self.place = place
        start = event.range.lowerBound
        isPage = false
        levels = [Level(isMapping: true, field: .record)]
    }

    /// A builder of the members that come after the records of a page.
    init(after items: YAMLRecordBuilder, from start: Int) {
        schema = items.schema
        limits = items.limits
        place = items.place
        self.start = start
        isPage = true
        levels = [Level(isMapping: true, field: .record, names: items.levels.first?.names ?? [])]
    }

    /// The path of what comes next.
    private var path: String {
        var path = place
        for level in levels {
            if let name = level.member?.name {
                path += YAMLText.step(to: name)
            } else if !level.isMapping {
                path += "[\(level.count)]"
            }
        }
        return path
    }

    /// Reads to the end of the record, or to where it turns out to be a page.
    ///
    /// The members are on the tape in either case, in an object that is complete.
    mutating func build(
        _ cursor: YAMLCursor, mayBePage: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> Outcome {
        tape.removeAll()
        tape.beginObject(.record)
        while !levels.isEmpty {
            let event = try cursor.next(path)
            guard cursor.end - start <= limits.recordSize else {
                throw SerializationError(
                    .recordLimit, found: "a record larger than \(limits.recordSize) bytes",
                    expected: "at most \(limits.recordSize)", offset: start - cursor.base, path: place)
            }
            switch event.kind {
            case .mappingEnd:
                tape.endObject()
                close()
            case .sequenceEnd:
                tape.endArray()
                close()
            case .documentStart, .documentEnd, .alias, .streamEnd:
                throw cursor.error(.unexpectedEnd, event.summary, "the end of the record", event, path)
            case .scalar, .mappingStart, .sequenceStart:
                if isBeforeName {
                    try takeName(event, cursor)
                } else if mayBePage, try beginsPage(event, cursor) {
                    tape.endObject()
                    return .page
                } else {
                    try takeValue(event, cursor, into: &tape)
                }
            }
        }
        return .record
    }

    /// Whether the name of a member comes next.
    ///
    /// Levels are looked at in their places: a copy would make each new name copy the set of all others.
    private var isBeforeName: Bool {
        levels[levels.count - 1].isMapping && levels[levels.count - 1].member == nil
    }

    /// Closes the innermost level, which was a value of the one around it.
    private mutating func close() {
        levels.removeLast()
        completeValue()
    }

    private mutating func completeValue() {
        guard !levels.isEmpty else { return }
        levels[levels.count - 1].member = nil
        levels[levels.count - 1].count += 1
    }

    /// Whether a value is the records of a page, by the rule that JSON has: the member `items`, before any field of a
    /// record, as a sequence that is empty or begins with a mapping.
    private func beginsPage(_ event: YAMLEvent, _ cursor: YAMLCursor) throws(SerializationError) -> Bool {
        guard levels.count == 1, !hasFields, case .sequenceStart = event.kind, let member = levels[0].member,
            member.name == YAMLPage.items
        else { return false }
        switch try cursor.peek(path + "[0]").kind {
        case .mappingStart, .sequenceEnd: return true
        default: return false
        }
    }

    // MARK: Names

    private mutating func takeName(_ event: YAMLEvent, _ cursor: YAMLCursor) throws(SerializationError) {
        guard case .scalar(let name, let isPlain) = event.kind, !isPlain || YAMLScalar(name) == .string else {
            throw cursor.error(
                .wrongKind, "\(event.summary) as a name", "a string, which may need quotes", event, path)
        }
        let inner = levels.count - 1
        if isPlain, name == [0x3C, 0x3C] {
            throw cursor.error(
                .unsupported, "a merge key", "the members themselves, or \"<<\" in quotes", event, path)
        }
        let step = YAMLText.step(to: name)
        guard levels[inner].names.insert(name).inserted else {
            throw cursor.error(
                .duplicateField, "the name \"\(YAMLText.excerpt(name))\" a second time",
                "each name once in a mapping", event, path + step)
        }
        let scope = levels[inner].field
        var field = scope == .unknown ? .unknown : schema.field(named: name.span, in: scope)
        if inner == 0, field != .unknown {
            guard !isPage else {
                throw cursor.error(
                    .wrongShape, "the field \"\(YAMLText.excerpt(name))\" beside \"items\"",
                    "a page without fields of a record", event, path + step)
            }
            hasFields = true
        }
        if isPage { field = .unknown }
        levels[inner].member = (name, field, event.range.lowerBound - start)
    }

    // MARK: Values

    private mutating func takeValue(
        _ event: YAMLEvent, _ cursor: YAMLCursor, into tape: inout RecordTape
    ) throws(SerializationError) {
        let inner = levels.count - 1
        let source = event.range.lowerBound - start
        var field = levels[inner].field
        if let member = levels[inner].member {
            field = member.field
            if inner == 0, YAMLPage.documented.contains(member.name) { values[member.name] = event }
            if field == .unknown { tape.append(unknownKey: member.name.span, source: member.start) }
        }
        switch event.kind {
        case .scalar(let text, let isPlain):
            switch isPlain ? YAMLScalar(text) : .string {
            case .null: tape.appendNull(to: field, source: source)
            case .bool(let value): tape.append(value, to: field, source: source)
            case .number(let digits): tape.append(number: digits.span, to: field, source: source)
            case .string: tape.append(string: text.span, to: field, source: source)
            case .refused(let reason):
                throw cursor.error(
                    .invalidNumber, event.summary, "a number as JSON has it, or a string in quotes: \(reason)", event,
                    path)
            }
            completeValue()
        case .mappingStart:
            try checkDepth(event, cursor)
            tape.beginObject(field, source: source)
            levels.append(Level(isMapping: true, field: field))
        default:
            try checkDepth(event, cursor)
            tape.beginArray(field, source: source)
            levels.append(
                Level(isMapping: false, field: field == .unknown ? .unknown : schema.elements(of: field)))
        }
    }

    private func checkDepth(_ event: YAMLEvent, _ cursor: YAMLCursor) throws(SerializationError) {
        guard levels.count < limits.depth else {
            throw cursor.error(
                .depthLimit, "nesting deeper than \(limits.depth)", "at most \(limits.depth) levels", event, path)
        }
    }
}
