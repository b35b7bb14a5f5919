/// Limits that keep hostile input from taking stack or memory without bound.
public struct Limits: Hashable, Sendable {
    /// The deepest level of nesting in a record, at most 1,000.
    ///
    /// The record is level 1; objects and arrays count.
    public var depth: Int {
        didSet { depth = min(depth, Self.deepest) }
    }
    /// The largest size of a record in bytes of input.
    ///
    /// At most 2^31.
    public var recordSize: Int {
        didSet { recordSize = min(recordSize, Self.largest) }
    }

    /// Writers walk a record recursively, so the depth has to be bounded.
    static let deepest = 1000
    /// Offsets within a record are 32 bits wide.
    static let largest = 1 << 31

    /// The given limits, or the defaults: 128 levels, 64 MiB for each record.
    public init(depth: Int = 128, recordSize: Int = 64 << 20) {
        self.depth = min(depth, Self.deepest)
        self.recordSize = min(recordSize, Self.largest)
    }

    /// The largest size of a record that a writer allows: readers with these limits, or with the default ones, can read
    /// it.
    var writtenSize: Int { max(recordSize, Self.default.recordSize) }

    /// The default limits: 128 levels, 64 MiB for each record.
    public static let `default` = Limits()
}
