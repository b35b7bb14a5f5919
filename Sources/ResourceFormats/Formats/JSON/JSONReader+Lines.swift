extension JSONReader {
    /// Reads the record of the line that begins at the parser's position.
    ///
    /// A line holds one object and nothing else, so a record that was cut off is refused on its own line, and the next
    /// one is not taken for its rest.
    mutating func readLine(
        _ input: ByteView, _ position: inout Int, into tape: inout RecordTape
    ) throws(ParseStop) -> ReadProgress {
        let start = parser.position
        let record = limited(input, from: start)
        parser.place = nextPlace
        do throws(ParseStop) {
            _ = try parser.parseRecord(record, mayBePage: false, into: &tape)
        } catch {
            throw cutOff(record, from: start, into: &tape) ?? error
        }
        if let stop = cutOff(record, from: start, into: &tape) { throw stop }
        parser.isComplete = isInputComplete
        let end = parser.position
        try checkRestOfLine(input)
        parser.position = end
        tape.adoptSource(input.slice(start, count: end &- start), at: start)
        return finishRecord(&position)
    }

    /// Why a record that began at `start` and went on after a line feed is refused; nil if there was no line feed.
    ///
    /// Parsed to the end of its line only, it has no end.
    private mutating func cutOff(
        _ input: ByteView, from start: Int, into tape: inout RecordTape
    ) -> ParseStop? {
        guard parser.firstLineFeed >= start else { return nil }
        var lineEnd = parser.firstLineFeed
        if input.byte(at: lineEnd - 1) == 0x0D { lineEnd -= 1 }
        parser.position = start
        parser.isComplete = true
        parser.endName = "the end of the line"
        defer { parser.endName = "the end of the input" }
        do throws(ParseStop) {
            _ = try parser.parseRecord(input.slice(0, count: lineEnd), mayBePage: false, into: &tape)
            return nil
        } catch {
            return error
        }
    }

    /// Refuses whatever follows the record on its line.
    private mutating func checkRestOfLine(_ input: ByteView) throws(ParseStop) {
        while true {
            switch input.byte(at: parser.position) {
            case 0x20, 0x09, 0x0D: parser.position &+= 1
            case 0x0A: return
            default:
                if parser.position < input.count {
                    throw refuse(input, at: nextPlace, expected: "the end of the line after the record")
                }
                guard isInputComplete else { throw .needsMoreInput }
                return
            }
        }
    }
}
