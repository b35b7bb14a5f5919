/// A JSON number as it was written: `1.0`, `1e3` and `-0` are kept as they are.
///
/// Equality compares the text, because a round trip must keep it.
public struct Number: Hashable, Sendable {
    /// The text of the number.
    public let text: String

    /// A whole number.
    public init(_ value: Int) {
        text = String(value)
    }

    /// A finite floating-point number in its shortest form, without a fraction if it is whole; nil for infinity and
    /// NaN.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let text = value.description
        self.text = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A number from its text; nil if the text does not follow RFC 8259 section 6.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        guard NumberText.isNumber(ByteView(bytes.span)) else { return nil }
        self.text = text
    }

    init(checked text: String) {
        self.text = text
    }

    /// The nearest double; infinite if the number is out of range.
    public var double: Double { Double(text) ?? .infinity }

    /// The value, if it is written as an integer and fits.
    public var integer: Int? { Int(text) }
}

extension Number: ExpressibleByIntegerLiteral {
    /// A whole number.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension Number: CustomStringConvertible {
    /// The text of the number.
    public var description: String { text }
}
