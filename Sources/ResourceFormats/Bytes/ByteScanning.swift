import CByteMasks

/// A set of bytes at which a scan or a copy stops.
///
/// `bits` and `picks` must agree for every byte.
protocol ByteStop {
    /// The bytes of the chunk that are in the set, as the lowest sixteen bits; the first byte is the lowest bit.
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32
    /// Whether the byte is in the set.
    func picks(_ byte: UInt8) -> Bool
}

/// The bytes that end the plain part of a JSON string: a quote, a backslash, and those below 0x20 (RFC 8259 section 7).
struct JSONStringStop: ByteStop {
    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_below_or_any_of_2(chunk, 0x20, 0x22, 0x5C)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte == 0x22 || byte == 0x5C || byte < 0x20
    }
}

/// The bytes that JSON inside a CSV cell escapes: those of `JSONStringStop`, and 0x7F.
struct JSONCellStop: ByteStop {
    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_below_or_any_of_3(chunk, 0x20, 0x22, 0x5C, 0x7F)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        JSONStringStop().picks(byte) || byte == 0x7F
    }
}

/// The bytes that end an unquoted CSV cell: the delimiter, CR and LF.
struct CSVCellStop: ByteStop {
    let delimiter: UInt8

    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_any_of_3(chunk, delimiter, 0x0A, 0x0D)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == 0x0A || byte == 0x0D
    }
}

/// The bytes that the writer of a CSV cell has to look at: the delimiter, quotes and control characters.
struct CSVTextStop: ByteStop {
    let delimiter: UInt8

    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_below_or_any_of_3(chunk, 0x20, delimiter, 0x22, 0x7F)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == 0x22 || byte < 0x20 || byte == 0x7F
    }
}

/// The bytes that a URI needs percent-encoded: all but letters, digits and `-._~` (RFC 3986 section 2.3).
struct URIStop: ByteStop {
    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        let letters = byte_mask_below((chunk | SIMD16(repeating: 0x20)) &- SIMD16(repeating: 0x61), 26)
        let digits = byte_mask_below(chunk &- SIMD16(repeating: 0x30), 10)
        let marks = byte_mask_any_of_3(chunk, 0x2D, 0x2E, 0x5F) | byte_mask_equal(chunk, 0x7E)
        return (letters | digits | marks) ^ 0xFFFF
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: false
        default: true
        }
    }
}

/// A set of one byte.
struct SingleByteStop: ByteStop {
    let byte: UInt8

    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_equal(chunk, byte)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte == self.byte
    }
}

/// The index of the lowest bit that is set among sixteen, or 16 if none is.
@inline(__always)
func firstByte(_ bits: UInt32) -> Int {
    (bits | 1 &<< 16).trailingZeroBitCount
}

extension ByteView {
    /// The index of the first byte of the set at or after `start`, or `count` if there is none.
    ///
    /// `isASCII` becomes false if a byte above 0x7F precedes it.
    @inline(__always)
    func firstIndex(of stop: some ByteStop, from start: Int, isASCII: inout Bool) -> Int {
        var index = start
        var seen: UInt32 = 0
        defer { if seen != 0 { isASCII = false } }
        while canLoad16(at: index) {
            let chunk = load16(at: index)
            let length = min(firstByte(stop.bits(chunk)), count &- index)
            let high = byte_mask_not_ascii(chunk)
            if length < 16 {
                // Only the bytes before the found one count. A non-ASCII byte after it must not send plain text to
                // UTF-8 validation.
                seen |= high & ((1 &<< UInt32(truncatingIfNeeded: length)) &- 1)
                return index &+ length
            }
            seen |= high
            index &+= 16
        }
        while index < count {
            let byte = byte(at: index)
            if stop.picks(byte) { return index }
            if byte >= 0x80 { isASCII = false }
            index &+= 1
        }
        return index
    }

    /// The index of the first byte of the set at or after `start`, or `count` if there is none.
    @inline(__always)
    func firstIndex(of stop: some ByteStop, from start: Int) -> Int {
        var index = start
        while canLoad16(at: index) {
            let length = min(firstByte(stop.bits(load16(at: index))), count &- index)
            if length < 16 { return index &+ length }
            index &+= 16
        }
        while index < count, !stop.picks(byte(at: index)) { index &+= 1 }
        return index
    }

    /// The bits of sixty-four bytes from `index` on, which must exist.
    @inline(__always)
    func bits64(at index: Int, _ bits: (SIMD16<UInt8>) -> UInt32) -> UInt64 {
        UInt64(bits(load16(at: index)))
            | UInt64(bits(load16(at: index &+ 16))) &<< 16
            | UInt64(bits(load16(at: index &+ 32))) &<< 32
            | UInt64(bits(load16(at: index &+ 48))) &<< 48
    }
}
