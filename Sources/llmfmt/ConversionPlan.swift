import ResourceFormats

/// The task of `convert`, with all flags resolved.
struct ConversionPlan {
    /// The reaction to a refused record.
    enum OnError: String, CaseIterable {
        case stop, skip
    }

    /// The destination of the output.
    enum Destination {
        case standardOutput
        case file(String)
        case inPlace
    }

    var files: [String]
    /// The format of the inputs; nil if it is determined for each input.
    var source: Format?
    /// The format of the output; nil for the file's own format when converting in place.
    var target: Format?
    var destination: Destination
    var isItem: Bool
    var isPretty: Bool
    /// Where the records of JSON inputs are; nil for an item, a list or a page.
    var records: RecordsPath?
    /// What the only input is called in messages, and where it begins.
    var place = InputPlace()
    /// Whether only the records are written.
    var hasNoEnvelope = false
    /// The records that are converted, and what of them.
    var selection = RecordSelection()
    /// The encoding of the output; nil for UTF-8.
    var encoding: String?
    var tableInput = TableInput()
    var csv: CSVOptions
    /// The names of the output if that is XML, else of the input.
    var xml = XMLNameOptions()
    /// Whether CSV and XML are written without tags.
    var isPlain = false
    var baseURL: String?
    var keepsLinks: Bool
    var inputDelimiter: UInt8?
    /// Whether invalid records are refused.
    var isStrict = false
    /// Whether a loss is an error, even if a note reports it.
    var failsOnNotes = false
    var onError: OnError
    /// How many parts of an input are converted at the same time.
    var jobs = 1
    var rejects: String?
    /// Files that options name and that were read already.
    var otherFiles: [(option: String, path: String)]
    var progress: Console.Choice
    /// Whether a line with the sums is printed at the end.
    var isVerbose = false
    var console: Console

    let schema: Schema

    /// The format and options for reading an input.
    func reader(_ source: Format, target: Format) throws(Failure) -> Format {
        if files.count == 1 { try refuseHALOptions(source: source, target: target) }
        let placed = try source.reading(records)
        if let encoding { _ = try target.written(in: encoding) }
        if isPlain, files.count == 1 { try Self.checkPlain(target, source: source) }
        if files.count == 1, !target.isXML, !source.isXML { try refuseNamesOfXML() }
        try tableInput.check(against: source)
        try refuseDelimiterOfTSV(source: source, target: target)
        guard source.isTable else {
            if files.count == 1, !target.isTable { try refuseCSVOptions() }
            let named = xmlReader(source, target: target)
            if let encoding = tableInput.encoding { return try named.read(in: encoding) }
            if records != nil { return placed }
            return source == .hal ? .hal(HALOptions(keepsLinks: keepsLinks)) : named
        }
        let hasHeader = source != .csvWithoutHeader
        var options = CSVOptions(delimiter: inputDelimiter, hasHeader: hasHeader)
        if !target.isTable {
            options.delimiter = options.delimiter ?? csv.delimiter
            options.hasHeader = hasHeader && csv.hasHeader
        }
        if !options.hasHeader {
            guard let columns = csv.columns else {
                throw .usage("CSV without a header needs its column names: --columns a,b,c")
            }
            options.columns = columns
        } else if !target.isTable, csv.columns != nil {
            throw .usage("--columns chooses the columns of CSV output, or names those of CSV without a header")
        }
        if source.isTSV { options.delimiter = 0x09 }
        try tableInput.apply(to: &options)
        let format = source.table(options)
        if let encoding = tableInput.encoding { return try format.read(in: encoding) }
        return format
    }

    /// Whether the options only make sense for CSV input.
    func saysThatInputIsTable(target: Format?) -> Bool {
        inputDelimiter != nil || tableInput.usedOption != nil
            || target.map { !$0.isTable } ?? false && (csv.delimiter != nil || !csv.hasHeader)
    }

    /// Refuses options for CSV if neither side is CSV: they would silently do nothing.
    private func refuseCSVOptions() throws(Failure) {
        let used = [
            ("--columns", csv.columns != nil), ("--no-header", !csv.hasHeader), ("--delimiter", csv.delimiter != nil),
            ("--input-delimiter", inputDelimiter != nil),
        ]
        if let option = used.first(where: { $0.1 }) {
            throw .usage("\(option.0) is for CSV; neither the input nor the output is")
        }
    }

    /// Refuses names of XML if neither side is XML: they would silently do nothing.
    private func refuseNamesOfXML() throws(Failure) {
        if let option = xml.usedOption {
            throw .usage("\(option) is for XML; neither the input nor the output is")
        }
    }

    /// Refuses `--plain` if neither side has tags.
    static func checkPlain(_ target: Format, source: Format) throws(Failure) {
        if !target.isTable, !target.isXML, !source.isXML {
            throw .usage("--plain is for CSV, TSV and XML output, and for XML input; neither is here")
        }
    }

    /// Refuses another delimiter than TSV has.
    private func refuseDelimiterOfTSV(source: Format, target: Format) throws(Failure) {
        let input = inputDelimiter ?? (target.isTable ? nil : csv.delimiter)
        if source.isTSV, let input, input != 0x09 {
            throw .usage("TSV has tabs between its cells; for another delimiter read the input with --from csv")
        }
        if target.isTSV, let delimiter = csv.delimiter, delimiter != 0x09 {
            throw .usage("TSV has tabs between its cells; for another delimiter write with --to csv")
        }
    }

    /// Refuses options for HAL that would silently do nothing.
    private func refuseHALOptions(source: Format, target: Format) throws(Failure) {
        if keepsLinks, source != .hal {
            throw .usage("--keep-links is for HAL input; the input is \(source.name)")
        }
        if baseURL != nil, target != .hal {
            throw .usage("--base-url is for HAL output; the output is \(target.name)")
        }
        if keepsLinks, target == .hal {
            throw .usage("--keep-links is for output other than HAL, which has links of its own and keeps foreign ones")
        }
    }

    /// The format and options for writing.
    func writer(_ target: Format) -> Format {
        if target.isTable {
            var options = csv
            options.hasHeader = options.hasHeader && target != .csvWithoutHeader
            if isPlain { options.tags = .none }
            let table = target.table(options)
            return encoding.flatMap { table.traits.inEncoding?($0) } ?? table
        }
        let laidOut =
            target == .hal
            ? .hal(HALOptions(baseURL: baseURL ?? "", isPretty: isPretty))
            : target.isXML ? xmlWriter(target) : isPretty ? target.traits.indented?() ?? target : target
        let encoded = encoding.flatMap { laidOut.traits.inEncoding?($0) } ?? laidOut
        return hasNoEnvelope ? encoded.withoutEnvelope ?? encoded : encoded
    }
}

extension ConversionPlan {
    /// The format that reads an input which may be XML: with the names and tags of the options if the output has none.
    private func xmlReader(_ source: Format, target: Format) -> Format {
        guard source.isXML, !target.isXML else { return source }
        let isPlain = isPlain && !target.isTable
        guard xml.usedOption != nil || isPlain else { return source }
        var options = xml.options
        options.tags = isPlain ? .none : .written
        return source.xml(options)
    }

    private func xmlWriter(_ target: Format) -> Format {
        var options = xml.options
        options.isPretty = isPretty
        options.tags = isPlain ? .none : .written
        return target.xml(options)
    }
}

extension Format {
    /// The format written in an encoding.
    func written(in encoding: String) throws(Failure) -> Format {
        guard let inEncoding = traits.inEncoding else {
            throw .usage("--encoding is for XML, CSV and TSV output; the output is \(name)")
        }
        guard let format = inEncoding(encoding) else { throw unknownEncoding(encoding, "--encoding") }
        return format
    }

    /// The format read in an encoding.
    func read(in encoding: String) throws(Failure) -> Format {
        guard let fromEncoding = traits.fromEncoding else {
            throw .usage("--input-encoding is for XML, CSV and TSV input; the input is \(name)")
        }
        guard let format = fromEncoding(encoding) else { throw unknownEncoding(encoding, "--input-encoding") }
        return format
    }

    private func unknownEncoding(_ encoding: String, _ option: String) -> Failure {
        .usage(
            "\(option) '\(shown(encoding))' is not an encoding that \(name.uppercased()) can have here, such as UTF-16 or ISO-8859-1"
        )
    }
}
