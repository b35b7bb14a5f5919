extension XMLDocumentBuilder {
    /// Text inside the innermost element, or a piece of one; false if there must be none, which `refuseText` then says.
    @inline(__always)
    mutating func addText(_ text: ByteView) -> Bool {
        guard isBuilding, elements.count > 0 else { return true }
        let index = elements.count &- 1
        switch elements[index].content {
        case .records, .page, .object, .array: return text.isWhiteSpace
        case .nothing: return false
        case .string, .number, .boolean, .anything:
            if elements[index].text < 0 {
                elements[index].text = tape.beginArenaText(source: elements[index].contentStart &- recordStart)
            }
            if elements[index].isPlain {
                let plainCount = tape.text.append(text, from: 0, upTo: JSONStringStop())
                if plainCount == text.count { return true }
                elements[index].isPlain = false
                tape.text.append(text.slice(plainCount, count: text.count &- plainCount))
            } else {
                tape.text.append(text)
            }
            return true
        }
    }

    /// Refuses text that `addText` does not take.
    mutating func refuseText(_ text: ByteView, start: Int) {
        switch elements[elements.count - 1].content {
        case .records, .page, .object, .array:
            let blank = text.leadingWhiteSpace
            refuse(
                .unexpectedText, at: start + blank,
                found: "the text \"\(excerpt(text.slice(blank, count: text.count - blank)))\"",
                expected: elements[elements.count - 1].content == .page ? "nothing inside <page>" : "elements only")
        default:
            refuse(
                .unexpectedText, at: start, found: "content beside xsi:nil=\"true\"", expected: "an empty element")
        }
    }

    // MARK: End tags

    /// The innermost element ends; true if a record ends with it, for which `endRecord` is then to be called.
    @inline(__always)
    mutating func endElement() -> Bool {
        openCount &-= 1
        guard isBuilding else { return endRefusedElement() }
        guard let element = elements.removeLast() else { return false }
        switch element.content {
        case .records:
            if page != nil { shape = .page }
            isComplete = true
        case .page: break
        case .object:
            tape.end()
            names.close(element.namesMark)
            element.seen.close(&seenWords)
            return element.field == .record
        case .array: tape.end()
        case .nothing:
            tape.append(.null, field: element.field, source: element.start - recordStart)
        case .string, .number, .boolean, .anything: endText(element)
        }
        return false
    }

    /// The innermost element of a refused record, or after a failure, ends.
    mutating func endRefusedElement() -> Bool {
        guard failure == nil, openCount < recordLevel else { return false }
        elements.truncate(to: recordLevel - 1)
        return true
    }

    /// The record is complete; `end` is after its end tag.
    mutating func endRecord(_ end: Int) {
        queue.append(&tape, start: recordStart, end: end, refusal: refusal)
        isInRecord = false
        refusal = nil
        recordCount += 1
        if shape == .item { isComplete = true }
    }

    @inline(__always)
    mutating func endText(_ element: XMLElement) {
        let source = element.contentStart - recordStart
        let start = element.text < 0 ? tape.beginArenaText(source: source) : element.text
        if element.isEscaped, let character = tape.text.unescapeXMLText(from: start) {
            return refuse(
                element, .invalidEscape, at: element.contentStart,
                found: "a backslash at character \(character) of the text that begins no escape",
                expected: "\\\\, or \\u and four hexadecimal digits of a character")
        }
        if element.content == .string, !element.isEscaped {
            return tape.endArenaString(from: start, field: element.field, isPlain: element.isPlain)
        }
        if !tape.endXMLText(element.content, from: start, field: element.field, source: source) {
            refuseText(element, from: start)
        }
    }

    mutating func refuseText(_ element: XMLElement, from start: Int) {
        let text = tape.arenaExcerpt(from: start)
        refuse(
            element, .wrongKind, at: text.isEmpty ? element.start : element.contentStart,
            found: text.isEmpty ? "an empty element" : "the text \"\(text)\"", expected: element.content.noun)
    }
}
