import Foundation
import GRDB
public import ResourceFormats

extension ModelStore {
    /// Replaces what a client may set in a model; what the server sets is kept.
    ///
    /// - Parameters:
    ///   - id: The model's `_id`.
    ///   - revision: The revision that the model must have; nil for any.
    ///   - make: Makes the new record, as JSON, out of the present one; what it throws is thrown, and nothing is
    ///     written.
    ///   - validate: Looks at the new record before it is written, as `make` does.
    /// - Throws: `SerializationError` if what `make` gives is not one record.
    public func replace(
        id: String, ifRevision revision: Int64? = nil, with make: @Sendable ([UInt8]) throws -> [UInt8],
        validate: @Sendable (RecordView) throws -> Void = { _ in }
    ) async throws -> UpdateOutcome {
        let stamp = stamp()
        return try await write { db in
            guard let current = try Self.fetch(id, db) else { return .missing }
            if let revision, revision != current.revision { return .conflict(current) }
            guard
                let record = try editor.replacedRecord(
                    current.record, with: make(current.record), stamp: stamp, validate: validate)
            else { return .updated(current) }
            let revision = try Registry.nextRevision(db, adding: 0)
            try Self.update(record, id, revision, db)
            return .updated(StoredModel(id: id, revision: revision, record: record.record))
        }
    }

    /// Adds a model under an identifier of the client's; nil if there is one already.
    ///
    /// - Throws: `SerializationError` if `record` is not one record.
    public func insert(_ record: [UInt8], id: String) async throws -> StoredModel? {
        let own = stamp()
        let stamp = ServerStamp(id: id, referenceId: own.referenceId, time: own.time, userId: own.userId)
        let model = try editor.newRecord(record, stamp: stamp) { _ in }
        return try await write { db in
            guard try Self.fetch(id, db) == nil else { return nil }
            return try Self.insert(model, db)
        }
    }

    static func update(_ record: StorableRecord, _ id: String, _ revision: Int64, _ db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE models SET projectId = ?, referenceId = ?, revision = ?, record = ? WHERE id = ?"
        ).execute(arguments: [record.projectId, record.referenceId, revision, Data(record.record), id])
    }
}
