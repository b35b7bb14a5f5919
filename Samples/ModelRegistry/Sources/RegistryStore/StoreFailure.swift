import Foundation
import GRDB
import Synchronization

/// Why the database did not do what it was asked, where the request is not to blame.
public enum StoreFailure: Error, Sendable {
    /// The disk or the database has no more room.
    case full
    /// The file, its folder or the file system is read-only.
    case readOnly
    /// The file cannot be opened, read or written.
    case unreachable
    /// Another process holds the database.
    case busy

    /// The failure that an error of the store is; nil for one of another kind.
    public init?(_ error: any Error) {
        if let failure = error as? StoreFailure {
            self = failure
            return
        }
        guard let error = error as? DatabaseError else { return nil }
        switch error.resultCode {
        case .SQLITE_FULL: self = .full
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly
        case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_NOLFS: self = .unreachable
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        default: return nil
        }
    }
}

/// Whether the last write failed for want of a database.
final class WriteState: Sendable {
    private let failed = Atomic(false)

    var hasFailed: Bool { failed.load(ordering: .relaxed) }

    func note(_ error: (any Error)?) {
        failed.store(error.flatMap { StoreFailure($0) } != nil, ordering: .relaxed)
    }
}

extension ModelStore {
    /// Writes in a transaction, and notes whether the database could.
    func write<T: Sendable>(_ updates: @Sendable (Database) throws -> T) async throws -> T {
        do {
            let result = try await writer.write(updates)
            writeState.note(nil)
            return result
        } catch {
            writeState.note(error)
            throw error
        }
    }

    /// Finds out whether the database takes writes.
    ///
    /// It looks for room on the disk, asks for the right to write and gives it back. Only after a write has failed it
    /// writes.
    ///
    /// - Throws: `StoreFailure.full`, or what SQLite says; `StoreFailure` reads it.
    public func checkWritable() async throws {
        if let pool {
            let path = pool.path
            let free = try await Self.offThreadPool {
                try FileManager.default.attributesOfFileSystem(forPath: path)[.systemFreeSize] as? Int
            }
            if let free, free < Self.leastRoom { throw StoreFailure.full }
        }
        guard writeState.hasFailed else {
            return try await writer.writeWithoutTransaction { db in
                try db.execute(sql: "BEGIN IMMEDIATE")
                try db.execute(sql: "ROLLBACK")
            }
        }
        try await write { db in try db.execute(sql: "UPDATE meta SET revision = revision") }
    }

    /// A disk with fewer free bytes counts as full: few records would still fit.
    private static let leastRoom = 256 << 10
}
