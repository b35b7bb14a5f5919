/// A record that was read, or refused, and waits to be taken.
///
/// A class, so that its tape keeps its memory while it wanders between the parser and the queue.
final class XMLQueuedRecord {
    var tape = RecordTape()
    /// Where the record begins and ends, in bytes of text from the start of the document.
    var start = 0
    var end = 0
    /// Why it is refused.
    var refusal: SerializationError?
}

/// Records in the order of the document, between a parser that is fed blocks and a reader that gives them one by one.
struct XMLRecordQueue {
    private var waiting: [XMLQueuedRecord] = []
    private var taken = 0
    private var spare: [XMLQueuedRecord] = []

    var isEmpty: Bool { taken == waiting.count }

    /// The next record, which stays where it is.
    var first: XMLQueuedRecord? { isEmpty ? nil : waiting[taken] }

    /// Takes the record off a tape, which becomes another one.
    mutating func append(_ tape: inout RecordTape, start: Int, end: Int, refusal: SerializationError?) {
        let record = spare.popLast() ?? XMLQueuedRecord()
        swap(&record.tape, &tape)
        record.start = start
        record.end = end
        record.refusal = refusal
        waiting.append(record)
    }

    /// Forgets the first record and keeps its memory.
    mutating func removeFirst() {
        guard !isEmpty else { return }
        spare.append(waiting[taken])
        taken += 1
        if isEmpty {
            waiting.removeAll(keepingCapacity: true)
            taken = 0
        }
    }
}
