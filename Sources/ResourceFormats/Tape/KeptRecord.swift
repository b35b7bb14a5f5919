/// A record that was read, held by reference: for whatever cannot hold a `RecordView`, as a `Decoder` cannot.
///
/// Its values are named by their numbers on the tape, the record itself is 0. A number that is not from this record may
/// not be asked for.
package final class KeptRecord {
    private var lookup = RecordLookup()

    /// A record without members.
    package init() {}

    /// Takes the record that a stream has read last, and leaves the stream another tape.
    package func take(from stream: inout RecordStream) {
        lookup.take(from: &stream)
    }

    // MARK: Structure

    /// What the value is.
    package func kind(of value: Int) -> TapeNode.Kind { lookup.kind(of: value) }

    /// The number after the last one that is inside the value.
    package func end(of value: Int) -> Int { lookup.end(of: value) }

    /// How many elements or members there are.
    package func count(of value: Int) -> Int { lookup.count(of: value) }

    /// The value of the member with a name; 0 if the value has none.
    ///
    /// Members that are asked for in their order are found at once.
    package func member(_ name: String, of object: Int) -> Int { lookup.member(name, of: object) }

    /// The same; 0 for a member that is `null`, too.
    package func memberUnlessNull(_ name: String, of object: Int) -> Int {
        lookup.memberUnlessNull(name, of: object)
    }

    /// The names of the members, in their order.
    package func memberNames(of object: Int) -> [String] { lookup.memberNames(of: object) }

    // MARK: Values

    /// The text of a string and, if kinds were told from texts, of a number or boolean; nil for every other value.
    package func text(of value: Int, takesAll: Bool) -> String? { lookup.text(of: value, takesAll: takesAll) }

    /// A boolean; if kinds were told from texts, that of a text too.
    package func bool(of value: Int, takesText: Bool) -> Bool? { lookup.bool(of: value, takesText: takesText) }

    /// An integer; if kinds were told from texts, that of a text too.
    package func whole(of value: Int, takesText: Bool) -> WholeNumber { lookup.whole(of: value, takesText: takesText) }

    /// The nearest double, infinite beyond the range; nil for what is not a number.
    package func double(of value: Int, takesText: Bool) -> Double? { lookup.double(of: value, takesText: takesText) }

    /// The nearest float, infinite beyond the range; nil for what is not a number.
    package func float(of value: Int, takesText: Bool) -> Float? { lookup.float(of: value, takesText: takesText) }

    /// The text of a number in the grammar of RFC 8259; nil for what is not a number.
    package func number(of value: Int, takesText: Bool) -> String? { lookup.number(of: value, takesText: takesText) }

    /// Whether the value is a text without a character.
    package func isEmptyText(_ value: Int) -> Bool { lookup.isEmptyText(value) }

    // MARK: Errors

    /// An error about a value, or about a member that it lacks.
    package func error(
        _ code: SerializationError.Code, expected: String, found: String? = nil, at value: Int, missing: String? = nil
    ) -> SerializationError {
        lookup.error(code, expected: expected, found: found, at: value, missing: missing)
    }

    /// The steps from the record to a value.
    package func path(to value: Int) -> [RecordStep] { lookup.path(to: value) }

    /// The value at the end of a path, or where the path leaves the record.
    package func value(at path: [RecordStep]) -> Int { lookup.value(at: path) }

    /// An error about the record with the place in the document and its path.
    package func located(
        _ error: SerializationError, by stream: borrowing RecordStream, ofRecord index: Int, in window: Span<UInt8>
    ) -> SerializationError {
        lookup.located(error, by: stream, ofRecord: index, in: window)
    }
}
