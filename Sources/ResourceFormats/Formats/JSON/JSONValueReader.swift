/// Reads values out of JSON texts that stand inside a document of another format, such as the cells of a table.
///
/// For the readers of flat formats, which have no way of their own to say an array or object; their writers say it with
/// `JSONValueWriter`. It reads what the JSON reader reads, and refuses the same.
public struct JSONValueReader: ~Copyable, Sendable {
    private var parser: JSONParser

    /// A reader of the values of one document.
    public init(schema: Schema, limits: Limits) {
        parser = JSONParser(schema: schema, limits: limits, copiesText: true)
    }

    /// Appends the one value that stands at a place in the input to the tape, on which a container is open.
    ///
    /// - Parameters:
    ///   - input: The bytes that the format's reader was given.
    ///   - place: Where in them the text stands, all of it; white space around the value is passed over.
    ///   - field: The field whose value it is. The name of a member that has none is on the tape already.
    ///   - depth: How many containers are open, 1 for a member of the record itself.
    ///   - index: Which record of the list it is, from 0 on; the paths of errors begin with it.
    ///   - start: Where in the input the record begins.
    ///   - tape: The tape; what a refused value has left there is of no use.
    /// - Throws: What the JSON reader throws, with an offset in `input` and a path.
    public mutating func read(
        _ input: Span<UInt8>, at place: Range<Int>, to field: FieldID, inside depth: Int = 1, ofRecord index: Int,
        from start: Int, into tape: inout RecordTape
    ) throws(SerializationError) {
        // If not, the tape keeps why, as it does for every value.
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
            // Cannot be: the parser was told that there is no more.
            throw SerializationError(
                .unexpectedEnd, found: "the end of the text", expected: "a JSON value", offset: place.upperBound)
        }
    }
}
