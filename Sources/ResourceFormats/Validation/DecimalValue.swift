/// The value of a JSON number, exactly, however many digits and whatever exponent it is written with.
struct DecimalValue {
    private var isNegative = false
    /// The digits that count, without zeros before and behind; none for zero.
    private var digits: [UInt8] = []
    /// The power of ten that the last digit counts.
    private var exponent = 0

    /// The value of a number that follows RFC 8259's grammar.
    init(_ text: ByteView) {
        var index = 0
        if text.byte(at: 0) == 0x2D {
            isNegative = true
            index = 1
        }
        var isFraction = false
        while index < text.count {
            let byte = text.byte(at: index)
            if byte == 0x2E {
                isFraction = true
            } else if JSONText.isDigit(byte) {
                if byte != 0x30 || !digits.isEmpty { digits.append(byte &- 0x30) }
                if isFraction { exponent -= 1 }
            } else {
                break
            }
            index += 1
        }
        if index < text.count { exponent += Self.exponent(in: text, from: index + 1) }
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty { exponent = 0 }
    }

    /// The written exponent; beyond a billion one is as good as another.
    private static func exponent(in text: ByteView, from start: Int) -> Int {
        var index = start
        let isNegative = text.byte(at: index) == 0x2D
        if isNegative || text.byte(at: index) == 0x2B { index += 1 }
        var value = 0
        while index < text.count {
            if value < 1_000_000_000 { value = value * 10 + Int(text.byte(at: index) &- 0x30) }
            index += 1
        }
        return isNegative ? -value : value
    }

    /// Whether there is no fraction.
    var isInteger: Bool { exponent >= 0 }

    /// Whether the value lies in a range.
    func isIn(_ range: ClosedRange<Int>) -> Bool {
        let count = digits.count + exponent
        // More digits than any `Int` has.
        if count > 19 { return false }
        var whole = 0
        var overflows = false
        for index in 0..<max(0, count) {
            let digit = index < digits.count ? Int(digits[index]) : 0
            let (product, isTooLarge) = whole.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeStill) = product.addingReportingOverflow(digit)
            whole = sum
            overflows = overflows || isTooLarge || isTooLargeStill
        }
        if overflows { return false }
        if isNegative { return -whole >= range.lowerBound && (isInteger || -whole > range.lowerBound) }
        return whole <= range.upperBound && whole >= range.lowerBound && (isInteger || whole < range.upperBound)
    }
}
