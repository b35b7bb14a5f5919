/// Member names as element names: what an NCName does not allow is written `_xHHHH_`.
enum XMLNames {
    /// libxml2 reads no longer ones.
    static let longest = 50_000

    /// Appends the element name for a member name.
    ///
    /// Escaped are characters that have no place where they stand, the first of a name that begins with `xml` in any
    /// case, and a `_` before an `x`, which would look like an escape. The empty name is `_x_`.
    static func append(_ name: ByteView, to output: inout OutputBuffer) {
        if isPlain(name) { return output.append(name) }
        if name.count == 0 { return output.append("_x_") }
        let isReserved = name.hasFoldedPrefix("xml", at: 0)
        var index = 0
        while index < name.count {
            let (scalar, length) = name.scalar(at: index)
            let isAllowed = index == 0 ? XMLCharacters.isNameStart(scalar) : XMLCharacters.isNamePart(scalar)
            let looksEscaped = scalar == 0x5F && name.byte(at: index + 1) == 0x78
            if !isAllowed || looksEscaped || isReserved && index == 0 {
                appendEscape(scalar, to: &output)
            } else {
                output.append(name.slice(index, count: length))
            }
            index += length
        }
    }

    /// Whether the name is an element name as it stands, and an ASCII one.
    private static func isPlain(_ name: ByteView) -> Bool {
        guard isASCIIStart(name.byte(at: 0)) else { return false }
        var previous: UInt8 = 0
        for index in 0..<name.count {
            let byte = name.byte(at: index)
            guard isASCIIPart(byte), previous != 0x5F || byte != 0x78 else { return false }
            previous = byte
        }
        return !name.hasFoldedPrefix("xml", at: 0)
    }

    /// Whether a name may begin with the ASCII character.
    @inline(__always)
    static func isASCIIStart(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || byte == 0x5F
    }

    /// Whether a name may go on with the ASCII character.
    @inline(__always)
    static func isASCIIPart(_ byte: UInt8) -> Bool {
        isASCIIStart(byte) || ASCII.isDigit(byte) || byte == 0x2D || byte == 0x2E
    }

    /// Appends the escape of a character in an element name.
    static func appendEscape(_ scalar: UInt32, to output: inout OutputBuffer) {
        output.append("_x")
        let digits = scalar > 0xFFFF ? 6 : 4
        for place in stride(from: (digits - 1) * 4, through: 0, by: -4) {
            let value = UInt8(truncatingIfNeeded: (scalar >> UInt32(place)) & 15)
            output.append(value < 10 ? 0x30 + value : 0x37 + value)
        }
        output.append(0x5F)
    }

    // MARK: Reading

    /// What came of decoding an element name.
    enum Decoded {
        /// It is a member name as it stands.
        case asItStands
        /// The member name is what was appended.
        case appended
        /// An escape names no character.
        case refused(String)
    }

    /// Appends the member name of an element name, if they differ.
    ///
    /// Only `_xHHHH_` and `_xHHHHHH_` are escapes, with hexadecimal digits of either case; anything else that begins so
    /// is text.
    static func decode(_ name: ByteView, onto text: inout Storage<UInt8>) -> Decoded {
        var index = name.firstIndex(of: SingleByteStop(byte: 0x5F), from: 0)
        guard index < name.count else { return .asItStands }
        if name.isEqual(to: "_x_") { return .appended }
        var copied = 0
        var hasEscapes = false
        while index < name.count {
            guard let (scalar, length) = escape(in: name, at: index) else {
                index = name.firstIndex(of: SingleByteStop(byte: 0x5F), from: index + 1)
                continue
            }
            guard Unicode.Scalar(scalar) != nil else {
                return .refused(name.slice(index, count: length).string())
            }
            hasEscapes = true
            text.append(name.slice(copied, count: index - copied))
            forEachUTF8Byte(of: scalar) { text.append($0) }
            index += length
            copied = index
            index = name.firstIndex(of: SingleByteStop(byte: 0x5F), from: index)
        }
        guard hasEscapes else { return .asItStands }
        text.append(name.slice(copied, count: name.count - copied))
        return .appended
    }

    private static func escape(in name: ByteView, at start: Int) -> (scalar: UInt32, length: Int)? {
        guard name.byte(at: start) == 0x5F, name.byte(at: start + 1) == 0x78 else { return nil }
        var value: UInt32 = 0
        var digits = 0
        while digits < 7, let digit = ASCII.hexValue(name.byte(at: start + 2 + digits)) {
            value = value << 4 | digit
            digits += 1
        }
        guard digits == 4 || digits == 6, name.byte(at: start + 2 + digits) == 0x5F else { return nil }
        return (value, digits + 3)
    }
}
