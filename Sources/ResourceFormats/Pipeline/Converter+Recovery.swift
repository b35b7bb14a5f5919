// Recovery: continuing after a refused record.
extension Converter {
    /// The result of `skipRefusedRecord`.
    public enum Recovery: Sendable {
        /// The conversion can continue; this range of the span was skipped.
        case skipped(Range<Int>)
        /// Call again with the same bytes and more after them.
        case needsMoreInput
        /// The start of the next record cannot be determined; the refused part begins here in the span.
        case impossible(Int)
    }

    /// The range in its span of the record that the last call refused, if the whole record was read and only the writer
    /// or the validator refused it.
    public var refusedRange: Range<Int>? { stream.refusedRange }

    /// Skips the record that the last call refused; `bytes` begins with the bytes that this call left unused.
    public mutating func skipRefusedRecord(_ bytes: Span<UInt8>, isComplete: Bool, used: inout Int) -> Recovery {
        used = 0
        let isReadToItsEnd = stream.refusedRange != nil
        // The position is after a record that is held back, if there is one, and otherwise at the start of `bytes`.
        let start = stream.offset
        switch stream.skipRefusedRecord(bytes, isComplete: isComplete) {
        case .needsMoreInput: return .needsMoreInput
        case .impossible: return .impossible(min(start, bytes.count))
        case .skipped, .skippedBetweenRecords: break
        }
        held.noteRefused()
        if isReadToItsEnd { return .skipped(0..<0) }
        let end = stream.offset
        if held.index == nil { used = stream.release(bytes) }
        return .skipped(start..<end)
    }
}
