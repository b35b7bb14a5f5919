/// Evidence that an input is CSV, if nothing else says so: a delimiter in the header, and a row after it.
///
/// It examines a growing content from its start, each byte once.
struct TableEvidence {
    /// The result so far.
    enum Finding {
        case undecided, found, missing
    }

    /// A header may be as large as a record; a larger one is not a header.
    static let limit = 64 << 20

    private var index = 0
    private var isStarted = false
    private var isInQuotes = false
    private var isQuotedCell = false
    private var isAtCellStart = true
    /// The delimiter in a line `sep=X`, or else the first of `, ; TAB |` outside quotes.
    private var delimiter: UInt8?
    private var isInHeader = false
    private var isHeaderOver = false
    private var hasDelimiter = false

    /// Examines the bytes added to the content; `isWhole` if there are no more to come.
    mutating func look(at content: Span<UInt8>, isWhole: Bool) -> Finding {
        if !isStarted {
            // A byte order mark and a line `sep=X` are only recognised as a whole.
            if !isWhole, content.count < 9, !Self.hasLineEnd(content) { return .undecided }
            isStarted = true
            if content.count >= 3, content[0] == 0xEF, content[1] == 0xBB, content[2] == 0xBF { index = 3 }
            takeSeparatorLine(content)
        }
        while index < content.count {
            let byte = content[index]
            index += 1
            let isLineEnd = byte == 0x0A || byte == 0x0D
            if isHeaderOver {
                if !isLineEnd { return .found }
            } else if isInQuotes {
                if byte == UInt8(ascii: "\"") { isInQuotes = false }
            } else if isLineEnd {
                guard isInHeader else { continue }
                guard hasDelimiter else { return .missing }
                isHeaderOver = true
            } else {
                isInHeader = true
                // In a doubled quote, the first quote closes the text and the second opens it again.
                if byte == UInt8(ascii: "\""), isAtCellStart || isQuotedCell && content[index - 2] == byte {
                    isInQuotes = true
                    isQuotedCell = true
                    isAtCellStart = false
                } else {
                    isAtCellStart = isDelimiter(byte)
                    if isAtCellStart {
                        isQuotedCell = false
                        delimiter = byte
                        hasDelimiter = true
                    }
                }
            }
        }
        return isWhole || content.count > Self.limit ? .missing : .undecided
    }

    private static func hasLineEnd(_ content: Span<UInt8>) -> Bool {
        content.indices.contains { content[$0] == 0x0A || content[$0] == 0x0D }
    }

    private func isDelimiter(_ byte: UInt8) -> Bool {
        if let delimiter { return byte == delimiter }
        return [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")].contains(byte)
    }

    private mutating func takeSeparatorLine(_ content: Span<UInt8>) {
        let mark = Array("sep=".utf8)
        guard content.count > index + 5, mark.indices.allSatisfy({ content[index + $0] == mark[$0] }),
            content[index + 5] == 0x0A || content[index + 5] == 0x0D
        else { return }
        delimiter = content[index + 4]
        index += 5
    }
}
