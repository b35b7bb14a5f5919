extension JSONReader {
    /// Moves past the refused record that begins at `position`, up to its last byte.
    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        let bytes = ByteView(input)
        guard !isUnreadable, position < bytes.count || !isComplete else { return .impossible }
        let skipper = RecordSkipper(bytes, from: position, atMost: parser.limits.recordSize, isComplete: isComplete)
        switch state {
        case .start where form == .lines, .betweenObjects where form == .lines:
            return passValue(endingAt: skipper.endOfLine(), &position)
        case .betweenObjects:
            let end = skipper.endOfValue(
                isLineDelimited: recordCount > 0 && isLineDelimited || resumesAtLines,
                isFirst: shape == nil && recordCount == 0)
            return passValue(endingAt: end, &position)
        case .beforeFirst where bytes.byte(at: position) == 0x2C, .afterComma where bytes.byte(at: position) == 0x2C:
            // An element is missing, as in `[,{}]`.
            position += 1
            state = .afterComma
            recordCount += 1
            return .skipped
        case .afterComma where bytes.byte(at: position) == 0x5D:
            // The last element is missing, as in `[{},]`: the bracket is read again and closes the array.
            state = .afterElement
            return .skippedBetweenRecords
        case .beforeFirst, .afterElement, .afterComma:
            return passElement(endingAt: skipper.endOfElement(), &position)
        case .start, .afterItems, .afterDocument:
            return .impossible
        }
    }

    /// Moves past a refused object of a sequence, or past a line.
    private mutating func passValue(endingAt end: RecordSkipper.End, _ position: inout Int) -> SkipProgress {
        guard case .found(let end, let isByLine) = end else { return end.progress }
        position = end
        state = .betweenObjects
        recordCount += 1
        if isByLine { resumesAtLines = true }
        // The record is not alone in the document.
        shape = .list
        return .skipped
    }

    /// Moves past a refused element of an array, or past invalid text between an element and the next comma.
    private mutating func passElement(endingAt end: RecordSkipper.End, _ position: inout Int) -> SkipProgress {
        guard case .found(let end, _) = end else { return end.progress }
        position = end
        if state == .afterElement { return .skippedBetweenRecords }
        state = .afterElement
        recordCount += 1
        return .skipped
    }
}
