import ResourceFormats

/// A way to write records, and how what was written is read: without the writer's options wherever that has to do.
struct TargetForm {
    let name: String
    let writer: Format
    let reader: Format
    /// CSV gives members in the order of its columns.
    var isCSV: Bool { writer.name == "csv" }
    /// CSV with each list in one cell.
    var hasJSONCells: Bool { name == "csv with json" || name == "csv with tabs" }
    var isHAL: Bool { writer.name == "hal" }
    /// Links begin with the one base URL that the targets use, and not with the path.
    var hasBaseURL: Bool { name.hasSuffix("base") }

    private init(_ name: String, _ writer: Format, readAs reader: Format) {
        self.name = name
        self.writer = writer
        self.reader = reader
    }

    static let all: [TargetForm] = [
        TargetForm("json", .json, readAs: .json),
        TargetForm("pretty json", .json(JSONOptions(isPretty: true)), readAs: .json),
        TargetForm("jsonl", .jsonLines, readAs: .jsonLines),
        TargetForm("hal", .hal, readAs: .hal),
        TargetForm(
            "pretty hal with a base", .hal(HALOptions(baseURL: "https://example.com/", isPretty: true)),
            readAs: .hal(HALOptions(baseURL: "https://example.com"))),
        TargetForm("xml", .xml, readAs: .xml),
        TargetForm("pretty xml", .xml(XMLOptions(isPretty: true)), readAs: .xml),
        TargetForm("xml in UTF-16", .xml(XMLOptions(encoding: "UTF-16")), readAs: .xml),
        TargetForm("xml in US-ASCII", .xml(XMLOptions(encoding: "US-ASCII")), readAs: .xml),
        TargetForm("xml in windows-1258", .xml(XMLOptions(encoding: "windows-1258")), readAs: .xml),
        TargetForm("csv", .csv, readAs: .csv),
        TargetForm("csv with json", .csv(CSVOptions(arrays: .json)), readAs: .csv),
        TargetForm("csv for spreadsheets", .csv(CSVOptions(isForSpreadsheets: true)), readAs: .csv),
        TargetForm(
            "csv with semicolons", .csv(CSVOptions(delimiter: 0x3B, isForSpreadsheets: true)),
            readAs: .csv(CSVOptions(delimiter: 0x3B))),
        TargetForm(
            "csv with tabs", .csv(CSVOptions(arrays: .json, delimiter: 0x09)),
            readAs: .csv(CSVOptions(delimiter: 0x09))),
    ]
}
