import ContentNegotiation
public import ResourceFormats

extension Format {
    /// `application/yaml` (RFC 9512): an item, a list, or a page, as in JSON; several documents are a list.
    ///
    /// Read by the core schema of YAML 1.2, written so that readers of YAML 1.1 find the same values.
    public static let yaml = Format(
        name: "yaml", mediaType: MediaType(type: "application", subtype: "yaml"), fileExtensions: ["yaml", "yml"],
        traits: FormatTraits(
            aliases: ["yml"],
            // The names that RFC 9512 section 2.1 calls deprecated.
            otherMediaTypes: [
                MediaType(type: "application", subtype: "x-yaml"), MediaType(type: "text", subtype: "yaml"),
                MediaType(type: "text", subtype: "x-yaml"),
            ],
            reservedPageMembers: ["items"]),
        reader: { YAMLReader(schema: $0, limits: $1) },
        writer: { YAMLWriter(schema: $0, limits: $1) })
}
