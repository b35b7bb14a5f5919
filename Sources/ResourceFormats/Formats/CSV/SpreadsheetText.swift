/// The changes that spreadsheet programs make to the text of a cell: they run, convert or lose it.
enum SpreadsheetText {
    /// Whether a string needs a tag to survive opening and saving.
    ///
    /// It does if it is empty, begins like a formula or with a tab or a line feed, is a word for true or false, or
    /// would be read as a number, date, time or amount.
    static func needsTag(_ text: ByteView) -> Bool {
        switch text.byte(at: 0) {
        case 0x09, 0x0A: return true
        default: return text.count == 0 || formulaStartLength(text) > 0 || isConverted(text)
        }
    }

    /// Whether a program would convert the text to a boolean or a number; white space at its ends does not count.
    ///
    /// The text is converted if it is a truth word; or if it has a digit and otherwise only digits, white space,
    /// punctuation, signs of currencies and calculation, and date words.
    private static func isConverted(_ text: ByteView) -> Bool {
        var hasDigit = false
        var hasOnlyWhiteSpace = true
        var index = 0
        while index < text.count {
            let character = CodePoint(text, at: index)
            switch character.kind {
            case .digit: hasDigit = true
            case .whiteSpace: break
            case .sign: break
            case .letter:
                let word = Word(text, at: index)
                if !SpreadsheetWords.date.contains(word.packed) {
                    return hasOnlyWhiteSpace && word.boolean != nil && isWhiteSpace(text, from: word.end)
                }
                hasOnlyWhiteSpace = false
                index = word.end
                continue
            case .other: return false
            }
            if character.kind != .whiteSpace { hasOnlyWhiteSpace = false }
            index &+= character.length
        }
        return hasDigit
    }

    /// The boolean that the text is in one of the languages, in any case of its letters; nil for any other text.
    ///
    /// A program shows the booleans of a table in its own language, and saves them in that form.
    static func boolean(_ text: ByteView) -> Bool? {
        let word = Word(text, at: 0)
        return word.end == text.count ? word.boolean : nil
    }

    private static func isWhiteSpace(_ text: ByteView, from start: Int) -> Bool {
        var index = start
        while index < text.count {
            let character = CodePoint(text, at: index)
            guard character.kind == .whiteSpace else { return false }
            index &+= character.length
        }
        return true
    }

    /// Whether a spreadsheet program shows and saves the number unchanged in every language: an integer of at most 15
    /// digits other than `-0`.
    ///
    /// Where the decimal sign is a comma, a decimal point separates thousands, or the parts of a date.
    static func survives(number: ByteView) -> Bool {
        let digits = number.byte(at: 0) == 0x2D ? number.count - 1 : number.count
        guard digits <= 15 else { return false }
        for index in number.count - digits..<number.count {
            guard case 0x30...0x39 = number.byte(at: index) else { return false }
        }
        return !number.isEqual(to: "-0")
    }
}

extension SpreadsheetText {
    /// One code point of a text, with its class for spreadsheet programs.
    private struct CodePoint {
        enum Kind {
            case digit, whiteSpace, letter, other
            /// Punctuation, a currency, or one of `+ < = > ^ ~ |` and the grave accent.
            case sign
        }

        let kind: Kind
        /// The number of its bytes.
        let length: Int

        @inline(__always)
        init(_ text: ByteView, at index: Int) {
            let byte = text.byte(at: index)
            guard byte >= 0x80 else {
                length = 1
                switch byte {
                case 0x30...0x39: kind = .digit
                case 0x41...0x5A, 0x61...0x7A: kind = .letter
                case 0x09...0x0D, 0x20: kind = .whiteSpace
                // All other punctuation and symbols of ASCII.
                case 0x21...0x7E: kind = .sign
                default: kind = .other
                }
                return
            }
            let (scalar, length) = text.scalar(at: index)
            self.length = length
            kind = Unicode.Scalar(scalar).map(Self.kind) ?? .other
        }

        private static func kind(of scalar: Unicode.Scalar) -> Kind {
            let properties = scalar.properties
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation, .currencySymbol:
                return .sign
            default: return properties.isWhitespace ? .whiteSpace : .other
            }
        }
    }

    /// A run of letters.
    private struct Word {
        /// The letters in lower case.
        private(set) var packed = PackedWord()
        private(set) var end: Int

        /// The boolean that the word means; nil if it is not a truth word.
        var boolean: Bool? {
            if SpreadsheetWords.affirmative.contains(packed) { return true }
            return SpreadsheetWords.negative.contains(packed) ? false : nil
        }

        init(_ text: ByteView, at start: Int) {
            end = start
            while end < text.count, !packed.isTooLong {
                let character = CodePoint(text, at: end)
                guard character.kind == .letter else { return }
                if character.length == 1 {
                    packed.append(text.byte(at: end) | 0x20)
                } else {
                    let scalar = Unicode.Scalar(text.scalar(at: end).scalar)
                    for byte in scalar?.properties.lowercaseMapping.utf8 ?? "".utf8 { packed.append(byte) }
                }
                end &+= character.length
            }
        }
    }
}
