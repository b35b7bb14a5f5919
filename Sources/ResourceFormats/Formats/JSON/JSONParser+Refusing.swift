extension JSONParser {
    /// The bytes of the record so far, for the texts of nodes that point to them.
    @_lifetime(copy input)
    @inline(__always)
    mutating func source(_ input: ByteView) -> ByteView {
        input.slice(recordStart, count: input.count &- recordStart)
    }

    /// The error for the byte at a place, or `.needsMoreInput` if the input may continue there.
    @inline(never)
    mutating func stop(
        _ input: ByteView, _ tape: borrowing RecordTape, _ code: SerializationError.Code, expected: String,
        at place: Int? = nil, found: ((String) -> String)? = nil
    ) -> ParseStop {
        let place = place ?? position
        if !isComplete, input.endsInsideCharacter(at: place) { return .needsMoreInput }
        if place >= input.count {
            return refusal(
                input, tape, .unexpectedEnd, at: input.count, found: "\(endName)", expected: expected)
        }
        let byte = describeCharacter(input, at: place)
        return refusal(input, tape, code, at: place, found: found.map { $0(byte) } ?? byte, expected: expected)
    }

    @inline(never)
    mutating func refusal(
        _ input: ByteView, _ tape: borrowing RecordTape, _ code: SerializationError.Code, at place: Int, found: String,
        expected: String
    ) -> ParseStop {
        .refused(
            SerializationError(code, found: found, expected: expected, offset: place, path: path(input, tape)))
    }

    mutating func path(_ input: ByteView, _ tape: borrowing RecordTape) -> String {
        let source = source(input)
        var path = tape.pathOfOpenContainer(under: place.path, schema: schema, source: source)
        guard isInsideChild, tape.open.count > 0 else { return path.text }
        if tape.nodes[Int(tape.open[tape.open.count - 1])].kind == .array {
            path.append(index: tape.elementCountOfOpenArray)
        } else if let name = schema.name(of: currentField) {
            path.append(key: name)
        } else if tape.nodes.count > 0, tape.nodes[tape.nodes.count - 1].kind == .key {
            path.append(key: tape.textWhileBuilding(of: tape.nodes[tape.nodes.count - 1], source: source))
        }
        return path.text
    }

    mutating func tooDeep(_ input: ByteView, _ tape: borrowing RecordTape) -> ParseStop {
        refusal(
            input, tape, .depthLimit, at: position, found: "nesting deeper than \(limits.depth)",
            expected: "at most \(limits.depth) levels")
    }

    mutating func notUTF8(_ input: ByteView, _ tape: borrowing RecordTape, at place: Int) -> ParseStop {
        refusal(
            input, tape, .invalidEncoding, at: place, found: describeInvalidUTF8(input, at: place),
            expected: "UTF-8")
    }

    mutating func duplicate(_ field: FieldID, _ input: ByteView, _ tape: borrowing RecordTape) -> ParseStop {
        var path = tape.pathOfOpenContainer(under: place.path, schema: schema, source: source(input))
        var name = schema.name(of: field) ?? ""
        if field == .unknown {
            let key = tape.textWhileBuilding(of: tape.nodes[tape.nodes.count - 1], source: source(input))
            path.append(key: key)
            name = excerpt(key)
        } else {
            path.append(key: name)
        }
        return .refused(
            SerializationError(
                .duplicateField, found: "the name \"\(name)\" a second time", expected: "each name once in an object",
                offset: position, path: path.text))
    }
}

// MARK: - Describing what was found

/// The number of bytes in a character whose first byte is `lead`; 1 for a byte that cannot be the first.
private func characterLength(_ lead: UInt8) -> Int {
    lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
}

extension ByteView {
    /// Whether more bytes may still change which character is at `place`.
    func endsInsideCharacter(at place: Int) -> Bool {
        place + characterLength(byte(at: place)) > count
    }
}

/// The character at a place in quotes, or the byte if there is no character.
func describeCharacter(_ input: ByteView, at place: Int) -> String {
    let byte = input.byte(at: place)
    if byte == 0x22 { return "a quote" }
    if byte < 0x20 || byte == 0x7F {
        return "the control character U+\(hexadecimal(byte, digits: 4).uppercased())"
    }
    if byte < 0x80 { return "\"\(Character(Unicode.Scalar(byte)))\"" }
    // Only the bytes of this character count, not those after it.
    let longest = characterLength(byte)
    var length = 1
    while length < longest, place + length < input.count, input.byte(at: place + length) & 0xC0 == 0x80 { length += 1 }
    if input.firstInvalidUTF8(from: place, to: place + length) != nil { return describeInvalidUTF8(input, at: place) }
    let text = input.slice(place, count: length).string()
    if let scalar = text.unicodeScalars.first, scalar.isInvisible {
        return "the character U+\(hexadecimal(scalar.value, digits: 4).uppercased())"
    }
    return "\"\(text)\""
}

extension Unicode.Scalar {
    /// Whether the character would be invisible in an error text.
    fileprivate var isInvisible: Bool {
        switch properties.generalCategory {
        case .format, .control, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

/// A description of bytes that are not UTF-8.
func describeInvalidUTF8(_ input: ByteView, at place: Int) -> String {
    "the byte 0x\(hexadecimal(input.byte(at: place), digits: 2).uppercased()), which is not valid UTF-8 here"
}
