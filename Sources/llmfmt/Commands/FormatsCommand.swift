import ArgumentParser
import ContentNegotiation
import ResourceFormats

/// `llmfmt formats`: the formats, as a table.
struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "List the formats, their media types and file endings.",
        helpNames: .long)

    @Option(help: "A table, or one JSON array.")
    var format = OutputFormat.text

    func run() throws {
        try Console().exitingOnFailure { () throws(Failure) in
            let output = LineOutput()
            switch format {
            case .text: output.append(table(Self.rows))
            case .json: try Self.appendJSON(to: output)
            }
            try output.finish()
        }
    }

    /// The media types of a format, the usual one first.
    private static func mediaTypes(of format: Format) -> [String] {
        ([format.mediaType] + format.traits.otherMediaTypes).map(\.description)
    }

    private static func appendJSON(to output: LineOutput) throws(Failure) {
        for (index, format) in Format.named.enumerated() {
            output.append(index > 0 ? ",{\"name\":" : "[{\"name\":")
            output.appendJSONString(format.name)
            output.append(",\"mediaTypes\":")
            output.appendJSONStrings(mediaTypes(of: format))
            output.append(",\"fileExtensions\":")
            output.appendJSONStrings(format.fileExtensions)
            output.append(",\"reads\":true,\"writes\":true}")
        }
        output.append("]")
        try output.endLine()
    }

    private static var rows: [[String]] {
        var rows = [["NAME", "MEDIA TYPE", "FILES", "READS", "WRITES"]]
        for format in Format.named {
            // Every format has a reader and a writer: `Format` cannot be made without them.
            rows.append([
                format.name, mediaTypes(of: format).joined(separator: ", "),
                format.fileExtensions.map { "." + $0 }.joined(separator: " "),
                "yes", "yes",
            ])
        }
        return rows
    }
}

/// The lines of a table, with columns aligned and separated by two spaces.
func table(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
        rows.map { column < $0.count ? $0[column].unicodeScalars.count : 0 }.max() ?? 0
    }
    return rows.map { row in
        var line = ""
        for (column, cell) in row.enumerated() {
            line += cell
            if column + 1 < row.count {
                line += String(repeating: " ", count: widths[column] + 2 - cell.unicodeScalars.count)
            }
        }
        return line + "\n"
    }.joined()
}
