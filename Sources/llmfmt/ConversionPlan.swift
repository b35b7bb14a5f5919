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
    var csv: CSVOptions
    var baseURL: String?
    var keepsLinks: Bool
    var inputDelimiter: UInt8?
    /// Whether invalid records are refused.
    var isStrict = false
    /// Whether a loss is an error, even if a note reports it.
    var failsOnNotes = false
    var onError: OnError
    var rejects: String?
    var progress: Console.Choice
    var console: Console

    let schema: Schema

    /// The format and options for reading an input.
    func reader(_ source: Format, target: Format) throws(Failure) -> Format {
        if files.count == 1 { try refuseHALOptions(source: source, target: target) }
        guard source.isCSV else {
            if files.count == 1, !target.isCSV { try refuseCSVOptions() }
            return source == .hal ? .hal(HALOptions(keepsLinks: keepsLinks)) : source
        }
        let hasHeader = source != .csvWithoutHeader
        var options = CSVOptions(delimiter: inputDelimiter, hasHeader: hasHeader)
        if !target.isCSV {
            options.delimiter = options.delimiter ?? csv.delimiter
            options.hasHeader = hasHeader && csv.hasHeader
        }
        if !options.hasHeader {
            guard let columns = csv.columns else {
                throw .usage("CSV without a header needs its column names: --columns a,b,c")
            }
            options.columns = columns
        } else if !target.isCSV, csv.columns != nil {
            throw .usage("--columns chooses the columns of CSV output, or names those of CSV without a header")
        }
        return .csv(options)
    }

    /// Whether the options only make sense for CSV input.
    func saysThatInputIsTable(target: Format?) -> Bool {
        inputDelimiter != nil || target.map { !$0.isCSV } ?? false && (csv.delimiter != nil || !csv.hasHeader)
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
        if target.isCSV {
            var options = csv
            options.hasHeader = options.hasHeader && target != .csvWithoutHeader
            return .csv(options)
        }
        if target == .hal { return .hal(HALOptions(baseURL: baseURL ?? "", isPretty: isPretty)) }
        return isPretty ? target.traits.indented?() ?? target : target
    }
}
