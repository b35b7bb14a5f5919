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

    /// Whether a cell says what its value is where the text alone would come back as something else.
    public enum Tags: Hashable, Sendable {
        /// Tags such as `\s:` where they are needed, and `null`, `[]` and `{}`: everything comes back.
        case written
        /// Only texts, for consumers that know no tags; a note says how many values do not come back.
        case none
    }

    /// The names of the columns to write, or of the columns of an input without a header; nil for all columns.
    public var columns: [String]?
    /// The name of a column that holds, as a JSON object, all that has no other; nil for none.
    ///
    /// With one, the columns are those of the schema and arrays are JSON, as `TableLayout.Columns.ofSchema` has it,
    /// whatever `columns` and `arrays` say. It is written in UTF-8 alone.
    public var restColumn: String?
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
    /// Whether cells have tags; without them cells are not guarded against spreadsheet programs either.
    ///
    /// A reader always takes them.
    public var tags: Tags
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

    /// The encoding that tables are written in: a name that `supports(encoding:)` accepts.
    ///
    /// A record with a character that the encoding does not have is refused.
    public var encoding: String

    /// The encoding of tables that are read; nil for UTF-8.
    ///
    /// A byte order mark of UTF-8, UTF-16 or UTF-32 goes before it.
    public var inputEncoding: String?

    /// The given layout, by default RFC 4180 with a header and all columns.
    public init(
        columns: [String]? = nil, arrays: Arrays = .index, delimiter: UInt8? = nil, hasHeader: Bool = true,
        isForSpreadsheets: Bool = false, tags: Tags = .written, lineEnd: LineEnd = .crlf, skippedLines: Int = 0,
        comment: UInt8? = nil,
        nullTexts: [String] = [], trimsCells: Bool = false, renamesColumns: Bool = false,
        encoding: String = "UTF-8", inputEncoding: String? = nil, restColumn: String? = nil
    ) {
        self.columns = columns
        self.arrays = arrays
        self.delimiter = delimiter
        self.hasHeader = hasHeader
        self.isForSpreadsheets = isForSpreadsheets
        self.tags = tags
        self.lineEnd = lineEnd
        self.skippedLines = skippedLines
        self.comment = comment
        self.nullTexts = nullTexts
        self.trimsCells = trimsCells
        self.renamesColumns = renamesColumns
        self.encoding = encoding
        self.inputEncoding = inputEncoding
        self.restColumn = restColumn
    }

    /// The same options with the columns of a layout.
    func inLayout(_ layout: TableLayout) -> CSVOptions {
        var options = self
        options.isForSpreadsheets = layout.isForSpreadsheets
        switch layout.columns {
        case .ofDocument: (options.columns, options.restColumn) = (nil, nil)
        case .named(let names):
            (options.columns, options.restColumn) = (names, nil)
            let namesElements = names.contains { $0.utf8.contains(UInt8(ascii: "[")) }
            options.arrays = namesElements ? .index : .json
        case .ofSchema(let rest): (options.columns, options.restColumn) = (nil, rest)
        }
        return options
    }

    /// Whether tables can be written in an encoding: there is a converter for it, and what it writes is read again.
    public static func supports(encoding: String) -> Bool {
        EncodingName.isUTF8(encoding) || CSVOutputConverter(encoding: encoding) != nil
    }

    /// Whether tables in an encoding can be read: there is a converter for it.
    public static func supports(inputEncoding: String) -> Bool {
        EncodingName.isReadable(inputEncoding)
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
            "csv", MediaType(type: "text", subtype: "csv", parameters: [header]), fileExtensions: ["csv"], options,
            with: { csv($0) })
    }

    /// `text/tab-separated-values`: CSV with a tab between cells.
    public static let tsv = tsv(CSVOptions())

    /// `text/tab-separated-values` with options; the delimiter is always a tab.
    public static func tsv(_ options: CSVOptions) -> Format {
        var options = options
        options.delimiter = 0x09
        return table(
            "tsv", MediaType(type: "text", subtype: "tab-separated-values"), fileExtensions: ["tsv", "tab"], options,
            with: { tsv($0) })
    }

    private static func table(
        _ name: String, _ mediaType: MediaType, fileExtensions: [String], _ options: CSVOptions,
        with: @escaping @Sendable (CSVOptions) -> Format
    ) -> Format {
        let endOfRecords: @Sendable (Span<UInt8>, Span<UInt8>, Schema) -> Int? = { bytes, _, _ in
            CSVRowScanner.startOfLastRow(ByteView(bytes))
        }
        let traits = FormatTraits(
            keepsMemberOrder: false, distinguishesShapes: false, pageMembers: .none, infersKinds: true,
            takesEmptyAsAbsent: true,
            // The ends of rows are not looked for in other encodings.
            endOfRecords: EncodingName.isUTF8(options.inputEncoding ?? "UTF-8") ? endOfRecords : nil,
            inEncoding: { encoding in
                guard CSVOptions.supports(encoding: encoding) else { return nil }
                var options = options
                options.encoding = encoding
                return with(options)
            },
            fromEncoding: { encoding in
                guard CSVOptions.supports(inputEncoding: encoding) else { return nil }
                var options = options
                options.inputEncoding = encoding
                return with(options)
            },
            inLayout: { with(options.inLayout($0)) })
        let reader: @Sendable (Schema, Limits) -> CSVDecodingReader = {
            CSVDecodingReader(schema: $0, limits: $1, options: options)
        }
        guard EncodingName.isUTF8(options.encoding) else {
            let charset = MediaType.Parameter(name: "charset", value: options.encoding)
            return Format(
                name: name,
                mediaType: MediaType(
                    type: mediaType.type, subtype: mediaType.subtype, parameters: mediaType.parameters + [charset]),
                fileExtensions: fileExtensions, traits: traits, reader: reader,
                writer: { CSVEncodedWriter(schema: $0, limits: $1, options: options) })
        }
        if let rest = options.restColumn {
            return Format(
                name: name, mediaType: mediaType, fileExtensions: fileExtensions, traits: traits, reader: reader,
                writer: { CSVRestWriter(schema: $0, limits: $1, options: options, rest: rest) })
        }
        return Format(
            name: name, mediaType: mediaType, fileExtensions: fileExtensions, traits: traits, reader: reader,
            writer: { CSVWriter(schema: $0, limits: $1, options: options) })
    }
}
