/// A set of bytes at which a scan or a copy stops.
///
/// `lanes` and `picks` must agree for every byte.
protocol ByteStop {
    /// A mask of the lanes that hold a byte of the set.
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
    /// Whether the byte is in the set.
    func picks(_ byte: UInt8) -> Bool
}

/// The bytes that end the plain part of a JSON string: a quote, a backslash, and those below 0x20 (RFC 8259 section 7).
struct JSONStringStop: ByteStop {
    @inline(__always)
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        // Always spell the vector out: with a scalar on the right, `.==` takes a generic path that is thirty times
        // slower.
        (chunk .== SIMD16(repeating: 0x22)) .| (chunk .== SIMD16(repeating: 0x5C)) .| (chunk .< SIMD16(repeating: 0x20))
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte == 0x22 || byte == 0x5C || byte < 0x20
    }
}

/// The bytes that JSON inside a CSV cell escapes: those of `JSONStringStop`, and 0x7F.
struct JSONCellStop: ByteStop {
    @inline(__always)
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        JSONStringStop().lanes(chunk) .| (chunk .== SIMD16(repeating: 0x7F))
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
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        (chunk .== SIMD16(repeating: delimiter)) .| (chunk .== SIMD16(repeating: 0x0A))
            .| (chunk .== SIMD16(repeating: 0x0D))
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
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        (chunk .== SIMD16(repeating: delimiter)) .| (chunk .== SIMD16(repeating: 0x22))
            .| (chunk .< SIMD16(repeating: 0x20)) .| (chunk .== SIMD16(repeating: 0x7F))
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == 0x22 || byte < 0x20 || byte == 0x7F
    }
}

/// The bytes that a URI needs percent-encoded: all but letters, digits and `-._~` (RFC 3986 section 2.3).
struct URIStop: ByteStop {
    @inline(__always)
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        // With more than three vector comparisons the compiler falls back to loops over the lanes. So the sixteen bytes
        // are processed as two words. Measured: twenty times faster.
        let words = unsafe unsafeBitCast(chunk, to: SIMD2<UInt64>.self)  // 16 plain bytes either way.
        let stops = SIMD2(Self.stops(words[0]), Self.stops(words[1]))
        return unsafe unsafeBitCast(stops, to: SIMDMask<SIMD16<Int8>>.self)  // Bytes of ones or of zeros.
    }

    /// A word with all ones in the bytes that are in the set.
    @inline(__always)
    private static func stops(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high = ones &* 0x80
        let text = word & ~high
        // For a byte below 0x80, adding 0x80 - n sets the high bit if the byte is at least n, and never carries.
        let folded = text | ones &* 0x20
        let letters = (folded &+ ones &* (0x80 - 0x61)) & ~(folded &+ ones &* (0x80 - 0x7B))
        let digits = (text &+ ones &* (0x80 - 0x30)) & ~(text &+ ones &* (0x80 - 0x3A))
        let hyphenAndDot = (text &+ ones &* (0x80 - 0x2D)) & ~(text &+ ones &* (0x80 - 0x2F))
        let underscore = (text &+ ones &* (0x80 - 0x5F)) & ~(text &+ ones &* (0x80 - 0x60))
        let tilde = (text &+ ones &* (0x80 - 0x7E)) & ~(text &+ ones &* (0x80 - 0x7F))
        let stops = (~(letters | digits | hyphenAndDot | underscore | tilde) | word) & high
        return (stops &>> 7) &* 0xFF
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
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        chunk .== SIMD16(repeating: byte)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte == self.byte
    }
}

/// The index of the first lane that is set, or 16 if none is.
@inline(__always)
func firstLane(_ mask: SIMDMask<SIMD16<Int8>>) -> Int {
    firstLane(wideLanes(mask))
}

/// A mask as two words, with all ones in the bytes of the lanes that are set.
///
/// Masks of two chunks are combined as words: for masks the compiler may fall back to loops over the lanes.
@inline(__always)
func wideLanes(_ mask: SIMDMask<SIMD16<Int8>>) -> SIMD2<UInt64> {
    unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)  // Both are 16 plain bytes.
}

/// The index of the first lane that is set in a mask given as two words, or 16 if none is.
@inline(__always)
func firstLane(_ words: SIMD2<UInt64>) -> Int {
    if words[0] != 0 { return words[0].trailingZeroBitCount &>> 3 }
    if words[1] != 0 { return 8 &+ words[1].trailingZeroBitCount &>> 3 }
    return 16
}

extension ByteView {
    /// The index of the first byte of the set at or after `start`, or `count` if there is none.
    ///
    /// `isASCII` becomes false if a byte above 0x7F precedes it.
    @inline(__always)
    func firstIndex(of stop: some ByteStop, from start: Int, isASCII: inout Bool) -> Int {
        var index = start
        var seen: UInt64 = 0
        defer { if seen & 0x8080_8080_8080_8080 != 0 { isASCII = false } }
        while canLoad16(at: index) {
            let chunk = load16(at: index)
            let words = unsafe unsafeBitCast(chunk, to: SIMD2<UInt64>.self)  // 16 plain bytes either way.
            let lane = min(firstLane(stop.lanes(chunk)), count &- index)
            if lane < 16 {
                // Only the bytes before the found one count. A non-ASCII byte after it must not send plain text to
                // UTF-8 validation.
                let bits = UInt64(truncatingIfNeeded: lane &* 8)
                seen |= bits < 64 ? words[0] & ((1 &<< bits) &- 1) : words[0] | words[1] & ((1 &<< (bits &- 64)) &- 1)
                return index &+ lane
            }
            seen |= words[0] | words[1]
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
        var isASCII = true
        return firstIndex(of: stop, from: start, isASCII: &isASCII)
    }
}
