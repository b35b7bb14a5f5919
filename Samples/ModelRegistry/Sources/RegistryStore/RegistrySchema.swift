import GRDB

/// The tables of the registry.
enum RegistrySchema {
    /// Brings a database to the newest form of the tables; `userId` is whoever a new registry writes as.
    static func migrate(_ writer: some DatabaseWriter, userId: @escaping @Sendable () -> String) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("models") { db in
            // The sequence is never used twice, not even that of a deleted model: cursors rely on it.
            try db.execute(
                sql: """
                    CREATE TABLE models (
                        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE CHECK (length(id) = 24 AND id NOT GLOB '*[^a-z0-9]*'),
                        projectId TEXT,
                        referenceId TEXT,
                        revision INTEGER NOT NULL,
                        record BLOB NOT NULL
                    );
                    CREATE TABLE meta (
                        one INTEGER PRIMARY KEY CHECK (one = 1),
                        revision INTEGER NOT NULL,
                        total INTEGER NOT NULL,
                        userId TEXT NOT NULL
                    );
                    """)
            // Every index ends with the sequence, so pages come out of it in order. The last one is there for finding
            // where a page ends without reading records: with a million of 900 bytes in the table, passing over 100,000
            // takes 1 ms instead of 25.
            try db.execute(
                sql: """
                    CREATE INDEX models_projectId ON models (projectId);
                    CREATE INDEX models_referenceId ON models (referenceId);
                    CREATE INDEX models_sequence ON models (sequence);
                    """)
            try db.execute(sql: "INSERT INTO meta VALUES (1, 0, 0, ?)", arguments: [userId()])
        }
        migrator.registerMigration("answers") { db in
            try db.execute(
                sql: """
                    CREATE TABLE answers (
                        key TEXT PRIMARY KEY,
                        time INTEGER NOT NULL,
                        request BLOB NOT NULL,
                        status INTEGER NOT NULL,
                        fields TEXT NOT NULL,
                        body BLOB NOT NULL
                    ) WITHOUT ROWID;
                    CREATE INDEX answers_time ON answers (time);
                    """)
        }
        try migrator.migrate(writer)
    }
}

/// What all writes have in common.
struct Registry {
    let revision: Int64
    /// How many models there are.
    ///
    /// Counting a million took each page of the collection 20 ms.
    let total: Int
    let userId: String

    /// The registry as it is.
    static func fetch(_ db: Database) throws -> Registry {
        guard let row = try Row.fetchOne(db, sql: "SELECT revision, total, userId FROM meta") else {
            throw DatabaseError(message: "the table meta has no row")
        }
        return Registry(revision: row[0], total: row[1], userId: row[2])
    }

    /// The revision of the write that the transaction at hand is; it adds so many models.
    static func nextRevision(_ db: Database, adding count: Int) throws -> Int64 {
        let statement = try db.cachedStatement(
            sql: "UPDATE meta SET revision = revision + 1, total = total + ? RETURNING revision")
        guard let revision = try Int64.fetchOne(statement, arguments: [count])
        else { throw DatabaseError(message: "the table meta has no row") }
        return revision
    }
}
