extension ByteView {
    /// The index of the first byte that begins no well-formed UTF-8 sequence between `start` and `end`, or nil.
    ///
    /// Follows table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.
    func firstInvalidUTF8(from start: Int, to end: Int) -> Int? {
        var index = start
        while index < end {
            let lead = byte(at: index)
            if lead < 0x80 {
                // Eight ASCII bytes at a time: most text is.
                while index &+ 8 <= end, load8(at: index) & 0x8080_8080_8080_8080 == 0 { index &+= 8 }
                while index < end, byte(at: index) < 0x80 { index &+= 1 }
                continue
            }
            let length = utf8SequenceLength(at: index, end: end)
            if length == 0 { return index }
            index &+= length
        }
        return nil
    }

    /// The length of the well-formed sequence of two to four bytes at `index`, or 0.
    @inline(__always)
    private func utf8SequenceLength(at index: Int, end: Int) -> Int {
        let lead = byte(at: index)
        let second = index &+ 1 < end ? byte(at: index &+ 1) : 0
        let third = index &+ 2 < end ? byte(at: index &+ 2) : 0
        switch lead {
        case 0xC2...0xDF:
            return isContinuation(second) ? 2 : 0
        case 0xE0:
            return (0xA0...0xBF).contains(second) && isContinuation(third) ? 3 : 0
        case 0xED:
            return (0x80...0x9F).contains(second) && isContinuation(third) ? 3 : 0
        case 0xE1...0xEF:
            return isContinuation(second) && isContinuation(third) ? 3 : 0
        case 0xF0...0xF4:
            let fourth = index &+ 3 < end ? byte(at: index &+ 3) : 0
            let range: ClosedRange<UInt8> = lead == 0xF0 ? 0x90...0xBF : lead == 0xF4 ? 0x80...0x8F : 0x80...0xBF
            return range.contains(second) && isContinuation(third) && isContinuation(fourth) ? 4 : 0
        default:
            return 0
        }
    }

    @inline(__always)
    private func isContinuation(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80
    }
}

/// The one to four bytes of a Unicode scalar in UTF-8.
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
