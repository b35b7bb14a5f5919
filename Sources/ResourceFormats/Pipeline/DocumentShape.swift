/// The shape of a document: one object, an array, or a slice of a collection with cursors.
public enum DocumentShape: Hashable, Sendable {
    /// One record.
    case item
    /// Any number of records.
    case list
    /// A list with the members of `PageInfo`.
    case page
}

/// The place of a record in its document, which is the first step of its path.
enum RecordPlace: Sendable {
    case item
    case list(Int)
    case page(Int)

    /// `$`, `$[3]` or `$.items[3]`.
    var path: String {
        switch self {
        case .item: "$"
        case .list(let index): "$[\(index)]"
        case .page(let index): "$.items[\(index)]"
        }
    }
}

/// The members of a page: its place in the collection that it is a slice of.
public struct PageInfo: Hashable, Sendable {
    /// The number of records in the collection, as written.
    public var total: Number?
    /// The cursor of the next page.
    public var nextCursor: String?
    /// The cursor of the previous page.
    public var previousCursor: String?
    /// Page members that the API does not document, in their order.
    public var otherMembers: UnknownMembers

    /// A page from its members, each of which may be missing.
    public init(
        total: Number? = nil, nextCursor: String? = nil, previousCursor: String? = nil,
        otherMembers: UnknownMembers = UnknownMembers()
    ) {
        self.total = total
        self.nextCursor = nextCursor
        self.previousCursor = previousCursor
        self.otherMembers = otherMembers
    }
}
