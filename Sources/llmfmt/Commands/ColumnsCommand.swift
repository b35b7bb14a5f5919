import ArgumentParser
import ResourceFormats

/// `llmfmt columns`: the columns that CSV would have.
struct ColumnsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "columns",
        abstract: "Print the columns that CSV would have, one a line.",
        discussion: """
            EXAMPLES:
              llmfmt columns models.json > columns.txt
              llmfmt part1.json --to csv --columns-file columns.txt
              llmfmt columns --merge part1.txt part2.txt

            With --merge the inputs are such lists, of parts that were looked at one by one. The known fields come in the \
            order of the schema, then all others as they were first seen.
            """,
        helpNames: .long)

    @OptionGroup var input: InputArguments

    @Flag(help: "The inputs are lists of columns; print all of them as one.")
    var merge = false

    @Option(help: "Arrays in CSV: a column for each element (index), or JSON in one cell.")
    var csvArrays = CSVArrays.index

    @Option(help: "Stop at a refused record, or skip it.")
    var onError = ConversionPlan.OnError.stop

    func run() throws {
        let schema = try input.schema()
        var columns = CSVColumnList(schema: schema, options: CSVOptions(arrays: csvArrays == .json ? .json : .index))
        let output = LineOutput()
        var refusedCount = 0
        if merge {
            let console = Console(isQuiet: input.quiet, color: input.color)
            var names: [String] = []
            try console.exitingOnFailure { () throws(Failure) in
                if input.files.isEmpty, System.isTerminal(0) {
                    throw .usage("there is no input; give a file, or '-' for standard input")
                }
                if input.from != nil || input.place.records != nil {
                    throw .usage("--merge reads lists of columns; --from and --records are for records")
                }
                try InputSource.checkThatAllExist(input.files)
                for file in input.files.isEmpty ? ["-"] : input.files { names += try NameFile.names(in: file) }
            }
            for name in names { columns.add(name: name) }
        } else {
            let found = try columnsOfRecords(schema, columns, &refusedCount)
            columns = found
        }
        let names = columns.names
        try Console(isQuiet: input.quiet, color: input.color).exitingOnFailure { () throws(Failure) in
            for name in names {
                output.append(name)
                try output.endLine()
            }
            try output.finish()
        }
        if refusedCount > 0 { throw ArgumentParser.ExitCode(65) }
    }

    private func columnsOfRecords(
        _ schema: Schema, _ columns: consuming CSVColumnList, _ refusedCount: inout Int
    ) throws -> CSVColumnList {
        var columns = columns
        var count = 0
        try input.forEachSource(of: schema, output: nil) { (source, console) throws(Failure) in
            while true {
                switch try source.next() {
                case .end:
                    for note in source.notes { console.note(note.sentenceNamingOption, file: source.name) }
                    return
                case .refused(let error, let excerpt):
                    let failure = Failure.refused(file: source.name, error, excerpt: excerpt)
                    guard onError == .skip else { throw failure }
                    console.report(failure)
                    count += 1
                case .record: try source.addColumns(to: &columns)
                }
            }
        }
        refusedCount = count
        return columns
    }
}
