import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// The formats as the tests name them in their tables.
enum Form: String, CaseIterable, CustomTestStringConvertible {
    case json, prettyJSON, jsonLines, hal, prettyHAL, halWithBaseURL, xml, prettyXML, csv, csvWithJSONArrays,
        csvForSpreadsheets, csvWithSemicolons

    var format: Format {
        switch self {
        case .json: .json
        case .prettyJSON: .json(JSONOptions(isPretty: true))
        case .jsonLines: .jsonLines
        case .hal: .hal
        case .prettyHAL: .hal(HALOptions(isPretty: true))
        case .halWithBaseURL: .hal(HALOptions(baseURL: "https://example.com/"))
        case .xml: .xml
        case .prettyXML: .xml(XMLOptions(isPretty: true))
        case .csv: .csv
        case .csvWithJSONArrays: .csv(CSVOptions(arrays: .json))
        case .csvForSpreadsheets: .csv(CSVOptions(isForSpreadsheets: true))
        case .csvWithSemicolons: .csv(CSVOptions(delimiter: 0x3B, isForSpreadsheets: true))
        }
    }

    /// How a reader is told to read what the form wrote: without any of the writer's options.
    var readingFormat: Format { isCSV ? .csv : isHAL ? .hal : format }

    /// What a record may not have at its top.
    var refusedMembers: [String] { format.traits.reservedMembers }

    func refuses(_ record: SlowJSON) -> Bool {
        refusedMembers.contains { record[ExactText($0)] != nil }
    }

    var isHAL: Bool {
        switch self {
        case .hal, .prettyHAL, .halWithBaseURL: true
        case .json, .prettyJSON, .jsonLines, .xml, .prettyXML, .csv, .csvWithJSONArrays, .csvForSpreadsheets,
            .csvWithSemicolons:
            false
        }
    }

    var isCSV: Bool {
        switch self {
        case .json, .prettyJSON, .jsonLines, .hal, .prettyHAL, .halWithBaseURL, .xml, .prettyXML: false
        case .csv, .csvWithJSONArrays, .csvForSpreadsheets, .csvWithSemicolons: true
        }
    }

    var testDescription: String { rawValue }
}

/// What comes of converting a text with the large language model's schema: its output, or `error: ` and the error's description.
func convert(
    _ input: String, from source: Format = .json, to target: Format = .json, limits: Limits = .default,
    shape: DocumentShape? = nil
) -> String {
    run(input, from: source, to: target, limits: limits, shape: shape).description
}

/// The same with everything that is known of the conversion.
func run(
    _ input: String, from source: Format = .json, to target: Format = .json, limits: Limits = .default,
    shape: DocumentShape? = nil
) -> Conversion.Outcome {
    run(Array(input.utf8), from: source, to: target, limits: limits, shape: shape)
}

/// The same for bytes.
func run(
    _ input: [UInt8], from source: Format = .json, to target: Format = .json, limits: Limits = .default,
    shape: DocumentShape? = nil, schema: Schema = LargeLanguageModel.schema
) -> Conversion.Outcome {
    Conversion(from: source, to: target, schema: schema, limits: limits, shape: shape).run(input)
}

/// The JSON with the members of every object sorted, for comparing what CSV gives in column order; nil if it is none.
func sorted(_ json: [UInt8]) -> SlowJSON? {
    (try? SlowJSON(parsing: json, depthLimit: 129))?.sorted
}
