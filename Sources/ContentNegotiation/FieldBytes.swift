// Classes of bytes in header fields, for the scanner and for the comparison with offers.

/// Whether the byte is allowed in a token (RFC 9110 section 5.6.2).
@inline(__always)
func isTokenByte(_ byte: UInt8) -> Bool {
    // One bit a character: 0x21...0x3F without " ( ) , / : ; < = > ? and 0x40...0x7F without @ [ \ ] { } DEL.
    let low: UInt64 = 0x03FF_6CFA_0000_0000
    let high: UInt64 = 0x57FF_FFFF_C7FF_FFFE
    let bits = byte & 0x40 == 0 ? low : high
    return byte < 0x80 && (bits &>> UInt64(byte & 0x3F)) & 1 == 1
}

/// Whether the byte is allowed in a quoted string, also after a backslash (RFC 9110 section 5.6.4).
@inline(__always)
func isQuotableByte(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || byte == 0x09
}

/// Whether the byte is optional white space: a space or a tab, but not a line break (RFC 9110 section 5.6.3).
@inline(__always)
package func isSpaceByte(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09
}

/// The byte with ASCII letters in lower case; other bytes are unchanged.
@inline(__always)
package func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
}

/// Whether `field` at `place` equals `text` at `other`; `text` is in lower case, the letters of `field` in either case.
@inline(__always)
func isEqual(_ field: Span<UInt8>, _ place: Range<Int>, _ text: Span<UInt8>, _ other: Range<Int>) -> Bool {
    guard place.count == other.count else { return false }
    var position = place.lowerBound
    var index = other.lowerBound
    while index < other.upperBound {
        guard lowercased(field[position]) == text[index] else { return false }
        position &+= 1
        index &+= 1
    }
    return true
}
