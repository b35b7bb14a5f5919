import ContentNegotiation
import ResourceFormats

extension Format {
    /// `text/tab-separated-values`: a line of column names, then a line for each record, a column for each member.
    ///
    /// Lossless: what a cell cannot say as text it says as JSON; `TSVCell` has the rules.
    public static let tabSeparated = Format(
        name: "tsv", mediaType: MediaType(type: "text", subtype: "tab-separated-values"), fileExtensions: ["tsv"],
        // One record and a list of one are the same table, with no room for what a page says.
        traits: FormatTraits(keepsMemberOrder: false, distinguishesShapes: false, pageMembers: .none),
        reader: { TSVReader(schema: $0, limits: $1) },
        writer: { schema, _ in TSVWriter(schema: schema) })
}

/// What a column holds: a member that the schema knows, or another one by its name.
enum TSVColumn: Hashable {
    case known(FieldID)
    case unknown([UInt8])

    /// The column of a name, which is UTF-8.
    init(name: [UInt8], schema: Schema) {
        let field = schema.field(named: name.span, in: .record)
        self = field == .unknown ? .unknown(name) : .known(field)
    }

    /// The column of the member at which a walk stands.
    init(_ member: RecordChildren) {
        guard let key = member.unknownKey else {
            self = .known(member.value.field)
            return
        }
        self = .unknown(key.indices.map { key[$0] })
    }

    func name(in schema: Schema) -> [UInt8] {
        switch self {
        case .known(let field): Array((schema.name(of: field) ?? "").utf8)
        case .unknown(let name): name
        }
    }
}
