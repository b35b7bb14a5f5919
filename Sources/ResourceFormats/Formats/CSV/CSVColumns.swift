/// The columns of a CSV document: the places of all records, laid out as a tree.
///
///     record
///     ├── name                     column 0
///     ├── azureOpenAI              (a column of its own only where it is a scalar, null or empty)
///     │   ├── resourceName         column 1
///     │   └── region (unknown)     column 2
///     └── fallbacks
///         └── [0]
///             └── isFallbackEnabled    column 3
///
/// The order is depth first: a place's own column, then its known members in schema order, its elements by index, and
/// its unknown members in the order in which they were first seen. Known members are found by their ordinal. Elements
/// and unknown members are found along linked lists, which records of the same form walk in order. Unknown members in
/// another order are found by a hash table.
struct CSVColumns: ~Copyable {
    /// Not private: a private element of a generic from another file crashes the debug build of Swift 6.3.1.
    struct Place: BitwiseCopyable {
        var field: FieldID
        /// The column for scalars at this place; -1 for none.
        var column: Int32 = -1
        var parent: Int32
        /// The index of the list of known members by ordinal; -1 until there is one.
        var members: Int32 = -1
        var firstElement: Int32 = -1
        var firstUnknown: Int32 = -1
        var lastUnknown: Int32 = -1
        /// The next element or unknown member of the parent.
        var next: Int32 = -1
        /// The name of an unknown member.
        var keyStart: UInt32 = 0
        var keyCount: UInt32 = 0
        /// The index of an element; -1 for members.
        var index: Int32 = -1
    }

    private let schema: Schema
    private var places = Storage<Place>()
    private var memberPlaces = Storage<Int32>()
    private var keys = Storage<UInt8>()
    /// The hash table of unknown members by parent and name: place numbers plus one.
    private var table = Storage<UInt32>()
    private var tableUse = 0
    private let seed = UInt64.random(in: .min ... .max)
    /// Whether the user gave the columns, so that places without a column are left out on purpose.
    let isFixed: Bool
    private(set) var count = 0

    /// The place of the record itself.
    static var root: Int { 0 }

    /// The given columns, or columns to be found in a first pass over all records.
    init(schema: Schema, paths: [CSVColumnPath]? = nil) {
        self.schema = schema
        isFixed = paths != nil
        places.append(Place(field: .record, parent: -1))
        // The last element of each array, so that elements in order need no search.
        var lastElements: [Int: Int] = [:]
        for path in paths ?? [] {
            var place = Self.root
            for step in path.steps {
                let last = lastElements[place] ?? -1
                let added = self.place(of: step, in: place, after: last)
                if case .index = step { lastElements[place] = added }
                place = added
            }
            places[place].column = Int32(truncatingIfNeeded: count)
            count += 1
        }
    }

    /// The place of a step of a path, which is added; `last` is an element that was added before it, or -1.
    mutating func place(of step: CSVColumnPath.Step, in place: Int, after last: Int = -1) -> Int {
        switch step {
        case .key(let key):
            let field =
                schema.isScope(places[place].field)
                ? schema.field(named: key.span, in: places[place].field) : .unknown
            return member(field, key: ByteView(key.span), of: place, adding: true)
        case .index(let index):
            let isBehind = last >= 0 && Int(places[last].index) < index
            return element(index, of: place, after: isBehind ? last : -1, adding: true)
        }
    }

    // MARK: Parts

    /// The same columns once more.
    func copy() -> CSVColumns {
        var copy = CSVColumns(schema: schema, isFixed: isFixed)
        copy.places.append(contentsOf: places)
        copy.memberPlaces.append(contentsOf: memberPlaces)
        copy.keys.append(contentsOf: keys)
        copy.count = count
        for place in 0..<places.count where isUnknownMember(place) { copy.enter(place) }
        return copy
    }

    /// Adds the places that another first pass has found, over records that come after.
    mutating func add(_ other: borrowing CSVColumns) {
        // A place comes after its parent, and siblings in the order in which they were first seen.
        var own: [Int] = [Self.root]
        for index in 1..<max(1, other.places.count) {
            let place = other.places[index]
            let parent = own[Int(place.parent)]
            let added =
                place.index >= 0
                ? element(Int(place.index), of: parent, adding: true)
                : member(place.field, key: other.key(of: index), of: parent, adding: true)
            if place.column >= 0 { markColumn(added) }
            own.append(added)
        }
    }

    private init(schema: Schema, isFixed: Bool) {
        self.schema = schema
        self.isFixed = isFixed
    }

    // MARK: Finding places

    /// The column for the scalars of a place; -1 for none.
    @inline(__always)
    func column(of place: Int) -> Int { Int(places[place].column) }

    /// Gives a place a column of its own.
    mutating func markColumn(_ place: Int) {
        if places[place].column < 0 { places[place].column = 0 }
    }

    /// The place of a member, or -1 if there is none and `adding` is false.
    @inline(__always)
    mutating func member(_ field: FieldID, key: ByteView, of parent: Int, adding: Bool) -> Int {
        field == .unknown
            ? unknownMember(key, of: parent, adding: adding) : knownMember(field, of: parent, adding: adding)
    }

    @inline(__always)
    mutating func knownMember(_ field: FieldID, of parent: Int, adding: Bool) -> Int {
        if places[parent].members >= 0 {
            let place = Int(memberPlaces[Int(places[parent].members) &+ schema.ordinal(of: field)])
            if place >= 0 { return place }
        }
        return adding ? addKnownMember(field, of: parent) : -1
    }

    private mutating func addKnownMember(_ field: FieldID, of parent: Int) -> Int {
        if places[parent].members < 0 {
            places[parent].members = Int32(truncatingIfNeeded: memberPlaces.count)
            // As many as the field's own object has, even if a tape made by hand has the field elsewhere.
            let siblings = schema.members(of: schema.scope(of: field)).count
            memberPlaces.append(repeating: -1, upTo: memberPlaces.count + siblings)
        }
        let place = places.count
        memberPlaces[Int(places[parent].members) + schema.ordinal(of: field)] = Int32(truncatingIfNeeded: place)
        places.append(Place(field: field, parent: Int32(truncatingIfNeeded: parent)))
        return place
    }

    /// The place of an element; `previous` is the place of the element before it, if known.
    mutating func element(_ index: Int, of parent: Int, after previous: Int = -1, adding: Bool) -> Int {
        var last = previous
        var place = previous >= 0 ? Int(places[previous].next) : Int(places[parent].firstElement)
        while place >= 0, Int(places[place].index) < index {
            last = place
            place = Int(places[place].next)
        }
        if place >= 0, Int(places[place].index) == index { return place }
        guard adding else { return -1 }
        var new = Place(field: schema.elements(of: places[parent].field), parent: Int32(truncatingIfNeeded: parent))
        new.index = Int32(truncatingIfNeeded: index)
        new.next = Int32(truncatingIfNeeded: place)
        let added = places.count
        places.append(new)
        if last >= 0 {
            places[last].next = Int32(truncatingIfNeeded: added)
        } else {
            places[parent].firstElement = Int32(truncatingIfNeeded: added)
        }
        return added
    }

    private mutating func unknownMember(_ key: ByteView, of parent: Int, adding: Bool) -> Int {
        // In a small object, a walk along the list is the fastest search.
        var place = Int(places[parent].firstUnknown)
        var steps = 0
        while place >= 0, steps < 8 {
            if key.isEqual(to: self.key(of: place)) { return place }
            place = Int(places[place].next)
            steps += 1
        }
        if place < 0 { return adding ? addUnknownMember(key, of: parent) : -1 }
        if table.count > 0 {
            var slot = slot(of: key, in: parent)
            while table[slot] != 0 {
                let candidate = Int(table[slot]) - 1
                if Int(places[candidate].parent) == parent, key.isEqual(to: self.key(of: candidate)) {
                    return candidate
                }
                slot = (slot + 1) & (table.count - 1)
            }
        }
        return adding ? addUnknownMember(key, of: parent) : -1
    }

    private mutating func addUnknownMember(_ key: ByteView, of parent: Int) -> Int {
        var new = Place(field: .unknown, parent: Int32(truncatingIfNeeded: parent))
        new.keyStart = UInt32(truncatingIfNeeded: keys.count)
        new.keyCount = UInt32(truncatingIfNeeded: key.count)
        keys.append(key)
        let added = places.count
        places.append(new)
        let last = Int(places[parent].lastUnknown)
        if last >= 0 {
            places[last].next = Int32(truncatingIfNeeded: added)
        } else {
            places[parent].firstUnknown = Int32(truncatingIfNeeded: added)
        }
        places[parent].lastUnknown = Int32(truncatingIfNeeded: added)
        enter(added)
        return added
    }

    private mutating func enter(_ place: Int) {
        if (tableUse + 1) * 2 > table.count {
            let capacity = max(64, table.count * 2)
            table.removeAll()
            table.append(repeating: 0, upTo: capacity)
            tableUse = 0
            for other in 0..<place where places[other].keyCount > 0 || isUnknownMember(other) { put(other) }
        }
        put(place)
    }

    private func isUnknownMember(_ place: Int) -> Bool {
        places[place].field == .unknown && places[place].index < 0 && places[place].parent >= 0
    }

    private mutating func put(_ place: Int) {
        var slot = slot(of: key(of: place), in: Int(places[place].parent))
        while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
        table[slot] = UInt32(truncatingIfNeeded: place + 1)
        tableUse += 1
    }

    private func slot(of key: ByteView, in parent: Int) -> Int {
        let mixed = hash(key, seed: seed &+ UInt64(truncatingIfNeeded: parent))
        return Int(truncatingIfNeeded: mixed) & (table.count - 1)
    }

    @_lifetime(borrow self)
    private func key(of place: Int) -> ByteView {
        keys.view.slice(Int(places[place].keyStart), count: Int(places[place].keyCount))
    }

    // MARK: Layout

    /// Numbers the columns depth first and appends their names; returns false if the names take more than `limit`
    /// bytes.
    ///
    /// A long name above many columns is repeated in the name of each. Without the limit, a small record could thus
    /// have a huge header.
    mutating func layOut(into names: inout CSVColumnNames, limit: Int) -> Bool {
        names.removeAll()
        var path = Storage<UInt8>(minimumCapacity: 256)
        layOut(Self.root, &path, &names, limit)
        count = names.count
        return names.size <= limit
    }

    private mutating func layOut(
        _ place: Int, _ path: inout Storage<UInt8>, _ names: inout CSVColumnNames, _ limit: Int
    ) {
        guard names.size <= limit else { return }
        if places[place].column >= 0 {
            places[place].column = Int32(truncatingIfNeeded: names.count)
            names.append(path.view, schema.kind(of: places[place].field))
        }
        let length = path.count
        let members = places[place].members
        if members >= 0 {
            for (ordinal, field) in schema.members(of: places[place].field).enumerated() {
                let child = Int(memberPlaces[Int(members) + ordinal])
                guard child >= 0, let name = schema.name(of: field) else { continue }
                let utf8 = name.utf8
                CSVColumnPath.append(ByteView(utf8.span), to: &path)
                layOut(child, &path, &names, limit)
                path.truncate(to: length)
            }
        }
        var child = Int(places[place].firstElement)
        while child >= 0 {
            CSVColumnPath.append(index: Int(places[child].index), to: &path)
            layOut(child, &path, &names, limit)
            path.truncate(to: length)
            child = Int(places[child].next)
        }
        child = Int(places[place].firstUnknown)
        while child >= 0 {
            CSVColumnPath.append(key(of: child), to: &path)
            layOut(child, &path, &names, limit)
            path.truncate(to: length)
            child = Int(places[child].next)
        }
    }
}

/// The names of columns in one block, each with its kind in the schema.
struct CSVColumnNames: ~Copyable {
    /// Not private: see `CSVColumns.Place`.
    struct Column: BitwiseCopyable {
        /// The end of the name in `text`.
        let end: Int
        /// Nil for an unknown column.
        let kind: ValueKind?
    }

    private var text = Storage<UInt8>()
    private var columns = Storage<Column>()

    /// The number of columns.
    var count: Int { columns.count }
    /// The number of bytes of all names.
    var size: Int { text.count }

    /// The same names once more.
    func copy() -> CSVColumnNames {
        var copy = CSVColumnNames()
        copy.text.append(contentsOf: text)
        copy.columns.append(contentsOf: columns)
        return copy
    }

    mutating func removeAll() {
        text.removeAll()
        columns.removeAll()
    }

    mutating func append(_ name: ByteView, _ kind: ValueKind?) {
        text.append(name)
        columns.append(Column(end: text.count, kind: kind))
    }

    /// The kind of a column in the schema; nil for an unknown one.
    @inline(__always)
    func kind(of column: Int) -> ValueKind? { columns[column].kind }

    /// The name of a column.
    @_lifetime(borrow self)
    func name(of column: Int) -> ByteView {
        let start = column > 0 ? columns[column - 1].end : 0
        return text.view.slice(start, count: columns[column].end - start)
    }
}
