extension ByteView {
    /// The index of the first byte between `start` and `end` that does not begin a well-formed UTF-8 sequence, or nil.
    ///
    /// Follows table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.
    func firstInvalidUTF8(from start: Int, to end: Int) -> Int? {
        var index = start
        while index < end {
            // Skips ASCII eight bytes at a time.
            if index &+ 8 <= readable {
                let high = load8(at: index) & 0x8080_8080_8080_8080
                if high == 0 {
                    index &+= 8
                    continue
                }
                index &+= high.trailingZeroBitCount &>> 3
                if index >= end { return nil }
            } else if byte(at: index) < 0x80 {
                index &+= 1
                continue
            }
            let length = sequenceLength(at: index)
            if length == 0 || index &+ length > end { return index }
            index &+= length
        }
        return nil
    }

    /// The length of the well-formed sequence of two to four bytes at `index`, or 0.
    @inline(__always)
    func sequenceLength(at index: Int) -> Int {
        let word = word(at: index, count: 4)
        let lead = word & 0xFF
        let second = (word &>> 8) & 0xFF
        if word & 0xC0E0 == 0x80C0 {
            return lead >= 0xC2 ? 2 : 0
        }
        if word & 0xC0_C0F0 == 0x80_80E0 {
            let isOverlong = lead == 0xE0 && second < 0xA0
            let isSurrogate = lead == 0xED && second >= 0xA0
            return isOverlong || isSurrogate ? 0 : 3
        }
        if word & 0xC0C0_C0F8 == 0x8080_80F0 {
            let isOverlong = lead == 0xF0 && second < 0x90
            let isBeyond = lead > 0xF4 || lead == 0xF4 && second >= 0x90
            return isOverlong || isBeyond ? 0 : 4
        }
        return 0
    }

    /// The Unicode scalar at `index` of well-formed UTF-8, and its length in bytes.
    func scalar(at index: Int) -> (scalar: UInt32, length: Int) {
        let lead = UInt32(byte(at: index))
        if lead < 0x80 { return (lead, 1) }
        let second = UInt32(byte(at: index + 1) & 0x3F)
        if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, 2) }
        let third = UInt32(byte(at: index + 2) & 0x3F)
        if lead < 0xF0 { return ((lead & 0x0F) << 12 | second << 6 | third, 3) }
        let fourth = UInt32(byte(at: index + 3) & 0x3F)
        return ((lead & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
    }
}

/// Calls `body` with each of the one to four bytes of a Unicode scalar in UTF-8.
@inline(__always)
func forEachUTF8Byte(of scalar: UInt32, _ body: (UInt8) -> Void) {
    switch scalar {
    case 0..<0x80:
        body(UInt8(truncatingIfNeeded: scalar))
    case 0x80..<0x800:
        body(UInt8(truncatingIfNeeded: 0xC0 | scalar &>> 6))
        body(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
        body(UInt8(truncatingIfNeeded: 0xE0 | scalar &>> 12))
        body(UInt8(truncatingIfNeeded: 0x80 | (scalar &>> 6) & 0x3F))
        body(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    default:
        body(UInt8(truncatingIfNeeded: 0xF0 | scalar &>> 18))
        body(UInt8(truncatingIfNeeded: 0x80 | (scalar &>> 12) & 0x3F))
        body(UInt8(truncatingIfNeeded: 0x80 | (scalar &>> 6) & 0x3F))
        body(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
}
