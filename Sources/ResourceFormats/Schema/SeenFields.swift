/// The set of known members that one object has had so far, by their ordinals.
///
/// The first 64 are bits of a word, which is enough for most schemas. The others are bits of words that all open
/// objects share, so that an object needs no memory of its own. This works because objects close in the reverse order
/// of opening.
struct SeenFields: BitwiseCopyable {
    /// The members with ordinals below 64.
    private(set) var first: UInt64 = 0
    /// The index in `SeenFieldWords` of the first word for the other members; -1 while the object has none of them.
    private var mark: Int32 = -1

    /// Whether the object has had no member.
    var isEmpty: Bool {
        @inline(__always) get { first == 0 && mark < 0 }
    }

    /// Adds a member; returns false if the object has had it already.
    @inline(__always)
    mutating func insert(_ ordinal: Int, _ words: inout SeenFieldWords) -> Bool {
        guard ordinal < 64 else { return insertLate(ordinal, &words) }
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: ordinal)
        if first & bit != 0 { return false }
        first |= bit
        return true
    }

    @inline(never)
    private mutating func insertLate(_ ordinal: Int, _ words: inout SeenFieldWords) -> Bool {
        if mark < 0 { mark = Int32(truncatingIfNeeded: words.bits.count) }
        let index = Int(mark) + ordinal / 64 - 1
        // The object is the innermost one, so all words after its own are free.
        while words.bits.count <= index { words.bits.append(0) }
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: ordinal % 64)
        if words.bits[index] & bit != 0 { return false }
        words.bits[index] |= bit
        return true
    }

    /// Whether the object has had a member.
    func contains(_ ordinal: Int, _ words: SeenFieldWords) -> Bool {
        if ordinal < 64 { return first & (1 &<< UInt64(truncatingIfNeeded: ordinal)) != 0 }
        let index = Int(mark) + ordinal / 64 - 1
        guard mark >= 0, index < words.bits.count else { return false }
        return words.bits[index] & (1 &<< UInt64(truncatingIfNeeded: ordinal % 64)) != 0
    }

    /// Releases the words of the object when it closes.
    @inline(__always)
    func close(_ words: inout SeenFieldWords) {
        if mark >= 0 { words.bits.removeSubrange(Int(mark)...) }
    }
}

/// The words for members with ordinals from 64 on, of all open objects, the innermost object's last.
struct SeenFieldWords: Sendable {
    fileprivate var bits: [UInt64] = []

    /// Removes all objects, at the start of a record.
    @inline(__always)
    mutating func removeAll() {
        if !bits.isEmpty { bits.removeAll(keepingCapacity: true) }
    }
}
