import LLMResources
import ResourceFormats

/// What the server sets when it makes a model.
struct ServerStamp: Sendable {
    let id: String
    let referenceId: String
    let time: Int
    let userId: String
}

/// A record that is ready to be stored, with what the table has columns for.
struct StorableRecord: Sendable {
    let id: String
    let projectId: String?
    let referenceId: String?
    let record: [UInt8]
}

/// Makes the records that are stored out of those that come in, on the tape, so that nothing is lost on the way.
struct RecordEditor: Sendable {
    private typealias Field = LargeLanguageModel.Field

    private let schema = LargeLanguageModel.schema
    private let values = JSONValueWriter(schema: LargeLanguageModel.schema)

    /// The record of a new model: the members that a client may set, as they came, then what the server sets.
    ///
    /// - Parameters:
    ///   - record: The record as JSON.
    ///   - patch: What to change in it first, as JSON Merge Patch; nil for nothing.
    ///   - stamp: What the server sets.
    ///   - validate: Looks at the result and throws if it must not be stored.
    func newRecord(
        _ record: [UInt8], patch: [UInt8]? = nil, stamp: ServerStamp, validate: (RecordView) throws -> Void
    ) throws -> StorableRecord {
        let base = try scan(record)
        guard let baseView = base.record else { throw Self.noRecord }
        var tape = RecordTape()
        if let patch {
            let changes = try scan(patch)
            guard let changesView = changes.record else { throw Self.noRecord }
            var merged = RecordTape()
            try merged.merge(patch: changesView, onto: baseView)
            if let mergedView = merged.record { stampCopy(of: mergedView, stamp, onto: &tape) }
        } else {
            stampCopy(of: baseView, stamp, onto: &tape)
        }
        guard let result = tape.record else { throw Self.noRecord }
        try validate(result)
        return try storable(result)
    }

    /// The record of a changed model: a JSON Merge Patch for what a client may set, and when it was changed and by whom;
    /// nil if the patch changes nothing.
    func changedRecord(
        _ record: [UInt8], patch: [UInt8], stamp: ServerStamp, validate: (RecordView) throws -> Void
    ) throws -> StorableRecord? {
        let base = try scan(record)
        let changes = try scan(patch)
        guard let baseView = base.record, let changesView = changes.record else { throw Self.noRecord }
        var allowed = RecordTape()
        allowed.beginObject(.record)
        appendClientMembers(of: changesView, to: &allowed)
        allowed.endObject()
        guard let allowedView = allowed.record else { throw Self.noRecord }
        var changed = RecordTape()
        try changed.merge(patch: allowedView, onto: baseView)
        return try stamped(changed, instead: record, stamp, validate)
    }

    /// The record with when it was changed and by whom; nil if it is what it was.
    private func stamped(
        _ changed: borrowing RecordTape, instead record: [UInt8], _ stamp: ServerStamp,
        _ validate: (RecordView) throws -> Void
    ) throws -> StorableRecord? {
        var stamps = RecordTape()
        stamps.beginObject(.record)
        stamps.append(stamp.time, to: Field.lastChanged.id)
        stamps.append(stamp.userId, to: Field.lastChangedBy.id)
        stamps.endObject()
        guard let changedView = changed.record, let stampsView = stamps.record else { throw Self.noRecord }
        try validate(changedView)
        // Stored records are what the same writer wrote, so one that has not changed has the same bytes.
        if try json(changedView) == record { return nil }
        var tape = RecordTape()
        try tape.merge(patch: stampsView, onto: changedView)
        guard let result = tape.record else { throw Self.noRecord }
        return try storable(result)
    }

    /// The record of a model that takes the place of another: what a client may set is that of the new one, and the
    /// rest is kept, but for when it was changed and by whom; nil if that changes nothing.
    func replacedRecord(
        _ record: [UInt8], with new: [UInt8], stamp: ServerStamp, validate: (RecordView) throws -> Void
    ) throws -> StorableRecord? {
        let old = try scan(record)
        let replacement = try scan(new)
        guard let oldView = old.record, let newView = replacement.record else { throw Self.noRecord }
        var tape = RecordTape()
        tape.beginObject(.record)
        appendClientMembers(of: newView, to: &tape)
        var members = oldView.children
        while members.next() {
            if schema.isSetByServer(members.value.field) { tape.append(members) }
        }
        tape.endObject()
        return try stamped(tape, instead: record, stamp, validate)
    }

    /// The record of an imported model: what the server sets is kept where it is there, and the rest of it is added.
    ///
    /// An `_id` of another form than identifiers have is replaced, for it could not be asked for.
    func importedRecord(_ record: RecordView, stamp: () -> ServerStamp) throws -> (StorableRecord, isRenamed: Bool) {
        let id = try text(of: .id, in: record)
        let hasIdentifier = id.map(Self.isIdentifier) ?? false
        let missing = schema.members(of: .record).filter { field in
            guard schema.isSetByServer(field) else { return false }
            guard let value = record[field], value.kind != .null else { return true }
            return field == Field.id.id && !hasIdentifier
        }
        if missing.isEmpty { return (try storable(record), false) }
        let stamp = stamp()
        var additions = RecordTape()
        additions.beginObject(.record)
        for field in missing { append(field, of: stamp, to: &additions) }
        additions.endObject()
        var tape = RecordTape()
        guard let additionsView = additions.record else { throw Self.noRecord }
        try tape.merge(patch: additionsView, onto: record)
        guard let result = tape.record else { throw Self.noRecord }
        var isRenamed = false
        if !hasIdentifier, let value = record[Field.id.id] { isRenamed = value.kind != .null }
        return (try storable(result), isRenamed)
    }

    /// Whether a text has the form of the API's identifiers.
    static func isIdentifier(_ text: String) -> Bool {
        TextPattern.objectIdentifier.matches(text)
    }

    // MARK: -

    private static var noRecord: SerializationError {
        SerializationError(.wrongShape, found: "no record", expected: "exactly one")
    }

    /// Reads the one record that the bytes hold.
    ///
    /// As a line of JSON Lines: an object is a record then, even one that a document would be a page for.
    private func scan(_ bytes: [UInt8]) throws(SerializationError) -> RecordStream {
        var scanner = RecordStream(.jsonLines, schema: schema)
        // What a client sends may stand on several lines.
        let isLine = !bytes.contains(0x0A) && !bytes.contains(0x0D)
        let line = isLine ? bytes : try StoredRecord(json: bytes, schema: schema).json
        guard case .record = try scanner.next(line.span, isComplete: true) else { throw Self.noRecord }
        let end = scanner.release(line.span)
        guard line[end...].allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
            throw SerializationError(.wrongShape, found: "more than one record", expected: "exactly one")
        }
        return scanner
    }

    private func stampCopy(of record: RecordView, _ stamp: ServerStamp, onto tape: inout RecordTape) {
        tape.beginObject(.record)
        appendClientMembers(of: record, to: &tape)
        for field in schema.members(of: .record) where schema.isSetByServer(field) {
            append(field, of: stamp, to: &tape)
        }
        tape.endObject()
    }

    private func appendClientMembers(of record: RecordView, to tape: inout RecordTape) {
        var members = record.children
        while members.next() {
            if !schema.isSetByServer(members.value.field) { tape.append(members) }
        }
    }

    private func append(_ id: FieldID, of stamp: ServerStamp, to tape: inout RecordTape) {
        switch Field(id) {
        case .id: tape.append(stamp.id, to: id)
        case .referenceId: tape.append(stamp.referenceId, to: id)
        case .createdAt, .lastChanged: tape.append(stamp.time, to: id)
        case .createdBy, .lastChangedBy: tape.append(stamp.userId, to: id)
        default: break  // A field that the schema says the server sets, and that this registry knows nothing of.
        }
    }

    private func storable(_ record: RecordView) throws -> StorableRecord {
        try checkLinks(of: record)
        guard let id = try text(of: .id, in: record) else { throw Self.noRecord }
        return StorableRecord(
            id: id, projectId: try text(of: .projectId, in: record),
            referenceId: try text(of: .referenceId, in: record),
            record: try json(record))
    }

    private func json(_ record: RecordView) throws -> [UInt8] {
        var output = OutputBuffer()
        try values.write(record, to: &output)
        return output.array()
    }

    /// Refuses a member `_links`, which is where HAL has its own: no page with the record could be sent as HAL.
    private func checkLinks(of record: RecordView) throws(SerializationError) {
        var members = record.children
        while members.next() {
            guard let name = members.unknownKey, Self.isLinks(name) else { continue }
            throw SerializationError(
                .excludedField, found: "the member \"_links\"",
                expected: "a record without it; HAL is \"application/hal+json\", or a file that ends with .hal",
                path: "$._links")
        }
    }

    private static func isLinks(_ name: Span<UInt8>) -> Bool {
        let links = "_links".utf8
        guard name.count == links.count else { return false }
        var index = 0
        for byte in links {
            if name[index] != byte { return false }
            index += 1
        }
        return true
    }

    private func text(of field: Field, in record: RecordView) throws(SerializationError) -> String? {
        guard let value = record[field.id], value.kind == .string else { return nil }
        return try value.string()
    }
}
