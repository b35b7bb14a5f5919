/// Reads values from JSON texts inside a document of another format, such as the cells of a table.
///
/// It is for the readers of flat formats, which have no notation of their own for an array or object; their writers use
/// `JSONValueWriter`. It accepts and refuses exactly what the JSON reader does.
public struct JSONValueReader: ~Copyable, Sendable {
    private var parser: JSONParser

    /// A reader of the values of one document.
    public init(schema: Schema, limits: Limits) {
        parser = JSONParser(schema: schema, limits: limits, copiesText: true)
    }

    /// Appends the value at a place in the input to the tape, on which a container must be open.
    ///
    /// - Parameters:
    ///   - input: The bytes that were passed to the format's reader.
    ///   - place: The range of the whole text in them; white space around the value is skipped.
    ///   - field: The field of the value. If it is unknown, the name of the member must be on the tape already.
    ///   - depth: The number of open containers, 1 for a member of the record itself.
    ///   - index: The index of the record in the list, with which the paths of errors begin.
    ///   - start: The offset at which the record begins in the input.
    ///   - tape: The tape; its content is useless after an error.
    /// - Throws: The errors of the JSON reader, with an offset in `input` and a path.
    public mutating func read(
        _ input: Span<UInt8>, at place: Range<Int>, to field: FieldID, inside depth: Int = 1, ofRecord index: Int,
        from start: Int, into tape: inout RecordTape
    ) throws(SerializationError) {
        // Otherwise the tape keeps the fault, as it does for every value.
        guard tape.takes(field) else { return }
        let place = place.clamped(to: 0..<input.count)
        let text = ByteView(input).slice(0, count: place.upperBound)
        parser.place = .list(index)
        do throws(ParseStop) {
            try parser.parseWholeValue(
                text, from: place.lowerBound, recordStart: min(max(start, 0), place.lowerBound), field: field,
                depth: depth, into: &tape)
        } catch .refused(let error) {
            throw error
        } catch {
            // This cannot happen, because the parser has all of its input.
            throw SerializationError(
                .unexpectedEnd, found: "the end of the text", expected: "a JSON value", offset: place.upperBound)
        }
    }
}
