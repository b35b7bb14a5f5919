import ArgumentParser

/// The tool: parse, resolve, run.
@main
struct LLMFmt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "llmfmt",
        abstract: "Convert large language model configurations between formats without losing anything.",
        usage: "llmfmt [convert] [<file> ...] [--from <format>] [--to <format>] [-o <file> | --in-place] [options]",
        discussion: "'llmfmt convert --help' lists every option; 'llmfmt -h' is the short form.",
        version: "0.1.0",
        subcommands: [ConvertCommand.self],
        defaultSubcommand: ConvertCommand.self,
        helpNames: .long)

    static func main() {
        System.ignoreClosedPipes()
        if CommandLine.arguments.dropFirst().elementsEqual(["--help"]) {
            // There is one verb, and it is the default: its help is the tool's.
            return print(helpMessage(for: ConvertCommand.self))
        }
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withError: error)
        }
    }
}

/// What `-h` shows: one screen.
enum ShortHelp {
    static let text = """
        llmfmt [convert] [FILE…] [--from FORMAT] [--to FORMAT] [-o FILE | --in-place]

        Examples:
          llmfmt models.json --to csv            a column for every nested value
          llmfmt models.csv -o models.json       and back, nothing lost
          curl -s $URL | llmfmt --to csv         from a pipe
          llmfmt models.json --to hal            with links
          llmfmt a.json b.csv --to jsonl         several files, one list

        Formats: json, jsonl (ndjson), hal, csv, or a media type; --from is optional.

          --pretty          indent JSON and HAL      --item     one record, an object
          --base-url URL    before HAL's paths       --keep-links    _links as a member
          --columns a,b     only these CSV columns   --no-header      no header row
          --csv-arrays json arrays as JSON in a cell --delimiter C between CSV cells
          --spreadsheet     CSV that is safe to open and save in a spreadsheet program
          --on-error skip   go on behind refused records (--rejects FILE keeps them)
          --quiet           no notes                 --version        the version

        All options: llmfmt --help
        """
}
