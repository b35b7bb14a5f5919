import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// Documents of JSON, held against the slow parser too.
enum JSONTarget: Target {
    static let name = "json"

    static func check(_ bytes: [UInt8]) {
        guard let input = DocumentInput(bytes) else { return }
        let laws = DocumentLaws(
            input, source: .json, own: input.variant & 1 > 0 ? .json(JSONOptions(isPretty: true)) : .json)
        laws.check()
        if input.hasDefaultLimits { SlowJSONLaws(document: input.document, lines: laws.lines).checkDocument() }
    }

    static func seeds() -> [[UInt8]] { Seeds.documents(.json, broken: Seeds.json) }
    static let words = Words.json + Words.names
}

/// JSON Lines, held against the slow parser too.
enum JSONLinesTarget: Target {
    static let name = "jsonl"

    static func check(_ bytes: [UInt8]) {
        guard let input = DocumentInput(bytes) else { return }
        let laws = DocumentLaws(input, source: .jsonLines, own: .jsonLines)
        laws.check()
        if input.hasDefaultLimits { SlowJSONLaws(document: input.document, lines: laws.lines).checkLines() }
    }

    static func seeds() -> [[UInt8]] { Seeds.documents(.jsonLines, broken: Seeds.lines) }
    static let words = Words.json + Words.names
}

/// HAL with links taken for what they are, or kept.
enum HALTarget: Target {
    static let name = "hal"

    static func check(_ bytes: [UInt8]) {
        guard let input = DocumentInput(bytes) else { return }
        let options = HALOptions(
            baseURL: input.variant & 1 > 0 ? "https://example.com/" : "", keepsLinks: input.variant & 2 > 0)
        DocumentLaws(
            input, source: .hal(options), own: options.keepsLinks ? .json : .hal(options),
            hasBaseURL: input.variant & 1 > 0
        ).check()
    }

    static func seeds() -> [[UInt8]] { Seeds.documents(.hal, broken: Seeds.hal + Seeds.json) }
    static let words = Words.json + Words.names + Words.hal
}

/// XML, through libxml2 and past it.
enum XMLTarget: Target {
    static let name = "xml"

    static func check(_ bytes: [UInt8]) {
        guard let input = DocumentInput(bytes) else { return }
        let laws = DocumentLaws(
            input, source: .xml, own: input.variant & 1 > 0 ? .xml(XMLOptions(isPretty: true)) : .xml)
        laws.check()
        if input.hasDefaultLimits { checkLongWay(input, laws.lines) }
    }

    /// A record with a comment is read by libxml2, and one without by our own parser where it is plain.
    private static func checkLongWay(_ input: DocumentInput, _ lines: Conversion.Outcome) {
        let text = String(decoding: input.document, as: UTF8.self)
        guard Array(text.utf8) == input.document else { return }
        // Where there is other markup a comment would change what it says.
        guard !text.utf8.contains(0), !text.contains("<!"), !text.dropFirst(2).contains("<?") else { return }
        let end = "</largeLanguageModel>"
        let longer = text.replacing(end, with: "<!---->" + end)
        let outcome = input.conversion(from: .xml, to: .jsonLines).run(Array(longer.utf8), cuts: [])
        if (outcome.error == nil) != (lines.error == nil) || (lines.error == nil && outcome.output != lines.output) {
            fail(
                "a comment in a record changes nothing",
                [("document", input.document), ("without", lines), ("with", outcome)])
        }
    }

    static func seeds() -> [[UInt8]] { Seeds.documents(.xml, broken: Seeds.xml) }
    static let words = Words.xml + Words.names
}

/// CSV with its delimiters, with and without a header row.
enum CSVTarget: Target {
    static let name = "csv"

    static func check(_ bytes: [UInt8]) {
        guard let input = DocumentInput(bytes) else { return }
        var options = CSVOptions()
        switch input.variant & 7 {
        case 1: options.delimiter = 0x3B
        case 2: options.delimiter = 0x09
        case 3: options.delimiter = 0x7C
        case 4: options.delimiter = 0x20
        case 5:
            options.hasHeader = false
            options.columns = ["name", "x.y", "fallbacks[0].isFallbackEnabled", "x.z[0]"]
        case 6: options.delimiter = 0x2C
        default: break
        }
        let hasJSONCells = input.variant & 8 > 0
        let own: Format = hasJSONCells ? .csv(CSVOptions(arrays: .json, isForSpreadsheets: true)) : .csv
        DocumentLaws(input, source: .csv(options), own: own, ownHasJSONCells: hasJSONCells).check()
    }

    static func seeds() -> [[UInt8]] { Seeds.documents(.csv, broken: Seeds.csv) }
    static let words = Words.csv + Words.names
}
