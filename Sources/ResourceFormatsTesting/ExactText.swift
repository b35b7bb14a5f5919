/// Text that is compared by code points.
///
/// Swift's `String` treats canonically equivalent texts as equal; in JSON, "é" as one code point and "é" as two are
/// different names.
public struct ExactText: Hashable, Sendable {
    /// The code points.
    public var scalars: [Unicode.Scalar]

    /// A text from its code points.
    public init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// The code points of a string.
    public init(_ string: String) {
        scalars = Array(string.unicodeScalars)
    }

    /// The text as a string.
    public var string: String {
        var string = String.UnicodeScalarView()
        string.append(contentsOf: scalars)
        return String(string)
    }
}

extension ExactText: ExpressibleByStringLiteral {
    /// The code points of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension ExactText: CustomStringConvertible {
    /// The text.
    public var description: String { string }
}
