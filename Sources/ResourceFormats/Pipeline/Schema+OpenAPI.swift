import ContentNegotiation

extension Schema {
    /// An OpenAPI 3.1 document with components for the resource: schemas of records as they are sent and as they are
    /// created, of pages and of HAL, and a response and a request body with the media types of the five formats.
    ///
    /// It has no paths: these belong to a server.
    ///
    /// - Parameter isStrict: Whether a value that is not documented is invalid even where a newer server may have added it.
    public func openAPI(isStrict: Bool = false) -> String {
        let before = "#/components/schemas/"
        let definitions = JSONSchemaDefinitions(of: self, before: before, prefix: "")
        let new = JSONSchemaDefinitions(of: self, before: before, prefix: "New", avoiding: definitions)
        let printer = JSONSchemaPrinter(
            schema: self, profile: .resource, isStrict: isStrict, definitions: definitions)
        let creation = JSONSchemaPrinter(schema: self, profile: .create, isStrict: isStrict, definitions: new)
        let record = Self.reference(definitions.reference(to: .record))
        var schemas = [printer.recordPart] + printer.objects
        schemas.append((definitions.name(.page), .object(printer.page)))
        schemas.append((definitions.name(.halDocument), .object(printer.halDocument)))
        schemas += printer.halParts + [creation.recordPart] + creation.objects
        let items = PrintedJSON.object([("type", .string("array")), ("items", record)])
        let lists = PrintedJSON.object([
            ("anyOf", .array([items, Self.reference(definitions.reference(.page))]))
        ])
        let title = definitions.title(of: .record)
        let responses: [(String, PrintedJSON)] = [
            (
                title,
                Self.body(
                    "One \(name).", json: record, hal: Self.reference(definitions.reference(.withLinks)))
            ),
            (
                definitions.name(.list),
                Self.body(
                    "Several \(pluralName).", json: lists,
                    hal: Self.reference(definitions.reference(.halDocument)))
            ),
        ]
        let newRecord = Self.reference(new.reference(to: .record))
        let requests = [
            (new.title(of: .record), Self.body("A new \(name).", json: newRecord, hal: newRecord))
        ]
        return PrintedJSON.object([
            ("openapi", .string("3.1.0")),
            ("info", .object([("title", .string(pluralName)), ("version", .string("1"))])),
            (
                "components",
                .object([
                    ("schemas", .object(schemas)), ("responses", .object(responses)),
                    ("requestBodies", .object(requests)),
                ])
            ),
        ]).document
    }

    private static func reference(_ text: String) -> PrintedJSON { .object([("$ref", .string(text))]) }

    /// A body in each of the five formats; JSON Schema describes two of them, and the others are texts.
    private static func body(_ description: String, json: PrintedJSON, hal: PrintedJSON) -> PrintedJSON {
        let text = PrintedJSON.object([("type", .string("string"))])
        let content = Format.builtIn.map { format in
            let schema =
                switch format.mediaType.subtype {
                case "json": json
                case "hal+json": hal
                default: text
                }
            return (
                "\(format.mediaType.type)/\(format.mediaType.subtype)", PrintedJSON.object([("schema", schema)])
            )
        }
        return .object([("description", .string(description)), ("content", .object(content))])
    }
}
