import ContentNegotiation

/// The layout of JSON, and the place of the records in a document that is read.
public struct JSONOptions: Hashable, Sendable {
    /// Whether the output is indented by two spaces instead of compact.
    public var isPretty: Bool
    /// Where the records of an input are; nil for an item, a list or a page.
    public var records: RecordsPath?

    /// A layout, compact by default, and the place of the records in an input.
    public init(isPretty: Bool = false, records: RecordsPath? = nil) {
        self.isPretty = isPretty
        self.records = records
    }
}

extension Format {
    /// `application/json`: an item, a list, or a page (RFC 8259).
    public static let json = json(JSONOptions())

    /// `application/json` with options.
    public static func json(_ options: JSONOptions) -> Format {
        if let records = options.records {
            return json(options, endOfRecords: nil) { JSONRecordsReader(schema: $0, limits: $1, path: records) }
        }
        return json(
            options,
            endOfRecords: { bytes, first, _ in
                JSONParts.startOfLastRecord(ByteView(bytes), firstRecord: ByteView(first))
            }, reader: { JSONReader(schema: $0, limits: $1, form: .document) })
    }

    private static func json<Reader: RecordReader & ~Copyable>(
        _ options: JSONOptions, endOfRecords: (@Sendable (Span<UInt8>, Span<UInt8>, Schema) -> Int?)?,
        reader: @escaping @Sendable (Schema, Limits) -> Reader
    ) -> Format {
        Format(
            name: "json", mediaType: MediaType(type: "application", subtype: "json"), fileExtensions: ["json"],
            traits: FormatTraits(
                reservedPageMembers: ["items"], fragments: .separatedByCommas, endOfRecords: endOfRecords,
                indented: { json(JSONOptions(isPretty: true, records: options.records)) }),
            reader: reader, writer: { JSONWriter(schema: $0, limits: $1, form: .document, options: options) })
    }

    /// `application/x-ndjson`: one object on each line.
    public static let jsonLines = Format(
        name: "jsonl", mediaType: MediaType(type: "application", subtype: "x-ndjson"),
        fileExtensions: ["jsonl", "ndjson"],
        traits: FormatTraits(
            aliases: ["ndjson"], distinguishesShapes: false, pageMembers: .none,
            endOfRecords: { bytes, _, _ in JSONParts.startOfLastLine(ByteView(bytes)) }),
        reader: { JSONReader(schema: $0, limits: $1, form: .lines) },
        writer: { JSONWriter(schema: $0, limits: $1, form: .lines, options: JSONOptions()) })
}

/// The form of a JSON input: one document, lines of one object each, or objects one after another with any line breaks.
enum JSONForm: Sendable {
    case document
    case lines
    case objects
}
