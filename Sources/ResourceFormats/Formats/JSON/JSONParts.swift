/// Where a JSON document may be cut between two records, without parsing what stands before.
enum JSONParts {
    /// Where the last record of an array begins that looks like the document's first one: after a `}` and a comma, with
    /// the same brace, white space and first name.
    ///
    /// White space before the name tells the records of an indented document from the objects inside them, the name does
    /// so elsewhere, as long as no object inside begins with the same one.
    static func startOfLastRecord(_ bytes: ByteView, firstRecord: ByteView) -> Int? {
        guard let opening = opening(of: firstRecord) else { return nil }
        let pattern = firstRecord.slice(0, count: opening)
        var index = bytes.count - opening
        while index > 0 {
            if bytes.byte(at: index) == 0x7B, bytes.slice(index, count: opening).isEqual(to: pattern),
                follows(0x2C, bytes, before: index)
            {
                return index
            }
            index -= 1
        }
        return nil
    }

    /// After the last line end.
    static func startOfLastLine(_ bytes: ByteView) -> Int? {
        var index = bytes.count
        while index > 0 {
            if bytes.byte(at: index - 1) == 0x0A { return index }
            index -= 1
        }
        return nil
    }

    /// How many bytes a record's brace and first name take; nil if it has none, or a very long one.
    private static func opening(of record: ByteView) -> Int? {
        var index = record.indexAfterSpace(from: 1)
        guard record.byte(at: 0) == 0x7B, record.byte(at: index) == 0x22 else { return nil }
        index += 1
        while index < record.count, record.byte(at: index) != 0x22 {
            if record.byte(at: index) == 0x5C { return nil }
            index += 1
        }
        return index < record.count ? index + 1 : nil
    }

    /// Whether the last byte before `index` that is not white space is `byte`, and the one before that a `}`.
    private static func follows(_ byte: UInt8, _ bytes: ByteView, before index: Int) -> Bool {
        var index = index - 1
        while index > 0, ASCII.isSpace(bytes.byte(at: index)) { index -= 1 }
        guard index > 0, bytes.byte(at: index) == byte else { return false }
        index -= 1
        while index > 0, ASCII.isSpace(bytes.byte(at: index)) { index -= 1 }
        return bytes.byte(at: index) == 0x7D
    }
}
