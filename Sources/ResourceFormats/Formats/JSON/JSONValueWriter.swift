/// Writes one value as JSON, compact or indented by two spaces.
///
/// It is for programs that keep single records, such as a store, and for the writers of flat formats, which have no
/// notation of their own for an array or object. `JSONValueReader` reads such values. To write documents, use a
/// `Converter`.
public struct JSONValueWriter: Sendable {
    private let names: JSONNames
    /// The schema against which records that were built by hand are checked; nil if every record has been checked
    /// before.
    private let checked: CheckedSchema?

    /// A reference to a schema, one word wide, because the writer is passed along for every value.
    private final class CheckedSchema: Sendable {
        let schema: Schema

        init(_ schema: Schema) {
            self.schema = schema
        }
    }

    /// A writer for values on tapes of one schema.
    public init(schema: Schema) {
        names = schema.jsonNames
        checked = CheckedSchema(schema)
    }

    /// A writer for values of records that need no check, or were checked before.
    init(forCheckedRecordsOf schema: Schema) {
        names = schema.jsonNames
        checked = nil
    }

    /// Writes a value without white space and without a line feed.
    ///
    /// - Throws: The errors of `RecordTape.check`, for a tape that was built by hand; `.depthLimit` for a value that is
    ///   nested more than 1,000 levels deep.
    @inline(__always)
    public func write(_ value: RecordView, to output: inout OutputBuffer) throws(SerializationError) {
        if value.isUnchecked, let checked { try value.checkIfBuilt(against: checked.schema) }
        if value.index == 0, value.isCompactJSON {
            output.append(value.source)
            return
        }
        try writeCompact(value, stop: JSONStringStop(), level: 1, to: &output)
    }

    /// Writes a value without white space for a CSV cell, in which U+007F is escaped as well.
    func writeCell(_ value: RecordView, to output: inout OutputBuffer) throws(SerializationError) {
        try writeCompact(value, stop: JSONCellStop(), level: 1, to: &output)
    }

    private func writeCompact(
        _ value: RecordView, stop: some ByteStop, level: Int, to output: inout OutputBuffer
    ) throws(SerializationError) {
        let node = value.node
        guard node.isContainer else { return writeScalar(value, node, stop: stop, to: &output) }
        guard level <= Self.deepest else { throw tooDeep(value) }
        let isObject = node.kind == .object
        output.append(isObject ? 0x7B : 0x5B)
        var index = value.index &+ 1
        let end = value.end
        var isFirst = true
        while index < end {
            if !isFirst { output.append(0x2C) }
            isFirst = false
            var child = value.nodes[index]
            if isObject {
                if child.kind == .key {
                    writeString(value.text(of: child), isPlain: isPlain(child, stop), stop: stop, to: &output)
                    output.append(0x3A)
                    index &+= 1
                    child = value.nodes[index]
                } else {
                    writeName(of: child.field, to: &output)
                }
            }
            if child.isContainer {
                try writeCompact(value.view(at: index), stop: stop, level: level &+ 1, to: &output)
            } else {
                writeScalar(value, child, stop: stop, to: &output)
            }
            index &+= child.extent
        }
        output.append(isObject ? 0x7D : 0x5D)
    }

    /// Writes a value over several lines; the first line must be indented already.
    func writePretty(
        _ value: RecordView, indentation: Int, to output: inout OutputBuffer
    ) throws(SerializationError) {
        let node = value.node
        guard node.isContainer, node.count > 0 else {
            return try writeCompact(value, stop: JSONStringStop(), level: 1, to: &output)
        }
        guard indentation <= Self.deepest + 2 else { throw tooDeep(value) }
        output.append(node.kind == .object ? 0x7B : 0x5B)
        var children = value.children
        var isFirst = true
        while children.next() {
            if !isFirst { output.append(0x2C) }
            isFirst = false
            output.append(0x0A)
            output.append(spaces: 2 * (indentation + 1))
            if let key = children.key {
                JSONText.appendString(key.bytes, to: &output)
                output.append(0x3A)
                output.append(0x20)
            } else if node.kind == .object {
                writeName(of: children.value.field, to: &output)
                output.append(0x20)
            }
            try writePretty(children.value, indentation: indentation + 1, to: &output)
            // Indentation can turn two bytes into a hundred.
            try output.checkBound()
        }
        output.append(0x0A)
        output.append(spaces: 2 * indentation)
        output.append(node.kind == .object ? 0x7D : 0x5D)
    }

    /// The deepest level: readers build tapes at most `Limits.depth` deep, so this bounds the stack for those made by
    /// hand.
    private static var deepest: Int { 1000 }

    private func tooDeep(_ value: RecordView) -> SerializationError {
        SerializationError(
            .depthLimit, found: "nesting deeper than \(Self.deepest)", expected: "at most \(Self.deepest) levels",
            at: value)
    }

    @inline(__always)
    private func writeName(of field: FieldID, to output: inout OutputBuffer) {
        names.texts.append(field.index, to: &output)
    }

    @inline(__always)
    private func writeScalar(
        _ value: RecordView, _ node: TapeNode, stop: some ByteStop, to output: inout OutputBuffer
    ) {
        switch node.kind {
        case .string: writeString(value.text(of: node), isPlain: isPlain(node, stop), stop: stop, to: &output)
        case .number: output.append(value.text(of: node))
        case .bool: if node.flags.contains(.isTrue) { output.append("true") } else { output.append("false") }
        case .null: output.append("null")
        case .key, .object, .array: break  // Handled where a value is looked at.
        }
    }

    /// Whether the text can be copied without a scan; the flag does not cover U+007F.
    @inline(__always)
    private func isPlain<Stop: ByteStop>(_ node: TapeNode, _ stop: Stop) -> Bool {
        stop is JSONStringStop && node.flags.contains(.plain)
    }

    @inline(__always)
    private func writeString(_ text: ByteView, isPlain: Bool, stop: some ByteStop, to output: inout OutputBuffer) {
        if isPlain {
            output.append(0x22)
            output.append(text)
            output.append(0x22)
        } else if stop is JSONCellStop {
            JSONText.appendCellString(text, to: &output)
        } else {
            JSONText.appendString(text, to: &output)
        }
    }
}

/// The names of a schema's fields as JSON; compiled with the schema, because every document has a writer of its own.
struct JSONNames: Sendable {
    /// The `"name":` of each field; nothing for elements of arrays.
    private(set) var texts = RenderedTexts()

    /// The names of places; nil for elements of arrays.
    init(_ names: [String?]) {
        for name in names {
            var output = OutputBuffer(minimumCapacity: 64)
            if let name {
                output.appendJSONString(name)
                output.append(0x3A)
            }
            texts.add(output.array())
        }
    }
}
