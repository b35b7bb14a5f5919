import CByteMasks

/// What may be no character of XML 1.0, or half of one: control characters, and bytes above U+007F.
private struct XMLSuspectStop: ByteStop {
    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_not_printable(chunk) & ~byte_mask_any_of_3(chunk, 0x09, 0x0A, 0x0D)
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte < 0x20 && !ASCII.isSpace(byte)
    }
}

/// What is not printable ASCII or a line feed, as nearly all of a document is.
private struct XMLUnusualStop: ByteStop {
    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_not_printable_but(chunk, 0x0A)
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
            if bits64(at: index, stop.bits) != 0 { break }
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
