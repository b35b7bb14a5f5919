// Before the first record is written.
extension Converter {
    /// How many bytes at the end of an input `lookAtEnd` asks for.
    public static let tailLength = 64 << 10

    /// Whether all inputs have to be shown to `prepare` first.
    ///
    /// CSV needs to see all records before it writes the first. JSON begins a page in another way than a list, and HAL
    /// and XML tell them apart after the records.
    public var needsFirstPass: Bool { sink.needsFirstPass || needsShape }

    /// Whether it has to be known before the first record if the input is a page.
    private var needsShape: Bool { requestedShape == nil && sink.traits.beginsPagesApart && !stream.isShapeCertain }

    /// Shows the last bytes of the only input, 64 KiB of them if it has as many.
    ///
    /// They may tell what a first pass would be needed for; ask `needsFirstPass` again.
    public mutating func lookAtEnd(_ tail: Span<UInt8>) {
        if needsShape { stream.lookAtEnd(tail) }
    }

    /// Starts on another input, or on the same one anew after a first pass.
    public mutating func beginInput(from source: Format) {
        stream.restart(as: source)
    }

    /// Shows records to the writer before any is written; `used` says how many bytes are not needed again.
    ///
    /// It says `.endOfInput` as soon as it has seen enough.
    public mutating func prepare(
        _ bytes: Span<UInt8>, isComplete: Bool, used: inout Int
    ) throws(SerializationError) -> Progress {
        used = 0
        guard sink.needsFirstPass else {
            return stream.findShape(bytes, isComplete: isComplete, used: &used) == .needsMoreInput
                ? .needsMoreInput : .endOfInput
        }
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
