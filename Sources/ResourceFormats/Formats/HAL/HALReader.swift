/// Reads HAL: JSON with or without links, and collections in `_embedded`.
///
/// The JSON reader reads the document. `_links` are representation and are removed from the records.
struct HALReader: RecordReader, ~Copyable {
    private var base: JSONReader

    init(schema: Schema, limits: Limits, options: HALOptions) {
        base = JSONReader(
            schema: schema, limits: limits, form: .document, dialect: HALRecordLinks(schema: schema, options: options))
    }

    var document: DocumentInfo { base.document }

    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        try base.read(input, from: &position, isComplete: isComplete, into: &tape)
    }

    mutating func findShape(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) -> ReadProgress {
        // Records are skipped once the document is known to be a collection.
        while base.mayBecomePage, base.shape != .page {
            if base.isInsideCollection, !base.skipRecords(ByteView(input), from: &position) {
                return isComplete ? .end : .needsMoreInput
            }
            do throws(SerializationError) {
                switch try base.read(input, from: &position, isComplete: isComplete, into: &tape) {
                case .needsMoreInput: return .needsMoreInput
                case .end: return .end
                case .record: break
                }
            } catch {
                return .end
            }
        }
        return .end
    }

    var isBetweenRecords: Bool { base.isBetweenRecords }

    mutating func join(_ part: borrowing HALReader, count: Int) {
        base.join(part.base, count: count)
    }

    mutating func skipRecord(_ input: Span<UInt8>, from position: inout Int, isComplete: Bool) -> SkipProgress {
        base.skipRecord(input, from: &position, isComplete: isComplete)
    }
}
