/// The grammar of numbers on a tape: that of JSON (RFC 8259 section 6).
enum NumberText {
    /// Whether the bytes are exactly one number.
    static func isNumber(_ bytes: ByteView) -> Bool {
        guard let number = scanNumber(bytes, from: 0) else { return false }
        return number.end == bytes.count
    }

    /// The end of a number, and whether the number is written as an integer.
    struct ScannedNumber {
        let end: Int
        let isInteger: Bool
    }

    /// The longest number from `start` on; nil if there is none.
    @inline(__always)
    static func scanNumber(_ bytes: ByteView, from start: Int) -> ScannedNumber? {
        var index = start
        if bytes.byte(at: index) == 0x2D { index &+= 1 }
        guard ASCII.isDigit(bytes.byte(at: index)) else { return nil }
        if bytes.byte(at: index) == 0x30 {
            index &+= 1
        } else {
            while ASCII.isDigit(bytes.byte(at: index)) { index &+= 1 }
        }
        var isInteger = true
        if bytes.byte(at: index) == 0x2E {
            isInteger = false
            index &+= 1
            guard ASCII.isDigit(bytes.byte(at: index)) else { return nil }
            while ASCII.isDigit(bytes.byte(at: index)) { index &+= 1 }
        }
        if bytes.byte(at: index) | 0x20 == 0x65 {
            isInteger = false
            index &+= 1
            let sign = bytes.byte(at: index)
            if sign == 0x2B || sign == 0x2D { index &+= 1 }
            guard ASCII.isDigit(bytes.byte(at: index)) else { return nil }
            while ASCII.isDigit(bytes.byte(at: index)) { index &+= 1 }
        }
        return ScannedNumber(end: index, isInteger: isInteger)
    }

    /// The end of the longest prefix that follows the grammar: the place that an error about the number points to.
    static func endOfNumberPrefix(_ bytes: ByteView, from start: Int) -> Int {
        var index = start
        if bytes.byte(at: index) == 0x2D { index += 1 }
        if bytes.byte(at: index) == 0x30 {
            index += 1
        } else {
            while ASCII.isDigit(bytes.byte(at: index)) { index += 1 }
        }
        if bytes.byte(at: index) == 0x2E {
            index += 1
            guard ASCII.isDigit(bytes.byte(at: index)) else { return index }
            while ASCII.isDigit(bytes.byte(at: index)) { index += 1 }
        }
        if bytes.byte(at: index) | 0x20 == 0x65 {
            index += 1
            let sign = bytes.byte(at: index)
            if sign == 0x2B || sign == 0x2D { index += 1 }
        }
        return index
    }
}
