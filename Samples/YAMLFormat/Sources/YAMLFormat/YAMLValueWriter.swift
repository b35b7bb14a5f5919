import ResourceFormats

/// Writes values in block style, each level two spaces further in.
struct YAMLValueWriter {
    /// The longest name that is written without `? ` in front: a reader may look for its colon in 1024 characters only.
    private static let longestName = 1000

    let schema: Schema
    /// How many bytes a record may take, so that readers take it.
    let recordSize: Int

    // MARK: Blocks

    /// Writes the lines of a mapping or sequence that is not empty.
    ///
    /// - Parameters:
    ///   - indentation: How many spaces are in front of each line, except the first if something is there already.
    ///   - isInside: Whether the first line has begun: after the `- ` of a sequence.
    ///   - start: Where the record begins in the output.
    func writeBlock(
        _ value: RecordView, indentation: Int, isInside: Bool = false, from start: Int, into output: inout OutputBuffer
    ) throws(SerializationError) {
        let isMapping = value.kind == .object
        var hasIndentation = isInside
        var children = value.children
        while children.next() {
            if !hasIndentation { append(spaces: indentation, to: &output) }
            hasIndentation = false
            if !isMapping {
                output.append("-")
                if Self.isBlock(children.value) {
                    output.append(" ")
                    try writeBlock(
                        children.value, indentation: indentation + 2, isInside: true, from: start, into: &output)
                    continue
                }
            } else {
                if let key = children.unknownKey {
                    writeName(Self.string(key), indentation: indentation, into: &output)
                } else {
                    writeName(schema.name(of: children.value.field) ?? "", indentation: indentation, into: &output)
                }
                if Self.isBlock(children.value) {
                    output.append("\n")
                    try writeBlock(children.value, indentation: indentation + 2, from: start, into: &output)
                    continue
                }
            }
            output.append(" ")
            writeInline(children.value, indentation: indentation + 2, into: &output)
            guard output.count - start <= recordSize else {
                throw SerializationError(
                    .recordLimit, found: "a record or page that takes more than \(recordSize) bytes in this format",
                    expected: "at most \(recordSize), as readers allow")
            }
        }
    }

    /// Whether a value takes lines of its own.
    static func isBlock(_ value: RecordView) -> Bool {
        var children = value.children
        return children.next()
    }

    /// Writes a value to the end of its line, or on lines of a text that are `indentation` further in.
    private func writeInline(_ value: RecordView, indentation: Int, into output: inout OutputBuffer) {
        switch value.kind {
        case .object: output.append("{}")
        case .array: output.append("[]")
        case .number: output.append(value.text)
        case .bool: output.append((try? value.bool()) == true ? "true" : "false")
        case .string:
            let text = Self.string(value.text)
            if YAMLPlainText.isBlock(text) {
                writeLines(of: text, indentation: indentation, into: &output)
            } else {
                Self.write(text, into: &output)
            }
        case .null, .key: output.append("null")
        }
        output.append("\n")
    }

    // MARK: Texts

    /// Writes a name and its colon.
    func writeName(_ name: String, indentation: Int, into output: inout OutputBuffer) {
        let mark = output.count
        Self.write(name, into: &output)
        if output.count - mark > Self.longestName {
            output.truncate(to: mark)
            output.append("? ")
            Self.write(name, into: &output)
            output.append("\n")
            append(spaces: indentation, to: &output)
        }
        output.append(":")
    }

    /// Writes a text on one line.
    static func write(_ text: String, into output: inout OutputBuffer) {
        guard !YAMLPlainText.isPlain(text) else { return output.append(text: text) }
        output.append("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output.append("\\\"")
            case "\\": output.append("\\\\")
            case "\n": output.append("\\n")
            case "\r": output.append("\\r")
            case "\t": output.append("\\t")
            case _ where !YAMLText.isAllowed(scalar):
                output.append("\\u")
                output.append(text: YAMLText.digits(of: scalar))
            default: UTF8.encode(scalar)?.forEach { output.append($0) }
            }
        }
        output.append("\"")
    }

    /// Writes the lines of a text as a literal block, without the last line end.
    private func writeLines(of text: String, indentation: Int, into output: inout OutputBuffer) {
        let bytes = text.utf8
        let endsLine = bytes.last == 0x0A
        output.append(endsLine ? "|" : "|-")
        for line in (endsLine ? bytes.dropLast() : bytes[...]).split(separator: 0x0A, omittingEmptySubsequences: false)
        {
            output.append("\n")
            if !line.isEmpty { append(spaces: indentation, to: &output) }
            line.forEach { output.append($0) }
        }
    }

    private func append(spaces count: Int, to output: inout OutputBuffer) {
        for _ in 0..<count { output.append(" ") }
    }

    static func string(_ text: Span<UInt8>) -> String {
        String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
    }
}
