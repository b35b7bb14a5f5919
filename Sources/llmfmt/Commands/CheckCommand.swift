import ArgumentParser
import ContentNegotiation
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
            comes back as another one, or a format has no way to say it. With --format json there is one object on a \
            line for each input.
            """,
        helpNames: .long)

    @OptionGroup var input: InputArguments

    @Option(help: "Lines of text, or JSON Lines.")
    var format = OutputFormat.text

    func run() throws {
        let schema = try input.schema()
        let checks = Format.builtIn.map {
            RoundTripCheck($0, schema: schema)
        }
        let output = LineOutput()
        var hasFailed = false
        try input.forEachSource(of: schema, output: output) { (source, console) throws(Failure) in
            var failure: Fault?
            records: while true {
                switch try source.next() {
                case .end: break records
                case .refused(let error, let excerpt): throw .refused(file: source.name, error, excerpt: excerpt)
                case .record:
                    failure = Self.failure(of: source, checks)
                    if failure != nil { break records }
                }
            }
            if failure != nil { hasFailed = true }
            let names = checks.map(\.format.name)
            switch format {
            case .text: appendText(failure, names, source, to: output)
            case .json: appendJSON(failure, names, source, to: output)
            }
            try output.endLine()
            try output.drain()
        }
        if hasFailed { throw ArgumentParser.ExitCode(65) }
    }

    private func appendText(
        _ fault: Fault?, _ names: [String], _ source: borrowing RecordSource, to output: LineOutput
    ) {
        if let fault {
            let place = "\(source.name):\(fault.position.line):\(fault.position.column)"
            output.append("\(place): \(fault.sentence) (\(fault.path))")
        } else {
            let count = source.recordCount
            output.append(
                "\(source.name): \(count) \(count == 1 ? "record" : "records") came back through "
                    + names.joined(separator: ", "))
        }
    }

    private func appendJSON(
        _ fault: Fault?, _ names: [String], _ source: borrowing RecordSource, to output: LineOutput
    ) {
        output.append("{\"file\":")
        output.appendJSONString(source.name)
        output.append(",\"records\":\(source.recordCount),\"formats\":")
        output.appendJSONStrings(names)
        output.append(",\"passed\":\(fault == nil)")
        if let fault {
            output.append(",\"line\":\(fault.position.line),\"column\":\(fault.position.column)")
            for (name, value) in [
                (",\"path\":", fault.path), (",\"format\":", fault.format), (",\"code\":", fault.kind.rawValue),
                (",\"found\":", fault.found), (",\"expected\":", fault.expected),
            ] {
                output.append(name)
                output.appendJSONString(value)
            }
        }
        output.append("}")
    }

    /// The first format that does not bring the current record back; nil if all do.
    private static func failure(of source: borrowing RecordSource, _ checks: [RoundTripCheck]) -> Fault? {
        let path = source.path(ofRecord: source.recordCount - 1, isAlone: false)
        for check in checks {
            func fault(_ kind: Fault.Kind, _ below: String, _ found: String, _ expected: String) -> Fault {
                Fault(
                    kind: kind, format: check.format.name, path: path + below, position: source.recordPosition,
                    found: found, expected: expected)
            }
            switch source.withRecord({ check.outcome(of: $0) }) {
            case .same, nil: continue
            case .different(let below, let found, let expected): return fault(.different, below, found, expected)
            case .refused(let error): return fault(.refused, "", error.found, error.namingOption.expected)
            case .unreadable(let error): return fault(.unreadable, "", error.found, error.expected)
            }
        }
        return nil
    }
}

/// A format that does not bring a record back, with the reason.
private struct Fault {
    enum Kind: String {
        /// The record came back changed.
        case different
        /// The format cannot express the record.
        case refused
        /// The format refuses its own output.
        case unreadable
    }

    let kind: Kind
    let format: String
    let path: String
    let position: TextPosition
    let found: String
    let expected: String

    var sentence: String {
        let what = "found \(found), expected \(expected)"
        return switch kind {
        case .different: "through \(format) \(what)"
        case .refused: "\(format) has no way to say the record: \(what)"
        case .unreadable: "\(format) does not read what it wrote: \(what)"
        }
    }
}
