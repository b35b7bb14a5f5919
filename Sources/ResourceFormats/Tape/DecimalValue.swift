/// The exact value of a JSON number, however many digits it has and however large its exponent is.
struct DecimalValue: Sendable {
    private var isNegative = false
    /// The significant digits, without leading and trailing zeros; empty for zero.
    private var digits: [UInt8] = []
    /// The power of ten of the last digit.
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
            } else if ASCII.isDigit(byte) {
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

    /// The written exponent, limited to a billion: beyond that its value makes no difference.
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

    /// Whether the value is an integer.
    var isInteger: Bool { exponent >= 0 }

    /// The value as an `Int`; nil if it has a fraction or does not fit.
    var integer: Int? {
        guard isInteger, let magnitude = wholeMagnitude else { return nil }
        if !isNegative { return Int(exactly: magnitude) }
        // The lowest `Int` has no positive counterpart.
        return magnitude <= Int.min.magnitude ? Int(truncatingIfNeeded: 0 &- magnitude) : nil
    }

    /// The value as an integer of any size up to so many digits.
    func whole(mostDigits: Int) -> WholeNumber {
        guard isInteger, digits.count + exponent <= mostDigits else { return .notWhole }
        if let magnitude = wholeMagnitude {
            return .value(magnitude: UInt64(magnitude), isNegative: isNegative)
        }
        var text = isNegative ? "-" : ""
        for digit in digits { text.unicodeScalars.append(Unicode.Scalar(digit &+ 0x30)) }
        return .digits(text + String(repeating: "0", count: exponent))
    }

    /// Whether the value lies in a range; a bound of `Int.min` or `Int.max` is none.
    func isIn(_ range: ClosedRange<Int>) -> Bool {
        guard let whole = wholeMagnitude, whole <= Int.max.magnitude else {
            return isNegative ? range.lowerBound == .min : range.upperBound == .max
        }
        if isNegative {
            guard range.lowerBound <= 0, whole <= range.lowerBound.magnitude else { return false }
            if !isInteger, whole == range.lowerBound.magnitude { return false }
            // The fraction lowers the value below `-whole`.
            return range.upperBound >= 0 || whole >= range.upperBound.magnitude
        }
        guard range.upperBound >= 0, whole <= range.upperBound.magnitude else { return false }
        if !isInteger, whole == range.upperBound.magnitude, range.upperBound < .max { return false }
        if range.lowerBound <= 0 { return true }
        return whole >= range.lowerBound.magnitude
    }

    /// Whether the value is below another one.
    func isLess(than other: DecimalValue) -> Bool {
        guard isNegative == other.isNegative, !digits.isEmpty, !other.digits.isEmpty else {
            return sign < other.sign
        }
        return isNegative ? other.hasLessMagnitude(than: self) : hasLessMagnitude(than: other)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// Compares the magnitudes of two values other than zero.
    private func hasLessMagnitude(than other: DecimalValue) -> Bool {
        let (size, otherSize) = (digits.count + exponent, other.digits.count + other.exponent)
        if size != otherSize { return size < otherSize }
        return digits.lexicographicallyPrecedes(other.digits)
    }

    /// The integer part without its sign; nil if it is larger than any `Int`.
    private var wholeMagnitude: UInt? {
        let count = digits.count + exponent
        guard count <= 19 else { return nil }  // 19 digits always fit into 64 bits without a sign.
        var whole: UInt = 0
        for index in 0..<max(0, count) {
            whole = whole * 10 + (index < digits.count ? UInt(digits[index]) : 0)
        }
        return whole
    }
}
