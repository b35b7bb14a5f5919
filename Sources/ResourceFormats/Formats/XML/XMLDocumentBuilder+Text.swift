extension XMLDocumentBuilder {
    /// Text inside the innermost element, or a piece of one.
    mutating func addText(_ text: ByteView, start: Int) {
        guard isBuilding, elements.count > 0 else { return }
        let index = elements.count - 1
        switch elements[index].content {
        case .records, .page, .object, .array:
            guard !text.isWhiteSpace else { return }
            let blank = text.leadingWhiteSpace
            refuse(
                .unexpectedText, at: start + blank,
                found: "the text \"\(excerpt(text.slice(blank, count: text.count - blank)))\"",
                expected: elements[index].content == .page ? "nothing inside <page>" : "elements only")
        case .nothing:
            refuse(
                .unexpectedText, at: start, found: "content beside xsi:nil=\"true\"", expected: "an empty element")
        case .string, .number, .boolean, .anything:
            if elements[index].text < 0 {
                let source = elements[index].contentStart - recordStart
                elements[index].text = tape.beginArenaText(source: source)
            }
            tape.text.append(text)
        }
    }

    // MARK: End tags

    /// The innermost element ends; `end` is after its end tag.
    mutating func endElement(end: Int) {
        openCount -= 1
        guard isBuilding else {
            if failure == nil, openCount < recordLevel {
                elements.truncate(to: recordLevel - 1)
                endRecord(end)
            }
            return
        }
        guard let element = elements.removeLast() else { return }
        switch element.content {
        case .records:
            if page != nil { shape = .page }
            isComplete = true
        case .page: break
        case .object:
            tape.end()
            names.close(element.namesMark)
            element.seen.close(&seenWords)
            if element.field == .record { endRecord(end) }
        case .array: tape.end()
        case .nothing:
            tape.append(.null, field: element.field, source: element.start - recordStart)
        case .string, .number, .boolean, .anything: endText(element)
        }
    }

    mutating func endRecord(_ end: Int) {
        queue.append(&tape, start: recordStart, end: end, refusal: refusal)
        isInRecord = false
        refusal = nil
        recordCount += 1
        if shape == .item { isComplete = true }
    }

    mutating func endText(_ element: XMLElement) {
        let source = element.contentStart - recordStart
        let start = element.text < 0 ? tape.beginArenaText(source: source) : element.text
        if element.isEscaped, let character = tape.text.unescapeXMLText(from: start) {
            return refuse(
                element, .invalidEscape, at: element.contentStart,
                found: "a backslash at character \(character) of the text that begins no escape",
                expected: "\\\\, or \\u and four hexadecimal digits of a character")
        }
        guard !tape.endXMLText(element.content, from: start, field: element.field, source: source) else { return }
        let text = tape.arenaExcerpt(from: start)
        refuse(
            element, .wrongKind, at: text.isEmpty ? element.start : element.contentStart,
            found: text.isEmpty ? "an empty element" : "the text \"\(text)\"", expected: element.content.noun)
    }
}
