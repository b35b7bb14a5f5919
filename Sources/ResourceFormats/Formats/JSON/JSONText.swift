/// The small rules of JSON text: numbers and escapes.
enum JSONText {
    /// Whether the bytes are exactly one number of RFC 8259 section 6.
    static func isNumber(_ bytes: ByteView) -> Bool {
        guard let number = scanNumber(bytes, from: 0) else { return false }
        return number.end == bytes.count
    }

    /// A number's end, and whether it is an integer.
    struct ScannedNumber {
        let end: Int
        let isInteger: Bool
    }

    /// Reads the longest number from `start` on; nil where none is.
    @inline(__always)
    static func scanNumber(_ bytes: ByteView, from start: Int) -> ScannedNumber? {
        var index = start
        if bytes.byte(at: index) == 0x2D { index &+= 1 }
        guard isDigit(bytes.byte(at: index)) else { return nil }
        if bytes.byte(at: index) == 0x30 {
            index &+= 1
        } else {
            while isDigit(bytes.byte(at: index)) { index &+= 1 }
        }
        var isInteger = true
        if bytes.byte(at: index) == 0x2E {
            isInteger = false
            index &+= 1
            guard isDigit(bytes.byte(at: index)) else { return nil }
            while isDigit(bytes.byte(at: index)) { index &+= 1 }
        }
        if bytes.byte(at: index) | 0x20 == 0x65 {
            isInteger = false
            index &+= 1
            let sign = bytes.byte(at: index)
            if sign == 0x2B || sign == 0x2D { index &+= 1 }
            guard isDigit(bytes.byte(at: index)) else { return nil }
            while isDigit(bytes.byte(at: index)) { index &+= 1 }
        }
        return ScannedNumber(end: index, isInteger: isInteger)
    }

    /// Where the part of a number that obeys the grammar ends: the place to point at when it does not go on.
    static func endOfNumberPrefix(_ bytes: ByteView, from start: Int) -> Int {
        var index = start
        if bytes.byte(at: index) == 0x2D { index += 1 }
        if bytes.byte(at: index) == 0x30 {
            index += 1
        } else {
            while isDigit(bytes.byte(at: index)) { index += 1 }
        }
        if bytes.byte(at: index) == 0x2E {
            index += 1
            guard isDigit(bytes.byte(at: index)) else { return index }
            while isDigit(bytes.byte(at: index)) { index += 1 }
        }
        if bytes.byte(at: index) | 0x20 == 0x65 {
            index += 1
            let sign = bytes.byte(at: index)
            if sign == 0x2B || sign == 0x2D { index += 1 }
        }
        return index
    }

    /// The first byte that is not white space, or 0.
    static func firstByte(_ bytes: ByteView) -> UInt8 {
        var index = 0
        while [0x20, 0x09, 0x0A, 0x0D].contains(bytes.byte(at: index)) { index += 1 }
        return bytes.byte(at: index)
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    /// The value of a hexadecimal digit of either case.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt32? {
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

    /// Appends a string with its quotes and the fewest escapes.
    static func appendString(_ text: ByteView, to output: inout OutputBuffer) {
        appendString(text, stop: JSONStringStop(), to: &output)
    }

    /// Appends a string for a CSV cell, where U+007F is escaped as well.
    static func appendCellString(_ text: ByteView, to output: inout OutputBuffer) {
        appendString(text, stop: JSONCellStop(), to: &output)
    }

    @inline(__always)
    private static func appendString(_ text: ByteView, stop: some ByteStop, to output: inout OutputBuffer) {
        output.append(0x22)
        var index = output.append(text, from: 0, upTo: stop)
        while index < text.count {
            appendEscape(text.byte(at: index), to: &output)
            index = output.append(text, from: index &+ 1, upTo: stop)
        }
        output.append(0x22)
    }

    private static func appendEscape(_ byte: UInt8, to output: inout OutputBuffer) {
        output.append(0x5C)
        switch byte {
        case 0x22, 0x5C: output.append(byte)
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0x09: output.append(UInt8(ascii: "t"))
        default:
            output.append("u00")
            output.append(hexDigit(byte >> 4))
            output.append(hexDigit(byte & 15))
        }
    }

    /// The lower-case hexadecimal digit of a value below 16.
    static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }
}
