/// What a client asks of the collection: which models, how many, and where to begin.
public struct PageQuery: Sendable {
    /// How many records a page may have.
    public static let limits = 1...1_000_000
    /// How many it has if nobody says.
    public static let defaultLimit = 25

    /// How many records the page may have.
    public let limit: Int
    /// Where it begins; nil for the first page.
    public let cursor: PageCursor?
    /// The project that the models belong to; nil for all.
    public let projectId: String?
    /// The reference that the models have, byte for byte; nil for all.
    public let referenceId: String?

    /// Why there is no such query.
    public enum Invalid: Error, Sendable, CustomStringConvertible {
        /// A limit outside of `limits`.
        case limit(Int)
        /// A filter other than the one that the cursor was made with.
        case filterIsNotThatOfCursor

        /// What was found and what was expected.
        public var description: String {
            switch self {
            case .limit(let limit):
                "found the limit \(limit), expected one from \(limits.lowerBound) to \(limits.upperBound)"
            case .filterIsNotThatOfCursor: "found a filter that is not the cursor's, expected the same one or none"
            }
        }
    }

    /// A query; what is nil comes from the cursor, if there is one.
    ///
    /// - Throws: `Invalid`. A cursor's page may be longer or shorter than the one before it, but it is of the same models.
    public init(
        limit: Int? = nil, cursor: PageCursor? = nil, projectId: String? = nil, referenceId: String? = nil
    ) throws(Invalid) {
        self.limit = limit ?? cursor?.limit ?? Self.defaultLimit
        self.cursor = cursor
        guard Self.limits.contains(self.limit) else { throw .limit(self.limit) }
        if let cursor {
            for (asked, meant) in [(projectId, cursor.projectId), (referenceId, cursor.referenceId)] {
                guard let asked else { continue }
                guard let meant, asked.utf8.elementsEqual(meant.utf8) else { throw .filterIsNotThatOfCursor }
            }
        }
        self.projectId = cursor.map(\.projectId) ?? projectId
        self.referenceId = cursor.map(\.referenceId) ?? referenceId
    }
}
