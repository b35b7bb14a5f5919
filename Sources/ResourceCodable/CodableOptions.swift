public import ResourceFormats

/// How values of Swift types become records, and records values.
///
///     var options = CodableOptions(recordName: "invoice", listName: "invoices", keys: .snakeCase)
///     options.dates = .iso8601
///     let bytes = try Format.xml.encode(invoices, options: options)
public struct CodableOptions: Sendable {
    /// The name of one record, which is that of its XML element.
    public var recordName: String
    /// The name of several records, which is that of the root element of a list in XML.
    public var listName: String
    /// How the names of members follow from coding keys.
    public var keys: KeyStrategy
    /// What becomes of the floating-point numbers that are not finite.
    public var nonFinite = NonFiniteStrategy.refused
    #if canImport(FoundationEssentials) || canImport(Foundation)
    /// How a `Date` is written.
    public var dates = DateStrategy.deferredToDate
    /// How a `Data` is written.
    public var data = DataStrategy.base64
    #endif
    /// What the types find in `userInfo` of their encoder or decoder.
    public var userInfo: [CodingUserInfoKey: any Sendable] = [:]
    /// The bounds of records, for reading and writing.
    public var limits = Limits.default

    /// The given names of XML's elements and of members; everything else has its default and can be set.
    public init(recordName: String = "record", listName: String = "records", keys: KeyStrategy = .asDeclared) {
        self.recordName = recordName
        self.listName = listName
        self.keys = keys
    }

    /// What becomes of infinities and of "not a number", for which no format has numbers.
    public enum NonFiniteStrategy: Sendable {
        /// An error.
        case refused
        /// These texts stand for them.
        case strings(positiveInfinity: String, negativeInfinity: String, nan: String)
    }
}

extension CodableOptions {
    private static let defaultSchemas = (items: schema(hasPages: false), lists: schema(hasPages: true))

    private static func schema(hasPages: Bool) -> Schema? {
        try? Schema(chosenName: "record", plural: "records", hasPages: hasPages)
    }

    /// The schema of records whose members are all unknown; an object is taken for a page only where a list is asked for.
    func schema(hasPages: Bool) throws(SerializationError) -> Schema {
        if recordName.utf8.elementsEqual("record".utf8), listName.utf8.elementsEqual("records".utf8),
            let schema = hasPages ? Self.defaultSchemas.lists : Self.defaultSchemas.items
        {
            return schema
        }
        return try Schema(chosenName: recordName, plural: listName, hasPages: hasPages)
    }
}
