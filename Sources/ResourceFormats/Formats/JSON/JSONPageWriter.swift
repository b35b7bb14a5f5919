/// Writes the members of a page around its records.
struct JSONPageWriter: Sendable {
    private let isPretty: Bool
    private let values = JSONValueWriter(forCheckedRecordsOf: .withoutFields)

    init(isPretty: Bool) {
        self.isPretty = isPretty
    }

    /// Appends the members after the records, each after a comma.
    ///
    /// - Throws: `.notRepresentable` for a member whose name readers of pages reserve.
    func write(_ page: PageInfo, into output: inout OutputBuffer) throws(SerializationError) {
        writeName("total", into: &output)
        if let total = page.total { output.append(text: total.text) } else { output.append("null") }
        writeName("nextCursor", into: &output)
        write(page.nextCursor, into: &output)
        writeName("previousCursor", into: &output)
        write(page.previousCursor, into: &output)
        guard !page.otherMembers.isEmpty else { return }
        var tape = RecordTape()
        try page.otherMembers.read(onto: &tape)
        guard let record = tape.record else { return }
        var children = record.children
        while children.next() {
            guard let key = children.key else { continue }
            let name = key.bytes.string()
            if Format.reservedPageMembers.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
                throw SerializationError(
                    .notRepresentable, found: "the page member \"\(name)\"",
                    expected: "a name that pages do not use for something else", path: "$.\(name)")
            }
            output.append(0x2C)
            breakLine(1, &output)
            JSONText.appendString(key.bytes, to: &output)
            output.append(0x3A)
            if isPretty {
                output.append(0x20)
                try values.writePretty(children.value, indentation: 1, to: &output)
            } else {
                try values.write(children.value, to: &output)
            }
        }
    }

    private func writeName(_ name: StaticString, into output: inout OutputBuffer) {
        output.append(0x2C)
        breakLine(1, &output)
        output.append(0x22)
        output.append(name)
        output.append(isPretty ? "\": " : "\":")
    }

    private func write(_ text: String?, into output: inout OutputBuffer) {
        guard let text else { return output.append("null") }
        output.appendJSONString(text)
    }

    /// Begins a new line, if the layout is indented.
    func breakLine(_ indentation: Int, _ output: inout OutputBuffer) {
        guard isPretty else { return }
        output.append(0x0A)
        output.append(spaces: 2 * indentation)
    }
}
