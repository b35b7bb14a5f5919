/// Which texts can be written without quotes.
///
/// A text is, if no reader of YAML 1.1 or 1.2 can take it for anything but this text. The rule is narrower than the
/// grammar: a letter or a few harmless marks at the start, so no number, date or indicator begins so; no word that is a
/// boolean, null or number for anybody; nothing that ends a scalar.
enum YAMLPlainText {
    /// Words of YAML 1.1, of YAML 1.2 and of readers that are more lenient than either, in lower case.
    private static let words: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nil", "none", "undefined", "nan", "inf",
        "infinity",
    ]

    static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.last != 0x20, isStart(first) else { return false }
        var last: UInt8 = 0
        for byte in bytes {
            switch byte {
            case 0x00...0x1F, 0x7F: return false
            case 0x20 where last == 0x3A: return false
            case 0x23 where last == 0x20: return false
            case 0x5B, 0x5D, 0x7B, 0x7D, 0x22, 0x27, 0x5C, 0x60: return false
            default: last = byte
            }
        }
        guard last != 0x3A else { return false }
        if bytes.count <= 9, words.contains(text.lowercased()) { return false }
        return text.unicodeScalars.allSatisfy { $0.isASCII || isPlain($0) }
    }

    /// Letters, `_`, `/`, `(`, `$` and whatever is not ASCII.
    private static func isStart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x5F, 0x2F, 0x28, 0x24, 0x80...: true
        default: false
        }
    }

    /// Whether a character beyond ASCII is seen and does not look like a space: some readers trim those.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        guard YAMLText.isAllowed(scalar), !scalar.properties.isWhitespace else { return false }
        switch scalar.properties.generalCategory {
        case .format, .control, .unassigned, .privateUse, .surrogate, .decimalNumber: return false
        default: return true
        }
    }

    /// Whether a text can be written as lines of a block, which keeps them readable: no line begins or ends in a way
    /// that indentation or the end of the block would touch.
    static func isBlock(_ text: String) -> Bool {
        var last: Unicode.Scalar = "\n"
        var hasLines = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n":
                // An empty first line, a space before a line's end, or a second line end at the very end.
                if !hasLines, last == "\n" { return false }
                if last == " " { return false }
                hasLines = true
            case " " where !hasLines && last == "\n": return false
            case _ where scalar == "\t" || scalar == "\r" || !YAMLText.isAllowed(scalar): return false
            default: break
            }
            last = scalar
        }
        return hasLines && last != " " && !text.unicodeScalars.suffix(2).elementsEqual(["\n", "\n"])
    }
}
