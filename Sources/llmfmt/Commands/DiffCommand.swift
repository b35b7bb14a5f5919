import ArgumentParser
import ResourceFormats

/// `llmfmt diff`: the records that two inputs have in different ways.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show the records that were added, removed or changed between two inputs.",
        discussion: """
            EXAMPLES:
              llmfmt diff models.json models.csv
              llmfmt diff old.json new.json --key name
              llmfmt diff old.json new.json --format json > patch.json

            The order of members does not count, and numbers are compared as they are written. The members of a page and \
            links are not compared. The first file is read twice, so it cannot be standard input. With --format json the \
            output is a JSON Patch (RFC 6902) for the records of the first file as a JSON list, page or object.

            EXIT CODES: 0 the records are equal, 1 they differ; 64 usage, 65 data refused, 66 input cannot be opened, \
            74 read or write failed.
            """,
        helpNames: .long)

    @OptionGroup var input: InputArguments

    @Option(
        help: ArgumentHelp(
            "The field that tells which records belong together; without it _id if the first record has it.",
            valueName: "field"))
    var key: String?

    @Flag(help: "The first record belongs to the first, and so on.")
    var byPosition = false

    @Option(help: "Text, or JSON for a JSON Patch.")
    var format = OutputFormat.text

    func run() throws {
        let schema = try input.schema()
        let console = Console(isQuiet: input.quiet, color: input.color)
        let isEqual = try console.exitingOnFailure { () throws(Failure) in try compare(schema, console) }
        if !isEqual { throw ArgumentParser.ExitCode(1) }
    }

    private func compare(_ schema: Schema, _ console: Console) throws(Failure) -> Bool {
        let files = input.files
        guard files.count == 2 else { throw .usage("diff compares two files; there are \(files.count)") }
        _ = try input.split.place(files: files)
        let given: Format? = if let from = input.from { try Format(named: from) } else { nil }
        let records = try input.place.path()
        let table = try input.tableInput(schema)
        let matching = try matching()
        if files[0] == "-" { throw .usage("the first file is read twice, so it cannot be standard input") }
        try InputSource.checkThatAllExist(files)
        try ToolFiles.checkInputs(files)
        if System.status(of: files[0])?.isRegular != true {
            throw .usage("the first file is read twice, so it has to be a regular file")
        }
        var diff = RecordDiff(schema: schema, matching: matching)
        var old = try RecordSource(files[0], from: given, table, records: records, schema: schema)
        try diff.readOld(&old)
        var new = try RecordSource(files[1], from: given, table, records: records, schema: schema)
        try diff.readNew(&new)
        let isItem = old.shape == .item && new.shape == .item
        let output = LineOutput()
        var report = DiffReport(
            format, output, names: (old.name, new.name), isItem: isItem, isPage: old.shape == .page)
        try report.begin()
        if diff.needsSecondReading {
            var again = try RecordSource(files[0], from: given, table, records: records, schema: schema)
            try diff.readOldAgain(&again) { (source, index, label, differences) throws(Failure) in
                try report.show(
                    index, label, at: source.recordPosition, differences, in: diff.changed[index])
            }
        }
        try report.end(diff)
        try output.finish()
        for note in old.notes { console.note(note.sentenceNamingOption, file: old.name) }
        for note in new.notes { console.note(note.sentenceNamingOption, file: new.name) }
        return diff.isEqual
    }

    private func matching() throws(Failure) -> RecordDiff.Matching {
        if byPosition {
            if key != nil { throw .usage("--key and --by-position exclude each other") }
            return .position
        }
        do throws(SerializationError) {
            return if let key { .key(try MemberPath(key)) } else { .usualKey(try MemberPath("_id")) }
        } catch {
            throw .usage("--key: \(error.sentence)")
        }
    }
}

/// The output of `diff`: text, or a JSON Patch.
private struct DiffReport {
    private let format: OutputFormat
    private let output: LineOutput
    private let names: (old: String, new: String)
    private let isItem: Bool
    /// The JSON Pointer of the records.
    private let prefix: String
    private var hasOperations = false
    private var removed: [Int] = []

    init(
        _ format: OutputFormat, _ output: LineOutput, names: (old: String, new: String), isItem: Bool, isPage: Bool
    ) {
        self.format = format
        self.output = output
        self.names = names
        self.isItem = isItem
        prefix = isPage ? "/items" : ""
    }

    mutating func begin() throws(Failure) {
        if format == .json { output.append("[") }
    }

    /// Shows a record of the first input that is changed, or removed if there is none in the second.
    mutating func show(
        _ index: Int, _ label: String, at position: TextPosition, _ differences: [RecordDifference],
        in entry: RecordDiff.Entry?
    ) throws(Failure) {
        if format == .json {
            if entry == nil { removed.append(index) }
            let record = isItem ? "" : "\(prefix)/\(index)"
            for difference in differences {
                let name = difference.old == nil ? "add" : difference.new == nil ? "remove" : "replace"
                try operation(name, "\(record)\(difference.pointer)", value: difference.new)
            }
            return
        }
        let old = "\(names.old):\(position.line):\(position.column)"
        guard let entry else {
            output.append("removed \(label) (\(old))")
            return try output.endLine()
        }
        output.append(
            "changed \(label) (\(old), \(names.new):\(entry.position.line):\(entry.position.column))")
        try output.endLine()
        for difference in differences {
            for (sign, value) in [("-", difference.old), ("+", difference.new)] {
                guard let value else { continue }
                output.append("  \(sign) \(difference.path): ")
                output.append(value)
                try output.endLine()
            }
        }
    }

    mutating func end(_ diff: borrowing RecordDiff) throws(Failure) {
        if format == .json {
            try endPatch(diff)
            output.append("]")
            return try output.endLine()
        }
        for entry in diff.added {
            output.append("added \(entry.label) (\(names.new):\(entry.position.line):\(entry.position.column))")
            try output.endLine()
        }
        let kept = diff.order.filter { $0 >= 0 }
        if zip(kept, kept.dropFirst()).contains(where: { $0 > $1 }) {
            output.append("the order of records differs")
            try output.endLine()
        }
    }

    /// Removes from the end, and then goes through the records of the second input in order.
    private mutating func endPatch(_ diff: borrowing RecordDiff) throws(Failure) {
        if isItem, let entry = diff.added.first { return try operation("replace", "", value: entry.record.json) }
        for index in removed.reversed() { try operation("remove", "\(prefix)/\(index)", value: nil) }
        var current = (0..<diff.count).filter { !diff.isRemoved($0) }
        var addedCount = 0
        for (place, index) in diff.order.enumerated() {
            if index < 0 {
                try operation("add", "\(prefix)/\(place)", value: diff.added[addedCount].record.json)
                current.insert(-1, at: place)
                addedCount += 1
            } else if current[place] != index, let from = current[place...].firstIndex(of: index) {
                current.remove(at: from)
                current.insert(index, at: place)
                try operation("move", "\(prefix)/\(place)", from: "\(prefix)/\(from)", value: nil)
            }
        }
    }

    private mutating func operation(
        _ name: String, _ path: String, from: String? = nil, value: [UInt8]?
    ) throws(Failure) {
        if hasOperations {
            output.append(",")
            try output.endLine()
        }
        hasOperations = true
        output.append("{\"op\":\"\(name)\"")
        if let from {
            output.append(",\"from\":")
            output.appendJSONString(from)
        }
        output.append(",\"path\":")
        output.appendJSONString(path)
        if let value {
            output.append(",\"value\":")
            output.append(value)
        }
        output.append("}")
    }
}
