import ArgumentParser
import ResourceFormats

/// A profile, by its name on the command line.
enum ProfileName: String, CaseIterable, ExpressibleByArgument {
    case resource, create

    var profile: SchemaProfile {
        switch self {
        case .resource: .resource
        case .create: .create
        }
    }
}

/// `llmfmt validate`: prints all violations of the schema.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Say what in records is not as the API's schema has it.",
        discussion: """
            EXAMPLES:
              llmfmt validate models.json
              llmfmt validate new.csv --profile create --format json

            One line for each: FILE:LINE:COLUMN: what (path). Exits with 65 if there is an error, else with 0.
            """,
        helpNames: .long)

    @OptionGroup var input: InputArguments

    @Option(help: "What the records are: returned by the API, or sent to create.")
    var profile = ProfileName.resource

    @Option(help: "Lines of text, or JSON Lines.")
    var format = OutputFormat.text

    @Flag(help: "Take warnings for errors.")
    var strict = false

    func run() throws {
        let schema = try input.schema()
        let validator = RecordValidator(schema: schema, profile: profile.profile, isStrict: strict)
        let output = LineOutput()
        var errorCount = 0
        try input.forEachSource(of: schema, output: output) { (source, console) throws(Failure) in
            try source.validateAgainstXMLSchema(of: schema)
            var validation = Validation(validator: validator, format: format, output: output)
            do throws(Failure) {
                try validation.run(&source, console)
            } catch {
                try output.drain()
                throw error
            }
            try output.drain()
            for note in source.notes { console.note(note.sentence, file: source.name) }
            errorCount += validation.errorCount
        }
        if errorCount > 0 { throw ArgumentParser.ExitCode(65) }
    }
}

/// The validation of one input.
private struct Validation {
    let validator: RecordValidator
    let format: OutputFormat
    let output: LineOutput
    private(set) var errorCount = 0
    /// The findings about the first record, kept until it is known whether there is another one.
    private var pending: [Finding] = []

    /// A violation with its place.
    fileprivate struct Finding {
        let severity: Violation.Severity
        let code: String
        let found: String
        let expected: String
        /// The path: below the record, or from `$` on.
        let path: String
        let position: TextPosition
    }

    init(validator: RecordValidator, format: OutputFormat, output: LineOutput) {
        self.validator = validator
        self.format = format
        self.output = output
    }

    mutating func run(_ source: inout RecordSource, _ console: Console) throws(Failure) {
        while true {
            let step = try source.next()
            switch step {
            case .record:
                try printPending(source, isAlone: false)
                let index = source.recordCount - 1
                let findings = self.findings(in: &source, index)
                if index == 0, source.shape == nil {
                    pending = findings
                } else if !findings.isEmpty {
                    try print(findings, under: source.path(ofRecord: index, isAlone: false), source)
                }
            case .refused(let error, let excerpt):
                try printPending(source, isAlone: false)
                errorCount += 1
                if error.code == .wrongKind, let position = error.position {
                    // A reader of a format without types reports some violations as errors, before there is a record.
                    try print([Finding(error, position)], under: "", source)
                } else {
                    try output.drain()
                    console.report(.refused(file: source.name, error, excerpt: excerpt))
                }
            case .end:
                try printPending(source, isAlone: true)
                try print(
                    source.takeComplaints(ofRecord: nil).map {
                        Finding($0, source.place.position(TextPosition(byteOffset: 0, line: $0.line, column: 1)))
                    }, under: "$", source)
                return
            }
        }
    }

    /// The findings about the current record; those of the XML Schema count only if there are no others.
    private func findings(in source: inout RecordSource, _ index: Int) -> [Finding] {
        let violations = source.withRecord { validator.violations(in: $0) } ?? []
        var findings = zip(violations, source.positions(of: violations)).map { Finding($0, $1) }
        let complaints = source.takeComplaints(ofRecord: index)
        guard !complaints.isEmpty else { return findings }
        let paths = SortedPaths(violations.map(\.path))
        for complaint in complaints where !paths.hasPath(beginningWith: complaint.path) {
            findings.append(Finding(complaint, source.position(ofPath: complaint.path)))
        }
        return findings
    }

    private mutating func printPending(_ source: borrowing RecordSource, isAlone: Bool) throws(Failure) {
        guard !pending.isEmpty else { return }
        let findings = pending
        pending = []
        try print(findings, under: source.path(ofRecord: 0, isAlone: isAlone), source)
    }

    private mutating func print(
        _ findings: [Finding], under place: String, _ source: borrowing RecordSource
    ) throws(Failure) {
        for finding in findings {
            if finding.severity == .error { errorCount += 1 }
            switch format {
            case .text: appendText(finding, under: place, file: source.name)
            case .json: appendJSON(finding, under: place, file: source.name)
            }
            try output.endLine()
        }
        if source.isStream, !findings.isEmpty { try output.drain() }
    }

    private func appendText(_ finding: Finding, under place: String, file: String) {
        let mark = finding.severity == .warning ? "warning: " : ""
        output.append(
            "\(file):\(finding.position.line):\(finding.position.column): \(mark)"
                + "found \(finding.found), expected \(finding.expected) (\(place)\(finding.path))")
    }

    private func appendJSON(_ finding: Finding, under place: String, file: String) {
        output.append("{\"file\":")
        output.appendJSONString(file)
        output.append(",\"line\":\(finding.position.line),\"column\":\(finding.position.column),\"path\":")
        output.appendJSONString(place + finding.path)
        output.append(",\"severity\":\"\(finding.severity.rawValue)\",\"code\":\"\(finding.code)\",\"found\":")
        output.appendJSONString(finding.found)
        output.append(",\"expected\":")
        output.appendJSONString(finding.expected)
        output.append("}")
    }
}

/// The paths of many findings, sorted so that a search for those below a place does not look at each.
private struct SortedPaths {
    private let paths: [[UInt8]]

    init(_ paths: [String]) {
        self.paths = paths.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    func hasPath(beginningWith prefix: String) -> Bool {
        let prefix = Array(prefix.utf8)
        var (low, high) = (0, paths.count)
        while low < high {
            let middle = (low + high) / 2
            if paths[middle].lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
        }
        return low < paths.count && paths[low].starts(with: prefix)
    }
}

extension Validation.Finding {
    fileprivate init(_ violation: Violation, _ position: TextPosition) {
        self.init(
            severity: violation.severity, code: violation.code.name, found: violation.found,
            expected: violation.expected, path: violation.path, position: position)
    }

    fileprivate init(_ complaint: XMLSchemaValidator.Complaint, _ position: TextPosition) {
        self.init(
            severity: .error, code: "xmlSchema", found: "what the XML Schema refuses: \(complaint.sentence)",
            expected: "a document that is valid against it", path: complaint.path, position: position)
    }

    fileprivate init(_ error: SerializationError, _ position: TextPosition) {
        self.init(
            severity: .error, code: error.code.name, found: error.found, expected: error.expected,
            path: error.path ?? "", position: position)
    }
}
