import ContentNegotiation

/// The layout of JSON.
public struct JSONOptions: Hashable, Sendable {
    /// Whether the output is indented by two spaces instead of compact.
    public var isPretty: Bool

    /// A layout, compact by default.
    public init(isPretty: Bool = false) {
        self.isPretty = isPretty
    }
}

extension Format {
    /// `application/json`: an item, a list, or a page (RFC 8259).
    public static let json = json(JSONOptions())

    /// `application/json` with options.
    public static func json(_ options: JSONOptions) -> Format {
        Format(
            name: "json", mediaType: MediaType(type: "application", subtype: "json"), fileExtensions: ["json"],
            traits: FormatTraits(
                reservedPageMembers: ["items"],
                endOfRecords: { bytes, first, _ in
                    JSONParts.startOfLastRecord(ByteView(bytes), firstRecord: ByteView(first))
                }, indented: { json(JSONOptions(isPretty: true)) }),
            reader: { JSONReader(schema: $0, limits: $1, form: .document) },
            writer: { JSONWriter(schema: $0, limits: $1, form: .document, options: options) })
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
