import ArgumentParser
import ResourceFormats

/// What becomes of column names that cannot be used, by its name on the command line.
enum HeaderRepair: String, CaseIterable, ExpressibleByArgument {
    case rename
}

/// The options that say how an input is read where its format leaves that open.
struct TableArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read CSV or XML in this encoding, such as windows-1252; it goes before XML's own declaration.",
            valueName: "name"))
    var inputEncoding: String?

    @Option(
        help: ArgumentHelp(
            "Blank and double column names of CSV input: 'rename' replaces them, as by column3 and name_2.",
            valueName: "how"))
    var header: HeaderRepair?

    @Option(help: ArgumentHelp("Pass over so many lines before the header of CSV input.", valueName: "n"))
    var skipLines: Int?

    @Option(help: ArgumentHelp("Pass over the lines of CSV input that begin with this character.", valueName: "c"))
    var comment: String?

    @Option(
        name: .customLong("null"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A text that means null as a cell of CSV input, without quotes; may be given again.", valueName: "text"))
    var nullTexts: [String] = []

    @Flag(help: "Take spaces and tabs around the cells of CSV input as no part of them.")
    var trim = false

    /// The options, checked.
    func resolved() throws(Failure) -> TableInput {
        if let skipLines, skipLines < 0 { throw .usage("--skip-lines \(skipLines): expected 0 or more") }
        if nullTexts.contains("") {
            throw .usage("--null is empty; an empty cell is no value already, and \"\" in quotes an empty text")
        }
        return TableInput(
            skippedLines: skipLines ?? 0,
            comment: try comment.map { text throws(Failure) in
                try Self.cellByte(text, "begin a comment")
            },
            nullTexts: nullTexts, trimsCells: trim, renamesColumns: header == .rename, encoding: inputEncoding)
    }

    /// The byte of a text that has to be one ASCII character with a meaning of its own between cells or lines.
    static func cellByte(_ text: String, _ purpose: String) throws(Failure) -> UInt8 {
        if text == "\\t" { return 0x09 }
        let bytes = Array(text.utf8)
        guard bytes.count == 1, CSVOptions.isDelimiter(bytes[0]) else {
            throw .usage("'\(text)' cannot \(purpose); give one ASCII character other than a quote, or \\t")
        }
        return bytes[0]
    }
}

/// How an input is read where its format leaves that open.
struct TableInput {
    var skippedLines = 0
    var comment: UInt8?
    var nullTexts: [String] = []
    var trimsCells = false
    var renamesColumns = false
    /// The encoding of the input; nil for UTF-8, or the one that the input itself declares.
    var encoding: String?
    /// What the elements of XML are called.
    var xml = XMLNameOptions()

    /// The first option that was given and is for tables alone; nil if there is none.
    var usedOption: String? {
        let used = [
            ("--header", renamesColumns), ("--skip-lines", skippedLines > 0), ("--comment", comment != nil),
            ("--null", !nullTexts.isEmpty), ("--trim", trimsCells),
        ]
        return used.first { $0.1 }?.0
    }

    /// Adds to the options of a table.
    func apply(to options: inout CSVOptions) throws(Failure) {
        options.skippedLines = skippedLines
        options.comment = comment
        options.nullTexts = nullTexts
        options.trimsCells = trimsCells
        options.renamesColumns = renamesColumns
        if let comment, comment == options.delimiter {
            throw .usage("--comment cannot be the character between cells")
        }
        if renamesColumns, !options.hasHeader {
            throw .usage("--header rename is for tables with a header row; --no-header says that there is none")
        }
    }

    /// Refuses options that are for tables alone if the format is no table: they would silently do nothing.
    func check(against format: Format) throws(Failure) {
        if let option = usedOption, !format.isTable {
            throw .usage("\(option) is for CSV and TSV input; the input is \(format.name)")
        }
    }

    /// The format that an input is read with, for verbs without other options of tables.
    func reader(_ format: Format) throws(Failure) -> Format {
        try check(against: format)
        try xml.check(against: format)
        var format = xml.named(format)
        if usedOption != nil {
            var options = CSVOptions(delimiter: format.isTSV ? 0x09 : nil)
            try apply(to: &options)
            format = format.table(options)
        }
        if let encoding { return try format.read(in: encoding) }
        return format
    }
}
