internal import CLibXML2

/// Which characters XML 1.0 has, and which it allows in names.
///
/// Names follow the fourth edition (appendix B), the narrower one: a name that it allows is allowed by the fifth too.
enum XMLCharacters {
    /// Whether XML 1.0 has no way to say the character, not even as a reference (section 2.2, `Char`).
    static func isForbidden(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0xFFFE, 0xFFFF, 0xD800..<0xE000: true
        default: false
        }
    }

    /// Whether a name without a colon may begin with the character (`Letter | '_'`).
    static func isNameStart(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x41...0x5A, 0x61...0x7A, 0x5F: true
        case 0..<0x80: false
        default: xmlIsBaseChar(scalar) != 0 || xmlIsIdeographic(scalar) != 0
        }
    }

    /// Whether a name without a colon may go on with the character (`NCNameChar`).
    static func isNamePart(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x30...0x39, 0x2E, 0x2D: true
        case 0..<0x80: false
        default:
            isNameStart(scalar) || xmlIsDigit(scalar) != 0 || xmlIsCombining(scalar) != 0 || xmlIsExtender(scalar) != 0
        }
    }
}
