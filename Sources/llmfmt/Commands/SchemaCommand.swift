import ArgumentParser
import ResourceFormats

/// `llmfmt schema`: prints the schema of the resource in the notation of other tools.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the resource's schema: as XSD, JSON Schema, Table Schema, OpenAPI, CSV header, or table.",
        discussion: """
            EXAMPLES:
              llmfmt schema xsd > models.xsd && xmllint --noout --schema models.xsd models.xml
              llmfmt schema json-schema --profile create > new-model.schema.json
              llmfmt schema json-schema --shape page > page.schema.json
              llmfmt schema table-schema > models.schema.json
              llmfmt schema csv-header > models.csv
              llmfmt schema fields
            """,
        helpNames: .long)

    /// The documents that can be printed.
    enum Document: String, CaseIterable, ExpressibleByArgument {
        case xsd
        case jsonSchema = "json-schema"
        case tableSchema = "table-schema"
        case openAPI = "openapi"
        case csvHeader = "csv-header"
        case fields
    }

    /// The name of a shape.
    struct ShapeName: ExpressibleByArgument {
        let shape: JSONSchemaShape

        init?(argument: String) {
            guard let shape = JSONSchemaShape(rawValue: argument) else { return nil }
            self.shape = shape
        }

        static var allValueStrings: [String] { JSONSchemaShape.allCases.map(\.rawValue) }
    }

    @Argument(help: "xsd, json-schema, table-schema (Frictionless, for CSV), openapi, csv-header or fields.")
    var document: Document

    @OptionGroup var resource: ResourceArguments

    @OptionGroup var xml: XMLArguments

    @Option(help: "For json-schema: records as the API returns them, or as they are sent to create.")
    var profile: ProfileName?

    @Option(
        help: ArgumentHelp(
            "For json-schema: a document of this shape, for programs that make code from it: objects in $defs with titles, an $id.",
            valueName: "item|list|page|hal"))
    var shape: ShapeName?

    @Flag(help: "For xsd: a form for programs that make classes from it, without xsi:nil.")
    var forClasses = false

    @Flag(help: "For json-schema and openapi: allow no other model types and providers than the documented ones.")
    var strict = false

    func run() throws {
        try Console().exitingOnFailure { () throws(Failure) in
            if document != .jsonSchema, profile != nil || shape != nil || (strict && document != .openAPI) {
                throw .usage(
                    "--profile, --shape and --strict are for json-schema, and --strict for openapi; the others hold for every profile"
                )
            }
            if forClasses, document != .xsd { throw .usage("--for-classes is for xsd") }
            let schema = try resource.schema()
            let names = try xml.names(for: schema)
            if let option = names.usedOption, document != .xsd { throw .usage("\(option) is for xsd") }
            if document == .csvHeader || document == .fields || document == .tableSchema, schema.placeCount == 0 {
                throw .usage("\(document.rawValue) lists known fields; the resource \(schema.name) has none")
            }
            let output = LineOutput()
            switch document {
            case .xsd: output.append(schema.xmlSchema(names.options, isForClasses: forClasses))
            case .jsonSchema:
                let profile = profile?.profile ?? .resource
                output.append(
                    shape.map { schema.jsonSchema(of: $0.shape, profile: profile, isStrict: strict) }
                        ?? schema.jsonSchema(profile: profile, isStrict: strict))
            case .tableSchema: output.append(schema.tableSchema)
            case .openAPI: output.append(schema.openAPI(isStrict: strict))
            case .csvHeader: output.append(schema.csvHeader)
            case .fields: output.append(schema.fieldTable)
            }
            try output.finish()
        }
    }
}
