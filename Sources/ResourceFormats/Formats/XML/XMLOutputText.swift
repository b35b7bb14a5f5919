/// What the text of a written document looks like for the sake of its encoding.
enum XMLOutputText {
    /// Appends a piece of a document, in which the characters of names that are not ASCII are escaped (`_x00E9_`): a name
    /// cannot have character references.
    static func appendEscapingNames(_ text: ByteView, to output: inout OutputBuffer) {
        var isInTag = false
        var isInValue = false
        var copied = 0
        var index = 0
        while index < text.count {
            let byte = text.byte(at: index)
            guard byte >= 0x80 else {
                // No text that is written has an unescaped `<`, and no value of an attribute a `>`.
                switch byte {
                case 0x3C: isInTag = true
                case 0x3E: isInTag = false
                case 0x22 where isInTag: isInValue.toggle()
                default: break
                }
                index += 1
                continue
            }
            let (scalar, length) = text.scalar(at: index)
            if isInTag, !isInValue {
                output.append(text.slice(copied, count: index - copied))
                XMLNames.appendEscape(scalar, to: &output)
                copied = index + length
            }
            index += length
        }
        output.append(text.slice(copied, count: text.count - copied))
    }

    /// Appends a piece of a document with a reference in place of each character that some encoding does not have: those
    /// beyond ASCII, and the backslash and tilde, whose places in some Asian encodings other characters have.
    static func appendReferences(_ text: ByteView, to output: inout OutputBuffer) {
        var index = 0
        while index < text.count {
            let (scalar, length) = text.scalar(at: index)
            if scalar < 0x80, scalar != 0x5C, scalar != 0x7E {
                output.append(UInt8(truncatingIfNeeded: scalar))
            } else {
                output.append(text: "&#\(scalar);")
            }
            index += length
        }
    }

    /// Whether `decoded` is the text, but for references such as `&#8364;` in place of characters.
    static func isSame(_ text: ByteView, _ decoded: ByteView) -> Bool {
        var index = 0
        var place = 0
        while index < text.count {
            let byte = text.byte(at: index)
            if place < decoded.count, decoded.byte(at: place) == byte {
                index += 1
                place += 1
                continue
            }
            guard byte & 0xC0 != 0x80, let (named, end) = reference(in: decoded, at: place) else { return false }
            let (scalar, length) = text.scalar(at: index)
            guard scalar == named else { return false }
            index += length
            place = end
        }
        return place == decoded.count
    }

    private static func reference(in text: ByteView, at start: Int) -> (scalar: UInt32, end: Int)? {
        guard text.matchingPrefix(of: "&#", at: start) == 2 else { return nil }
        var index = start + 2
        var scalar: UInt32 = 0
        while index < start + 10, ASCII.isDigit(text.byte(at: index)) {
            scalar = scalar * 10 + UInt32(text.byte(at: index) - 0x30)
            index += 1
        }
        return text.byte(at: index) == 0x3B ? (scalar, index + 1) : nil
    }
}

extension ByteView {
    /// Whether all bytes are ASCII.
    var isASCII: Bool {
        var isASCII = true
        // No text has this byte.
        _ = firstIndex(of: SingleByteStop(byte: 0xFF), from: 0, isASCII: &isASCII)
        return isASCII
    }
}
