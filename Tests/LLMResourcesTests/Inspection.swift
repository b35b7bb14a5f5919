import LLMResources
import ResourceFormats

/// What a refused operation says.
enum Refusal {
    static func of(_ operation: () throws(SerializationError) -> Void) -> String? {
        do {
            try operation()
            return nil
        } catch {
            return error.description
        }
    }
}

/// What is on the tape that the JSON reader makes.
enum ReaderOutline {
    /// Every value's outline; nil if the text is refused.
    static func of(_ json: String) throws -> String? {
        let bytes = Array(json.utf8)
        return try Format.json.decode(Outline.self, from: bytes.span).text
    }

    /// A resource that remembers the tape it is read from.
    private struct Outline: Resource {
        typealias Field = LargeLanguageModel.Field
        static var schema: Schema { LargeLanguageModel.schema }
        let text: String

        init(_ record: RecordView) {
            text = record.outline
        }

        func write(to tape: inout RecordTape) {}
    }
}

extension RecordView {
    /// Kinds, fields and texts of a value and everything inside, as one line.
    var outline: String {
        var line = "\(kind)#\(field.rawValue)"
        for index in text.indices { line += "-\(text[index])" }
        var children = self.children
        while children.next() {
            if let key = children.unknownKey {
                line += " key"
                for index in key.indices { line += "-\(key[index])" }
            }
            line += " (" + children.value.outline + ")"
        }
        return line
    }

    /// Whether a value of the field stands in here.
    func holds(_ wanted: FieldID) -> Bool {
        if field == wanted { return true }
        var children = self.children
        while children.next() {
            if children.value.holds(wanted) { return true }
        }
        return false
    }
}

extension RecordTape {
    /// Copies a record without the values of one field.
    mutating func copy(_ value: RecordView, except field: FieldID) throws(SerializationError) {
        switch value.kind {
        case .object:
            beginObject(value.field)
            try copyChildren(of: value, except: field)
            endObject()
        case .array:
            beginArray(value.field)
            try copyChildren(of: value, except: field)
            endArray()
        case .string: append(string: value.text, to: value.field)
        case .number: append(number: value.text, to: value.field)
        case .bool: append(try value.bool(), to: value.field)
        case .null: appendNull(to: value.field)
        case .key: break
        }
    }

    private mutating func copyChildren(of container: RecordView, except field: FieldID) throws(SerializationError) {
        var children = container.children
        while children.next() {
            if children.value.field == field { continue }
            if let key = children.unknownKey { append(unknownKey: key) }
            try copy(children.value, except: field)
        }
    }
}

extension Format {
    /// A format that cannot say `true` in places that the schema does not know.
    static func refusingUnknownTrue(inFirstPass: Bool) -> Format {
        Format(
            name: "test", mediaType: Format.json.mediaType, fileExtensions: [], reader: { _, _ in EmptyReader() },
            writer: { _, _ in RefusingWriter(needsFirstPass: inFirstPass) })
    }
}

private struct EmptyReader: RecordReader {
    var document: DocumentInfo { DocumentInfo(shape: .list) }

    mutating func read(
        _ input: Span<UInt8>, from position: inout Int, isComplete: Bool, into tape: inout RecordTape
    ) throws(SerializationError) -> ReadProgress {
        .end
    }
}

private struct RefusingWriter: RecordWriter {
    let needsFirstPass: Bool

    mutating func prepare(for record: RecordView) throws(SerializationError) {
        try refuseTrue(in: record)
    }

    mutating func begin(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}

    mutating func write(_ record: RecordView, into output: inout OutputBuffer) throws(SerializationError) {
        try refuseTrue(in: record)
    }

    mutating func end(_ document: DocumentInfo, into output: inout OutputBuffer) throws(SerializationError) {}

    private func refuseTrue(in value: RecordView) throws(SerializationError) {
        if value.field == .unknown, value.kind == .bool, try value.bool() {
            throw value.unexpectedKind(expected: "anything else")
        }
        var children = value.children
        while children.next() { try refuseTrue(in: children.value) }
    }
}
