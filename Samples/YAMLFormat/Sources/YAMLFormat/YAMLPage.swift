import ResourceFormats

/// What a page says besides its records: read from the members of a mapping.
enum YAMLPage {
    static let items = Array("items".utf8)
    private static let total = Array("total".utf8)
    private static let nextCursor = Array("nextCursor".utf8)
    private static let previousCursor = Array("previousCursor".utf8)

    /// The names of members that have a place of their own in `PageInfo`.
    static let documented: Set<[UInt8]> = [total, nextCursor, previousCursor]

    /// Adds the members of an object.
    ///
    /// - Parameter values: Where those of `documented` stand.
    static func add(
        _ members: RecordView, _ values: [[UInt8]: YAMLEvent], _ cursor: YAMLCursor, to page: inout PageInfo
    ) throws(SerializationError) {
        var children = members.children
        while children.next() {
            guard let key = children.unknownKey else { continue }
            let name = key.indices.map { key[$0] }
            let value = children.value
            switch (name, value.kind) {
            case (total, .number): page.total = try value.number()
            case (nextCursor, .string): page.nextCursor = try value.string()
            case (previousCursor, .string): page.previousCursor = try value.string()
            case (total, .null), (nextCursor, .null), (previousCursor, .null): break
            case (total, _), (nextCursor, _), (previousCursor, _):
                let path = "$" + YAMLText.step(to: name)
                let expected = name == total ? "a number or null" : "a string or null"
                guard let event = values[name] else {
                    throw SerializationError(.wrongKind, found: "another value", expected: expected, path: path)
                }
                throw cursor.error(.wrongKind, event.summary, expected, event, path)
            default: page.otherMembers.append(children)
            }
        }
    }
}
