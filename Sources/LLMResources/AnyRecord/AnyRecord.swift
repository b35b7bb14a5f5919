public import ResourceFormats

/// A record of any kind: it has no known fields and no links, so every format carries just the members that it has.
public enum AnyRecord {
    /// The schema, whose XML elements are `records` and `record`.
    public static let schema = Schema("record", plural: "records")
}
