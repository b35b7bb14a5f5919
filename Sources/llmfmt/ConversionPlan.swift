import LLMResources
import ResourceFormats

/// What `convert` was asked to do, with every question of the flags answered.
struct ConversionPlan {
    /// What happens when a record is refused.
    enum OnError: String, CaseIterable {
        case stop, skip
    }

    /// Where the output goes.
    enum Destination {
        case standardOutput
        case file(String)
        case inPlace
    }

    var files: [String]
    /// Nil: told from each input.
    var source: FormatChoice?
    /// Nil: the file's own format, when converting in place.
    var target: FormatChoice?
    var destination: Destination
    var isItem: Bool
    var isPretty: Bool
    var csv: CSVOptions
    var inputDelimiter: UInt8?
    /// Whether records that are not valid are refused.
    var isStrict = false
    var onError: OnError
    var rejects: String?
    var progress: Console.Choice
    var console: Console

    let schema = LargeLanguageModel.schema

    /// The format to read an input with.
    func reader(_ choice: FormatChoice, target: FormatChoice) throws(Failure) -> Format {
        guard case .csv(let hasHeader) = choice else {
            if files.count == 1, !target.isCSV { try refuseCSVOptions() }
            return choice == .json ? .json : choice == .xml ? .xml : .jsonLines
        }
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

    /// Options for CSV where there is none would do nothing, which nobody wants.
    private func refuseCSVOptions() throws(Failure) {
        let used = [
            ("--columns", csv.columns != nil), ("--no-header", !csv.hasHeader), ("--delimiter", csv.delimiter != nil),
            ("--input-delimiter", inputDelimiter != nil),
        ]
        if let option = used.first(where: { $0.1 }) {
            throw .usage("\(option.0) is for CSV; neither the input nor the output is")
        }
    }

    /// Whether it matters that an input is a page and not a list.
    var mayBePage: Bool { files.count == 1 && !isItem && (target == nil || target == .json) }

    /// The format to write with.
    func writer(_ choice: FormatChoice) -> Format {
        switch choice {
        case .json: return .json(JSONOptions(isPretty: isPretty))
        case .jsonLines: return .jsonLines
        case .xml: return .xml(XMLOptions(isPretty: isPretty))
        case .csv(let hasHeader):
            var options = csv
            options.hasHeader = options.hasHeader && hasHeader
            return .csv(options)
        }
    }
}
