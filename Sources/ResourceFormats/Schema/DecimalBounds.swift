/// The range of a number by two decimal numbers, both included.
package struct DecimalBounds: Sendable {
    /// The smallest value as a JSON number; nil for none.
    package let lower: String?
    /// The largest value as a JSON number; nil for none.
    package let upper: String?
    private let least: DecimalValue?
    private let most: DecimalValue?
    /// Whether the bounds are JSON numbers, the lower one not above the upper one.
    let isValid: Bool

    init(lower: String?, upper: String?) {
        self.lower = lower
        self.upper = upper
        least = lower.flatMap(Self.value)
        most = upper.flatMap(Self.value)
        let areNumbers = (lower == nil) == (least == nil) && (upper == nil) == (most == nil)
        if let least, let most { isValid = areNumbers && !most.isLess(than: least) } else { isValid = areNumbers }
    }

    private static func value(_ text: String) -> DecimalValue? {
        guard Number(text: text) != nil else { return nil }
        let bytes = Array(text.utf8)
        return DecimalValue(ByteView(bytes.span))
    }

    /// Whether a value is neither below the lower bound nor above the upper one.
    func contains(_ value: DecimalValue) -> Bool {
        if let least, value.isLess(than: least) { return false }
        if let most, most.isLess(than: value) { return false }
        return true
    }
}

/// The number of Unicode code points in a text.
package struct TextLength: Sendable {
    /// The smallest number.
    package let least: Int
    /// The largest number; nil for any.
    package let most: Int?

    init(_ range: ClosedRange<Int>) {
        least = max(0, range.lowerBound)
        most = range.upperBound == .max ? nil : range.upperBound
    }

    init(least: Int, most: Int?) {
        self.least = least
        self.most = most
    }

    /// Whether a UTF-8 text has such a length.
    func isMet(by text: ByteView) -> Bool {
        // A code point has one to four bytes.
        if text.count < least { return false }
        if text.count >> 2 >= least, most.map({ text.count <= $0 }) ?? true { return true }
        var count = 0
        for index in 0..<text.count where text.byte(at: index) & 0xC0 != 0x80 { count += 1 }
        return count >= least && most.map { count <= $0 } ?? true
    }

    /// The length in words, such as `1 to 5 characters`.
    var sentence: String {
        switch (least, most) {
        case (0, nil): "a text"
        case (let least, nil): "a text of at least \(least) characters"
        case (0, .some(let most)): "a text of at most \(most) characters"
        case (let least, .some(least)): "a text of \(least) characters"
        case (let least, .some(let most)): "a text of \(least) to \(most) characters"
        }
    }
}
