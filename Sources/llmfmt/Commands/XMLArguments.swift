import ArgumentParser
import ResourceFormats

/// The options that say what the elements of XML are called.
struct XMLArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The root element of XML lists; this and the next four are for the output if that is XML, else the input.",
            valueName: "name"))
    var xmlRoot: String?

    @Option(help: ArgumentHelp("The element of a record in XML.", valueName: "name"))
    var xmlRecord: String?

    @Option(help: ArgumentHelp("The elements of arrays in XML, instead of item.", valueName: "name"))
    var xmlItem: String?

    @Option(
        name: .customLong("xml-attribute"),
        help: ArgumentHelp(
            "A member that is an attribute of its object's element in XML; may be given again.", valueName: "field"))
    var xmlAttributes: [String] = []

    @Option(help: ArgumentHelp("The namespace of all elements in XML.", valueName: "uri"))
    var xmlNamespace: String?

    /// The names, checked for the records of a schema.
    func names(for schema: Schema) throws(Failure) -> XMLNameOptions {
        let options = XMLOptions(
            rootName: xmlRoot, recordName: xmlRecord, itemName: xmlItem ?? "item", attributes: xmlAttributes,
            namespace: xmlNamespace)
        let used = [
            ("--xml-root", xmlRoot != nil), ("--xml-record", xmlRecord != nil), ("--xml-item", xmlItem != nil),
            ("--xml-attribute", !xmlAttributes.isEmpty), ("--xml-namespace", xmlNamespace != nil),
        ].first { $0.1 }?.0
        do throws(SerializationError) {
            try options.check(for: schema)
        } catch {
            throw .usage("\(used ?? "--xml-root"): found \(error.found), expected \(error.expected)")
        }
        return XMLNameOptions(options: options, usedOption: used)
    }
}

/// What the elements of XML are called.
struct XMLNameOptions {
    var options = XMLOptions()
    /// The first option that was given; nil if all names are the usual ones.
    var usedOption: String?
    /// Whether there are several inputs, of which some may be XML.
    var mayBeUnused = false

    /// The XML format that reads or writes these names, under the media type of `format`; any other format as it is.
    func named(_ format: Format) -> Format {
        usedOption != nil && format.isXML ? format.xml(options) : format
    }

    /// Refuses the names if a format is not XML: they would silently do nothing.
    func check(against format: Format) throws(Failure) {
        if let usedOption, !mayBeUnused, !format.isXML {
            throw .usage("\(usedOption) is for XML; the input is \(format.name)")
        }
    }
}
