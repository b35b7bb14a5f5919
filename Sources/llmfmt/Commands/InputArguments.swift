import ArgumentParser
import ResourceFormats

/// The output format of a verb's findings.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}

/// The arguments of all verbs that look at records: the inputs, and options for messages.
struct InputArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The inputs; none or '-' is standard input.", valueName: "file"), completion: .file())
    var files: [String] = []

    @Option(
        help: ArgumentHelp("The inputs' format; else their names tell it, or their content.", valueName: "format"),
        completion: .formats)
    var from: String?

    @OptionGroup var place: RecordsArguments

    @OptionGroup var split: SplitArguments

    @OptionGroup var resource: ResourceArguments

    @OptionGroup var table: TableArguments

    @OptionGroup var xml: XMLArguments

    @Option(help: "Colour messages; NO_COLOR is respected.")
    var color = Console.Choice.auto

    @Flag(help: "No notes.")
    var quiet = false

    /// The schema of the records; for an unknown resource, prints an error and ends with its exit code.
    func schema() throws -> Schema {
        try Console(isQuiet: quiet, color: color).exitingOnFailure { () throws(Failure) in try resource.schema() }
    }

    /// How the inputs are read where their format leaves that open.
    func tableInput(_ schema: Schema) throws(Failure) -> TableInput {
        var input = try table.resolved()
        input.xml = try xml.names(for: schema)
        input.xml.mayBeUnused = files.count > 1
        return input
    }

    /// Opens each input, calls `look` with it, and closes the output; prints any failure and ends with its exit code.
    func forEachSource(
        of schema: Schema, output: LineOutput?, _ look: (inout RecordSource, Console) throws(Failure) -> Void
    ) throws {
        let console = Console(isQuiet: quiet, color: color)
        try console.exitingOnFailure { () throws(Failure) in
            let format: Format? = if let from { try Format(named: from) } else { nil }
            let records = try place.path()
            let place = try split.place(files: files)
            let table = try tableInput(schema)
            if files.isEmpty, System.isTerminal(0) {
                throw .usage("there is no input; give a file, or '-' for standard input")
            }
            if files.filter({ $0 == "-" }).count > 1 { throw .usage("standard input can be read only once") }
            try InputSource.checkThatAllExist(files)
            try ToolFiles.checkInputs(files)
            for file in files.isEmpty ? ["-"] : files {
                var source = try RecordSource(
                    file, from: format, table, records: records, place: place, schema: schema)
                try look(&source, console)
            }
            try output?.finish()
        }
    }
}

extension Console {
    /// Runs a verb; prints any failure and ends with its exit code.
    func exitingOnFailure<Result>(_ body: () throws(Failure) -> Result) throws -> Result {
        do throws(Failure) {
            return try body()
        } catch {
            report(error)
            throw ArgumentParser.ExitCode(error.exitCode)
        }
    }
}

/// Standard output in whole lines, written when there are many.
final class LineOutput {
    private let target = OutputTarget()
    private var buffer = OutputBuffer(minimumCapacity: 64 << 10)

    /// Appends text to the current line.
    func append(_ text: String) {
        buffer.append(text: text)
    }

    /// Appends bytes to the current line.
    func append(_ bytes: [UInt8]) {
        buffer.append(bytes.span)
    }

    /// Appends text as a JSON string.
    func appendJSONString(_ text: String) {
        buffer.appendJSONString(text)
    }

    /// Appends texts as a JSON array of strings.
    func appendJSONStrings(_ texts: [String]) {
        append("[")
        for (index, text) in texts.enumerated() {
            if index > 0 { append(",") }
            appendJSONString(text)
        }
        append("]")
    }

    /// Ends the line.
    func endLine() throws(Failure) {
        buffer.append(0x0A)
        if buffer.count > 60 << 10 { try drain() }
    }

    /// Writes the lines in the buffer.
    func drain() throws(Failure) {
        try target.drain(&buffer)
    }

    /// Writes the lines in the buffer and closes the output, which may fail as well.
    func finish() throws(Failure) {
        try drain()
        _ = try target.finish()
    }
}
