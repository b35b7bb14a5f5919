import ResourceFormats

/// Compares the records of two inputs.
///
/// Of the first input it keeps a digest and a place for each record, and its key. Of the second it keeps the records that
/// are not in the first, or differ there. Then the first is read again, as far as it has something to show.
struct RecordDiff: ~Copyable {
    /// How records belong together.
    enum Matching {
        /// By the text of the value at a path.
        case key(MemberPath)
        /// By the usual key if the first record has it, else by their places.
        case usualKey(MemberPath)
        case position
    }

    /// A record of the second input, with its place.
    struct Entry {
        let label: String
        let record: StoredRecord
        let position: TextPosition
    }

    private let schema: Schema
    private let digester: RecordDigester
    private var matching: Matching
    private var finder: MemberPath.Finder?
    /// The index of the record with a key, of the first input.
    private var indexes: [[UInt8]: Int] = [:]
    private var digests: [RecordDigester.Digest] = []
    private var places: [Place] = []
    /// For each record of the first input where it is in the second; nil for those that are not there.
    private var counterparts: [Place?] = []
    private(set) var changed: [Int: Entry] = [:]
    private(set) var added: [Entry] = []
    private var addedKeys: [[UInt8]: Place] = [:]
    /// The records of the second input in order: indexes of the first input, and -1 for those that are added.
    private(set) var order: [Int] = []

    /// A place in eight bytes.
    private struct Place {
        let line: UInt32
        let column: UInt32

        init(_ position: TextPosition) {
            line = UInt32(clamping: position.line)
            column = UInt32(clamping: position.column)
        }
    }

    init(schema: Schema, matching: Matching) {
        self.schema = schema
        self.matching = matching
        digester = RecordDigester(schema: schema)
        if case .key(let path) = matching { finder = MemberPath.Finder(path, schema: schema) }
    }

    /// The number of records in the first input.
    var count: Int { digests.count }

    /// Whether a record of the first input is not in the second.
    func isRemoved(_ index: Int) -> Bool { counterparts[index] == nil }

    /// Whether all records are equal, and in the same order.
    var isEqual: Bool {
        added.isEmpty && changed.isEmpty && order.count == count && order.elementsEqual(0..<count)
    }

    /// Whether the first input has something to show.
    var needsSecondReading: Bool { !changed.isEmpty || counterparts.contains { $0 == nil } }

    // MARK: Reading

    /// Reads the first input.
    mutating func readOld(_ source: inout RecordSource) throws(Failure) {
        while try source.moveToRecord() {
            let position = source.recordPosition
            if let key = try key(of: source) {
                if let other = indexes[key.text] {
                    throw twice(key.label, source, first: places[other])
                }
                indexes[key.text] = count
            }
            digests.append(try digest(of: source))
            places.append(Place(position))
            counterparts.append(nil)
        }
    }

    /// Reads the second input, after the first.
    mutating func readNew(_ source: inout RecordSource) throws(Failure) {
        while try source.moveToRecord() {
            let position = source.recordPosition
            let key = try key(of: source)
            let index = key.map { indexes[$0.text] } ?? (order.count < count ? order.count : nil)
            let label = key?.label ?? source.path(ofRecord: source.recordCount - 1, isAlone: false)
            if let index {
                if let other = counterparts[index] { throw twice(label, source, first: other) }
                counterparts[index] = Place(position)
                order.append(index)
                if try digest(of: source) != digests[index] {
                    changed[index] = Entry(label: label, record: try source.stored(schema), position: position)
                }
            } else {
                if let key {
                    if let other = addedKeys[key.text] { throw twice(label, source, first: other) }
                    addedKeys[key.text] = Place(position)
                }
                order.append(-1)
                added.append(Entry(label: label, record: try source.stored(schema), position: position))
            }
        }
    }

    /// Reads the first input once more; calls `show` with each record that is removed or changed.
    func readOldAgain(
        _ source: inout RecordSource,
        _ show: (borrowing RecordSource, Int, _ label: String, [RecordDifference]) throws(Failure) -> Void
    ) throws(Failure) {
        var index = 0
        while try source.moveToRecord() {
            guard index < count, try digest(of: source) == digests[index] else { throw changedMeanwhile(source) }
            let label = try self.label(of: source)
            if let entry = changed[index] {
                let differences = source.differences(to: entry.record, schema)
                try show(source, index, label, differences)
            } else if isRemoved(index) {
                try show(source, index, label, [])
            }
            index += 1
        }
        if index < count { throw changedMeanwhile(source) }
    }

    // MARK: -

    private func digest(of source: borrowing RecordSource) throws(Failure) -> RecordDigester.Digest {
        guard let digest = source.withRecord({ digester.digest(of: $0) }) else { throw changedMeanwhile(source) }
        return digest
    }

    private func changedMeanwhile(_ source: borrowing RecordSource) -> Failure {
        .inputOutput(file: source.name, "it has to be read twice, and it changed meanwhile")
    }

    private enum Key {
        case text([UInt8], label: String)
        case missing
        case other(String)
    }

    /// The key of the current record; nil if records are matched by their places.
    private mutating func key(
        of source: borrowing RecordSource
    ) throws(Failure) -> (text: [UInt8], label: String)? {
        if case .usualKey(let path) = matching {
            let finder = MemberPath.Finder(path, schema: schema)
            if case .text? = Self.key(of: source, finder) {
                self.finder = finder
                matching = .key(path)
            } else {
                matching = .position
            }
        }
        return try keptKey(of: source)
    }

    private func keptKey(of source: borrowing RecordSource) throws(Failure) -> (text: [UInt8], label: String)? {
        guard let finder, case .key(let path) = matching else { return nil }
        switch Self.key(of: source, finder) {
        case .text(let text, let label): return (text, label)
        case .other(let found):
            throw refuse(.wrongKind, found, "a text, a number or a boolean as the key \(path)", source)
        case .missing, nil: throw refuse(.missingField, "no value", "the key \(path)", source)
        }
    }

    private func label(of source: borrowing RecordSource) throws(Failure) -> String {
        try keptKey(of: source)?.label ?? source.path(ofRecord: source.recordCount - 1, isAlone: false)
    }

    private static func key(of source: borrowing RecordSource, _ finder: MemberPath.Finder) -> Key? {
        source.withRecord { record in
            guard let value = finder.value(in: record) else { return .missing }
            switch value.kind {
            case .string: return .text(value.text.array(), label: value.json)
            case .number: return .text(value.text.array(), label: value.json)
            case .bool: return .text(Array(value.json.utf8), label: value.json)
            case .null: return .other("null")
            case .object: return .other("an object")
            case .array, .key: return .other("an array")
            }
        }
    }

    private func twice(_ label: String, _ source: borrowing RecordSource, first: Place) -> Failure {
        refuse(
            .duplicateField, "the key \(label) a second time",
            "each key once; the first is at \(first.line):\(first.column)", source)
    }

    private func refuse(
        _ code: SerializationError.Code, _ found: String, _ expected: String, _ source: borrowing RecordSource
    ) -> Failure {
        .refused(
            file: source.name,
            SerializationError(
                code, found: found, expected: expected, position: source.recordPosition,
                path: source.path(ofRecord: source.recordCount - 1, isAlone: false)), excerpt: nil)
    }
}

extension RecordSource {
    /// Moves to the next record; false at the end.
    ///
    /// - Throws: The error of a refused record.
    fileprivate mutating func moveToRecord() throws(Failure) -> Bool {
        switch try next() {
        case .record: return true
        case .end: return false
        case .refused(let error, let excerpt): throw .refused(file: name, error, excerpt: excerpt)
        }
    }

    /// The current record's differences to another one.
    fileprivate func differences(to other: StoredRecord, _ schema: Schema) -> [RecordDifference] {
        withRecord { old in
            other.withRecord { RecordDifference.all(from: old, to: $0, schema: schema) } ?? []
        } ?? []
    }
}

extension RecordView {
    /// A scalar as JSON.
    fileprivate var json: String {
        switch kind {
        case .string:
            var text = OutputBuffer(minimumCapacity: 64)
            text.appendJSONString(String(decoding: bytesOfText, as: UTF8.self))
            return String(decoding: text.array(), as: UTF8.self)
        case .number: return String(decoding: bytesOfText, as: UTF8.self)
        case .bool: return (try? bool()) == true ? "true" : "false"
        case .null, .object, .array, .key: return "null"
        }
    }

    private var bytesOfText: [UInt8] { text.array() }
}

extension Span<UInt8> {
    /// The bytes as an array of their own.
    fileprivate func array() -> [UInt8] {
        indices.map { self[$0] }
    }
}
