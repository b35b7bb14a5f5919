import ResourceFormats

/// Which characters a document may have, and how texts are shown in errors.
enum YAMLText {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    static func hasByteOrderMark(_ text: Span<UInt8>) -> Bool {
        text.count >= 3 && (0..<3).allSatisfy { text[$0] == byteOrderMark[$0] }
    }

    /// Whether a character may stand in a document as it is.
    ///
    /// YAML 1.2 has U+0085, U+2028 and U+2029 as well. They end a line for YAML 1.1 and for libyaml, so a text would come
    /// out with spaces in their place. A byte order mark may stand at the start only.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E: true
        case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
        case 0xA0...0x10FFFF: true
        default: false
        }
    }

    /// Checks that a document is UTF-8 and has no other characters.
    ///
    /// - Throws: `.invalidEncoding` or `.unexpectedByte`, with its offset in the document.
    static func check(_ text: Span<UInt8>) throws(SerializationError) {
        let validated: UTF8Span
        do {
            validated = try UTF8Span(validating: text)
        } catch {
            throw SerializationError(
                .invalidEncoding, found: "a byte that is not valid UTF-8 here", expected: "UTF-8",
                offset: error.byteOffsets.lowerBound, path: "$")
        }
        var scalars = validated.makeUnicodeScalarIterator()
        if hasByteOrderMark(text) { _ = scalars.next() }
        var offset = scalars.currentCodeUnitOffset
        while let scalar = scalars.next() {
            guard isAllowed(scalar) else {
                throw SerializationError(
                    .unexpectedByte, found: "the character \(name(of: scalar))",
                    expected: "an escape such as \"\\u\(digits(of: scalar))\", in double quotes", offset: offset,
                    path: "$")
            }
            offset = scalars.currentCodeUnitOffset
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        "U+\(digits(of: scalar))"
    }

    /// Four hexadecimal digits; the characters in question have no more.
    static func digits(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    // MARK: Errors

    /// The first 40 characters of a text, on one line.
    static func excerpt(_ bytes: [UInt8]) -> String {
        var text = "".unicodeScalars
        var count = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            guard count < 40 else { return String(text) + "…" }
            count += 1
            switch scalar {
            case "\n": text.append(contentsOf: "\\n".unicodeScalars)
            case "\t": text.append(contentsOf: "\\t".unicodeScalars)
            case _ where !isAllowed(scalar): text.append(contentsOf: "\\u\(digits(of: scalar))".unicodeScalars)
            default: text.append(scalar)
            }
        }
        return String(text)
    }

    /// A step of a path to the member of this name: `.name`, or `["odd name"]`.
    static func step(to name: [UInt8]) -> String {
        let isPlain =
            !name.isEmpty && name.count <= 60 && !(0x30...0x39).contains(name[0])
            && name.allSatisfy { isASCIILetterOrDigit($0) || $0 == 0x5F || $0 == 0x24 || $0 == 0x2D }
        if isPlain { return "." + String(decoding: name, as: UTF8.self) }
        var quoted = "[\"".unicodeScalars
        for scalar in excerpt(name).unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
            quoted.append(scalar)
        }
        return String(quoted) + "\"]"
    }

    static func isASCIILetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
