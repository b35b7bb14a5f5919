/// The unknown member names of all open objects, kept to refuse a name that occurs twice in one object.
///
/// Known names are tracked by `SeenFields`. Up to sixteen names of an object are compared one by one. From the
/// seventeenth on they go through a hash table, so that two million names take linear time. The hash has a random seed,
/// so that nobody can prepare names that collide.
///
/// All open objects share the table. Objects close in the reverse order of opening, so names are removed in the reverse
/// order of insertion. With linear probing that means that a slot can simply be cleared.
struct MemberNames: ~Copyable, Sendable {
    /// The key nodes of all open objects, those of the innermost object last.
    private var keys = Storage<UInt32>()
    /// For each key the index of its slot in the table plus one; 0 for a key outside the table.
    private var slots = Storage<UInt32>()
    /// For each slot an index into `keys` plus one; 0 for a free slot.
    private var table = Storage<UInt32>()
    private var used = 0
    private let seed = UInt64.random(in: .min ... .max)

    private static var linearLimit: Int { 16 }

    /// Removes all names.
    mutating func removeAll() {
        if keys.count > 0 { close(0) }
    }

    /// The index at which the names of an object that opens now begin.
    var mark: Int { keys.count }

    /// Removes the names of the object that began at `mark`.
    @inline(__always)
    mutating func close(_ mark: Int) {
        if used > 0 { clearSlots(downTo: mark) }
        keys.truncate(to: mark)
        slots.truncate(to: mark)
    }

    private mutating func clearSlots(downTo mark: Int) {
        var index = keys.count
        while index > mark {
            index -= 1
            guard slots[index] != 0 else { continue }
            table[Int(slots[index]) - 1] = 0
            used -= 1
        }
    }

    /// Adds the name of key node `node`; returns false if the object that began at `mark` has it already.
    @inline(__always)
    mutating func insert(_ node: Int, since mark: Int, in tape: borrowing RecordTape, source: ByteView) -> Bool {
        guard keys.count &- mark < Self.linearLimit else {
            return insertHashed(node, since: mark, in: tape, source: source)
        }
        let text = tape.textWhileBuilding(of: tape.nodes[node], source: source)
        var index = mark
        while index < keys.count {
            let other = tape.textWhileBuilding(of: tape.nodes[Int(keys[index])], source: source)
            if text.isEqual(to: other) { return false }
            index &+= 1
        }
        keys.append(UInt32(truncatingIfNeeded: node))
        slots.append(0)
        return true
    }

    private mutating func insertHashed(
        _ node: Int, since mark: Int, in tape: borrowing RecordTape, source: ByteView
    ) -> Bool {
        if (used + Self.linearLimit + 1) * 2 >= table.count { grow(in: tape, source: source) }
        if keys.count - mark == Self.linearLimit {
            for index in mark..<keys.count { _ = add(index, since: mark, in: tape, source: source) }
        }
        keys.append(UInt32(truncatingIfNeeded: node))
        slots.append(0)
        if add(keys.count - 1, since: mark, in: tape, source: source) { return true }
        keys.truncate(to: keys.count - 1)
        slots.truncate(to: slots.count - 1)
        return false
    }

    /// Doubles the table and inserts the names again in their order.
    private mutating func grow(in tape: borrowing RecordTape, source: ByteView) {
        let capacity = max(table.count * 2, 64)
        table.removeAll()
        table.append(repeating: 0, upTo: capacity)
        used = 0
        for index in 0..<keys.count where slots[index] != 0 {
            // All names in the table are different, so the comparison does not need the start of each object.
            _ = add(index, since: keys.count, in: tape, source: source)
        }
    }

    private mutating func add(_ index: Int, since mark: Int, in tape: borrowing RecordTape, source: ByteView) -> Bool {
        let text = tape.textWhileBuilding(of: tape.nodes[Int(keys[index])], source: source)
        var slot = Int(truncatingIfNeeded: hash(text, seed: seed)) & (table.count - 1)
        while table[slot] != 0 {
            let other = Int(table[slot]) - 1
            // The same name in an outer object is not a duplicate.
            if other >= mark,
                text.isEqual(to: tape.textWhileBuilding(of: tape.nodes[Int(keys[other])], source: source))
            {
                return false
            }
            slot = (slot + 1) & (table.count - 1)
        }
        table[slot] = UInt32(truncatingIfNeeded: index + 1)
        slots[index] = UInt32(truncatingIfNeeded: slot + 1)
        used += 1
        return true
    }
}

/// A seeded hash of a text: eight bytes a step, multiplied and folded.
func hash(_ bytes: ByteView, seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index < bytes.count {
        let (high, low) = (state ^ bytes.word(at: index, count: bytes.count - index)).multipliedFullWidth(
            by: 0xE703_7ED1_A0B4_28DB)
        state = high ^ low ^ seed
        index += 8
    }
    let (high, low) = state.multipliedFullWidth(by: 0x8EBC_6AF0_9C88_C6E3)
    return high ^ low
}
