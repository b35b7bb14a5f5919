/// How much an alternative is wanted, in thousandths from 0 to 1000 (RFC 9110 section 12.4.2).
///
/// 0 is "not acceptable". Whole numbers compare exactly: 0.9, 0.90 and 0.900 are one value.
public struct QualityValue: Hashable, Sendable {
    private let stored: UInt16

    /// Wanted as much as can be, which is what a range without a weight says.
    public static let full = QualityValue(stored: 1000)

    /// Not acceptable.
    public static let none = QualityValue(stored: 0)

    /// A value from 0 to 1000; nil for any other number.
    public init?(thousandths: Int) {
        guard 0...1000 ~= thousandths else { return nil }
        stored = UInt16(truncatingIfNeeded: thousandths)
    }

    /// From 0 to 1000.
    public var thousandths: Int { Int(stored) }

    /// Whether it is more than 0.
    public var isAcceptable: Bool { stored > 0 }

    private init(stored: UInt16) {
        self.stored = stored
    }
}

extension QualityValue: Comparable {
    /// Less wanted before more wanted.
    public static func < (one: QualityValue, other: QualityValue) -> Bool {
        one.stored < other.stored
    }
}

extension QualityValue: CustomStringConvertible {
    /// The value as a weight is written, as short as it can be: `0`, `0.05`, `0.5`, `1`.
    public var description: String {
        guard stored < 1000 else { return "1" }
        guard stored > 0 else { return "0" }
        var digits = stored
        var count = 3
        while digits % 10 == 0 {
            digits /= 10
            count -= 1
        }
        let text = String(digits)
        return "0." + String(repeating: "0", count: count - text.utf8.count) + text
    }
}

// MARK: -

extension QualityValue {
    /// Reads the weight that `field` holds at `place`; nil where that is no number from 0 to 1.
    ///
    /// Read as well, although no RFC has it: `.5`, and more than three decimals, which are rounded. What is more than
    /// zero never becomes zero by that, for zero means something else.
    init?(_ field: Span<UInt8>, _ place: Range<Int>) {
        var position = place.lowerBound
        var isOne = false
        var hasDigits = false
        if position < place.upperBound, field[position] == UInt8(ascii: "0") || field[position] == UInt8(ascii: "1") {
            isOne = field[position] == UInt8(ascii: "1")
            hasDigits = true
            position += 1
        }
        var value: UInt16 = 0
        var unit: UInt16 = 100
        var isMoreThanZero = false
        var decimals = 0
        if position < place.upperBound {
            guard field[position] == UInt8(ascii: ".") else { return nil }
            position += 1
            while position < place.upperBound {
                let digit = field[position] &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                if decimals < 3 {
                    value += unit * UInt16(digit)
                    unit /= 10
                } else if decimals == 3, digit >= 5 {
                    value += 1
                }
                isMoreThanZero = isMoreThanZero || digit > 0
                hasDigits = true
                decimals += 1
                position += 1
            }
        }
        guard hasDigits, !(isOne && isMoreThanZero) else { return nil }
        stored = isOne ? 1000 : isMoreThanZero ? max(value, 1) : 0
    }
}
