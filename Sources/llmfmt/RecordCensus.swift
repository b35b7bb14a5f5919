import ResourceFormats

/// Counts the fields of records and the kinds of their values, in memory that does not grow with the input.
struct RecordCensus {
    /// A set of kinds of value.
    struct Kinds: OptionSet {
        let rawValue: UInt8

        init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        init(_ kind: TapeNode.Kind) {
            rawValue = 1 << kind.rawValue
        }

        /// The names of the kinds, such as `string` and `null`.
        var names: [String] {
            let all: [(TapeNode.Kind, String)] = [
                (.string, "string"), (.number, "number"), (.bool, "boolean"), (.object, "object"), (.array, "array"),
                (.null, "null"),
            ]
            return all.filter { contains(Kinds($0.0)) }.map(\.1)
        }
    }

    /// The findings at one place.
    struct Entry {
        var count = 0
        /// How many of the values are objects.
        var objectCount = 0
        var kinds: Kinds = []
        var tally = ValueTally()
        /// The path of the object or array around an unknown place; empty for the record.
        var parent: [UInt8] = []

        mutating func add(_ value: RecordView) {
            count += 1
            if value.kind == .object { objectCount += 1 }
            kinds.insert(Kinds(value.kind))
            tally.add(value)
        }
    }

    /// A place with its findings, as a row of a table.
    struct Row {
        /// The path of the place, with `[]` for the elements of an array.
        let path: String
        let isKnown: Bool
        /// The number of values at the place, in all records.
        let count: Int
        /// The number of objects that could have the member; nil for elements of arrays.
        let possibleCount: Int?
        let kinds: Kinds
        let tally: ValueTally
    }

    private let schema: Schema
    private var known: [Entry]
    private var unknown: [[UInt8]: Entry] = [:]
    /// The paths of unknown places, in the order in which they were first seen.
    private var unknownPaths: [[UInt8]] = []
    /// Whether there were more unknown places than the census distinguishes.
    private(set) var hasMoreUnknown = false
    private var recordCount = 0
    /// The level of the deepest value in any record.
    private(set) var depth = 0

    /// The largest number of unknown places that the census distinguishes.
    static let unknownLimit = 1_000

    init(schema: Schema) {
        self.schema = schema
        known = [Entry](repeating: Entry(), count: schema.placeCount)
    }

    /// Counts a record.
    mutating func add(_ record: RecordView) {
        recordCount += 1
        addChildren(of: record, at: [], level: 1)
    }

    /// The places: known ones in schema order, then unknown ones in the order in which they were first seen.
    var rows: [Row] {
        var rows: [Row] = []
        var objectCounts: [[UInt8]: Int] = [[]: recordCount]
        for place in schema.members(of: .record) {
            addRows(of: place, possibleCount: recordCount, to: &rows, &objectCounts)
        }
        for path in unknownPaths {
            guard let entry = unknown[path] else { continue }
            objectCounts[path] = entry.objectCount
            let isElement = path.suffix(2) == [0x5B, 0x5D]
            rows.append(
                Row(
                    path: String(decoding: path, as: UTF8.self), isKnown: false, count: entry.count,
                    possibleCount: isElement ? nil : objectCounts[entry.parent], kinds: entry.kinds, tally: entry.tally)
            )
        }
        return rows
    }

    /// Adds the rows of a known place and of all places below it, and the numbers of objects there.
    private func addRows(
        of place: FieldID, possibleCount: Int?, to rows: inout [Row], _ objectCounts: inout [[UInt8]: Int]
    ) {
        guard place != .unknown else { return }
        let entry = known[Int(place.rawValue)]
        if entry.count > 0 {
            let path = schema.listingPath(of: place)
            objectCounts[Array(path.utf8)] = entry.objectCount
            rows.append(
                Row(
                    path: path, isKnown: true, count: entry.count, possibleCount: possibleCount, kinds: entry.kinds,
                    tally: entry.tally))
        }
        // The members of an object that has those of another one are counted there.
        if schema.owner(ofMembersAt: place) == place {
            for member in schema.members(of: place) {
                addRows(of: member, possibleCount: entry.objectCount, to: &rows, &objectCounts)
            }
        }
        addRows(of: schema.elements(of: place), possibleCount: nil, to: &rows, &objectCounts)
    }

    // MARK: -

    private mutating func addChildren(of container: RecordView, at path: [UInt8], level: Int) {
        depth = max(depth, level)
        var children = container.children
        while children.next() {
            let value = children.value
            let isContainer = value.kind == .object || value.kind == .array
            if Int(value.field.rawValue) < known.count {
                known[Int(value.field.rawValue)].add(value)
                if isContainer {
                    addChildren(of: value, at: Array(schema.listingPath(of: value.field).utf8), level: level + 1)
                }
            } else {
                let place = path + Self.step(children.unknownKey, isFirst: path.isEmpty)
                addUnknown(value, at: place, in: path)
                if isContainer { addChildren(of: value, at: place, level: level + 1) }
            }
        }
    }

    private mutating func addUnknown(_ value: RecordView, at path: [UInt8], in parent: [UInt8]) {
        if unknown[path] == nil {
            guard unknownPaths.count < Self.unknownLimit else {
                hasMoreUnknown = true
                return
            }
            unknownPaths.append(path)
            unknown[path] = Entry(parent: parent)
        }
        unknown[path, default: Entry()].add(value)
    }

    /// A step of a path: `.name`, `["odd name"]`, or `[]` for an element; long names are cut.
    private static func step(_ key: Span<UInt8>?, isFirst: Bool) -> [UInt8] {
        guard let key else { return Array("[]".utf8) }
        var name: [UInt8] = []
        var isPlain = key.count > 0 && key.count <= 200
        for index in 0..<min(key.count, 200) {
            if !ASCII.isPlainInPath(key[index]) { isPlain = false }
            name.append(key[index])
        }
        if isPlain { return (isFirst ? [] : [0x2E]) + name }
        var quoted = OutputBuffer(minimumCapacity: 256)
        quoted.append(0x5B)
        quoted.appendJSONString(String(decoding: name, as: UTF8.self) + (key.count > 200 ? "…" : ""))
        quoted.append(0x5D)
        let span = quoted.span
        return span.indices.map { span[$0] }
    }
}
