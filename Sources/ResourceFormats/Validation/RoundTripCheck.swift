/// A check that takes one record at a time through a format and back, and compares.
///
/// By the law of the package every record comes back the same. The check applies that law to a user's own data.
public struct RoundTripCheck: Sendable {
    /// The format.
    public let format: Format
    private let schema: Schema

    /// The result for a record.
    public enum Outcome: Sendable {
        /// The record came back unchanged.
        case same
        /// The record came back changed; `path` is the first place that differs, below the record.
        case different(path: String, found: String, expected: String)
        /// The format cannot express the record.
        case refused(SerializationError)
        /// The reader refuses the output for the record.
        case unreadable(SerializationError)
    }

    /// A check for one format.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - schema: The schema of the records.
    public init(_ format: Format, schema: Schema) {
        self.format = format
        self.schema = schema
    }

    /// Writes a record as a list of one, reads that, and compares.
    public func outcome(of record: RecordView) -> Outcome {
        var output = OutputBuffer(minimumCapacity: 4096)
        do throws(SerializationError) {
            try record.checkIfBuilt(against: schema)
            var sink = RecordSink(format, schema: schema)
            if sink.needsFirstPass { try sink.prepare(for: record) }
            try sink.begin(.list, into: &output)
            try sink.write(record, into: &output)
            try sink.end(nil, into: &output)
        } catch {
            return .refused(error)
        }
        var stream = RecordStream(format, schema: schema)
        do throws(SerializationError) {
            guard case .record = try stream.next(output.span, isComplete: true) else {
                return .different(path: "", found: "no record", expected: "one")
            }
            if let difference = firstDifference(in: stream, from: record) { return difference }
            if case .record = try stream.next(output.span, isComplete: true) {
                return .different(path: "", found: "two records", expected: "one")
            }
            return .same
        } catch {
            return .unreadable(error)
        }
    }

    // MARK: -

    private func firstDifference(in stream: borrowing RecordStream, from record: RecordView) -> Outcome? {
        guard let copy = stream.record else { return nil }
        return compare(copy, with: record, at: RecordPath(""))
    }

    /// The first difference between two values; nil if they are the same.
    private func compare(_ copy: RecordView, with original: RecordView, at path: RecordPath) -> Outcome? {
        guard copy.kind == original.kind else { return differ(copy, original, path) }
        switch original.kind {
        case .string, .number, .key: return copy.bytes.isEqual(to: original.bytes) ? nil : differ(copy, original, path)
        case .bool: return copy.node.flags == original.node.flags ? nil : differ(copy, original, path)
        case .null: return nil
        case .array: return compareElements(copy, original, path)
        case .object:
            return format.traits.keepsMemberOrder
                ? compareInOrder(copy, original, path) : compareByName(copy, original, path)
        }
    }

    private func compareElements(_ copy: RecordView, _ original: RecordView, _ path: RecordPath) -> Outcome? {
        var copies = copy.children
        var originals = original.children
        var index = 0
        while originals.next() {
            var step = path
            step.append(index: index)
            guard copies.next() else { return missing(originals.value, step) }
            if let difference = compare(copies.value, with: originals.value, at: step) { return difference }
            index += 1
        }
        return copies.next() ? added("an element more", path) : nil
    }

    private func compareInOrder(_ copy: RecordView, _ original: RecordView, _ path: RecordPath) -> Outcome? {
        var copies = copy.children
        var originals = original.children
        while originals.next() {
            let name = self.name(of: originals)
            var step = path
            step.append(key: ByteView(name.span))
            guard copies.next() else { return missing(originals.value, step) }
            guard self.name(of: copies) == name else { return added("another member at its place", step) }
            if let difference = compare(copies.value, with: originals.value, at: step) { return difference }
        }
        return copies.next() ? added("a member more", path) : nil
    }

    private func compareByName(_ copy: RecordView, _ original: RecordView, _ path: RecordPath) -> Outcome? {
        var places: [[UInt8]: Int] = [:]
        var copies = copy.children
        while copies.next() { places[name(of: copies)] = copies.value.index }
        var originals = original.children
        while originals.next() {
            let name = self.name(of: originals)
            var step = path
            step.append(key: ByteView(name.span))
            guard let place = places.removeValue(forKey: name) else { return missing(originals.value, step) }
            if let difference = compare(copy.view(at: place), with: originals.value, at: step) { return difference }
        }
        return places.isEmpty ? nil : added("a member more", path)
    }

    /// The name of the current member of a walk.
    private func name(of member: RecordChildren) -> [UInt8] {
        if let key = member.key { return key.bytes.array() }
        return Array((schema.name(of: member.value.field) ?? "").utf8)
    }

    private func differ(_ copy: RecordView, _ original: RecordView, _ path: RecordPath) -> Outcome {
        .different(path: path.text, found: copy.summary, expected: original.summary)
    }

    private func missing(_ original: RecordView, _ path: RecordPath) -> Outcome {
        .different(path: path.text, found: "nothing", expected: original.summary)
    }

    private func added(_ found: String, _ path: RecordPath) -> Outcome {
        .different(path: path.text, found: found, expected: "what was there")
    }
}
