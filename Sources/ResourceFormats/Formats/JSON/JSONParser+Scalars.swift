extension JSONParser {
    @inline(__always)
    mutating func parseString(
        _ input: ByteView, kind: TapeNode.Kind, field: FieldID, into tape: inout RecordTape
    ) throws(ParseStop) {
        let start = position &+ 1
        var isASCII = true
        let end = input.firstIndex(of: JSONStringStop(), from: start, isASCII: &isASCII)
        guard input.byte(at: end) == 0x22, !copiesText else {
            return try parseStringInPieces(input, kind: kind, field: field, into: &tape)
        }
        if !isASCII, let bad = input.firstInvalidUTF8(from: start, to: end) { throw notUTF8(input, tape, at: bad) }
        tape.append(kind, at: start &- recordStart, count: end &- start, flags: .plain, field: field)
        position = end &+ 1
    }

    /// Parses a string with escapes, and decodes it into the arena piece by piece.
    mutating func parseStringInPieces(
        _ input: ByteView, kind: TapeNode.Kind, field: FieldID, into tape: inout RecordTape
    ) throws(ParseStop) {
        let start = position
        let arenaStart = tape.beginArenaText(source: start &- recordStart)
        var piece = start &+ 1
        while true {
            var isASCII = true
            let end = input.firstIndex(of: JSONStringStop(), from: piece, isASCII: &isASCII)
            let byte = input.byte(at: end)
            guard byte == 0x22 || byte == 0x5C else {
                position = end
                if end < input.count {
                    if let bad = input.firstInvalidUTF8(from: piece, to: end) { throw notUTF8(input, tape, at: bad) }
                    throw stop(input, tape, .unexpectedByte, expected: "an escape such as \\n inside a string")
                }
                throw stop(input, tape, .unexpectedEnd, expected: "the closing quote of the string")
            }
            if !isASCII, let bad = input.firstInvalidUTF8(from: piece, to: end) { throw notUTF8(input, tape, at: bad) }
            tape.text.append(input.slice(piece, count: end &- piece))
            if byte == 0x22 {
                position = end &+ 1
                tape.endArenaText(kind, from: arenaStart, field: field)
                return
            }
            position = end
            piece = try parseEscape(input, at: end, into: &tape)
        }
    }

    /// Decodes the escape at `start` into the arena; returns the index after it.
    mutating func parseEscape(
        _ input: ByteView, at start: Int, into tape: inout RecordTape
    ) throws(ParseStop) -> Int {
        switch input.byte(at: start + 1) {
        case 0x22: tape.text.append(0x22)
        case 0x5C: tape.text.append(0x5C)
        case 0x2F:
            tape.text.append(0x2F)
            isCompact = false
        case 0x62: tape.text.append(0x08)
        case 0x66: tape.text.append(0x0C)
        case 0x6E: tape.text.append(0x0A)
        case 0x72: tape.text.append(0x0D)
        case 0x74: tape.text.append(0x09)
        case 0x75: return try parseUnicodeEscape(input, at: start, into: &tape)
        default:
            throw stop(
                input, tape, .invalidEscape, expected: "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", at: start + 1,
                found: { "the escape \\" + $0 })
        }
        return start + 2
    }

    mutating func parseUnicodeEscape(
        _ input: ByteView, at start: Int, into tape: inout RecordTape
    ) throws(ParseStop) -> Int {
        guard let unit = ASCII.hexQuad(input, from: start + 2) else {
            var bad = start + 2
            while ASCII.hexValue(input.byte(at: bad)) != nil { bad += 1 }
            throw stop(input, tape, .invalidEscape, expected: "four hexadecimal digits after \\u", at: bad)
        }
        var scalar = unit
        var end = start + 6
        if (0xD800...0xDFFF).contains(unit) {
            guard unit < 0xDC00, input.byte(at: end) == 0x5C, input.byte(at: end + 1) == 0x75,
                let low = ASCII.hexQuad(input, from: end + 2), (0xDC00...0xDFFF).contains(low)
            else {
                // The other half of the pair may not be in the input yet.
                if unit < 0xDC00, !isComplete, input.count < end + 6 { throw .needsMoreInput }
                throw refusal(
                    input, tape, .invalidEscape, at: start,
                    found: "the lone surrogate \\u\(hexadecimal(unit, digits: 4))",
                    expected: "a pair of surrogates, or another character")
            }
            scalar = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            end += 6
            isCompact = false
        } else {
            isCompact = isCompact && Self.isShortestEscape(unit, input, at: start)
        }
        forEachUTF8Byte(of: scalar) { tape.text.append($0) }
        return end
    }

    /// Whether `\uxxxx` at `start` is the escape that the writer would use: lower-case digits, for a control character
    /// without a shorter escape.
    static func isShortestEscape(_ unit: UInt32, _ input: ByteView, at start: Int) -> Bool {
        switch unit {
        case 0x08, 0x09, 0x0A, 0x0C, 0x0D: false
        case 0..<0x20: !(0x41...0x46).contains(input.byte(at: start + 5))
        default: false
        }
    }

    @inline(__always)
    mutating func parseNumber(
        _ input: ByteView, field: FieldID, into tape: inout RecordTape
    ) throws(ParseStop) {
        guard let number = NumberText.scanNumber(input, from: position) else {
            let end = NumberText.endOfNumberPrefix(input, from: position)
            throw stop(input, tape, .invalidNumber, expected: "a digit", at: end)
        }
        let next = input.byte(at: number.end)
        // `01`, `1.2.3` and `1x` are reported as one invalid number, not as a number and something after it.
        if ASCII.isDigit(next) || next == 0x2E || next | 0x20 >= 0x61 && next | 0x20 <= 0x7A {
            throw stop(input, tape, .invalidNumber, expected: "the end of the number", at: number.end)
        }
        let flags: TapeNode.Flags = number.isInteger ? [.plain, .isInteger] : .plain
        if copiesText {
            tape.appendInArena(
                .number, input.slice(position, count: number.end &- position), field: field,
                source: position &- recordStart)
        } else {
            tape.append(
                .number, at: position &- recordStart, count: number.end &- position, flags: flags, field: field)
        }
        position = number.end
    }

    @inline(__always)
    mutating func parseLiteral(
        _ input: ByteView, _ literal: StaticString, _ tape: inout RecordTape
    ) throws(ParseStop) {
        let matching = input.matchingPrefix(of: literal, at: position)
        guard matching == literal.utf8CodeUnitCount else {
            throw stop(input, tape, .unexpectedByte, expected: "the value \(literal)", at: position &+ matching)
        }
        position &+= matching
    }
}
