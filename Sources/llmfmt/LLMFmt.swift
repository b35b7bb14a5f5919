import ArgumentParser

/// The tool: parses the command line, resolves the flags, and runs a verb.
@main
struct LLMFmt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "llmfmt",
        abstract: "Convert large language model configurations between formats without losing anything.",
        usage: "llmfmt [convert] [<file> ...] [--from <format>] [--to <format>] [-o <file> | --in-place] [options]",
        discussion: """
            EXAMPLES:
              llmfmt models.json --to csv              the verb convert may be left out
              llmfmt models.csv -o models.json         and back, nothing lost
              llmfmt validate models.json              what is not as the API has it
              llmfmt check models.json                 through every format and back
              llmfmt inspect models.csv                what a file holds
              llmfmt schema xsd > models.xsd           the schema, for other tools
              llmfmt negotiate 'text/*, */*;q=0.1'     what an Accept field gets

            All options: 'llmfmt convert --help', 'llmfmt validate --help' and so on.

            EXIT CODES: 0 done, 64 usage, 65 data refused, 66 input cannot be opened, 71 no memory, \
            74 read or write failed; negotiate: 1 nothing is acceptable; \
            diff: 1 the records differ.
            """,
        version: Version.text,
        subcommands: [
            ConvertCommand.self, ValidateCommand.self, CheckCommand.self, InspectCommand.self, DiffCommand.self,
            ColumnsCommand.self,
            SchemaCommand.self,
            NegotiateCommand.self, FormatsCommand.self,
        ],
        defaultSubcommand: ConvertCommand.self,
        helpNames: .long)

    /// The names of the verbs.
    static let verbs = configuration.subcommands.compactMap { $0.configuration.commandName }

    /// The complete help: the verbs, and the options of `convert`, whose name may be left out.
    private static var completeHelp: String {
        let convert = helpMessage(for: ConvertCommand.self)
        let options = convert.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != "ARGUMENTS:" }
        return helpMessage() + "\n\nOF CONVERT, THE VERB THAT MAY BE LEFT OUT:\n\n" + options.joined(separator: "\n")
    }

    static func main() {
        System.openStandardStreams()
        System.ignoreSignalsOfWrites()
        System.explainAborts()
        System.runOnAmpleStack(runCommand)
    }

    /// The verb `convert`, if its name is left out and the arguments have no error; nil if all verbs have to be looked at.
    ///
    /// Without the other verbs the parser needs a tenth fewer instructions for a start.
    private static func convertCommand(_ arguments: [String]) -> (any ParsableCommand)? {
        guard !arguments.contains(where: { $0 == "help" || verbs.contains($0) }) else { return nil }
        return try? ConvertCommand.parse(arguments)
    }

    private static func runCommand() {
        guard let arguments = System.arguments else {
            Console().write("llmfmt: error: the arguments cannot be read: this system has them in /proc only")
            System.exit(71)
        }
        if let verb = arguments.first, arguments.contains("-h"), let text = ShortHelp.text(of: verb) {
            return print(text)
        }
        if arguments == ["--help"] { return print(completeHelp) }
        if let script = CompletionScript.requested(by: arguments) { return print(script) }
        do {
            var command = try convertCommand(arguments) ?? parseAsRoot(arguments)
            try command.run()
        } catch {
            exit(withError: error)
        }
    }
}
