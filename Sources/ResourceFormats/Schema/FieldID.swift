/// A small number for a place that the schema knows.
///
/// Declared fields count from 0 in schema order; the elements of a known array have a number of their own after them,
/// so that every node on a tape says by itself which kind the schema expects there.
public struct FieldID: Hashable, BitwiseCopyable, Sendable {
    /// The number.
    public let rawValue: UInt16

    /// A field by its number.
    @inline(__always)
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// A place that the schema does not know: an unknown member's value, and everything below a value of another kind
    /// than the schema's.
    public static let unknown = FieldID(rawValue: .max)

    /// The record itself.
    public static let record = FieldID(rawValue: .max - 1)

    /// The number as an index into the schema's tables.
    @inline(__always)
    var index: Int { Int(rawValue) }
}
