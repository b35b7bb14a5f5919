/// What a document holds: one object, an array, or a slice of a collection with cursors.
public enum DocumentShape: Hashable, Sendable {
    /// One record.
    case item
    /// Any number of records.
    case list
    /// A list with the members of `PageInfo`.
    case page
}

/// Where a record stands in its document; the first step of every path.
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

/// What a page says about the collection it is a slice of.
public struct PageInfo: Hashable, Sendable {
    /// How many records the collection has, as written.
    public var total: Number?
    /// Where the next page begins.
    public var nextCursor: String?
    /// Where the previous page began.
    public var previousCursor: String?
    /// Members of the page that the API does not document, in their order.
    public var otherMembers: UnknownMembers

    /// A page's members; each may be missing.
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
