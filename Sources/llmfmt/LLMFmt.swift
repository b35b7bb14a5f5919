import ArgumentParser

/// The tool: parse, resolve, run.
@main
struct LLMFmt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "llmfmt",
        abstract: "Convert large language model configurations between formats without losing anything.",
        usage: "llmfmt [convert] [<file> ...] [--from <format>] [--to <format>] [-o <file> | --in-place] [options]",
        discussion: """
            EXAMPLES:
              llmfmt models.json --to csv              convert, the verb that may be left out
              llmfmt models.csv -o models.json         and back, nothing lost
              llmfmt validate models.json              what is not as the API's schema has it
              llmfmt check models.json                 through every format and back
              llmfmt inspect models.csv                what a file holds
              llmfmt schema xsd > models.xsd           the schema, for other tools

            'llmfmt convert --help' lists the options for converting; 'llmfmt -h' is the short form.

            EXIT CODES: 0 done, 64 usage, 65 data refused, 66 input cannot be opened, 74 read or write failed.
            """,
        version: "0.1.0",
        subcommands: [
            ConvertCommand.self, ValidateCommand.self, CheckCommand.self, InspectCommand.self, SchemaCommand.self,
            FormatsCommand.self,
        ],
        defaultSubcommand: ConvertCommand.self,
        helpNames: .long)

    static func main() {
        System.ignoreClosedPipes()
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
        llmfmt validate | check | inspect [FILE…]      say what is wrong, lost, there
        llmfmt schema xsd | json-schema | csv-header | fields         llmfmt formats

        Examples:
          llmfmt models.json --to csv            a column for every nested value
          llmfmt models.csv -o models.json       and back, nothing lost
          curl -s $URL | llmfmt --to csv         from a pipe
          llmfmt validate models.json            what is not as the API has it

        Formats: json, jsonl (ndjson), xml, csv, or a media type; --from may be left out.

          --pretty          indent JSON and XML      --item     one record, an object
          --columns a,b     only these CSV columns   --no-header      no header row
          --csv-arrays json arrays as JSON in a cell --delimiter C between CSV cells
          --spreadsheet     CSV that is safe to open and save in a spreadsheet program
          --strict          refuse what is not valid --in-place   replace the file
          --on-error skip   go on behind refused records (--rejects FILE keeps them)
          --quiet           no notes                 --version        the version

        All options: llmfmt --help, llmfmt VERB --help
        """
}
