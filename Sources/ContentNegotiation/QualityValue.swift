/// A preference from 0 to 1 (RFC 9110 section 12.4.2).
///
/// 0 is "not acceptable". Values compare exactly, with all decimals: 0.9, 0.90 and 0.900 are one value, and 0.0001 is
/// greater than 0 and less than 0.001. Values that round to 1.000 equal 1.
public struct QualityValue: Hashable, Sendable {
    /// The first 18 decimals as an integer; 10¹⁸ is 1.
    private let leading: UInt64
    /// The digits after those, in ASCII, without trailing zeros; usually empty.
    private let rest: [UInt8]

    /// The highest preference, which is that of a range without a weight.
    public static let full = QualityValue(leading: FieldWeight.one, rest: [])

    /// Not acceptable.
    public static let none = QualityValue(leading: 0, rest: [])

    /// A value in thousandths, from 0 to 1000; nil for any other number.
    public init?(thousandths: Int) {
        guard 0...1000 ~= thousandths else { return nil }
        self.init(leading: UInt64(thousandths) * (FieldWeight.one / 1000), rest: [])
    }

    init(leading: UInt64, rest: [UInt8]) {
        self.leading = leading
        self.rest = rest
    }

    /// The value in thousandths, from 0 to 1000, rounded; at least 1 for a value greater than 0.
    ///
    /// Different values may have the same thousandths, so compare the values themselves.
    public var thousandths: Int {
        guard isAcceptable else { return 0 }
        let unit = FieldWeight.one / 1000
        return max(1, Int((leading + unit / 2) / unit))
    }

    /// Whether the value is greater than 0.
    public var isAcceptable: Bool { leading > 0 || !rest.isEmpty }
}

extension QualityValue: Comparable {
    /// Whether one value is a lower preference than the other.
    public static func < (one: QualityValue, other: QualityValue) -> Bool {
        if one.leading != other.leading { return one.leading < other.leading }
        return one.rest.lexicographicallyPrecedes(other.rest)
    }
}

extension QualityValue: CustomStringConvertible {
    /// The shortest text of the value as a weight: `0`, `0.05`, `0.5`, `1`.
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
