import Foundation
import GRDB

/// A page that is being read: what stands around its models, and the models piece by piece.
///
/// All of it is from one state of the database, whatever is written meanwhile, and however often `chunks` is walked
/// through: a page that is larger than one piece is read from a snapshot, which is a read transaction on a connection of
/// its own. As long as one is open, SQLite cannot put new pages of the WAL back into the database file; it is closed when
/// nobody holds the reading any more.
///
/// A registry in memory has no snapshots. There a page that is larger than one piece ends at the model at which it ended
/// when it was begun, but it shows models as they are when their piece is read.
public struct PageReading: Sendable {
    /// How many models the query's filter lets through, on all pages.
    public let total: Int
    /// Where the next page begins; nil on the last one.
    public let nextCursor: String?
    /// What the previous page ends before; nil on the first one.
    public let previousCursor: String?
    /// The registry's revision when the page was begun.
    public let revision: Int64
    /// The page as a JSON document.
    public let chunks: PageChunks
}

/// A page as a JSON document, `{"items":[…],"total":2,"nextCursor":null,"previousCursor":null}` and a line feed, in
/// pieces of 64 to 256 KiB; a larger one has a record that is larger, and the last one may be smaller.
///
/// Nothing is read before it is asked for. The sequence may be walked through again.
public struct PageChunks: AsyncSequence, Sendable {
    enum Source: Sendable {
        /// All of it.
        case document([UInt8])
        /// The models of a range of sequences.
        case models(any DatabaseReader, ClosedRange<Int64>, ModelFilter, end: [UInt8])
    }

    let source: Source

    /// A walk from the start of the document.
    public func makeAsyncIterator() -> Iterator {
        Iterator(source: source)
    }

    /// A walk through the document.
    public struct Iterator: AsyncIteratorProtocol {
        private let source: Source
        /// The sequence of the next model; nil when there is none.
        private var position: Int64?
        private var isAtStart = true

        init(source: Source) {
            self.source = source
            if case .models(_, let sequences, _, _) = source { position = sequences.lowerBound }
        }

        /// The next piece; nil after the last one.
        public mutating func next() async throws -> [UInt8]? {
            try await next(isolation: nil)
        }

        /// The next piece; nil after the last one.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> [UInt8]? {
            switch source {
            case .document(let bytes):
                defer { isAtStart = false }
                return isAtStart ? bytes : nil
            case .models(let reader, let sequences, let filter, let end):
                guard let start = position else { return nil }
                let isFirst = isAtStart
                var piece = try await reader.read { db in
                    try PagePiece(of: filter, start...sequences.upperBound, isFirst: isFirst, db)
                }
                position = piece.following
                isAtStart = false
                if piece.following == nil { piece.bytes += end }
                return piece.bytes
            }
        }
    }
}

/// Some models of a page, as that part of the document.
struct PagePiece: Sendable {
    static let size = 128 << 10

    var bytes: [UInt8] = []
    /// The sequence at which the next piece begins; nil if there is none.
    private(set) var following: Int64?

    init(of filter: ModelFilter, _ sequences: ClosedRange<Int64>, isFirst: Bool, _ db: Database) throws {
        bytes.reserveCapacity(Self.size + Self.size / 8)
        if isFirst { bytes += Self.start }
        var needsComma = !isFirst
        var following: Int64?
        try filter.forEachModel(in: sequences, db) { sequence, row in
            if bytes.count >= Self.size {
                following = sequence
                return false
            }
            if needsComma { bytes.append(0x2C) }
            needsComma = true
            try row.withUnsafeData(atIndex: 3) { record in
                if let record { bytes.append(contentsOf: record) }
            }
            return true
        }
        self.following = following
    }

    /// What stands before the models.
    static let start = Array("{\"items\":[".utf8)

    /// What stands after them.
    static func end(_ outline: PageOutline) -> [UInt8] {
        // A cursor's characters need no escaping.
        func value(_ cursor: String?) -> String { cursor.map { "\"\($0)\"" } ?? "null" }
        let text = """
            ],"total":\(outline.total),"nextCursor":\(value(outline.nextCursor)),\
            "previousCursor":\(value(outline.previousCursor))}\n
            """
        return Array(text.utf8)
    }
}

// MARK: - Asking

extension ModelStore {
    /// A page, all of it at once.
    public func page(_ query: PageQuery) async throws -> ModelPage {
        try await writer.read { db in
            let outline = try PageOutline(query, db)
            var records: [StoredModel] = []
            if let sequences = outline.sequences {
                try outline.filter.forEachModel(in: sequences, db) { _, row in
                    records.append(StoredModel(id: row[1], revision: row[2], record: [UInt8](row[3] as Data)))
                    return true
                }
            }
            return ModelPage(
                records: records, total: outline.total, nextCursor: outline.nextCursor,
                previousCursor: outline.previousCursor, revision: outline.revision)
        }
    }

    /// A page, piece by piece: memory does not grow with it.
    public func reading(_ query: PageQuery) async throws -> PageReading {
        let (outline, piece) = try await writer.read { db in
            let outline = try PageOutline(query, db)
            return (outline, try outline.sequences.map { try PagePiece(of: outline.filter, $0, isFirst: true, db) })
        }
        guard let piece, piece.following != nil, let sequences = outline.sequences else {
            return PageReading(outline, .document((piece?.bytes ?? PagePiece.start) + PagePiece.end(outline)))
        }
        guard let pool else { return PageReading(outline, .models(writer, sequences, outline)) }
        // What was read until now is dropped: something may have been written since.
        let snapshot = try await Self.offThreadPool { try pool.makeSnapshot() }
        let kept = try await snapshot.read { db in
            // The page is read once, from start to end: a cache of 2 MB, as SQLite has it, would be of no use.
            try db.execute(sql: "PRAGMA cache_size = -256")
            return try PageOutline(query, db)
        }
        guard let sequences = kept.sequences else {
            return PageReading(kept, .document(PagePiece.start + PagePiece.end(kept)))
        }
        return PageReading(kept, .models(snapshot, sequences, kept))
    }

    /// The pieces of a page.
    public func chunks(_ query: PageQuery) async throws -> PageChunks {
        try await reading(query).chunks
    }
}

extension PageReading {
    fileprivate init(_ outline: PageOutline, _ source: PageChunks.Source) {
        total = outline.total
        nextCursor = outline.nextCursor
        previousCursor = outline.previousCursor
        revision = outline.revision
        chunks = PageChunks(source: source)
    }
}

extension PageChunks.Source {
    fileprivate static func models(
        _ reader: any DatabaseReader, _ sequences: ClosedRange<Int64>, _ outline: PageOutline
    ) -> Self {
        .models(reader, sequences, outline.filter, end: PagePiece.end(outline))
    }
}
