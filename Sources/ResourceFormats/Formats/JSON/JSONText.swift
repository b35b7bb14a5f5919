/// Basic rules of JSON text: white space and the escapes of strings.
enum JSONText {
    /// The first byte that is not white space, or 0.
    static func firstByte(_ bytes: ByteView) -> UInt8 {
        bytes.byte(at: bytes.indexAfterSpace(from: 0))
    }

    /// Appends a string with its quotes and the fewest escapes.
    static func appendString(_ text: ByteView, to output: inout OutputBuffer) {
        appendString(text, stop: JSONStringStop(), to: &output)
    }

    /// Appends a string for a CSV cell, in which U+007F is escaped as well.
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
            output.append(ASCII.hexDigit(byte >> 4))
            output.append(ASCII.hexDigit(byte & 15))
        }
    }
}

extension OutputBuffer {
    /// Appends text as a JSON string with its quotes and the fewest escapes (RFC 8259 section 7).
    public mutating func appendJSONString(_ text: String) {
        let utf8 = Array(text.utf8)
        JSONText.appendString(ByteView(utf8.span), to: &self)
    }
}
