/// Finds the records of a foreign document in what was read as one record.
///
/// They are the only array of objects in it, or the only object of at least a hundred objects, not counting those inside
/// others; with less than a hundred elements only if the record takes over a megabyte.
struct RecordsProposal {
    private let schema: Schema
    private var steps: [RecordsPath.Step] = []
    private var found: (steps: [RecordsPath.Step], count: Int)?
    private var foundCount = 0

    private static let manyElements = 100
    private static let largeRecord = 1 << 20

    /// The note that proposes a path; nil if the record is small or holds no such place, or several.
    static func note(on tape: borrowing RecordTape, schema: Schema) -> Note? {
        let size = tape.sourceEnd - tape.recordOffset
        guard tape.nodes.count > manyElements || size > largeRecord, let record = tape.record else { return nil }
        var search = RecordsProposal(schema)
        search.look(at: record)
        guard search.foundCount == 1, let found = search.found, found.count >= manyElements || size > largeRecord
        else { return nil }
        let isArray = found.steps.last != .eachMember
        let place = RecordsPath.text(of: isArray ? found.steps[...] : found.steps.dropLast())
        let name = place.isEmpty ? "it" : "\(isArray ? "the array" : "the object") at \(place)"
        return Note(
            "the document is one object, and \(name) has \(found.count) objects",
            proposedRecords: RecordsPath(steps: found.steps).description)
    }

    private init(_ schema: Schema) {
        self.schema = schema
    }

    private mutating func look(at object: RecordView) {
        var children = object.children
        var count = 0
        var hasOthers = false
        while children.next() {
            count += 1
            if children.value.kind != .object { hasOthers = true }
        }
        if count >= Self.manyElements, !hasOthers { return take(.eachMember, count) }
        children = object.children
        while foundCount < 2, children.next() {
            let value = children.value
            guard value.node.isContainer else { continue }
            if let key = children.key {
                steps.append(.member(key.bytes.array()))
            } else {
                steps.append(.member(Array((schema.name(of: value.field) ?? "").utf8)))
            }
            if value.kind == .object { look(at: value) } else { lookAtArray(value) }
            steps.removeLast()
        }
    }

    private mutating func lookAtArray(_ array: RecordView) {
        var elements = array.children
        var count = 0
        while elements.next() {
            guard elements.value.kind == .object else { return }
            count += 1
        }
        if count > 0 { take(nil, count) }
    }

    private mutating func take(_ step: RecordsPath.Step?, _ count: Int) {
        foundCount += 1
        found = (steps + (step.map { [$0] } ?? []), count)
    }
}
