import CByteMasks

/// Skips JSON by counting brackets outside of strings, without parsing it.
///
/// It can stop anywhere and continue with the next piece of the input. The skipped JSON is not checked: a backslash
/// outside of strings, which no JSON has, escapes the next byte too.
struct JSONSkipper: Sendable {
    /// The number of open brackets; negative if more were closed than opened.
    private(set) var depth = 0
    private var isInString = false
    private var isAfterBackslash = false

    /// Continues until `depth` falls to `floor`, and stops after that bracket; returns false at the end of the input.
    mutating func skip(_ input: ByteView, _ index: inout Int, downTo floor: Int) -> Bool {
        while index &+ 64 <= input.count {
            let block = BracketBlock(input, at: index, isInString: isInString, isAfterBackslash: isAfterBackslash)
            var opening = block.opening
            var closing = block.closing
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
                        isAfterBackslash = false
                        return true
                    }
                }
                depth &+= opening.nonzeroBitCount
            }
            isInString = block.endsInString
            isAfterBackslash = block.endsAfterBackslash
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
            } else if byte == 0x5C {
                isAfterBackslash = true
            } else if isInString {
                if byte == 0x22 { isInString = false }
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

/// The places of the brackets outside of strings among 64 bytes, one bit for each.
private struct BracketBlock {
    let opening: UInt64
    let closing: UInt64
    /// Whether the block ends inside a string, and there after a backslash that escapes the next byte.
    let endsInString: Bool
    let endsAfterBackslash: Bool

    /// The 64 bytes from `start` on, which must exist.
    ///
    /// - Parameters:
    ///   - isInString: Whether the bytes before them end inside a string.
    ///   - isAfterBackslash: Whether they end with a backslash that escapes the first byte.
    @inline(__always)
    init(_ input: ByteView, at start: Int, isInString: Bool, isAfterBackslash: Bool) {
        var quotes = input.bits64(at: start) { byte_mask_equal($0, 0x22) }
        var escaped: UInt64 = isAfterBackslash ? 1 : 0
        var backslashes = input.bits64(at: start) { byte_mask_equal($0, 0x5C) } & ~escaped
        endsAfterBackslash = backslashes != 0 && Self.escape(&backslashes, &escaped)
        quotes &= ~escaped
        // Each bit becomes the parity of the quotes up to it: 1 inside a string and at its opening quote.
        var inside = quotes
        if quotes != 0 {
            inside ^= inside &<< 1
            inside ^= inside &<< 2
            inside ^= inside &<< 4
            inside ^= inside &<< 8
            inside ^= inside &<< 16
            inside ^= inside &<< 32
        }
        if isInString { inside = ~inside }
        endsInString = inside &>> 63 == 1
        let hidden = inside | escaped
        opening = input.bits64(at: start) { byte_mask_any_of_2($0, 0x5B, 0x7B) } & ~hidden
        closing = input.bits64(at: start) { byte_mask_any_of_2($0, 0x5D, 0x7D) } & ~hidden
    }

    /// Marks the byte after each backslash that is not escaped itself; returns whether the last one is such a backslash.
    private static func escape(_ backslashes: inout UInt64, _ escaped: inout UInt64) -> Bool {
        while backslashes != 0 {
            let place = backslashes & (0 &- backslashes)
            escaped |= place &<< 1
            if place &>> 63 == 1 { return true }
            // One that is escaped escapes nothing.
            backslashes &= ~(place | place &<< 1)
        }
        return false
    }
}

extension ByteView {
    /// The index after the first `}` at or after `start` that follows a `}` or `]`; nil if there is none.
    ///
    /// In JSON without white space that is the end of an object of objects, unless a string contains the same
    /// characters.
    func endOfObjects(from start: Int) -> Int? {
        var index = start
        // Whether the byte before is a `}` or `]`.
        var carry: UInt32 = 0
        while index < count, canLoad16(at: index) {
            let chunk = load16(at: index)
            let braces = byte_mask_equal(chunk, 0x7D)
            let closing = braces | byte_mask_equal(chunk, 0x5D)
            let found = braces & (closing &<< 1 | carry)
            if found != 0 {
                let end = index &+ found.trailingZeroBitCount &+ 1
                return end <= count ? end : nil
            }
            carry = closing &>> 15
            index &+= 16
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
