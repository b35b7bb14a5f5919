/// The first record of a document, held back until it is known whether it is an item or the first of a list.
struct HeldRecord: ~Copyable {
    /// The tape of the record; meaningless while no record is held.
    private(set) var tape = RecordTape()
    /// The index of the record in its input; nil while no record is held.
    private(set) var index: Int?
    /// Whether something after the record was refused and skipped, so that the record is not alone in its input.
    private(set) var isFollowed = false

    /// Takes the current record from a stream.
    mutating func take(from stream: inout RecordStream) {
        swap(&tape, &stream.tape)
        index = stream.recordCount - 1
    }

    /// Records that something after the held record was refused and skipped.
    mutating func noteRefused() {
        isFollowed = index != nil
    }

    /// Releases the record; its tape stays until the next record is taken.
    mutating func drop() {
        index = nil
        isFollowed = false
    }

    /// Releases bytes at the start of the window, and returns their number.
    ///
    /// The bytes of a held record stay in the window, so that an error about the record has a place.
    mutating func release(_ window: Span<UInt8>, of stream: inout RecordStream) -> Int {
        guard index != nil else { return stream.release(window) }
        let count = stream.release(window, upTo: tape.recordOffset)
        tape.moveSource(by: -count)
        return count
    }
}
