/// How much an alternative is wanted, from 0 to 1 (RFC 9110 section 12.4.2).
///
/// 0 is "not acceptable". Values compare exactly, with as many decimals as were given: 0.9, 0.90 and 0.900 are one value,
/// and 0.0001 is more than 0 and less than 0.001. Only what rounds to 1.000 is the same as 1.
public struct QualityValue: Hashable, Sendable {
    /// The first 18 decimals as a whole number; 10¹⁸ is 1.
    private let leading: UInt64
    /// The digits after those, in ASCII, without zeros at the end; empty as a rule.
    private let rest: [UInt8]

    /// Wanted as much as can be, which is what a range without a weight says.
    public static let full = QualityValue(leading: FieldWeight.one, rest: [])

    /// Not acceptable.
    public static let none = QualityValue(leading: 0, rest: [])

    /// A value from 0 to 1000; nil for any other number.
    public init?(thousandths: Int) {
        guard 0...1000 ~= thousandths else { return nil }
        self.init(leading: UInt64(thousandths) * (FieldWeight.one / 1000), rest: [])
    }

    init(leading: UInt64, rest: [UInt8]) {
        self.leading = leading
        self.rest = rest
    }

    /// From 0 to 1000, rounded; what is more than 0 is at least 1.
    ///
    /// Values that differ may have the same thousandths. To compare them, compare the values.
    public var thousandths: Int {
        guard isAcceptable else { return 0 }
        let unit = FieldWeight.one / 1000
        return max(1, Int((leading + unit / 2) / unit))
    }

    /// Whether it is more than 0.
    public var isAcceptable: Bool { leading > 0 || !rest.isEmpty }
}

extension QualityValue: Comparable {
    /// Less wanted before more wanted.
    public static func < (one: QualityValue, other: QualityValue) -> Bool {
        if one.leading != other.leading { return one.leading < other.leading }
        return one.rest.lexicographicallyPrecedes(other.rest)
    }
}

extension QualityValue: CustomStringConvertible {
    /// The value as a weight is written, as short as it can be: `0`, `0.05`, `0.5`, `1`.
    public var description: String {
        guard leading < FieldWeight.one else { return "1" }
        guard isAcceptable else { return "0" }
        let digits = String(leading)
        var decimals = Array(repeating: UInt8(ascii: "0"), count: FieldWeight.leadingCount - digits.utf8.count)
        decimals += digits.utf8
        decimals += rest
        while decimals.last == UInt8(ascii: "0") { decimals.removeLast() }
        return "0." + String(decoding: decimals, as: UTF8.self)
    }
}
