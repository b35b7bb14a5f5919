/// Bounds that keep hostile input from taking stack or memory without end.
public struct Limits: Hashable, Sendable {
    /// How deep a record may nest, at most 1,000.
    ///
    /// The record is level 1; objects and arrays count.
    public var depth: Int {
        didSet { depth = min(depth, Self.deepest) }
    }
    /// How many bytes of input one record may take.
    ///
    /// At most 2^31.
    public var recordSize: Int {
        didSet { recordSize = min(recordSize, Self.largest) }
    }

    /// Writers walk a record by recursion.
    static let deepest = 1000
    /// Offsets within a record are 32 bits wide.
    static let largest = 1 << 31

    /// The given bounds, or the defaults: 128 levels, 64 MiB a record.
    public init(depth: Int = 128, recordSize: Int = 64 << 20) {
        self.depth = min(depth, Self.deepest)
        self.recordSize = min(recordSize, Self.largest)
    }

    /// How many bytes a writer lets a record take: what readers take with these bounds or with the default ones.
    var writtenSize: Int { max(recordSize, Self.default.recordSize) }

    /// 128 levels, 64 MiB a record.
    public static let `default` = Limits()
}
