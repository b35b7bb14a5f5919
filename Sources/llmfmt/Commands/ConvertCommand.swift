import ArgumentParser
import ContentNegotiation
import ResourceFormats

extension Console.Choice: ExpressibleByArgument {}
extension ConversionPlan.OnError: ExpressibleByArgument {}

/// The representation of arrays in CSV, by its name on the command line.
enum CSVArrays: String, CaseIterable, ExpressibleByArgument {
    case index, json
}

/// The end of CSV's rows, by its name on the command line.
enum LineEnds: String, CaseIterable, ExpressibleByArgument {
    case lf, crlf
}

/// `llmfmt convert`, the default verb: resolves the flags to a plan and runs it.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Convert records between formats.",
        discussion: """
            EXAMPLES:
              llmfmt models.json --to csv              a column for every nested value
              llmfmt models.csv -o models.json         and back, nothing lost
              curl -s $URL | llmfmt --to csv           from a pipe
              llmfmt --accept 'text/*' models.json     what a server would send
              llmfmt models.json --to hal              with links to what belongs together
              tail -f log.jsonl | llmfmt --to jsonl    each record as it comes
              llmfmt a.json b.csv --to jsonl           several files, one list
              llmfmt orders.json --to hal --resource record
                                                       records of something else
              llmfmt models.json --to csv --spreadsheet > models.csv
                                                       safe to open in a spreadsheet

            Without --from the file's name tells the format, else its content. Without --to the name given with -o does, \
            else it is json. What the input is decides whether an object, an array or a page is written.

            EXIT CODES: 0 done, 64 usage, 65 data refused, 66 input cannot be opened, \
            71 no memory, 74 read or write failed.
            """,
        helpNames: .long)

    @Argument(
        help: ArgumentHelp("The inputs; none or '-' is standard input. Several become one list.", valueName: "file"),
        completion: .file())
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "The input's format: json, jsonl, hal, xml, csv, tsv, or a media type.", valueName: "format"),
        completion: .formats)
    var from: String?

    @Option(help: ArgumentHelp("The output's format, likewise.", valueName: "format"), completion: .formats)
    var to: String?

    @Option(
        help: ArgumentHelp(
            "Choose the output's format as a server does for this Accept field; JSON Lines is its last offer.",
            valueName: "ranges"))
    var accept: String?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Replace each input file by its conversion.")
    var inPlace = false

    @Flag(help: "Indent JSON, HAL and XML by two spaces.")
    var pretty = false

    @Option(
        help: ArgumentHelp(
            "Write XML or CSV in this encoding, such as UTF-16; a character that it lacks is a reference in XML, an error in CSV.",
            valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp("What links in HAL output begin with; without it they are paths.", valueName: "url"))
    var baseURL: String?

    @Flag(help: "Keep _links of HAL input as an ordinary member.")
    var keepLinks = false

    @Flag(help: "Expect exactly one record and write it as an object, not a list.")
    var item = false

    @Flag(help: "Only the records of JSON, HAL or XML, without what is around them.")
    var noEnvelope = false

    @OptionGroup var place: RecordsArguments

    @OptionGroup var split: SplitArguments

    @OptionGroup var selection: SelectionArguments

    @OptionGroup var resource: ResourceArguments

    @Option(help: ArgumentHelp("Write only these CSV columns, in this order.", valueName: "a,b,c"))
    var columns: String?

    @Option(
        help: ArgumentHelp(
            "The same from a file with a name on each line, as 'llmfmt columns' prints.", valueName: "file"),
        completion: .file())
    var columnsFile: String?

    @Option(help: "Arrays in CSV: a column for each element (index), or JSON in one cell.")
    var csvArrays = CSVArrays.index

    @Option(
        help: ArgumentHelp(
            "The character between CSV cells, of the output if that is CSV, else of the input.", valueName: "c"))
    var delimiter: String?

    @Option(help: ArgumentHelp("The character between the cells of CSV input.", valueName: "c"))
    var inputDelimiter: String?

    @Flag(help: "CSV without a header row (of input: name the columns with --columns).")
    var noHeader = false

    @Flag(help: "CSV that spreadsheet programs neither run nor rewrite.")
    var spreadsheet = false

    @Flag(
        help:
            "CSV or XML without tags, for programs that know none; a note counts what would not come back. If the output is neither: XML input whose arrays are told by their items."
    )
    var plain = false

    @Option(help: "What ends the rows of CSV output: CR LF, or LF alone.")
    var lineEnds = LineEnds.crlf

    @OptionGroup var table: TableArguments

    @OptionGroup var xml: XMLArguments

    @Flag(help: "Refuse records that 'validate --strict' finds an error in.")
    var strict = false

    @Option(help: "Stop at a refused record, or skip it.")
    var onError = ConversionPlan.OnError.stop

    @Flag(help: "Fail where something would be left out with a note: page members, links.")
    var failOnNotes = false

    @Option(
        help: ArgumentHelp("Write what is refused to this file, as JSON Lines.", valueName: "file"),
        completion: .file())
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            "Convert so many parts of a large input at a time; without it as many as there are processors, up to 8.",
            valueName: "n"))
    var jobs: Int?

    @Option(help: "Show progress: auto is on a terminal, after a second.")
    var progress = Console.Choice.auto

    @Option(help: "Colour messages; NO_COLOR is respected.")
    var color = Console.Choice.auto

    @Flag(help: "No notes and no progress.")
    var quiet = false

    @Flag(help: "At the end, print a line with records, bytes, time and rate to standard error.")
    var verbose = false

    @Flag(name: .customShort("h"), help: "Show a short help.")
    var shortHelp = false

    mutating func run() throws {
        if shortHelp { return print(ShortHelp.text) }
        let console = Console(isQuiet: quiet, color: color)
        if files.isEmpty, System.isTerminal(0) { return print(ShortHelp.text) }
        do throws(Failure) {
            var conversion = try Conversion(try plan(console))
            try conversion.run()
        } catch {
            console.report(withSuggestion(error))
            throw ArgumentParser.ExitCode(error.exitCode)
        }
    }

    /// A misspelt verb is parsed as the name of a file, so the error may suggest a verb.
    private func withSuggestion(_ failure: Failure) -> Failure {
        guard case .cannotOpen(let file, let reason) = failure, let first = files.first,
            file.utf8.elementsEqual(first.utf8), System.status(of: file) == nil,
            let verb = Suggestion.among(LLMFmt.verbs, for: file)
        else { return failure }
        return .cannotOpen(file: file, "\(reason); did you mean the verb \(verb)?")
    }

    // MARK: From flags to a plan

    private func plan(_ console: Console) throws(Failure) -> ConversionPlan {
        let target = try targetChoice()
        let schema = try resource.schema()
        try checkOptions(target: target, schema)
        var csv = CSVOptions(
            columns: try columnNames(), arrays: csvArrays == .json ? .json : .index,
            delimiter: try delimiter.map(delimiterByte), hasHeader: !noHeader, isForSpreadsheets: spreadsheet,
            lineEnd: lineEnds == .lf ? .lf : .crlf)
        if target == .csvWithoutHeader { csv.hasHeader = false }
        return ConversionPlan(
            files: files.isEmpty ? ["-"] : files, source: try from.map(Format.init(named:)), target: target,
            destination: inPlace ? .inPlace : outputFile.map { .file($0) } ?? .standardOutput, isItem: item,
            isPretty: pretty, records: try place.path(), place: try split.place(files: files),
            hasNoEnvelope: noEnvelope, selection: try selection.selection(), encoding: encoding,
            tableInput: try table.resolved(), csv: csv, xml: try xml.names(for: schema), isPlain: plain,
            baseURL: baseURL, keepsLinks: keepLinks,
            inputDelimiter: try inputDelimiter.map(delimiterByte), isStrict: strict, failsOnNotes: failOnNotes,
            onError: onError, jobs: jobs ?? min(System.processorCount, PartThreads.usual),
            rejects: rejects, otherFiles: otherFiles, progress: progress, isVerbose: verbose, console: console,
            schema: schema)
    }

    /// The file that `-o` names; nil for standard output, also by the name `-`.
    private var outputFile: String? {
        output.flatMap { $0.utf8.elementsEqual("-".utf8) ? nil : $0 }
    }

    /// The files that options name and that are read before the conversion.
    private var otherFiles: [(option: String, path: String)] {
        var files: [(option: String, path: String)] = []
        if let columnsFile { files.append(("--columns-file", columnsFile)) }
        if let file = resource.file { files.append(("--resource", file)) }
        return files
    }

    /// The target's format; nil only for `--in-place` without `--to`, where each file keeps its format.
    private func targetChoice() throws(Failure) -> Format? {
        if let accept {
            if to != nil { throw .usage("--to and --accept exclude each other") }
            return try negotiatedChoice(accept)
        }
        if let to { return try Format(named: to) }
        if inPlace { return nil }
        if let output = outputFile {
            if output.hasSuffix(".gz") || output.hasSuffix(".zst") {
                throw .usage("compressed files are read, not written; pipe the output through gzip or zstd")
            }
            if let format = Format(path: output) { return format }
            if let ending = Format.ending(of: output), System.status(of: output)?.isRegular ?? true {
                throw .usage(
                    "'.\(ending)' is the ending of no format there is; say with --to what \(output) is to hold")
            }
            return .json
        }
        return .json
    }

    /// The format that negotiation chooses for `--accept`.
    ///
    /// JSON Lines is not one of a server's default offers. Here it comes last, so that it is chosen only by its name.
    private func negotiatedChoice(_ accept: String) throws(Failure) -> Format {
        let offers = Format.negotiationOffers + [Format.jsonLines.mediaType]
        guard let choice = negotiate(accept: accept, offers: offers).choice else {
            throw .usage(
                "--accept '\(shown(accept))' takes no format there is; there are "
                    + offers.map(\.description).joined(separator: ", "))
        }
        return try Format(named: choice.description)
    }

    private func checkOptions(target: Format?, _ schema: Schema) throws(Failure) {
        if inPlace {
            if output != nil { throw .usage("--in-place and -o exclude each other") }
            if files.isEmpty || files.contains("-") { throw .usage("--in-place needs files to replace") }
            if files.contains(where: { $0.hasSuffix(".gz") || $0.hasSuffix(".zst") }) {
                throw .usage("compressed files cannot be replaced in place")
            }
        }
        if verbose, quiet { throw .usage("--verbose and --quiet exclude each other") }
        if let rejects, rejects.utf8.elementsEqual("-".utf8) {
            throw .usage("--rejects needs a file; /dev/stderr is standard error")
        }
        if let jobs, !(1...PartThreads.most).contains(jobs) {
            throw .usage("--jobs \(jobs): expected 1 to \(PartThreads.most)")
        }
        if pretty, let target, target.traits.indented == nil {
            throw .usage("--pretty is for JSON, HAL and XML; the output is \(target.name)")
        }
        if let encoding, let target { _ = try target.written(in: encoding) }
        if let from { _ = try table.resolved().reader(try Format(named: from)) }
        if noEnvelope {
            if item { throw .usage("--item and --no-envelope exclude each other") }
            if inPlace {
                throw .usage("--in-place and --no-envelope exclude each other: the files could not be read again")
            }
            if let target, target.traits.fragments == nil {
                throw .usage("--no-envelope is for JSON, HAL and XML; the output is \(target.name)")
            }
            if encoding != nil { throw .usage("--encoding and --no-envelope exclude each other") }
        }
        if baseURL != nil, let target, target != .hal {
            throw .usage("--base-url is for HAL output; the output is \(target.name)")
        }
        if baseURL != nil, !schema.hasLinks {
            throw .usage("--base-url is for links; the resource \(schema.name) has none")
        }
        if keepLinks, let from, try Format(named: from) != .hal {
            throw .usage("--keep-links is for HAL input; the input is \(from)")
        }
        if plain, spreadsheet {
            throw .usage("--plain and --spreadsheet exclude each other: its guard is made of tags")
        }
        if plain, let target, let from { try ConversionPlan.checkPlain(target, source: try Format(named: from)) }
        let isToCSV = target?.isTable ?? true
        if spreadsheet, !isToCSV { throw .usage("--spreadsheet is for CSV output") }
        if lineEnds == .lf, !isToCSV { throw .usage("--line-ends is for CSV and TSV output") }
        if csvArrays == .json, !isToCSV { throw .usage("--csv-arrays is for CSV output") }
        if files.filter({ $0 == "-" }).count > 1 { throw .usage("standard input can be read only once") }
    }

    private func columnNames() throws(Failure) -> [String]? {
        guard let columnsFile else {
            return if let columns { try ColumnNames.split(columns, of: "--columns") } else { nil }
        }
        if columns != nil { throw .usage("--columns and --columns-file exclude each other") }
        let names = try NameFile.names(in: columnsFile)
        try ColumnNames.check(names, of: "--columns-file")
        if names.isEmpty { throw .usage("--columns-file \(shown(columnsFile)) names no column") }
        return names
    }

    private func delimiterByte(_ text: String) throws(Failure) -> UInt8 {
        try TableArguments.cellByte(text, "separate cells")
    }
}
