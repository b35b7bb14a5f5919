extension JSONReader {
    /// Reads the record of the line that begins at the parser's position.
    ///
    /// A line must hold exactly one object. So a record that was cut off is refused on its own line, and the next line
    /// does not count as its rest.
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

    /// The error for a record that began at `start` and continued after a line feed; nil if there was no line feed.
    ///
    /// The record is parsed again up to the end of its line, where its end is missing.
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

    /// Refuses content after the record on its line.
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
