/// What ends a run of text that needs no thought in XML or in JSON.
private struct XMLPlainTextStop: ByteStop {
    @inline(__always)
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        (chunk .== SIMD16(repeating: 0x3C)) .| (chunk .== SIMD16(repeating: 0x26))
            .| (chunk .== SIMD16(repeating: 0x22)) .| ((chunk | SIMD16(repeating: 1)) .== SIMD16(repeating: 0x5D))
            .| (chunk .< SIMD16(repeating: 0x20)) .| (chunk .== SIMD16(repeating: 0xEF))
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        // `\` and `]` differ in one bit.
        byte == 0x3C || byte == 0x26 || byte == 0x22 || byte | 1 == 0x5D || byte < 0x20 || byte == 0xEF
    }
}

extension XMLPlainParser {
    /// Parses text and the end tag.
    @inline(__always)
    mutating func parseString(
        _ text: ByteView, of tag: Tag, field: FieldID, into tape: inout RecordTape
    ) throws(Stop) {
        if tag.isEmpty {
            return tape.append(.string, at: tag.start &- recordStart, count: 0, flags: .plain, field: field)
        }
        let start = position
        var isASCII = true
        var index = text.firstIndex(of: XMLPlainTextStop(), from: start, isASCII: &isASCII)
        var isPlain = true
        while text.byte(at: index) != 0x3C {
            switch text.byte(at: index) {
            case 0x26:
                position = start
                return try parseStringWithReferences(text, of: tag, field: field, into: &tape)
            case 0x22, 0x5C, 0x09, 0x0A: isPlain = false
            case 0x5D: guard text.word(at: index &+ 1, count: 2) != 0x3E5D else { throw .notPlain }
            case 0xEF:
                // U+FFFE and U+FFFF.
                guard text.byte(at: index &+ 1) != 0xBF || text.byte(at: index &+ 2) | 1 != 0xBF else {
                    throw .notPlain
                }
                isASCII = false
            default: throw index >= text.count ? .needsMoreInput : .notPlain
            }
            index = text.firstIndex(of: XMLPlainTextStop(), from: index &+ 1, isASCII: &isASCII)
        }
        guard isASCII || text.firstInvalidUTF8(from: start, to: index) == nil else { throw .notPlain }
        tape.append(
            .string, at: start &- recordStart, count: index &- start, flags: isPlain ? .plain : [], field: field)
        position = index &+ 1
        try parseEndTag(text, of: tag)
    }

    /// Parses text that has references in it, into the arena, and the end tag.
    private mutating func parseStringWithReferences(
        _ text: ByteView, of tag: Tag, field: FieldID, into tape: inout RecordTape
    ) throws(Stop) {
        let start = position
        let end = text.firstIndex(of: SingleByteStop(byte: 0x3C), from: start)
        guard end < text.count else { throw .needsMoreInput }
        let content = text.slice(0, count: end)
        guard content.endOfXMLCharacters(from: start, to: end) == end else { throw .notPlain }
        let arena = tape.beginArenaText(source: start &- recordStart)
        var index = start
        while index < end {
            let next = content.firstIndex(of: XMLReferenceStop(), from: index)
            tape.text.append(content.slice(index, count: next &- index))
            guard next < end else { break }
            switch content.byte(at: next) {
            case 0x26:
                guard let (byte, count) = XMLText.reference(in: content, at: next) else { throw .notPlain }
                tape.text.append(byte)
                index = next &+ count
            case 0x5D:
                guard content.word(at: next &+ 1, count: 2) != 0x3E5D else { throw .notPlain }
                tape.text.append(0x5D)
                index = next &+ 1
            default: throw .notPlain  // CR: what it means depends on what follows.
            }
        }
        // A tagged or known string is one whatever it looks like; an unknown one may look like a number only now.
        if field == .unknown, tag.kind == nil, !tape.isArenaString(from: arena) { throw .notPlain }
        tape.endArenaText(.string, from: arena, field: field)
        position = end &+ 1
        try parseEndTag(text, of: tag)
    }

    /// Parses a number without anything around it, and the end tag.
    @inline(__always)
    mutating func parseNumber(
        _ text: ByteView, of tag: Tag, field: FieldID, into tape: inout RecordTape
    ) throws(Stop) {
        guard !tag.isEmpty, let number = NumberText.scanNumber(text, from: position) else {
            throw tag.isEmpty ? .notPlain : orNeedsMore(text)
        }
        tape.append(
            .number, at: position &- recordStart, count: number.end &- position,
            flags: number.isInteger ? [.plain, .isInteger] : .plain, field: field)
        position = number.end
        try expect(0x3C, text)
        try parseEndTag(text, of: tag)
    }

    /// Parses `true` or `false` without anything around it, and the end tag.
    @inline(__always)
    mutating func parseBoolean(
        _ text: ByteView, of tag: Tag, field: FieldID, into tape: inout RecordTape
    ) throws(Stop) {
        guard !tag.isEmpty else { throw .notPlain }
        let isTrue = text.matchingPrefix(of: "true<", at: position) == 5
        guard isTrue || text.matchingPrefix(of: "false<", at: position) == 6 else { throw orNeedsMore(text) }
        tape.append(.bool, flags: isTrue ? .isTrue : [], field: field, source: position &- recordStart)
        position &+= isTrue ? 5 : 6
        try parseEndTag(text, of: tag)
    }

    // MARK: Tags

    /// Parses the rest of an end tag, of which `<` has been read.
    @inline(__always)
    mutating func parseEndTag(_ text: ByteView, of tag: Tag) throws(Stop) {
        let end = position &+ 1 &+ tag.nameCount
        guard end < text.count else { throw .needsMoreInput }
        guard text.byte(at: position) == 0x2F, text.byte(at: end) == 0x3E,
            text.hasSameBytes(at: position &+ 1, and: tag.nameStart, count: tag.nameCount)
        else { throw .notPlain }
        position = end &+ 1
    }

    /// Scans an ASCII name that needs no decoding, and says how long it is.
    mutating func scanName(_ text: ByteView) throws(Stop) -> Int {
        let start = position
        guard XMLNames.isASCIIStart(text.byte(at: start)) else { throw orNeedsMore(text) }
        var previous: UInt8 = 0
        while XMLNames.isASCIIPart(text.byte(at: position)) {
            let byte = text.byte(at: position)
            guard previous != 0x5F || byte != 0x78 else { throw .notPlain }
            previous = byte
            position &+= 1
        }
        guard position < text.count else { throw .needsMoreInput }
        let count = position &- start
        guard count <= 1000, !text.hasFoldedPrefix("xml", at: start) else { throw .notPlain }
        return count
    }

    /// Scans what may stand after the name: nothing, `xsi:nil="true"` or `type="…"`, and the end of the tag.
    mutating func scanRestOfTag(_ text: ByteView, _ tag: inout Tag) throws(Stop) {
        if text.byte(at: position) == 0x20 {
            if bindsSchemaInstance, text.matchingPrefix(of: " xsi:nil=\"true\"/>", at: position) == 17 {
                tag.isNil = true
                position &+= 17
                return
            }
            guard text.matchingPrefix(of: " type=\"", at: position) == 7 else { throw orNeedsMore(text, within: 17) }
            let start = position &+ 7
            let length = text.slice(start, count: min(16, text.count &- start)).firstIndex(
                of: SingleByteStop(byte: 0x22), from: 0)
            guard let kind = ValueKind(xmlName: text.slice(start, count: min(length, text.count &- start))) else {
                throw orNeedsMore(text, within: 20)
            }
            tag.kind = kind
            position = start &+ length &+ 1
        }
        if text.byte(at: position) == 0x2F {
            tag.isEmpty = true
            position &+= 1
        }
        try expect(0x3E, text)
    }

    @inline(__always)
    mutating func expect(_ byte: UInt8, _ text: ByteView) throws(Stop) {
        guard text.byte(at: position) == byte else { throw orNeedsMore(text) }
        position &+= 1
    }

    /// Checks that so many bytes are there.
    @inline(__always)
    mutating func expectBytes(_ count: Int, _ text: ByteView) throws(Stop) {
        guard position &+ count <= text.count else { throw .needsMoreInput }
    }

    @inline(__always)
    mutating func skipSpace(_ text: ByteView) {
        while ASCII.isSpace(text.byte(at: position)) { position &+= 1 }
    }

    /// What does not match is not plain, unless it is not all there.
    @inline(never)
    mutating func orNeedsMore(_ text: ByteView, within count: Int = 16) -> Stop {
        position &+ count > text.count ? .needsMoreInput : .notPlain
    }
}

/// What ends a plain run of a text that has references.
private struct XMLReferenceStop: ByteStop {
    @inline(__always)
    func lanes(_ chunk: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        (chunk .== SIMD16(repeating: 0x26)) .| (chunk .== SIMD16(repeating: 0x5D))
            .| (chunk .== SIMD16(repeating: 0x0D))
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte == 0x26 || byte == 0x5D || byte == 0x0D
    }
}

extension XMLText {
    /// The character of a reference that begins at `start`, and how long the reference is; nil for uncommon ones.
    static func reference(in text: ByteView, at start: Int) -> (UInt8, count: Int)? {
        if text.matchingPrefix(of: "&amp;", at: start) == 5 { return (0x26, 5) }
        if text.matchingPrefix(of: "&lt;", at: start) == 4 { return (0x3C, 4) }
        if text.matchingPrefix(of: "&gt;", at: start) == 4 { return (0x3E, 4) }
        if text.matchingPrefix(of: "&#13;", at: start) == 5 { return (0x0D, 5) }
        if text.matchingPrefix(of: "&quot;", at: start) == 6 { return (0x22, 6) }
        if text.matchingPrefix(of: "&apos;", at: start) == 6 { return (0x27, 6) }
        return nil
    }
}

extension Schema {
    /// Whether every name is an element name as it stands.
    var hasPlainXMLNames: Bool {
        var output = OutputBuffer(minimumCapacity: 256)
        for index in 0..<placeCount {
            guard let name = name(of: FieldID(rawValue: UInt16(truncatingIfNeeded: index))) else { continue }
            let bytes = Array(name.utf8)
            output.removeAll()
            XMLNames.append(ByteView(bytes.span), to: &output)
            if !output.bytes.view.isEqual(to: ByteView(bytes.span)) { return false }
        }
        return true
    }
}
