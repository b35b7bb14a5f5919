import ContentNegotiation

/// The layout of CSV.
public struct CSVOptions: Hashable, Sendable {
    /// The representation of arrays.
    public enum Arrays: Hashable, Sendable {
        /// A column for each element, `x[0]`.
        case index
        /// JSON in one cell for each outermost non-empty array.
        case json
    }

    /// The end of a row.
    public enum LineEnd: Hashable, Sendable {
        /// CR LF (RFC 4180).
        case crlf
        /// LF.
        case lf
    }

    /// The names of the columns to write, or of the columns of an input without a header; nil for all columns.
    public var columns: [String]?
    /// The representation of arrays.
    public var arrays: Arrays
    /// The delimiter, an ASCII character.
    ///
    /// If it is nil, a writer uses a comma, and a reader detects the delimiter in the header.
    public var delimiter: UInt8?
    /// Whether the first row names the columns (RFC 4180 section 3, parameter `header`).
    public var hasHeader: Bool
    /// Whether cells are guarded against the changes that spreadsheet programs make to texts and numbers.
    public var isForSpreadsheets: Bool
    /// The end of the rows that are written.
    public var lineEnd: LineEnd
    /// The number of lines at the start of an input that are not read.
    public var skippedLines: Int
    /// The ASCII character that begins lines of an input that are not read, unless it stands in quotes; nil for none.
    public var comment: UInt8?
    /// The texts that mean `null` where they are the whole of an unquoted cell, besides `null` itself.
    ///
    /// An empty text has no effect: an empty cell is no value.
    public var nullTexts: [String]
    /// Whether spaces and tabs around cells and column names are not part of them, except in quotes.
    public var trimsCells: Bool
    /// Whether blank and double column names of an input are replaced by others, with a note, and not refused.
    public var renamesColumns: Bool

    /// The given layout, by default RFC 4180 with a header and all columns.
    public init(
        columns: [String]? = nil, arrays: Arrays = .index, delimiter: UInt8? = nil, hasHeader: Bool = true,
        isForSpreadsheets: Bool = false, lineEnd: LineEnd = .crlf, skippedLines: Int = 0, comment: UInt8? = nil,
        nullTexts: [String] = [], trimsCells: Bool = false, renamesColumns: Bool = false
    ) {
        self.columns = columns
        self.arrays = arrays
        self.delimiter = delimiter
        self.hasHeader = hasHeader
        self.isForSpreadsheets = isForSpreadsheets
        self.lineEnd = lineEnd
        self.skippedLines = skippedLines
        self.comment = comment
        self.nullTexts = nullTexts
        self.trimsCells = trimsCells
        self.renamesColumns = renamesColumns
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
        return table(
            "csv", MediaType(type: "text", subtype: "csv", parameters: [header]), fileExtensions: ["csv"], options)
    }

    /// `text/tab-separated-values`: CSV with a tab between cells.
    public static let tsv = tsv(CSVOptions())

    /// `text/tab-separated-values` with options; the delimiter is always a tab.
    public static func tsv(_ options: CSVOptions) -> Format {
        var options = options
        options.delimiter = 0x09
        return table(
            "tsv", MediaType(type: "text", subtype: "tab-separated-values"), fileExtensions: ["tsv", "tab"], options)
    }

    private static func table(
        _ name: String, _ mediaType: MediaType, fileExtensions: [String], _ options: CSVOptions
    ) -> Format {
        Format(
            name: name, mediaType: mediaType, fileExtensions: fileExtensions,
            traits: FormatTraits(
                keepsMemberOrder: false, distinguishesShapes: false, pageMembers: .none, infersKinds: true,
                takesEmptyAsAbsent: true,
                endOfRecords: { bytes, _, _ in CSVRowScanner.startOfLastRow(ByteView(bytes)) }),
            reader: { CSVReader(schema: $0, limits: $1, options: options) },
            writer: { CSVWriter(schema: $0, limits: $1, options: options) })
    }
}
