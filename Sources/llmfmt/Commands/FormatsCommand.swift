import ArgumentParser
import ContentNegotiation
import ResourceFormats

/// `llmfmt formats`: the formats, as a table.
struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "List the formats, their media types and file endings.",
        helpNames: .long)

    func run() throws {
        var rows = [["NAME", "MEDIA TYPE", "FILES", "READS", "WRITES"]]
        for format in Format.builtIn {
            // Every format of the package has a reader and a writer: `Format` cannot be made without.
            // XML goes by two media types.
            let mediaTypes = format == .xml ? [format.mediaType, Format.textXML.mediaType] : [format.mediaType]
            rows.append([
                format.name, mediaTypes.map(\.description).joined(separator: ", "),
                format.fileExtensions.map { "." + $0 }.joined(separator: " "),
                "yes", "yes",
            ])
        }
        try Console().exitingOnFailure { () throws(Failure) in
            let output = LineOutput()
            output.append(table(rows))
            try output.finish()
        }
    }
}

/// Rows of cells as lines, with the columns under one another and two spaces between.
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
