/// A time as HTTP has it, in whole seconds (RFC 9110 section 5.6.7).
public struct HTTPDate: Hashable, Comparable, Sendable {
    /// Seconds since 1970, UTC, without leap seconds; from the year 0 to 9999.
    public let seconds: Int

    private static let range = -62_167_219_200...253_402_300_799

    /// A time; nil for one outside of the years 0 to 9999.
    public init?(seconds: Int) {
        guard Self.range.contains(seconds) else { return nil }
        self.seconds = seconds
    }

    /// The earlier time is the smaller one.
    public static func < (one: HTTPDate, other: HTTPDate) -> Bool { one.seconds < other.seconds }

    // MARK: Writing

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The value for a field, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var fieldValue: String {
        let day = Int((Double(seconds) / 86400).rounded(.down))
        let second = seconds - day * 86400
        let date = Self.civil(day)
        let weekday = Self.days[((day + 4) % 7 + 7) % 7]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let year = String(repeating: "0", count: max(0, 4 - String(date.year).utf8.count)) + String(date.year)
        return "\(weekday), \(two(date.day)) \(Self.months[date.month - 1]) \(year) "
            + "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) GMT"
    }

    /// The date of a day since 1970, in the Gregorian calendar.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        // Years begin with March here, so that the leap day is the last one; eras have 400 years.
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    // MARK: Reading

    /// A time in one of the three forms that recipients must read; nil for anything else.
    ///
    /// The day of the week is not compared with the date.
    ///
    /// - Parameters:
    ///   - text: The value of a field.
    ///   - now: The time to which a year of two digits is near, at most 50 years later.
    public init?(_ text: String, now: HTTPDate? = nil) {
        let parts = text.utf8.split { $0 == 0x20 || $0 == 0x2C || $0 == 0x2D }.map(Array.init)
        guard let weekday = parts.first, Self.days.contains(where: { weekday.starts(with: $0.utf8) }) else {
            return nil
        }
        let fields: (day: [UInt8], month: [UInt8], year: [UInt8], time: [UInt8])
        switch parts.count {
        case 6 where parts[5].elementsEqual("GMT".utf8): fields = (parts[1], parts[2], parts[3], parts[4])
        case 5 where parts[4].elementsEqual("GMT".utf8): return nil
        case 5: fields = (parts[2], parts[1], parts[4], parts[3])
        default: return nil
        }
        let time = fields.time.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard let month = Self.months.firstIndex(where: { fields.month.elementsEqual($0.utf8) }),
            let day = Self.number(fields.day[...], 1...2), var year = Self.number(fields.year[...], 2...4),
            time.count == 3, let hour = Self.number(time[0], 2...2), let minute = Self.number(time[1], 2...2),
            let second = Self.number(time[2], 2...2), 1...31 ~= day, hour < 24, minute < 60, second <= 60
        else { return nil }
        if fields.year.count == 2 {
            let current = now.map { Self.civil($0.seconds / 86400).year } ?? 2026
            year += current / 100 * 100
            if year > current + 50 { year -= 100 }
        } else if fields.year.count != 4 {
            return nil
        }
        self.init(
            seconds: Self.day(year, month + 1, day) * 86400 + hour * 3600 + minute * 60 + min(second, 59))
    }

    private static func number(_ digits: ArraySlice<UInt8>, _ count: ClosedRange<Int>) -> Int? {
        guard count.contains(digits.count) else { return nil }
        var value = 0
        for byte in digits {
            guard 0x30...0x39 ~= byte else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }
}
