import ContentNegotiation

/// How CSV is laid out.
public struct CSVOptions: Hashable, Sendable {
    /// What becomes of arrays.
    public enum Arrays: Hashable, Sendable {
        /// A column for each element, `x[0]`.
        case index
        /// JSON in one cell for each outermost array that is not empty.
        case json
    }

    /// The names of the columns to write, or of a headerless input's columns; nil for all there are.
    public var columns: [String]?
    /// What becomes of arrays.
    public var arrays: Arrays
    /// The delimiter, an ASCII character; nil for a comma when writing and for what the header shows when reading.
    public var delimiter: UInt8?
    /// Whether the first row names the columns (RFC 4180 section 3, parameter `header`).
    public var hasHeader: Bool
    /// Whether cells are guarded against what spreadsheet programs do to texts and numbers.
    public var isForSpreadsheets: Bool

    /// RFC 4180 with a header and every column, unless told otherwise.
    public init(
        columns: [String]? = nil, arrays: Arrays = .index, delimiter: UInt8? = nil, hasHeader: Bool = true,
        isForSpreadsheets: Bool = false
    ) {
        self.columns = columns
        self.arrays = arrays
        self.delimiter = delimiter
        self.hasHeader = hasHeader
        self.isForSpreadsheets = isForSpreadsheets
    }

    /// Whether a character can separate cells: ASCII, and neither a quote nor part of a line end.
    public static func isDelimiter(_ byte: UInt8) -> Bool {
        byte < 0x80 && byte != 0x22 && byte != 0x0A && byte != 0x0D && byte != 0
    }
}

extension Format {
    /// `text/csv` with a header row, comma and CR LF (RFC 4180); nested values become columns.
    public static let csv = csv(CSVOptions())

    /// `text/csv` with options.
    public static func csv(_ options: CSVOptions) -> Format {
        let header = MediaType.Parameter(name: "header", value: options.hasHeader ? "present" : "absent")
        return Format(
            name: "csv", mediaType: MediaType(type: "text", subtype: "csv", parameters: [header]),
            fileExtensions: ["csv"],
            traits: FormatTraits(
                keepsMemberOrder: false, distinguishesShapes: false, pageMembers: .none, infersKinds: true,
                takesEmptyAsAbsent: true,
                endOfRecords: { bytes, _, _ in CSVRowScanner.startOfLastRow(ByteView(bytes)) }),
            reader: { CSVReader(schema: $0, limits: $1, options: options) },
            writer: { CSVWriter(schema: $0, limits: $1, options: options) })
    }
}
