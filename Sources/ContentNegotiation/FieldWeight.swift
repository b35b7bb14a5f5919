/// A weight in a field: its first decimals as a number, and the place of the others.
///
/// It compares exactly with other weights of the same field, however many decimals they have, and allocates nothing.
struct FieldWeight: Hashable {
    /// The number of decimals in `leading`.
    static let leadingCount = 18
    /// The weight 1 in units of the last of these decimals.
    static let one: UInt64 = 1_000_000_000_000_000_000

    /// The lowest weight that counts as 1: rounded to the three decimals of RFC 9110 it is 1.000.
    private static let nearOne = one - one / 2000

    static let full = FieldWeight(leading: one)
    static let none = FieldWeight(leading: 0)

    private let leading: UInt64
    /// The place of the digits after the first 18, without trailing zeros; usually empty.
    private let rest: Range<Int>

    private init(leading: UInt64, rest: Range<Int> = 0..<0) {
        self.leading = leading
        self.rest = rest
    }

    /// The weight at `place` in `field`; nil if that is not a number from 0 to 1.
    ///
    /// Two forms are accepted although no RFC has them: `.5`, and more than three decimals. A weight that rounds to
    /// 1.000 counts as 1.
    init?(_ field: Span<UInt8>, _ place: Range<Int>) {
        var position = place.lowerBound
        var isOne = false
        var hasDigits = false
        if position < place.upperBound, field[position] == UInt8(ascii: "0") || field[position] == UInt8(ascii: "1") {
            isOne = field[position] == UInt8(ascii: "1")
            hasDigits = true
            position += 1
        }
        var value: UInt64 = 0
        var restStart = place.upperBound
        var restEnd = place.upperBound
        if position < place.upperBound {
            guard field[position] == UInt8(ascii: ".") else { return nil }
            position += 1
            var unit = Self.one / 10
            while position < place.upperBound {
                let digit = field[position] &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                if unit > 0 {
                    value += unit * UInt64(digit)
                    unit /= 10
                } else {
                    if restStart == place.upperBound { (restStart, restEnd) = (position, position) }
                    if digit > 0 { restEnd = position + 1 }
                }
                hasDigits = true
                position += 1
            }
        }
        guard hasDigits else { return nil }
        if isOne {
            guard value == 0, restStart == restEnd else { return nil }
            value = Self.one
        } else if value >= Self.nearOne {
            (value, restEnd) = (Self.one, restStart)
        }
        self.init(leading: value, rest: restStart == restEnd ? 0..<0 : restStart..<restEnd)
    }

    /// Whether it is more than 0.
    var isAcceptable: Bool { leading > 0 || !rest.isEmpty }

    /// Whether the weight is greater than another one of the same field.
    @inline(__always)
    func isMore(than other: FieldWeight, in field: Span<UInt8>) -> Bool {
        if leading != other.leading { return leading > other.leading }
        return !rest.isEmpty && isRestMore(than: other, in: field)
    }

    private func isRestMore(than other: FieldWeight, in field: Span<UInt8>) -> Bool {
        let count = min(rest.count, other.rest.count)
        for index in 0..<count {
            let digit = field[rest.lowerBound + index]
            let otherDigit = field[other.rest.lowerBound + index]
            if digit != otherDigit { return digit > otherDigit }
        }
        return rest.count > count
    }

    /// The weight as a value that does not depend on its field.
    func value(in field: Span<UInt8>) -> QualityValue {
        QualityValue(leading: leading, rest: rest.map { field[$0] })
    }
}
