// The first pass, before the first record is written.
extension Converter {
    /// The number of bytes that `lookAtEnd` needs from the end of an input.
    public static let tailLength = 64 << 10

    /// Whether all inputs have to be passed to `prepare` first.
    ///
    /// CSV needs all records before it writes the first. JSON begins a page in another way than a list; HAL and XML
    /// tell them apart after the records.
    public var needsFirstPass: Bool { sink.needsFirstPass || needsShape }

    /// Whether the first record cannot be written before it is known whether the input is a page.
    private var needsShape: Bool { requestedShape == nil && sink.traits.beginsPagesApart && !stream.isShapeCertain }

    /// Looks at the last bytes of the only input: `tailLength` of them, or all if it is shorter.
    ///
    /// They may make a first pass unnecessary, so read `needsFirstPass` again afterwards.
    public mutating func lookAtEnd(_ tail: Span<UInt8>) {
        if needsShape { stream.lookAtEnd(tail) }
    }

    /// Begins another input, or the same one again after a first pass.
    public mutating func beginInput(from source: Format) {
        stream.restart(as: source)
    }

    /// Makes the first pass over records, before any is written; sets `used` to the number of bytes not needed again.
    ///
    /// Returns `.endOfInput` as soon as it needs no more input.
    public mutating func prepare(
        _ bytes: Span<UInt8>, isComplete: Bool, used: inout Int
    ) throws(SerializationError) -> Progress {
        used = 0
        guard sink.needsFirstPass else {
            return stream.findShape(bytes, isComplete: isComplete, used: &used) == .needsMoreInput
                ? .needsMoreInput : .endOfInput
        }
        stream.beginPass(isFirst: true)
        defer { used = stream.release(bytes) }
        while true {
            switch try stream.next(bytes, isComplete: isComplete) {
            case .needsMoreInput: return .needsMoreInput
            case .end: return .endOfInput
            case .record: break
            }
            do throws(SerializationError) {
                if let record = stream.record { try sink.prepare(for: record) }
            } catch {
                throw stream.refuse(error, at: place(ofRecord: stream.recordCount - 1), bytes)
            }
        }
    }
}
