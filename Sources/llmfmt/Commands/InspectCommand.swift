import ArgumentParser
import ResourceFormats

/// `llmfmt inspect`: describes the content of an input.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what inputs hold: format, encoding, shape, records, fields and how often, sizes.",
        discussion: """
            EXAMPLES:
              llmfmt inspect models.csv
              curl -s $URL | llmfmt inspect

            A field's count is how many values stand at its place, in all records; [] is every element of an array. The \
            bar shows in how many of the objects the member is. Up to \(ValueTally.most) different values are listed \
            with their counts; of more, the first ones. Long lines are cut at the terminal's width, or at \
            \(InspectionTable.usualWidth) columns. With --format json there is one object on a line for each input.
            """,
        helpNames: .long)

    @OptionGroup var input: InputArguments

    @Option(help: "Tables, or JSON Lines.")
    var format = OutputFormat.text

    func run() throws {
        let schema = try input.schema()
        let output = LineOutput()
        var refusedCount = 0
        try input.forEachSource(of: schema, output: output) { (source, console) throws(Failure) in
            var inspection = Inspection(schema: schema)
            try inspection.run(&source, console)
            refusedCount += inspection.refusedCount
            switch format {
            case .text: output.append(inspection.report(on: source))
            case .json: try inspection.appendJSON(on: source, to: output)
            }
            try output.drain()
            for note in source.notes { console.note(note.sentenceNamingOption, file: source.name) }
        }
        if refusedCount > 0 { throw ArgumentParser.ExitCode(65) }
    }
}

/// The findings about one input.
private struct Inspection {
    private var census: RecordCensus
    private(set) var refusedCount = 0
    private var readCount = 0
    private var smallest = Int.max
    private var largest = 0
    private var total = 0

    init(schema: Schema) {
        census = RecordCensus(schema: schema)
    }

    mutating func run(_ source: inout RecordSource, _ console: Console) throws(Failure) {
        while true {
            switch try source.next() {
            case .record:
                source.withRecord { census.add($0) }
                readCount += 1
                smallest = min(smallest, source.recordSize)
                largest = max(largest, source.recordSize)
                total += source.recordSize
            case .refused(let error, let excerpt):
                refusedCount += 1
                console.report(.refused(file: source.name, error, excerpt: excerpt))
            case .end: return
            }
        }
    }

    func report(on source: borrowing RecordSource) -> String {
        var facts = [
            ["  format", source.format.name], ["  encoding", source.encoding], ["  shape", shape(of: source)],
            ["  records", String(readCount)],
        ]
        if refusedCount > 0 { facts.append(["  refused", String(refusedCount)]) }
        facts.append(["  bytes", String(source.byteCount)])
        if readCount > 0 {
            facts.append(["  smallest record", "\(smallest) bytes"])
            facts.append(["  mean record", "\(total / readCount) bytes"])
            facts.append(["  largest record", "\(largest) bytes"])
            facts.append(["  deepest level", String(census.depth)])
        }
        var text = source.name + "\n" + table(facts)
        let rows = census.rows
        if !rows.isEmpty {
            let width = System.terminalWidth(1) ?? InspectionTable.usualWidth
            text += "\n" + InspectionTable(width: width).lines(rows)
        }
        if census.hasMoreUnknown {
            text += "  more unknown fields than the \(RecordCensus.unknownLimit) above are not told apart\n"
        }
        return text
    }

    func appendJSON(on source: borrowing RecordSource, to output: LineOutput) throws(Failure) {
        for (name, value) in [
            ("{\"file\":", source.name), (",\"format\":", source.format.name), (",\"encoding\":", source.encoding),
            (",\"shape\":", shape(of: source)),
        ] {
            output.append(name)
            output.appendJSONString(value)
        }
        output.append(",\"records\":\(readCount),\"refused\":\(refusedCount),\"bytes\":\(source.byteCount)")
        if readCount > 0 {
            output.append(",\"smallestRecord\":\(smallest),\"meanRecord\":\(total / readCount)")
            output.append(",\"largestRecord\":\(largest),\"deepestLevel\":\(census.depth)")
        }
        output.append(",\"fields\":[")
        for (index, row) in census.rows.enumerated() {
            output.append(index > 0 ? ",{\"path\":" : "{\"path\":")
            output.appendJSONString(row.path)
            output.append(",\"known\":\(row.isKnown),\"count\":\(row.count),\"kinds\":")
            output.appendJSONStrings(row.kinds.names)
            output.append(",\"values\":[")
            for (index, value) in row.tally.byCount.enumerated() {
                output.append(index > 0 ? ",{\"value\":" : "{\"value\":")
                let text = String(decoding: value.text, as: UTF8.self)
                if value.kind == .string { output.appendJSONString(text) } else { output.append(value.text) }
                output.append(",\"count\":\(value.count)")
                output.append(value.isCut ? ",\"isCut\":true}" : "}")
            }
            output.append("],\"hasMoreValues\":\(row.tally.hasMore)}")
        }
        output.append("],\"hasMoreUnknownFields\":\(census.hasMoreUnknown)}")
        try output.endLine()
    }

    private func shape(of source: borrowing RecordSource) -> String {
        switch source.shape {
        case .item: "item"
        case .list: "list"
        case .page: "page"
        case nil: readCount == 1 && refusedCount == 0 ? "item" : "list"
        }
    }
}
