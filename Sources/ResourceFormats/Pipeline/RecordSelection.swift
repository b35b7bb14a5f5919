/// Which records of an input are passed on, and what of them.
///
/// Conditions look at records as they were read; members are kept, dropped and sorted afterwards.
public struct RecordSelection: Hashable, Sendable {
    /// A condition of a record.
    public enum Condition: Hashable, Sendable {
        /// There is a scalar whose text is this one: a string's content, a number as written, `true`, `false`, `null`.
        case equals(MemberPath, String)
        /// There is a value, which may be `null`.
        case isPresent(MemberPath)
        /// There is no value.
        case isAbsent(MemberPath)

        var path: MemberPath {
            switch self {
            case .equals(let path, _), .isPresent(let path), .isAbsent(let path): path
            }
        }

        /// The compared text, as bytes: canonically equivalent texts are different.
        private var text: [UInt8]? {
            if case .equals(_, let text) = self { Array(text.utf8) } else { nil }
        }

        private var kind: Int {
            switch self {
            case .equals: 0
            case .isPresent: 1
            case .isAbsent: 2
            }
        }

        /// Whether kind, path and text are equal, byte for byte.
        public static func == (one: Condition, other: Condition) -> Bool {
            one.kind == other.kind && one.path == other.path && one.text == other.text
        }

        /// Hashes what equality compares.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(kind)
            hasher.combine(path)
            hasher.combine(text)
        }
    }

    /// The number of records after which reading stops; nil for all.
    public var limit: Int?
    /// The conditions that each record has to meet.
    public var conditions: [Condition]
    /// The members that records keep, with everything in them; nil for all.
    public var kept: [MemberPath]?
    /// The members that records lose.
    public var dropped: [MemberPath]
    /// Whether the members of all objects are put into the order of their names' code points.
    public var sortsMembers: Bool

    /// The given selection, by default of everything.
    public init(
        limit: Int? = nil, conditions: [Condition] = [], kept: [MemberPath]? = nil, dropped: [MemberPath] = [],
        sortsMembers: Bool = false
    ) {
        self.limit = limit
        self.conditions = conditions
        self.kept = kept
        self.dropped = dropped
        self.sortsMembers = sortsMembers
    }

    /// Whether it leaves out records, so that the rest of them is a list.
    public var leavesOutRecords: Bool { limit != nil || !conditions.isEmpty }

    /// Whether it changes records.
    var changesRecords: Bool { kept != nil || !dropped.isEmpty || sortsMembers }

    /// Whether it leaves everything as it is.
    public var isEmpty: Bool { !leavesOutRecords && !changesRecords }
}
