/// One node of a record: twelve bytes, in document order.
///
/// `{"name":"A \"b\"","openAI":{"customModel":"m"},"x":[1]}` becomes
///
///     node  kind    field              flags    start count
///       0   object  .record                     0     7     seven nodes inside
///       1   string  name               inArena  …     5     A "b"   unescaped copy, in the arena
///       2   object  openAI                      27    1
///       3   string  openAICustomModel  plain    43    1     m       range of the record's own bytes
///       4   key     .unknown           plain    48    1     x       a name the schema does not know
///       5   array   .unknown                    51    1
///       6   number  .unknown           integer  52    1     1       digits as written; never printed anew
///
/// A known name costs nothing: the value's node carries the field's number. An unknown name is one node more, directly
/// before its value, so nothing is lost.
public struct TapeNode: BitwiseCopyable, Sendable {
    /// What a node stands for.
    public enum Kind: UInt8, BitwiseCopyable, Sendable {
        /// `count` nodes follow that belong to it.
        case object, array
        /// Text: for a string its decoded UTF-8, for a number the digits as written.
        case string, number
        /// The scalars without text.
        case bool, null
        /// The name of the unknown member whose value is the next node.
        case key
    }

    struct Flags: OptionSet, BitwiseCopyable, Sendable {
        let rawValue: UInt8

        /// The text needs no escaping in JSON: no quote, no backslash, no control character.
        static let plain = Flags(rawValue: 1)
        /// The text lies in the arena, after four bytes that say where its source began.
        static let inArena = Flags(rawValue: 2)
        /// A boolean that is true.
        static let isTrue = Flags(rawValue: 4)
        /// A number without fraction and exponent.
        static let isInteger = Flags(rawValue: 8)
    }

    /// What the node stands for.
    public let kind: Kind
    let flags: Flags
    /// The schema's number for the value, or `.unknown`.
    public let field: FieldID
    /// Text: where it starts.
    ///
    /// Containers and scalars without text: where the source of the value starts.
    let start: UInt32
    /// Text: its bytes.
    ///
    /// Containers: the nodes inside, so that skipping one is an addition.
    private(set) var count: UInt32

    @inline(__always)
    init(kind: Kind, flags: Flags = [], field: FieldID, start: Int, count: Int) {
        self.kind = kind
        self.flags = flags
        self.field = field
        self.start = UInt32(truncatingIfNeeded: start)  // `Limits.recordSize` keeps both below 2^32.
        self.count = UInt32(truncatingIfNeeded: count)
    }

    /// Whether the node has nodes inside.
    @inline(__always)
    public var isContainer: Bool { kind.rawValue <= Kind.array.rawValue }

    /// How many nodes the value takes on the tape, with itself.
    @inline(__always)
    var extent: Int { isContainer ? 1 &+ Int(count) : 1 }

    /// A container without anything inside.
    var isEmptyContainer: Bool { isContainer && count == 0 }

    mutating func close(withNodesInside nodes: Int) {
        count = UInt32(truncatingIfNeeded: nodes)
    }
}
