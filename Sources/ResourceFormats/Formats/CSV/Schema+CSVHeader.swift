extension Schema {
    /// The header row of a CSV document that has every known field, with one element in every array; ends with CR LF.
    ///
    /// An object with the members of another one is one column. It is what the CSV writer makes of a record in which all of them are filled.
    public var csvHeader: String {
        var tape = RecordTape()
        tape.beginObject(.record)
        for member in members(of: .record) { appendExample(of: member, to: &tape) }
        tape.endObject()
        var sink = RecordSink(.csv, schema: self)
        var output = OutputBuffer()
        do {
            if let record = tape.record { try sink.prepare(for: record) }
            try sink.begin(.list, into: &output)
        } catch {
            return ""  // A record of short texts is never refused.
        }
        return output.bytes.view.string()
    }

    private func appendExample(of place: FieldID, to tape: inout RecordTape) {
        switch kind(of: place) {
        case .object:
            tape.beginObject(place)
            // An object inside one of the same form has no columns: there is no end to them.
            if owner(ofMembersAt: place) == place {
                for member in members(of: place) { appendExample(of: member, to: &tape) }
            }
            tape.endObject()
        case .array:
            tape.beginArray(place)
            appendExample(of: elements(of: place), to: &tape)
            tape.endArray()
        case .string, .number, .boolean, nil: tape.append("x", to: place)
        }
    }
}
