/// A link relation and the template of its targets (RFC 6570, simple expansion).
///
/// - `/v2.0/connections/{connectionId}` takes the value of the record's field `connectionId`. Without that value there
///   is no link.
/// - `{?projectId}` expands to `?projectId=` and the value, or to nothing.
/// - `{fallbacks.referenceId}` and `{projects}`, where the first name is that of an array, give one target for each
///   element. Such a relation is an array in every record.
public struct LinkTemplate: Sendable {
    /// The relation, such as `self` or `llm:connection`.
    public let relation: String
    /// The template as it was declared.
    public let template: String

    /// A relation and its template.
    public init(_ relation: String, _ template: String) {
        self.relation = relation
        self.template = template
    }

    /// A piece of a template.
    enum Piece: Sendable, Equatable {
        case literal(String)
        case value(String)
        case query(String)
    }

    /// The pieces of the template; text that is not an expression is literal.
    var pieces: [Piece] {
        var pieces: [Piece] = []
        var rest = Array(template.utf8)[...]
        var literal: [UInt8] = []
        func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
                literal.append(byte)
                continue
            }
            if !literal.isEmpty { pieces.append(.literal(text(literal))) }
            literal = []
            let name = rest[..<end]
            let isQuery = name.first == UInt8(ascii: "?")
            pieces.append(isQuery ? .query(text(name.dropFirst())) : .value(text(name)))
            rest = rest[(end + 1)...]
        }
        if !literal.isEmpty { pieces.append(.literal(text(literal))) }
        return pieces
    }
}

/// The links of a resource, which HAL writes next to its records.
///
/// Declared once by the resource and compiled with its schema.
public struct ResourceLinks: Sendable {
    /// A prefix for the resource's own relations, and the template of their documentation (the `curies` of HAL).
    public struct Curie: Sendable {
        /// The prefix before the colon of such relations.
        public let name: String
        /// A template with the variable `rel`.
        public let href: String

        /// A prefix with its template.
        public init(_ name: String, _ href: String) {
            self.name = name
            self.href = href
        }
    }

    /// The links of one record, in the order of the output.
    public let item: [LinkTemplate]
    /// The path of the collection.
    public let collection: String
    /// The query parameter that takes the cursor of the next page.
    public let nextParameter: String
    /// The query parameter that takes the cursor of the previous page.
    public let previousParameter: String
    /// The template by which clients find a record of the collection; it is written without being expanded.
    public let find: LinkTemplate?
    /// The prefix of the resource's own relations.
    public let curie: Curie?

    /// The links of a resource.
    ///
    /// - Parameters:
    ///   - item: The links of one record; each variable names a field of the record.
    ///   - collection: The path of the collection.
    ///   - nextParameter: The query parameter for the cursor of the next page.
    ///   - previousParameter: The query parameter for the cursor of the previous page.
    ///   - find: The template by which a client finds a record.
    ///   - curie: The prefix of the resource's own relations.
    public init(
        item: [LinkTemplate], collection: String, nextParameter: String, previousParameter: String,
        find: LinkTemplate? = nil, curie: Curie? = nil
    ) {
        self.item = item
        self.collection = collection
        self.nextParameter = nextParameter
        self.previousParameter = previousParameter
        self.find = find
        self.curie = curie
    }
}
