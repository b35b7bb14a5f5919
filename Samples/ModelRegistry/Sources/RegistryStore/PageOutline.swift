import GRDB

/// Where a page begins and ends, and what lies around it; all from one state of the database.
struct PageOutline: Sendable {
    let filter: ModelFilter
    /// The sequences of the first and the last model; nil for a page without any.
    let sequences: ClosedRange<Int64>?
    let total: Int
    let nextCursor: String?
    let previousCursor: String?
    let revision: Int64

    init(_ query: PageQuery, _ db: Database) throws {
        let filter = ModelFilter(query)
        self.filter = filter
        let registry = try Registry.fetch(db)
        revision = registry.revision
        total = filter.isEmpty ? registry.total : try Int(filter.number(db, "count(*)") ?? 0)
        let cursor = query.cursor
        let sequence = cursor?.sequence ?? 0
        let first: Int64?
        let last: Int64?
        switch cursor?.direction ?? .next {
        case .next:
            first = try filter.number(db, "min(sequence)", where: "sequence > ?", [sequence])
            last =
                try filter.number(
                    db, "sequence", where: "sequence > ? ORDER BY sequence LIMIT 1 OFFSET ?",
                    [sequence, query.limit - 1])
                ?? filter.number(db, "max(sequence)", where: "sequence > ?", [sequence])
        case .previous:
            last = try filter.number(db, "max(sequence)", where: "sequence < ?", [sequence])
            first =
                try filter.number(
                    db, "sequence", where: "sequence < ? ORDER BY sequence DESC LIMIT 1 OFFSET ?",
                    [sequence, query.limit - 1])
                ?? filter.number(db, "min(sequence)", where: "sequence < ?", [sequence])
        }
        if let first, let last { sequences = first...last } else { sequences = nil }
        // An empty page is a place between two models: nothing is after or before it but what a cursor passed by.
        let end = sequences?.upperBound ?? (cursor?.direction == .previous ? max(sequence, 1) - 1 : sequence)
        let start = sequences?.lowerBound ?? min(end, .max - 1) + 1
        func cursorText(_ direction: PageCursor.Direction, _ sequence: Int64) -> String {
            PageCursor(
                direction, of: sequence, limit: query.limit, projectId: query.projectId,
                referenceId: query.referenceId
            ).text
        }
        let following = try filter.number(db, "min(sequence)", where: "sequence > ?", [end])
        let preceding = try filter.number(db, "max(sequence)", where: "sequence < ?", [start])
        nextCursor = following == nil ? nil : cursorText(.next, end)
        previousCursor = preceding == nil ? nil : cursorText(.previous, start)
    }
}

/// Which models a query means.
struct ModelFilter: Sendable {
    private let projectId: String?
    private let referenceId: String?

    init(_ query: PageQuery) {
        projectId = query.projectId
        referenceId = query.referenceId
    }

    /// Whether it lets all through.
    var isEmpty: Bool { projectId == nil && referenceId == nil }

    /// One number about the models that the filter lets through and the condition holds for.
    fileprivate func number(
        _ db: Database, _ expression: String, where condition: String = "1", _ arguments: StatementArguments = []
    ) throws -> Int64? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(expression) FROM models \(index) WHERE \(self.condition) AND \(condition)")
        return try Int64.fetchOne(statement, arguments: self.arguments + arguments)
    }

    /// Shows the models of a range of sequences to `body`, in order, until it says that it has had enough.
    func forEachModel(
        in sequences: ClosedRange<Int64>, _ db: Database,
        _ body: (_ sequence: Int64, _ row: Row) throws -> Bool
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, id, revision, record FROM models
                WHERE \(condition) AND sequence BETWEEN ? AND ? ORDER BY sequence
                """)
        let rows = try Row.fetchCursor(
            statement, arguments: arguments + [sequences.lowerBound, sequences.upperBound])
        while let row = try rows.next() {
            if try !body(row[0], row) { return }
        }
    }

    private var condition: String {
        switch (projectId, referenceId) {
        case (nil, nil): "1"
        case (_?, nil): "projectId = ?"
        case (nil, _?): "referenceId = ?"
        case (_?, _?): "projectId = ? AND referenceId = ?"
        }
    }

    private var arguments: StatementArguments {
        StatementArguments([projectId, referenceId].compactMap { $0 })
    }

    /// Without a filter SQLite would go through the records' own tree, which is much larger.
    private var index: String {
        isEmpty ? "INDEXED BY models_sequence" : ""
    }
}
