/// The meanings of a cell's text.
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

    /// A tag at the start of a cell's text.
    enum Tag: Sendable {
        /// `\s:`: the rest is a string.
        case string
        /// `\j:`: the rest is JSON.
        case json
        /// `\a:`: the record without members.
        case emptyRecord
    }

    /// The tag at the start of a text; nil if there is none.
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

    /// Whether the text is a boolean in an unknown column.
    static func isUnknownBoolean(_ text: ByteView) -> Bool {
        text.isEqual(to: "true") || text.isEqual(to: "false") || text.isEqual(to: "TRUE") || text.isEqual(to: "FALSE")
    }

    /// The boolean that the text is, in upper, lower or mixed case; nil for any other text.
    @inline(__always)
    static func boolean(_ text: ByteView) -> Bool? {
        if text.count == 4, text.hasFoldedPrefix("true", at: 0) { return true }
        if text.count == 5, text.hasFoldedPrefix("false", at: 0) { return false }
        return nil
    }

    /// The boolean that the text is as it is written; nil for any other text.
    @inline(__always)
    static func plainBoolean(_ text: ByteView) -> Bool? {
        switch (text.count, text.word(at: 0, count: 5)) {
        case (4, 0x65_7572_74): true
        case (5, 0x65_736C_6166): false
        default: nil
        }
    }

    /// Whether the text is a number or a boolean in an unknown column.
    static func isTypedWhenUnknown(_ text: ByteView) -> Bool {
        switch text.byte(at: 0) {
        case 0x2D, 0x30...0x39: NumberText.isNumber(text)
        case 0x74, 0x66, 0x54, 0x46: isUnknownBoolean(text)
        default: false
        }
    }
}
