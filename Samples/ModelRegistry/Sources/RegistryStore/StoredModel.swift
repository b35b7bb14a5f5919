/// One model as it is stored.
public struct StoredModel: Sendable {
    /// Its `_id`.
    public let id: String
    /// The registry's revision with which the model was last written: no two writes of a model have the same.
    public let revision: Int64
    /// The record as compact JSON, without a line feed.
    public let record: [UInt8]
}

/// One page of the collection.
public struct ModelPage: Sendable {
    /// The models, in the order in which they came into the registry.
    public let records: [StoredModel]
    /// How many models the query's filter lets through, on all pages.
    public let total: Int
    /// Where the next page begins; nil on the last one.
    public let nextCursor: String?
    /// What the previous page ends before; nil on the first one.
    public let previousCursor: String?
    /// The registry's revision when the page was read: it grows with every write.
    public let revision: Int64
}

/// What came of changing a model.
public enum UpdateOutcome: Sendable {
    /// It was changed to this.
    case updated(StoredModel)
    /// There is no such model.
    case missing
    /// It has another revision than it was to have, and is as it was.
    case conflict(StoredModel)
}

/// What came of deleting a model.
public enum DeleteOutcome: Sendable {
    /// It was this, and is gone.
    case deleted(StoredModel)
    /// There is no such model.
    case missing
    /// It has another revision than it was to have, and is still there.
    case conflict(StoredModel)
}

/// What came of an import.
public struct ImportReport: Hashable, Sendable {
    /// How many models came into the registry.
    public internal(set) var inserted = 0
    /// How many were there already, by their `_id`.
    public internal(set) var skipped = 0
    /// How many of the inserted ones had an `_id` of another form than 24 lower-case letters or digits, and got a new
    /// one.
    public internal(set) var renamed = 0
}
