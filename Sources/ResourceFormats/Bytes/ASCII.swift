/// Classes of ASCII characters that several formats have.
package enum ASCII {
    /// Space, tab, line feed and carriage return: the white space of JSON (RFC 8259 section 2) and of XML (`S`).
    @inline(__always)
    package static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// A decimal digit.
    @inline(__always)
    package static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    /// A letter of either case.
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26
    }

    /// The value of a hexadecimal digit of either case.
    @inline(__always)
    package static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte &- 0x30)
        case 0x41...0x46: UInt32(byte &- 0x37)
        case 0x61...0x66: UInt32(byte &- 0x57)
        default: nil
        }
    }

    /// The value of the four hexadecimal digits from `start` on; nil where they are none.
    static func hexQuad(_ bytes: ByteView, from start: Int) -> UInt32? {
        var value: UInt32 = 0
        for index in start..<start + 4 {
            guard let digit = hexValue(bytes.byte(at: index)) else { return nil }
            value = value << 4 | digit
        }
        return value
    }

    /// Letters, digits, `_`, `$` and `-`: the characters of a name that stands in a path without quotes.
    @inline(__always)
    package static func isPlainInPath(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x2D: true
        default: false
        }
    }

    /// The hexadecimal digit of a value below 16.
    static func hexDigit(_ value: UInt8, isUppercase: Bool = false) -> UInt8 {
        value < 10 ? 0x30 + value : (isUppercase ? 0x37 : 0x57) + value
    }

    /// Whether two texts are equal but for the case of ASCII letters.
    package static func isEqualIgnoringCase(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8) { left, right in
            left == right || left ^ right == 0x20 && isLetter(left)
        }
    }
}

extension ByteView {
    /// The index of the first byte at or after `start` that is not white space, or `count`.
    @inline(__always)
    func indexAfterSpace(from start: Int) -> Int {
        var index = start
        while ASCII.isSpace(byte(at: index)) { index &+= 1 }
        return index
    }
}

/// A number in lower-case hexadecimal, with zeros in front up to a number of digits.
package func hexadecimal(_ value: some UnsignedInteger, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
