/// The first record of a document, kept while it is not known whether it is an item or the first of a list.
struct HeldRecord: ~Copyable {
    /// The record's tape; of no meaning while nothing is held.
    private(set) var tape = RecordTape()
    /// Which record of its input it is; nil while nothing is held.
    private(set) var index: Int?
    /// Whether something after it was refused and passed over, so that it is not the only thing in its input.
    private(set) var isFollowed = false

    /// Takes the record at hand off a stream.
    mutating func take(from stream: inout RecordStream) {
        swap(&tape, &stream.tape)
        index = stream.recordCount - 1
    }

    /// Says that what came after the record, if one is held, was refused and passed over.
    mutating func noteRefused() {
        isFollowed = index != nil
    }

    /// Holds nothing any longer; the tape stays until the next record is taken.
    mutating func drop() {
        index = nil
        isFollowed = false
    }

    /// Drops bytes at the start of the window.
    ///
    /// The bytes of a record that is held stay in the window, so that an error of it has a place.
    mutating func release(_ window: Span<UInt8>, of stream: inout RecordStream) -> Int {
        guard index != nil else { return stream.release(window) }
        let count = stream.release(window, upTo: tape.recordOffset)
        tape.moveSource(by: -count)
        return count
    }
}
