import Dispatch
import Foundation
import GRDB
public import ResourceFormats

/// Keeps models in an SQLite database, each as the JSON that the toolkit writes, so nothing of a record is lost.
///
/// A write that has returned is on disk: the database is in WAL mode with `synchronous = FULL`. No method blocks the
/// caller's thread; the database works on queues of its own, and writes stand in line.
///
/// Methods throw what SQLite says (`DatabaseError` of GRDB), and `CancellationError` if the task is cancelled.
public struct ModelStore: Sendable {
    let writer: any DatabaseWriter
    /// The same, if it is a file.
    let pool: DatabasePool?
    let identifiers = IdentifierSource()
    let editor = RecordEditor()
    let writeState = WriteState()
    let now: @Sendable () -> Int
    /// Whom the registry writes into `createdBy` and `lastChangedBy`; made once for each database.
    public let userId: String

    /// Opens a registry, and makes it if it is not there.
    ///
    /// - Parameters:
    ///   - path: The database file, or `:memory:` for one that is gone with the store.
    ///   - now: The time, in seconds since 1970; nil for that of the system.
    public init(path: String, now: (@Sendable () -> Int)? = nil) async throws {
        let now = now ?? { Int(Date().timeIntervalSince1970) }
        self.now = now
        let identifiers = identifiers
        let opened = try await Self.offThreadPool {
            try Self.open(path) { identifiers.next(at: now()) }
        }
        pool = opened.pool
        writer = opened.writer
        userId = opened.userId
    }

    /// Closes the database, after the accesses that have begun; later ones throw.
    ///
    /// Pages that are being read are not disturbed.
    public func close() async throws {
        let (writer, pool) = (writer, pool)
        try await Self.offThreadPool {
            // GRDB closes the readers last, and they may not put the WAL back into the database file. Where a page is
            // still being read that has to wait for the next opening: the checkpoint is busy then.
            try pool?.writeWithoutTransaction { db in
                do {
                    try db.execute(sql: "PRAGMA busy_timeout = 0")
                    try db.checkpoint(.truncate)
                } catch DatabaseError.SQLITE_BUSY {
                } catch DatabaseError.SQLITE_MISUSE {
                    // It is closed already.
                }
            }
            try writer.close()
        }
    }

    // MARK: Reading

    /// The model with this `_id`; nil if there is none.
    public func model(id: String) async throws -> StoredModel? {
        try await writer.read { db in try Self.fetch(id, db) }
    }

    /// The registry's revision: it grows with every write.
    public var revision: Int64 {
        get async throws {
            try await writer.read { db in try Registry.fetch(db).revision }
        }
    }

    // MARK: Writing

    /// Adds a model.
    ///
    /// - Parameter record: One record as JSON. What the server sets is taken out of it and set anew, at the end, which
    ///   is where the schema has it; the rest stays as it is.
    /// - Throws: `SerializationError` if `record` is not one record.
    public func insert(_ record: [UInt8]) async throws -> StoredModel {
        let model = try editor.newRecord(record, stamp: stamp()) { _ in }
        return try await write { db in try Self.insert(model, db) }
    }

    /// Changes a model by a JSON Merge Patch (RFC 7396).
    ///
    /// A patch that changes nothing writes nothing: the model keeps its revision, and when it was changed and by whom.
    ///
    /// - Parameters:
    ///   - id: The model's `_id`.
    ///   - patch: One record as JSON. What the server sets does not count in it.
    ///   - revision: The revision that the model must have; nil for any.
    ///   - validate: Looks at the changed record before it is written; what it throws is thrown, and nothing is written.
    /// - Throws: `SerializationError` if `patch` is not one record.
    public func update(
        id: String, patch: [UInt8], ifRevision revision: Int64? = nil,
        validate: @Sendable (RecordView) throws -> Void = { _ in }
    ) async throws -> UpdateOutcome {
        let stamp = stamp()
        return try await write { db in
            guard let current = try Self.fetch(id, db) else { return .missing }
            if let revision, revision != current.revision { return .conflict(current) }
            guard let changed = try editor.changedRecord(current.record, patch: patch, stamp: stamp, validate: validate)
            else { return .updated(current) }
            let revision = try Registry.nextRevision(db, adding: 0)
            try Self.update(changed, id, revision, db)
            return .updated(StoredModel(id: id, revision: revision, record: changed.record))
        }
    }

    /// Deletes a model.
    ///
    /// - Parameters:
    ///   - id: The model's `_id`.
    ///   - revision: The revision that the model must have; nil for any.
    public func delete(id: String, ifRevision revision: Int64? = nil) async throws -> DeleteOutcome {
        try await write { db in
            guard let current = try Self.fetch(id, db) else { return .missing }
            if let revision, revision != current.revision { return .conflict(current) }
            _ = try Registry.nextRevision(db, adding: -1)
            try db.cachedStatement(sql: "DELETE FROM models WHERE id = ?").execute(arguments: [id])
            return .deleted(current)
        }
    }

    /// Adds a copy of a model, with identifiers and times of its own; nil if there is no such model.
    ///
    /// - Parameters:
    ///   - id: The model's `_id`.
    ///   - patch: What is to be different in the copy, as JSON Merge Patch; nil for nothing.
    ///   - validate: Looks at the copy before it is written; what it throws is thrown, and nothing is written.
    /// - Throws: `SerializationError` if `patch` is not one record.
    public func clone(
        id: String, patch: [UInt8]? = nil, validate: @Sendable (RecordView) throws -> Void = { _ in }
    ) async throws -> StoredModel? {
        let stamp = stamp()
        return try await write { db in
            guard let current = try Self.fetch(id, db) else { return nil }
            let copy = try editor.newRecord(current.record, patch: patch, stamp: stamp, validate: validate)
            return try Self.insert(copy, db)
        }
    }

    // MARK: -

    /// What the server sets in a model that is made now.
    func stamp() -> ServerStamp {
        let time = now()
        return ServerStamp(
            id: identifiers.next(at: time), referenceId: identifiers.nextReference(), time: time, userId: userId)
    }

    static func fetch(_ id: String, _ db: Database) throws -> StoredModel? {
        let statement = try db.cachedStatement(sql: "SELECT revision, record FROM models WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
        return StoredModel(id: id, revision: row[0], record: [UInt8](row[1] as Data))
    }

    static func insert(_ model: StorableRecord, _ db: Database) throws -> StoredModel {
        let revision = try Registry.nextRevision(db, adding: 1)
        try db.cachedStatement(
            sql: "INSERT INTO models (id, projectId, referenceId, revision, record) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [model.id, model.projectId, model.referenceId, revision, Data(model.record)])
        return StoredModel(id: model.id, revision: revision, record: model.record)
    }
}

// MARK: - Opening

extension ModelStore {
    private struct Opened: Sendable {
        let writer: any DatabaseWriter
        let pool: DatabasePool?
        let userId: String
    }

    private static func open(_ path: String, userId: @escaping @Sendable () -> String) throws -> Opened {
        var configuration = Configuration()
        configuration.label = "ModelRegistry"
        // Another process may have the file open; within this one writes stand in line.
        configuration.busyMode = .timeout(5)
        let pool: DatabasePool?
        let writer: any DatabaseWriter
        if Array(path.utf8) == Array(":memory:".utf8) {
            pool = nil
            writer = try DatabaseQueue(configuration: configuration)
        } else {
            let file = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL when it turns the WAL on, and a power failure might then undo the last commits.
            // The WAL file of a large import would keep its size.
            try file.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = \(64 << 20)")
            }
            pool = file
            writer = file
        }
        try RegistrySchema.migrate(writer, userId: userId)
        let registry = try writer.read { db in try Registry.fetch(db) }
        return Opened(writer: writer, pool: pool, userId: registry.userId)
    }

    /// Runs what blocks on a thread that may be blocked.
    static func offThreadPool<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
