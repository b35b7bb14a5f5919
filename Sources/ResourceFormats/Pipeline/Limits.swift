/// Bounds that keep hostile input from taking stack or memory without end.
public struct Limits: Hashable, Sendable {
    /// How deep a record may nest, at most 1,000. The record is level 1; objects and arrays count.
    public let depth: Int
    /// How many bytes of input one record may take. At most 2^31.
    public let recordSize: Int

    /// The given bounds, or the defaults: 128 levels, 64 MiB a record.
    public init(depth: Int = 128, recordSize: Int = 64 << 20) {
        self.depth = min(depth, 1000)  // Writers walk a record by recursion.
        self.recordSize = min(recordSize, 1 << 31)
    }

    /// 128 levels, 64 MiB a record.
    public static let `default` = Limits()
}
