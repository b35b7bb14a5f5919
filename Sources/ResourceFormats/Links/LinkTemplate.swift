/// A link relation and the template of its targets (RFC 6570, simple expansion).
///
/// `/v2.0/connections/{connectionId}` stands for the value of the record's field `connectionId`; without that value
/// there is no link. `{?projectId}` stands for `?projectId=` and the value, or for nothing. `{fallbacks.referenceId}`
/// and `{projects}`, where the first name is that of an array, make one target of each element: such a relation is an
/// array in every record.
public struct LinkTemplate: Sendable {
    /// The relation, such as `self` or `llm:connection`.
    public let relation: String
    /// The template as it was written.
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

    /// The template in pieces; what is not an expression is taken literally.
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

/// The links of a resource: what HAL writes beside its records.
///
/// Declared by the resource, once, and compiled with its schema.
public struct ResourceLinks: Sendable {
    /// A short name for relations of one's own, and where they are documented (the `curies` of HAL).
    public struct Curie: Sendable {
        /// What stands before the colon of such relations.
        public let name: String
        /// A template with the variable `rel`.
        public let href: String

        /// A short name.
        public init(_ name: String, _ href: String) {
            self.name = name
            self.href = href
        }
    }

    /// The links of one record, in the order in which they are written.
    public let item: [LinkTemplate]
    /// Where the collection is.
    public let collection: String
    /// The query parameter that takes the cursor of the next page.
    public let nextParameter: String
    /// The query parameter that takes the cursor of the previous page.
    public let previousParameter: String
    /// How one finds a record from the collection: a template for clients, which is not expanded.
    public let find: LinkTemplate?
    /// The short name of the resource's own relations.
    public let curie: Curie?

    /// The links of a resource.
    ///
    /// - Parameters:
    ///   - item: The links of one record; each variable names a field of the record.
    ///   - collection: The collection's path.
    ///   - nextParameter: The query parameter for the next page's cursor.
    ///   - previousParameter: The query parameter for the previous page's cursor.
    ///   - find: The template by which a client finds a record.
    ///   - curie: The short name of the resource's own relations.
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
