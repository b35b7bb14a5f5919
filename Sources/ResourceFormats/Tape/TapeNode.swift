/// One node of a record: twelve bytes, in document order.
///
/// `{"name":"A \"b\"","openAI":{"customModel":"m"},"x":[1]}` becomes
///
///     node  kind    field              flags    start count
///       0   object  .record                     0     7     seven nodes inside
///       1   string  name               inArena  …     5     A "b"   unescaped copy, in the arena
///       2   object  openAI                      27    1
///       3   string  openAICustomModel  plain    43    1     m       range of the record's own bytes
///       4   key     .unknown           plain    48    1     x       a name that is not in the schema
///       5   array   .unknown                    51    1
///       6   number  .unknown           integer  52    1     1       text as written, kept as it is
///
/// A known name takes no node: the node of the value carries the field number. An unknown name is a node of its own,
/// directly before that of its value.
public struct TapeNode: BitwiseCopyable, Sendable {
    /// The kind of a node.
    public enum Kind: UInt8, BitwiseCopyable, Sendable {
        /// A container; `count` nodes that belong to it follow.
        case object, array
        /// A scalar with text: for a string its decoded UTF-8, for a number its text as written.
        case string, number
        /// A scalar without text.
        case bool, null
        /// The name of the unknown member whose value is the next node.
        case key
    }

    struct Flags: OptionSet, BitwiseCopyable, Sendable {
        let rawValue: UInt8

        /// The text needs no escaping in JSON: no quote, no backslash, no control character.
        static let plain = Flags(rawValue: 1)
        /// The text is in the arena, after four bytes that give the place of its source.
        static let inArena = Flags(rawValue: 2)
        /// A boolean that is true.
        static let isTrue = Flags(rawValue: 4)
        /// A number without fraction and exponent.
        static let isInteger = Flags(rawValue: 8)
    }

    /// The kind of the node.
    public let kind: Kind
    let flags: Flags
    /// The value's field number in the schema, or `.unknown`.
    public let field: FieldID
    /// For text: the index of its first byte.
    ///
    /// For containers and scalars without text: the place of the value's source.
    let start: UInt32
    /// For text: its length in bytes.
    ///
    /// For containers: the number of nodes inside, so that a container can be skipped by an addition.
    private(set) var count: UInt32

    @inline(__always)
    init(kind: Kind, flags: Flags = [], field: FieldID, start: Int, count: Int) {
        self.kind = kind
        self.flags = flags
        self.field = field
        self.start = UInt32(truncatingIfNeeded: start)  // `Limits.recordSize` keeps both below 2^32.
        self.count = UInt32(truncatingIfNeeded: count)
    }

    /// Whether the node can contain others.
    @inline(__always)
    public var isContainer: Bool { kind.rawValue <= Kind.array.rawValue }

    /// The number of nodes of the value, including this one.
    @inline(__always)
    var extent: Int { isContainer ? 1 &+ Int(count) : 1 }

    /// Whether the node is a container without content.
    var isEmptyContainer: Bool { isContainer && count == 0 }

    mutating func close(withNodesInside nodes: Int) {
        count = UInt32(truncatingIfNeeded: nodes)
    }
}
