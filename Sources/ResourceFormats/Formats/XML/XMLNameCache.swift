/// What names in the parser's dictionary stand for in the objects and arrays of the schema.
///
/// The parser keeps each name once, so the address of a name tells it from all others, for as long as its dictionary
/// lives. The addresses are compared only.
struct XMLNameCache: ~Copyable {
    /// A known member, or the element of an array.
    struct Entry: BitwiseCopyable {
        /// The address of the name; 0 in a free slot.
        fileprivate var address: UInt = 0
        fileprivate var scope = Scope(rawValue: 0)
        var field = FieldID.unknown
        /// The kind that the schema has for the value.
        var content = XMLElement.Content.anything
        /// The member's ordinal in its object; -1 for an element of an array.
        var ordinal: Int32 = -1
        /// How many bytes the name has.
        var nameCount: Int32 = 0

        /// A free slot.
        fileprivate init() {}

        /// What a name of so many bytes stands for.
        init(field: FieldID, content: XMLElement.Content, ordinal: Int, nameCount: Int) {
            self.field = field
            self.content = content
            self.ordinal = Int32(truncatingIfNeeded: ordinal)
            self.nameCount = Int32(truncatingIfNeeded: nameCount)
        }
    }

    /// The object or array around a name.
    struct Scope: BitwiseCopyable {
        fileprivate let rawValue: UInt32

        fileprivate init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// The scope that an element with the field opens as an object or as an array.
        @inline(__always)
        init(_ field: FieldID, isArray: Bool) {
            rawValue = UInt32(field.rawValue) | (isArray ? 0x1_0000 : 0)
        }
    }

    private var entries = Storage<Entry>()
    private var used = 0
    /// How many slots there are: a power of two, and at least four for each name, so that a search is short.
    private let slotCount: Int

    /// A cache for the names of a schema with so many places.
    ///
    /// A place is found by one name, and an array has one for its elements: twice the places is all there can be.
    init(placeCount: Int) {
        var slotCount = 64
        while slotCount < 8 * (placeCount + 1) { slotCount *= 2 }
        self.slotCount = slotCount
        entries.append(repeating: Entry(), upTo: slotCount)
    }

    /// What the name stands for in the scope; nil if nobody has said it yet.
    @inline(__always)
    func find(_ address: UInt, in scope: Scope) -> Entry? {
        var slot = slot(address, scope)
        while true {
            let entry = entries[slot]
            if entry.address == address, entry.scope.rawValue == scope.rawValue { return entry }
            if entry.address == 0 { return nil }
            slot = (slot &+ 1) & (slotCount &- 1)
        }
    }

    /// Keeps what a name stands for that `find` does not know.
    mutating func insert(_ address: UInt, in scope: Scope, _ entry: Entry) {
        // Never full, whatever the parser does: a search ends at a free slot.
        guard used < slotCount / 2, address != 0 else { return }
        used += 1
        var slot = slot(address, scope)
        while entries[slot].address != 0 { slot = (slot &+ 1) & (slotCount &- 1) }
        var entry = entry
        entry.address = address
        entry.scope = scope
        entries[slot] = entry
    }

    /// Forgets all names, whose addresses may come to stand for others.
    mutating func removeAll() {
        guard used > 0 else { return }
        entries.removeAll()
        entries.append(repeating: Entry(), upTo: slotCount)
        used = 0
    }

    @inline(__always)
    private func slot(_ address: UInt, _ scope: Scope) -> Int {
        let mixed = UInt64(address) ^ UInt64(scope.rawValue) &<< 40
        return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 32) & (slotCount &- 1)
    }
}
