/// The form of a text that is a day of the calendar, alone or with a time.
///
/// It is what RFC 3339 and XML Schema both accept: `T` and `Z` are capitals, a time has an offset of at most 14 hours, the
/// years are 0001 to 9999, and there are no leap seconds.
package enum DateForm: String, CaseIterable, Sendable {
    /// A date, `2026-11-26`.
    case date
    /// A date and a time with its offset, `2026-11-26T19:30:00.5+01:00`.
    case dateTime = "date-time"

    /// The form in a sentence.
    var noun: String {
        switch self {
        case .date: "a date such as 2026-11-26"
        case .dateTime: "a date and a time such as 2026-11-26T19:30:00Z"
        }
    }

    /// The type of XML Schema, and the pattern that takes away what the type has beyond the form.
    var xmlType: (name: String, pattern: String) {
        switch self {
        case .date: ("xs:date", #"[0-9]{4}-[0-9]{2}-[0-9]{2}"#)
        case .dateTime:
            (
                "xs:dateTime",
                #"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+\-][0-9]{2}:[0-9]{2})"#
            )
        }
    }

    /// Whether a text has the form and is a day of the Gregorian calendar.
    func matches(_ text: ByteView) -> Bool {
        var scanner = DateScanner(text: text)
        guard scanner.hasDate() else { return false }
        return (self == .date || scanner.hasTime()) && scanner.isAtEnd
    }
}

/// Takes the numbers of a date from a text.
private struct DateScanner: ~Escapable {
    private let text: ByteView
    private var index = 0

    @_lifetime(copy text)
    init(text: ByteView) {
        self.text = text
    }

    var isAtEnd: Bool { index == text.count }

    mutating func hasDate() -> Bool {
        guard let year = number(ofDigits: 4), year > 0, take("-"), let month = number(ofDigits: 2),
            (1...12).contains(month), take("-"), let day = number(ofDigits: 2)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        return (1...days).contains(day)
    }

    mutating func hasTime() -> Bool {
        guard take("T"), let hour = number(ofDigits: 2), hour < 24, take(":"), let minute = number(ofDigits: 2),
            minute < 60, take(":"), let second = number(ofDigits: 2), second < 60
        else { return false }
        if take(".") {
            guard number(ofDigits: 1) != nil else { return false }
            while number(ofDigits: 1) != nil {}
        }
        if take("Z") { return true }
        guard take("+") || take("-"), let hours = number(ofDigits: 2), take(":"), let minutes = number(ofDigits: 2)
        else { return false }
        return minutes < 60 && hours * 60 + minutes <= 14 * 60
    }

    /// The number that so many digits are; nil, and nothing taken, where there are fewer.
    private mutating func number(ofDigits count: Int) -> Int? {
        guard index + count <= text.count else { return nil }
        var value = 0
        for place in index..<index + count {
            guard ASCII.isDigit(text.byte(at: place)) else { return nil }
            value = value * 10 + Int(text.byte(at: place) - 0x30)
        }
        index += count
        return value
    }

    /// Whether the next byte is this sign, which is taken then.
    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard index < text.count, text.byte(at: index) == UInt8(truncatingIfNeeded: sign.value) else { return false }
        index += 1
        return true
    }
}
