import CByteMasks

/// What ends the plain part of an XML text: markup, control characters, and the lead byte of U+F000 to U+FFFF, among
/// which the two are that XML forbids.
struct XMLTextStop: ByteStop {
    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_below_or_any_of_2(chunk, 0x20, 0x26, 0xEF) | byte_mask_any_of_2(chunk, 0x3C, 0x3E)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte | 2 == 0x3E || byte == 0x26 || byte < 0x20 || byte == 0xEF
    }
}

/// Texts in XML: escapes of markup, and of what XML has no way to say.
enum XMLText {
    /// Appends the text of an element; false if it holds a character that XML forbids, and then only a part is there.
    @inline(__always)
    static func append(_ text: ByteView, to output: inout OutputBuffer) -> Bool {
        var index = output.append(text, from: 0, upTo: XMLTextStop())
        while index < text.count {
            guard appendStopped(text, at: &index, to: &output) else { return false }
            index = output.append(text, from: index, upTo: XMLTextStop())
        }
        return true
    }

    /// Appends the character at which a copy stopped, and moves after it.
    private static func appendStopped(_ text: ByteView, at index: inout Int, to output: inout OutputBuffer) -> Bool {
        let byte = text.byte(at: index)
        switch byte {
        case 0x26: output.append("&amp;")
        case 0x3C: output.append("&lt;")
        case 0x3E: output.append("&gt;")
        case 0x0D: output.append("&#13;")
        case 0x09, 0x0A: output.append(byte)
        case 0xEF:
            guard !XMLCharacters.isForbidden(text.scalar(at: index).scalar) else { return false }
            output.append(text.slice(index, count: 3))
            index &+= 3
            return true
        default:
            return false
        }
        index &+= 1
        return true
    }

    /// Appends the text of an element that says `escaped="true"`: a backslash is `\\`, a forbidden character `\uxxxx`.
    static func appendEscaped(_ text: ByteView, to output: inout OutputBuffer) {
        var index = 0
        while index < text.count {
            let (scalar, length) = text.scalar(at: index)
            if scalar == 0x5C {
                output.append("\\\\")
            } else if XMLCharacters.isForbidden(scalar) {
                output.append("\\u")
                output.append(text: hexadecimal(scalar, digits: 4))
            } else {
                _ = append(text.slice(index, count: length), to: &output)
            }
            index += length
        }
    }

    /// Appends text with U+FFFD in place of each character that XML forbids.
    static func appendReplacing(_ text: ByteView, to output: inout OutputBuffer) {
        var index = 0
        while index < text.count {
            let (scalar, length) = text.scalar(at: index)
            if XMLCharacters.isForbidden(scalar) {
                output.append("\u{FFFD}")
            } else {
                _ = append(text.slice(index, count: length), to: &output)
            }
            index += length
        }
    }

    /// Whether the text has a character that XML forbids.
    static func hasForbidden(_ text: ByteView) -> Bool {
        var index = 0
        while true {
            index = text.firstIndex(of: XMLTextStop(), from: index)
            guard index < text.count else { return false }
            let (scalar, length) = text.scalar(at: index)
            if XMLCharacters.isForbidden(scalar) { return true }
            index += length
        }
    }

    /// Appends an attribute's value; false if it holds a character that XML forbids.
    ///
    /// White space other than U+0020 is written as references, because readers make spaces of it (XML 1.0 section
    /// 3.3.3).
    static func appendAttribute(_ text: ByteView, to output: inout OutputBuffer) -> Bool {
        var index = 0
        while index < text.count {
            let byte = text.byte(at: index)
            switch byte {
            case 0x22: output.append("&quot;")
            case 0x09: output.append("&#9;")
            case 0x0A: output.append("&#10;")
            default:
                let length = text.scalar(at: index).length
                guard append(text.slice(index, count: length), to: &output) else { return false }
                index += length
                continue
            }
            index += 1
        }
        return true
    }

    /// Appends an attribute's value with U+FFFD in place of each character that XML forbids.
    static func appendAttribute(replacing text: ByteView, to output: inout OutputBuffer) {
        guard hasForbidden(text) else {
            _ = appendAttribute(text, to: &output)
            return
        }
        var index = 0
        while index < text.count {
            let (scalar, length) = text.scalar(at: index)
            if XMLCharacters.isForbidden(scalar) {
                output.append("\u{FFFD}")
            } else {
                _ = appendAttribute(text.slice(index, count: length), to: &output)
            }
            index += length
        }
    }

    /// What text says under the rule for fields that the schema does not know.
    enum Reading {
        case string, number
        case boolean(Bool)
    }

    /// How the text of an unknown field is read: a number or a boolean if it is exactly one, else a string.
    static func reading(of text: ByteView) -> Reading {
        let first = text.byte(at: 0)
        if first == 0x2D || ASCII.isDigit(first) { return NumberText.isNumber(text) ? .number : .string }
        if first == 0x74, text.isEqual(to: "true") { return .boolean(true) }
        if first == 0x66, text.isEqual(to: "false") { return .boolean(false) }
        return .string
    }
}

extension OutputBuffer {
    /// Appends text as the content of an XML element; U+FFFD stands for what XML 1.0 forbids.
    package mutating func appendXMLText(_ text: String) {
        let utf8 = Array(text.utf8)
        XMLText.appendReplacing(ByteView(utf8.span), to: &self)
    }
}

extension ValueKind {
    /// The name that `type` has for the kind.
    var xmlName: StaticString {
        switch self {
        case .string: "string"
        case .number: "number"
        case .boolean: "boolean"
        case .object: "object"
        case .array: "array"
        }
    }

    /// The kind that a value of `type` names.
    init?(xmlName name: ByteView) {
        for kind in [ValueKind.string, .number, .boolean, .object, .array] where name.isEqual(to: kind.xmlName) {
            self = kind
            return
        }
        return nil
    }
}
