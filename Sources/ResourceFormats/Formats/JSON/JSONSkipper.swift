/// Skips JSON by counting brackets outside of strings, without parsing it.
///
/// It can stop anywhere and continue with the next piece of the input. The skipped JSON is not checked.
struct JSONSkipper: Sendable {
    /// The number of open brackets; negative if more were closed than opened.
    private(set) var depth = 0
    private var isInString = false
    private var isAfterBackslash = false

    /// Continues until `depth` falls to `floor`, and stops after that bracket; returns false at the end of the input.
    mutating func skip(_ input: ByteView, _ index: inout Int, downTo floor: Int) -> Bool {
        while index &+ 64 <= input.count {
            guard !isAfterBackslash, let block = BracketBlock(input, at: index) else {
                // Escapes are rare, so this block is processed one byte at a time.
                if skipBytes(input, &index, upTo: index &+ 64, downTo: floor) { return true }
                continue
            }
            let inside = block.inside(isInString: isInString)
            var opening = block.opening & ~inside
            var closing = block.closing & ~inside
            if depth &- closing.nonzeroBitCount > floor {
                depth &+= opening.nonzeroBitCount &- closing.nonzeroBitCount
            } else {
                // The block may contain the end: look at each closing bracket.
                while closing != 0 {
                    let place = closing.trailingZeroBitCount
                    let before: UInt64 = (1 &<< UInt64(truncatingIfNeeded: place)) &- 1
                    depth &+= (opening & before).nonzeroBitCount &- 1
                    opening &= ~before
                    closing &= closing &- 1
                    if depth <= floor {
                        index &+= place &+ 1
                        isInString = false
                        return true
                    }
                }
                depth &+= opening.nonzeroBitCount
            }
            isInString = inside &>> 63 == 1
            index &+= 64
        }
        return skipBytes(input, &index, upTo: input.count, downTo: floor)
    }

    private mutating func skipBytes(_ input: ByteView, _ index: inout Int, upTo end: Int, downTo floor: Int) -> Bool {
        while index < end {
            let byte = input.byte(at: index)
            index &+= 1
            if isAfterBackslash {
                isAfterBackslash = false
            } else if isInString {
                if byte == 0x22 { isInString = false } else if byte == 0x5C { isAfterBackslash = true }
            } else {
                switch byte {
                case 0x22: isInString = true
                case 0x7B, 0x5B: depth &+= 1
                case 0x7D, 0x5D:
                    depth &-= 1
                    if depth <= floor { return true }
                default: break
                }
            }
        }
        return false
    }
}

/// The places of quotes and brackets among 64 bytes, one bit for each.
private struct BracketBlock {
    private var quotes: UInt64 = 0
    private(set) var opening: UInt64 = 0
    private(set) var closing: UInt64 = 0

    /// The 64 bytes from `start` on, which must exist; nil if there is a backslash among them.
    @inline(__always)
    init?(_ input: ByteView, at start: Int) {
        var backslashes: UInt64 = 0
        var offset = 0
        while offset < 64 {
            let word = input.load8(at: start &+ offset)
            let folded = word | Bytes.each(0x20)  // Brackets differ from braces by this bit.
            let place = UInt64(truncatingIfNeeded: offset)
            backslashes |= Bytes.equal(word, 0x5C)
            quotes |= Bytes.gathered(Bytes.equal(word, 0x22)) &<< place
            opening |= Bytes.gathered(Bytes.equal(folded, 0x7B)) &<< place
            closing |= Bytes.gathered(Bytes.equal(folded, 0x7D)) &<< place
            offset &+= 8
        }
        if backslashes != 0 { return nil }
    }

    /// The bytes that are inside a string, including its opening quote.
    @inline(__always)
    func inside(isInString: Bool) -> UInt64 {
        var parity = quotes
        parity ^= parity &<< 1
        parity ^= parity &<< 2
        parity ^= parity &<< 4
        parity ^= parity &<< 8
        parity ^= parity &<< 16
        parity ^= parity &<< 32
        return isInString ? ~parity : parity
    }
}

/// Operations on eight bytes in a word at once.
enum Bytes {
    /// A word with the same byte eight times.
    @inline(__always)
    static func each(_ byte: UInt64) -> UInt64 {
        byte &* 0x0101_0101_0101_0101
    }

    /// The high bit of each byte that equals `byte`.
    @inline(__always)
    static func equal(_ word: UInt64, _ byte: UInt64) -> UInt64 {
        let difference = word ^ each(byte)
        return ~(((difference & each(0x7F)) &+ each(0x7F)) | difference) & each(0x80)
    }

    /// The high bits of the eight bytes as the eight lowest bits.
    @inline(__always)
    static func gathered(_ bits: UInt64) -> UInt64 {
        ((bits &>> 7) &* 0x0102_0408_1020_4080) &>> 56
    }
}

extension ByteView {
    /// The index after the first `}` at or after `start` that follows a `}` or `]`; nil if there is none.
    ///
    /// In JSON without white space that is the end of an object of objects, unless a string contains the same
    /// characters.
    func endOfObjects(from start: Int) -> Int? {
        var index = start
        var carry: UInt64 = 0
        while index &+ 8 <= readable, index < count {
            let word = load8(at: index)
            let closing = Bytes.equal(word | Bytes.each(0x20), 0x7D)
            let found = Bytes.equal(word, 0x7D) & (closing &<< 8 | carry)
            if found != 0 {
                let end = index &+ found.trailingZeroBitCount &>> 3 &+ 1
                return end <= count ? end : nil
            }
            carry = closing &>> 56
            index &+= 8
        }
        while index < count {
            let isClosing = carry != 0
            let byte = byte(at: index)
            index &+= 1
            if isClosing, byte == 0x7D { return index }
            carry = byte | 0x20 == 0x7D ? 1 : 0
        }
        return nil
    }
}
