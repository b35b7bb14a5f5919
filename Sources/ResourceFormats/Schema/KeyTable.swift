/// Finds the field of a member name; nearly always with one hash, one probe and one comparison.
///
/// The hash is made of the first and the last eight bytes, the length and the object that contains the name. For a name
/// of at most sixteen bytes, comparing these two words compares the whole name.
struct KeyTable: Sendable {
    private struct Entry: BitwiseCopyable, Sendable {
        var first: UInt64 = 0
        var last: UInt64 = 0
        var count: UInt16 = 0
        var scope: UInt16 = 0
        var field = FieldID.unknown
        var nameStart: UInt16 = 0
    }

    /// The largest number of bytes of all names together: the start of a name is stored in 16 bits.
    static let mostNameBytes = Int(UInt16.max)

    private var entries: [Entry]
    private let mask: Int
    private var names: [UInt8] = []

    /// A name, the object that contains it, and its field.
    typealias Key = (name: String, scope: FieldID, field: FieldID)

    init(_ keys: [Key]) {
        var capacity = 64
        while capacity < keys.count * 4 { capacity *= 2 }
        mask = capacity - 1
        entries = [Entry](repeating: Entry(), count: capacity)
        for key in keys {
            let bytes = Array(key.name.utf8)
            let view = ByteView(bytes.span)
            var entry = Entry()
            (entry.first, entry.last) = Self.words(of: view, from: 0, count: view.count)
            entry.count = UInt16(truncatingIfNeeded: bytes.count)
            entry.scope = key.scope.rawValue
            entry.field = key.field
            entry.nameStart = UInt16(truncatingIfNeeded: names.count)
            names += bytes
            var slot = Self.hash(entry.first, entry.last, bytes.count, key.scope) & mask
            while entries[slot].field != .unknown { slot = (slot + 1) & mask }
            entries[slot] = entry
        }
    }

    /// The field of the name `bytes[start ..< start + count]` in the object at `scope`.
    @inline(__always)
    func find(_ bytes: ByteView, from start: Int, count: Int, in scope: FieldID) -> FieldID {
        let (first, last) = Self.words(of: bytes, from: start, count: count)
        var slot = Self.hash(first, last, count, scope) & mask
        while true {
            let entry = entries[slot]
            if entry.field == .unknown { return .unknown }
            if entry.first == first, entry.last == last, Int(entry.count) == count, entry.scope == scope.rawValue,
                count <= 16 || hasSameMiddle(entry, bytes, from: start)
            {
                return entry.field
            }
            slot = (slot &+ 1) & mask
        }
    }

    private func hasSameMiddle(_ entry: Entry, _ bytes: ByteView, from start: Int) -> Bool {
        var index = 8
        while index < Int(entry.count) - 8 {
            if names[Int(entry.nameStart) + index] != bytes.byte(at: start &+ index) { return false }
            index &+= 1
        }
        return true
    }

    @inline(__always)
    private static func words(of bytes: ByteView, from start: Int, count: Int) -> (first: UInt64, last: UInt64) {
        let first = bytes.word(at: start, count: count)
        return (first, count <= 8 ? first : bytes.word(at: start &+ count &- 8, count: 8))
    }

    @inline(__always)
    private static func hash(_ first: UInt64, _ last: UInt64, _ count: Int, _ scope: FieldID) -> Int {
        // In names of up to eight bytes both words are equal; without the rotation they would cancel each other out.
        let mixed =
            first ^ (last &<< 23 | last &>> 41) ^ (UInt64(scope.rawValue) &<< 8) ^ UInt64(truncatingIfNeeded: count)
        return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 48)
    }
}
