/// What the text of a cell would be taken for.
enum CSVText {
    /// The texts that mean the same in every column.
    enum Fixed: Sendable {
        case null, emptyArray, emptyObject
    }

    /// `null`, `[]` or `{}`; nil for any other text.
    @inline(__always)
    static func fixed(_ text: ByteView) -> Fixed? {
        switch text.count {
        case 2:
            if text.byte(at: 0) == 0x5B, text.byte(at: 1) == 0x5D { return .emptyArray }
            if text.byte(at: 0) == 0x7B, text.byte(at: 1) == 0x7D { return .emptyObject }
            return nil
        case 4: return text.byte(at: 0) == 0x6E && text.isEqual(to: "null") ? .null : nil
        default: return nil
        }
    }

    /// The tags in front of a cell's text.
    enum Tag: Sendable {
        /// `\s:`: the rest is a string.
        case string
        /// `\j:`: the rest is JSON.
        case json
        /// `\a:`: the record without members.
        case emptyRecord
    }

    /// The tag a text begins with.
    @inline(__always)
    static func tag(_ text: ByteView) -> Tag? {
        guard text.byte(at: 0) == 0x5C, text.byte(at: 2) == 0x3A else { return nil }
        switch text.byte(at: 1) {
        case 0x73: return .string
        case 0x6A: return .json
        case 0x61: return .emptyRecord
        default: return nil
        }
    }

    /// Whether an unknown column takes the text for a boolean.
    static func isUnknownBoolean(_ text: ByteView) -> Bool {
        text.isEqual(to: "true") || text.isEqual(to: "false") || text.isEqual(to: "TRUE") || text.isEqual(to: "FALSE")
    }

    /// The boolean that a text is in any case of its letters.
    @inline(__always)
    static func boolean(_ text: ByteView) -> Bool? {
        if text.count == 4, text.hasFoldedPrefix("true", at: 0) { return true }
        if text.count == 5, text.hasFoldedPrefix("false", at: 0) { return false }
        return nil
    }

    /// Whether an unknown column takes the text for a number or a boolean.
    static func isTypedWhenUnknown(_ text: ByteView) -> Bool {
        switch text.byte(at: 0) {
        case 0x2D, 0x30...0x39: JSONText.isNumber(text)
        case 0x74, 0x66, 0x54, 0x46: isUnknownBoolean(text)
        default: false
        }
    }

    // MARK: Spreadsheets

    /// Whether a spreadsheet program would run, convert or lose the string: a formula, a boolean, or what it takes for a
    /// number, date, time or amount.
    static func needsSpreadsheetTag(_ text: ByteView) -> Bool {
        switch text.byte(at: 0) {
        case 0x09, 0x0A, 0x0D: return true
        default: break
        }
        return text.count == 0 || formulaStartLength(text) > 0 || boolean(text) != nil || looksLikeQuantity(text)
    }

    /// A digit, and otherwise only digits, spaces, `. , : / - + % ( ) $ € £`, the letter E, AM, PM and the English names
    /// of months, long or short.
    private static func looksLikeQuantity(_ text: ByteView) -> Bool {
        var hasDigit = false
        var index = 0
        while index < text.count {
            let byte = text.byte(at: index)
            switch byte {
            case 0x30...0x39:
                hasDigit = true
                index += 1
            case 0x20, 0x2E, 0x2C, 0x3A, 0x2F, 0x2D, 0x2B, 0x25, 0x28, 0x29, 0x24:
                index += 1
            case 0xE2 where text.byte(at: index + 1) == 0x82 && text.byte(at: index + 2) == 0xAC:
                index += 3
            case 0xC2 where text.byte(at: index + 1) == 0xA3:
                index += 2
            case 0x41...0x5A, 0x61...0x7A:
                let length = wordLength(text, index)
                if length == 0 { return false }
                index += length
            default: return false
            }
        }
        return hasDigit
    }

    /// Longer words first; taking the longest never hides a reading, because what a shorter one would leave over is
    /// no word, or only an E.
    private static let words: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "sept", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "am", "pm",
        "e",
    ]

    private static func wordLength(_ text: ByteView, _ index: Int) -> Int {
        for word in words where text.hasFoldedPrefix(word, at: index) { return word.utf8CodeUnitCount }
        return 0
    }

    /// Whether a spreadsheet program shows and saves the number as it is: `-?(0|[1-9][0-9]*)([.][0-9]*[1-9])?` with at
    /// most 15 digits, and not `-0`.
    static func survivesSpreadsheet(_ number: ByteView) -> Bool {
        var digits = 0
        var hasFraction = false
        for index in 0..<number.count {
            switch number.byte(at: index) {
            case 0x30...0x39: digits += 1
            case 0x2E: hasFraction = true
            case 0x2D where index == 0: break
            default: return false
            }
        }
        if hasFraction, number.byte(at: number.count - 1) == 0x30 { return false }
        return digits <= 15 && !number.isEqual(to: "-0")
    }
}
