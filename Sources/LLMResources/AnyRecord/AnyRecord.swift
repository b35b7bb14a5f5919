public import ResourceFormats

/// A record of any kind, without known fields and links, so that a format carries exactly the members it has.
public enum AnyRecord {
    /// The schema, whose XML elements are `records` and `record`.
    public static let schema = Schema("record", plural: "records")
}
