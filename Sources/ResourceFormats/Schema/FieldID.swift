/// A small number for a place in the schema.
///
/// Declared fields are numbered from 0 in schema order. The elements of each known array have a number of their own,
/// after those of the fields. So every node on a tape carries the number by which the schema finds its expected kind.
public struct FieldID: Hashable, BitwiseCopyable, Sendable {
    /// The number.
    public let rawValue: UInt16

    /// A field by its number.
    @inline(__always)
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// A place that is not in the schema: an unknown member's value, and everything below a value that does not have
    /// the kind of its field.
    public static let unknown = FieldID(rawValue: .max)

    /// The record itself.
    public static let record = FieldID(rawValue: .max - 1)

    /// The number as an index into the schema's tables.
    @inline(__always)
    var index: Int { Int(rawValue) }
}
