import CByteMasks

/// What is not white space: of the characters up to U+0020, XML has no others.
private struct XMLInkStop: ByteStop {
    @inline(__always)
    func bits(_ chunk: SIMD16<UInt8>) -> UInt32 {
        byte_mask_below(chunk, 0x21) ^ 0xFFFF
    }

    @inline(__always)
    func picks(_ byte: UInt8) -> Bool {
        byte > 0x20
    }
}

extension ByteView {
    /// Whether there is nothing but spaces, tabs and line ends, among the characters that XML has.
    var isWhiteSpace: Bool { firstIndex(of: XMLInkStop(), from: 0) == count }

    /// How many spaces, tabs and line ends stand at the start.
    var leadingWhiteSpace: Int { indexAfterSpace(from: 0) }
}

extension Storage where Element == UInt8 {
    /// Takes white space off both ends of what begins at `start`.
    mutating func trimWhiteSpace(from start: Int) {
        let leading = view.slice(start, count: count - start).leadingWhiteSpace
        if leading > 0 {
            for index in start..<count - leading { self[index] = self[index + leading] }
            truncate(to: count - leading)
        }
        while count > start, ASCII.isSpace(self[count - 1]) { truncate(to: count - 1) }
    }

    /// Replaces the escapes of `escaped="true"` in what begins at `start`.
    ///
    /// - Returns: Where a backslash begins no escape, in characters from 1; nil if all is well.
    mutating func unescapeXMLText(from start: Int) -> Int? {
        var read = start
        var written = start
        while read < count {
            let byte = self[read]
            guard byte == 0x5C else {
                self[written] = byte
                read += 1
                written += 1
                continue
            }
            if read + 1 < count, self[read + 1] == 0x5C {
                self[written] = 0x5C
                read += 2
                written += 1
                continue
            }
            guard read + 6 <= count, self[read + 1] == UInt8(ascii: "u"),
                let scalar = ASCII.hexQuad(view, from: read + 2), Unicode.Scalar(scalar) != nil
            else {
                let text = view.slice(start, count: read - start).string()
                return text.unicodeScalars.count + 1
            }
            forEachUTF8Byte(of: scalar) { unit in
                self[written] = unit
                written += 1
            }
            read += 6
        }
        truncate(to: written)
        return nil
    }
}

// MARK: - Texts in a tape's arena

extension RecordTape {
    /// Ends the text that begins at `start` in the arena as the value of an element; false if it is none of the kind.
    ///
    /// White space around a known number or boolean does not count.
    @inline(__always)
    mutating func endXMLText(_ content: XMLElement.Content, from start: Int, field: FieldID, source: Int) -> Bool {
        switch content {
        case .string:
            endArenaText(.string, from: start, field: field)
            return true
        case .anything:
            switch xmlReading(from: start) {
            case .string: endArenaText(.string, from: start, field: field)
            case .number: endArenaText(.number, from: start, field: field)
            case .boolean(let value): replaceArenaText(from: start, by: value, field: field, source: source)
            }
            return true
        case .number, .boolean:
            if content == .number, let number = NumberText.scanNumber(text.view, from: start), number.end == text.count
            {
                // As nearly all numbers are; the digits are looked at once.
                nodes.append(
                    TapeNode(
                        kind: .number, flags: number.isInteger ? [.inArena, .plain, .isInteger] : [.inArena, .plain],
                        field: field, start: start, count: number.end &- start))
                return true
            }
            text.trimWhiteSpace(from: start)
            switch (xmlReading(from: start), content) {
            case (.number, .number):
                endArenaText(.number, from: start, field: field)
                return true
            case (.boolean(let value), .boolean):
                replaceArenaText(from: start, by: value, field: field, source: source)
                return true
            default: return false
            }
        case .records, .page, .object, .array, .nothing: return false
        }
    }

    private func xmlReading(from start: Int) -> XMLText.Reading {
        XMLText.reading(of: text.view.slice(start, count: text.count - start))
    }

    private mutating func replaceArenaText(from start: Int, by value: Bool, field: FieldID, source: Int) {
        dropArenaText(from: start)
        append(.bool, flags: value ? .isTrue : [], field: field, source: source)
    }

    /// Appends an unknown member's name.
    mutating func append(key: borrowing Storage<UInt8>, source: Int) {
        appendInArena(.key, key.view, field: .unknown, source: source)
    }

    /// Takes back a text that `beginArenaText` began at `start`.
    mutating func dropArenaText(from start: Int) {
        text.truncate(to: start - 4)
    }

    /// Whether the text that begins at `start` is nothing but white space.
    func isArenaBlank(from start: Int) -> Bool {
        text.view.slice(start, count: text.count - start).isWhiteSpace
    }

    /// The beginning of the text that begins at `start`, for errors.
    func arenaExcerpt(from start: Int) -> String {
        excerpt(text.view.slice(start, count: text.count - start))
    }
}
