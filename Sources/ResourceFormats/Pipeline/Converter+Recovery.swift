// Going on after a refused record.
extension Converter {
    /// What came of `skipRefusedRecord`.
    public enum Recovery: Sendable {
        /// The conversion can go on; these bytes of the span were passed over.
        case skipped(Range<Int>)
        /// Show the same bytes again with more after them.
        case needsMoreInput
        /// Nobody can say where the next record begins; what was refused begins here in the span.
        case impossible(Int)
    }

    /// Where the record that the last call refused stood in its span, if it was read to its end and only the writer or
    /// the validator did not want it.
    public var refusedRange: Range<Int>? { stream.refusedRange }

    /// Passes over the record that the last call refused; `bytes` begins with what that call left unused.
    public mutating func skipRefusedRecord(_ bytes: Span<UInt8>, isComplete: Bool, used: inout Int) -> Recovery {
        used = 0
        let isReadToItsEnd = stream.refusedRange != nil
        // The reader stands after a record that is held, and after nothing else that is still shown.
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
