/// A number of at most 64 bits and a sign, or what keeps it from being one.
package enum WholeNumber {
    /// A value of 64 bits and its sign.
    case value(magnitude: UInt64, isNegative: Bool)
    /// The decimal digits of a larger one, with its sign.
    case digits(String)
    /// A number with a fraction, or one that no integer type has.
    case notWhole
    /// Another kind of value.
    case notNumber
}

/// The values of texts that follow the grammar of RFC 8259 section 6.
enum NumberValue {
    /// The longest integer that is written out: more than 128 bits have.
    private static let mostDigits = 40

    /// A number as an integer, however it is written.
    static func whole(_ text: ByteView, isInteger: Bool) -> WholeNumber {
        guard isInteger else { return DecimalValue(text).whole(mostDigits: mostDigits) }
        let isNegative = text.byte(at: 0) == 0x2D
        let start = isNegative ? 1 : 0
        // 19 digits always fit.
        guard text.count &- start <= 19 else { return DecimalValue(text).whole(mostDigits: mostDigits) }
        var magnitude: UInt64 = 0
        var index = start
        while index < text.count {
            magnitude = magnitude &* 10 &+ UInt64(truncatingIfNeeded: text.byte(at: index) &- 0x30)
            index &+= 1
        }
        return .value(magnitude: magnitude, isNegative: isNegative)
    }

    /// The nearest double; infinite beyond the range.
    static func double(_ text: ByteView) -> Double {
        if let parts = ShortDecimal(text), parts.digits < 1 << 53, parts.exponent.magnitude <= 22 {
            // Both are doubles exactly, so that one operation rounds once (Clinger 1990).
            let power = tens[Int(parts.exponent.magnitude)]
            let digits = Double(parts.digits)
            let value = parts.exponent < 0 ? digits / power : digits * power
            return parts.isNegative ? -value : value
        }
        return Double(text.string()) ?? .infinity
    }

    /// The nearest float; infinite beyond the range.
    static func float(_ text: ByteView) -> Float {
        if let parts = ShortDecimal(text), parts.digits < 1 << 24, parts.exponent.magnitude <= 10 {
            let power = Float(tens[Int(parts.exponent.magnitude)])
            let digits = Float(parts.digits)
            let value = parts.exponent < 0 ? digits / power : digits * power
            return parts.isNegative ? -value : value
        }
        return Float(text.string()) ?? .infinity
    }

    /// A number that a person may have written, `+5`, `007`, `.5` or `5.`, in the grammar of RFC 8259; nil for others.
    ///
    /// White space around it does not count.
    static func regular(_ text: ByteView) -> [UInt8]? {
        var start = 0
        var end = text.count
        while start < end, ASCII.isSpace(text.byte(at: start)) { start += 1 }
        while end > start, ASCII.isSpace(text.byte(at: end - 1)) { end -= 1 }
        var number: [UInt8] = []
        if text.byte(at: start) == 0x2B || text.byte(at: start) == 0x2D {
            if text.byte(at: start) == 0x2D { number.append(0x2D) }
            start += 1
        }
        guard start < end, ASCII.isDigit(text.byte(at: start)) || ASCII.isDigit(text.byte(at: start + 1)) else {
            return nil
        }
        while start + 1 < end, text.byte(at: start) == 0x30, ASCII.isDigit(text.byte(at: start + 1)) { start += 1 }
        if text.byte(at: start) == 0x2E { number.append(0x30) }
        for index in start..<end {
            let byte = text.byte(at: index)
            // A point that nothing follows says nothing.
            if byte == 0x2E, !ASCII.isDigit(text.byte(at: index + 1)), index > start, index + 1 == end { continue }
            number.append(byte)
        }
        return NumberText.isNumber(ByteView(number.span)) ? number : nil
    }

    private static let tens: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}

/// A decimal of at most 18 digits.
private struct ShortDecimal {
    let isNegative: Bool
    private(set) var digits: UInt64 = 0
    private(set) var exponent = 0

    @inline(__always)
    init?(_ text: ByteView) {
        isNegative = text.byte(at: 0) == 0x2D
        var index = isNegative ? 1 : 0
        guard text.count &- index <= 19 else { return nil }
        var fractionStart = -1
        while index < text.count {
            let byte = text.byte(at: index)
            if ASCII.isDigit(byte) {
                digits = digits &* 10 &+ UInt64(truncatingIfNeeded: byte &- 0x30)
            } else if byte == 0x2E {
                fractionStart = index &+ 1
            } else {
                break
            }
            index &+= 1
        }
        if fractionStart >= 0 { exponent = fractionStart &- index }
        guard index < text.count else { return }
        index &+= 1
        let sign = text.byte(at: index)
        if sign == 0x2B || sign == 0x2D { index &+= 1 }
        var written = 0
        while index < text.count {
            written = written &* 10 &+ Int(text.byte(at: index) &- 0x30)
            if written > 1000 { return nil }
            index &+= 1
        }
        exponent &+= sign == 0x2D ? -written : written
    }
}
