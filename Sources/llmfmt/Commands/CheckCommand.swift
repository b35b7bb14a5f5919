import ArgumentParser
import ContentNegotiation
import LLMResources
import ResourceFormats

/// `llmfmt check`: takes each record through every format and back.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Take each record through every format and back; name the first difference.",
        discussion: """
            EXAMPLES:
              llmfmt check models.json
              curl -s $URL | llmfmt check

            CSV gives members the order of its columns, so for CSV their order does not count. Exits with 65 if a record \
            comes back as another one, or a format has no way to say it.
            """,
        helpNames: .long)

    @OptionGroup var input: InputArguments

    func run() throws {
        let schema = LargeLanguageModel.schema
        let checks = Format.builtIn.map {
            RoundTripCheck($0, schema: schema, keepsMemberOrder: $0.mediaType.subtype.lowercased() != "csv")
        }
        let output = LineOutput()
        var hasFailed = false
        try input.forEachSource(of: schema, output: output) { (source, console) throws(Failure) in
            var failure: String?
            records: while true {
                switch try source.next() {
                case .end: break records
                case .refused(let error, let excerpt): throw .refused(file: source.name, error, excerpt: excerpt)
                case .record:
                    failure = Self.failure(of: source, checks)
                    if failure != nil { break records }
                }
            }
            if let failure {
                output.append(failure)
                hasFailed = true
            } else {
                let names = checks.map(\.format.name).joined(separator: ", ")
                let count = source.recordCount
                output.append(
                    "\(source.name): \(count) \(count == 1 ? "record" : "records") came back through \(names)")
            }
            try output.endLine()
            try output.drain()
        }
        if hasFailed { throw ArgumentParser.ExitCode(65) }
    }

    /// The line on the first format that does not bring the record at hand back; nil if all do.
    private static func failure(of source: borrowing RecordSource, _ checks: [RoundTripCheck]) -> String? {
        let place = source.recordPosition
        let path = source.path(ofRecord: source.recordCount - 1, isAlone: false)
        func line(_ path: String, _ what: String) -> String {
            "\(source.name):\(place.line):\(place.column): \(what) (\(path))"
        }
        for check in checks {
            let name = check.format.name
            switch source.withRecord({ check.outcome(of: $0) }) {
            case .same, nil: continue
            case .different(let below, let found, let expected):
                return line(path + below, "through \(name) found \(found), expected \(expected)")
            case .refused(let error):
                return line(
                    path, "\(name) has no way to say the record: found \(error.found), expected \(error.expected)")
            case .unreadable(let error):
                return line(
                    path, "\(name) does not read what it wrote: found \(error.found), expected \(error.expected)")
            }
        }
        return nil
    }
}
