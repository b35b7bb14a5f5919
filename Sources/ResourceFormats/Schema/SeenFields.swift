/// Which known members of one object have come, by their ordinals: any number of them.
///
/// The first 64 are bits of a word, which is all that most schemas need. The others are bits of words that all open
/// objects share, so that an object costs no memory of its own: objects close in the reverse order of opening.
struct SeenFields: BitwiseCopyable {
    /// The members with ordinals below 64.
    private(set) var first: UInt64 = 0
    /// Where the words of the other members begin in `SeenFieldWords`; -1 as long as none of them has come.
    private var mark: Int32 = -1

    /// No member has come.
    var isEmpty: Bool {
        @inline(__always) get { first == 0 && mark < 0 }
    }

    /// Adds a member; false if it has come before.
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
        // The object is the innermost one, so the words after its own are free.
        while words.bits.count <= index { words.bits.append(0) }
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: ordinal % 64)
        if words.bits[index] & bit != 0 { return false }
        words.bits[index] |= bit
        return true
    }

    /// Whether a member has come.
    func contains(_ ordinal: Int, _ words: SeenFieldWords) -> Bool {
        if ordinal < 64 { return first & (1 &<< UInt64(truncatingIfNeeded: ordinal)) != 0 }
        let index = Int(mark) + ordinal / 64 - 1
        guard mark >= 0, index < words.bits.count else { return false }
        return words.bits[index] & (1 &<< UInt64(truncatingIfNeeded: ordinal % 64)) != 0
    }

    /// Gives back the words that the object used, when it closes.
    @inline(__always)
    func close(_ words: inout SeenFieldWords) {
        if mark >= 0 { words.bits.removeSubrange(Int(mark)...) }
    }
}

/// The words in which the open objects keep their members with ordinals from 64 on, the innermost object's last.
struct SeenFieldWords: Sendable {
    fileprivate var bits: [UInt64] = []

    /// Forgets all objects, as a new record begins.
    @inline(__always)
    mutating func removeAll() {
        if !bits.isEmpty { bits.removeAll(keepingCapacity: true) }
    }
}
