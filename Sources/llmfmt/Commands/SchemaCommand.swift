import ArgumentParser
import ResourceFormats

/// `llmfmt schema`: prints the schema of the resource in the notation of other tools.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the resource's schema: as XSD, as JSON Schema, as a CSV header, or as a table.",
        discussion: """
            EXAMPLES:
              llmfmt schema xsd > models.xsd && xmllint --noout --schema models.xsd models.xml
              llmfmt schema json-schema --profile create > new-model.schema.json
              llmfmt schema csv-header > models.csv
              llmfmt schema fields
            """,
        helpNames: .long)

    /// The documents that can be printed.
    enum Document: String, CaseIterable, ExpressibleByArgument {
        case xsd
        case jsonSchema = "json-schema"
        case csvHeader = "csv-header"
        case fields
    }

    @Argument(help: "xsd, json-schema, csv-header or fields.")
    var document: Document

    @OptionGroup var resource: ResourceArguments

    @OptionGroup var xml: XMLArguments

    @Option(help: "For json-schema: records as the API returns them, or as they are sent to create.")
    var profile: ProfileName?

    @Flag(help: "For json-schema: allow no other model types and providers than the documented ones.")
    var strict = false

    func run() throws {
        try Console().exitingOnFailure { () throws(Failure) in
            if document != .jsonSchema, profile != nil || strict {
                throw .usage("--profile and --strict are for json-schema; the others hold for every profile")
            }
            let schema = try resource.schema()
            let names = try xml.names(for: schema)
            if let option = names.usedOption, document != .xsd { throw .usage("\(option) is for xsd") }
            if document == .csvHeader || document == .fields, schema.placeCount == 0 {
                throw .usage("\(document.rawValue) lists known fields; the resource \(schema.name) has none")
            }
            let output = LineOutput()
            switch document {
            case .xsd: output.append(schema.xmlSchema(names.options))
            case .jsonSchema: output.append(schema.jsonSchema(profile: profile?.profile ?? .resource, isStrict: strict))
            case .csvHeader: output.append(schema.csvHeader)
            case .fields: output.append(schema.fieldTable)
            }
            try output.finish()
        }
    }
}
