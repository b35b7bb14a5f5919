/// What may be no character of XML 1.0, or half of one: control characters, and bytes above U+007F.
private struct XMLSuspectStop: ByteStop {
    @inline(__always)
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        // With more than three comparisons of vectors the compiler falls back to loops over the lanes; so the high bit of
        // each byte is made to say it. Adding to seven bits never carries into the next byte.
        let bits = chunk & SIMD16(repeating: 0x7F)
        let printable = bits &+ SIMD16(repeating: 0x80 - 0x20)
        let tabOrLineFeed = (bits &+ SIMD16(repeating: 0x80 - 0x09)) & ~(bits &+ SIMD16(repeating: 0x80 - 0x0B))
        let carriageReturn = (bits &+ SIMD16(repeating: 0x80 - 0x0D)) & ~(bits &+ SIMD16(repeating: 0x80 - 0x0E))
        let suspect = ~(printable | tabOrLineFeed | carriageReturn) | chunk
        return suspect .>= SIMD16(repeating: 0x80)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte < 0x20 && !ASCII.isSpace(byte)
    }
}

/// What is not printable ASCII or a line feed, as nearly all of a document is.
private struct XMLUnusualStop: ByteStop {
    @inline(__always)
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        // 16 plain bytes either way. Taken as signed, those above U+007F come before U+0000.
        let signed = unsafe unsafeBitCast(chunk, to: SIMD16<Int8>.self)
        return (signed .< SIMD16(repeating: 0x20)) .& (chunk .!= SIMD16(repeating: 0x0A))
    }

    /// The same as words.
    @inline(__always)
    func wide(_ chunk: SIMD16<UInt8>) -> SIMD2<UInt64> {
        let signed = unsafe unsafeBitCast(chunk, to: SIMD16<Int8>.self)
        return wideLanes(signed .< SIMD16(repeating: 0x20)) & ~wideLanes(chunk .== SIMD16(repeating: 0x0A))
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte < 0x20 && byte != 0x0A
    }
}

extension ByteView {
    /// Steps over sixty-four bytes at a time for as long as they are printable ASCII and line feeds.
    @inline(__always)
    fileprivate func skipUsual(from start: Int) -> Int {
        let stop = XMLUnusualStop()
        var index = start
        while index &+ 64 <= count {
            let unusual =
                stop.wide(load16(at: index)) | stop.wide(load16(at: index &+ 16))
                | stop.wide(load16(at: index &+ 32)) | stop.wide(load16(at: index &+ 48))
            if unusual[0] | unusual[1] != 0 { break }
            index &+= 64
        }
        return index
    }

    /// Where the first byte stands between `start` and `end` that begins no character of XML 1.0, or `end`.
    func endOfXMLCharacters(from start: Int, to end: Int) -> Int {
        // What lies after is the next block's: looking there each time would take quadratic time.
        let text = slice(0, count: end)
        var index = start
        while true {
            index = text.skipUsual(from: index)
            index = text.firstIndex(of: XMLUnusualStop(), from: index)
            // A tab or the like: those that XML has are told apart from those that it has not.
            if text.byte(at: index) < 0x20 { index = text.firstIndex(of: XMLSuspectStop(), from: index) }
            while text.byte(at: index) >= 0x80 {
                let length = text.sequenceLength(at: index)
                guard length > 0, index &+ length <= end else { return index }
                // U+FFFE and U+FFFF.
                if text.word(at: index, count: 3) | 0x01_0000 == 0xBF_BFEF { return index }
                index &+= length
            }
            let byte = text.byte(at: index)
            if index >= end || byte < 0x20 && !ASCII.isSpace(byte) { return index }
        }
    }
}
