import GRDB
import Testing

@testable import RegistryStore

/// What the database cannot do, and that a store finds out when it can again.
@Suite struct StoreFailureTests {
    private static let record = Array(#"{"name":"a","description":"\#(String(repeating: "x", count: 20_000))"}"#.utf8)

    private func failure(_ call: () async throws -> Void) async -> StoreFailure? {
        do {
            try await call()
            return nil
        } catch {
            return StoreFailure(error)
        }
    }

    @Test func tellsAFullDatabaseUntilThereIsRoom() async throws {
        let store = try await ModelStore(path: ":memory:")
        try await store.checkWritable()
        let pages = try await store.writer.write { db in
            let count = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(count)")
            return count
        }
        #expect(pages > 0)
        #expect(await failure { _ = try await store.insert(Self.record) } == .full)
        #expect(store.writeState.hasFailed)
        #expect(try await store.page(PageQuery()).records.isEmpty)
        try await store.writer.write { db in try db.execute(sql: "PRAGMA max_page_count = 100000") }
        try await store.checkWritable()
        #expect(!store.writeState.hasFailed)
        _ = try await store.insert(Self.record)
    }

    @Test func tellsAReadOnlyDatabase() async throws {
        let store = try await ModelStore(path: ":memory:")
        let model = try await store.insert(Self.record)
        try await store.writer.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA query_only = 1") }
        #expect(await failure { _ = try await store.insert(Self.record) } == .readOnly)
        #expect(await failure { try await store.checkWritable() } == .readOnly)
        #expect(try await store.model(id: model.id) != nil)
        try await store.writer.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA query_only = 0") }
        try await store.checkWritable()
    }

    @Test func leavesOtherErrorsAlone() {
        struct Other: Error {}
        #expect(StoreFailure(Other()) == nil)
        #expect(StoreFailure(DatabaseError(resultCode: .SQLITE_CORRUPT)) == nil)
        #expect(StoreFailure(DatabaseError(resultCode: .SQLITE_BUSY)) == .busy)
        #expect(StoreFailure(DatabaseError(resultCode: .SQLITE_IOERR)) == .unreachable)
    }

    /// A patch that changes nothing leaves the record, its revision and its times as they are.
    @Test(arguments: [
        ("{}", true), (#"{"name":"a"}"#, true), (#"{"unknown":null}"#, true), (#"{"_id":"x","lastChanged":1}"#, true),
        (#"{"azureOpenAI":{"region":{"eu":1.0}}}"#, true), (#"{"azureOpenAI":{"region":{"eu":1}}}"#, false),
        (#"{"name":"b"}"#, false), (#"{"name":null}"#, false), (#"{"description":""}"#, false),
    ])
    func keepsTheRevisionOfWhatDoesNotChange(patch: String, isKept: Bool) async throws {
        let clock = TestClock(1_700_000_000)
        let store = try await ModelStore(path: ":memory:", now: clock.now)
        let record = #"{"name":"a","azureOpenAI":{"region":{"eu":1.0}}}"#
        let model = try await store.insert(Array(record.utf8))
        clock.time += 10
        guard case .updated(let changed) = try await store.update(id: model.id, patch: Array(patch.utf8)) else {
            Issue.record("there is no such model")
            return
        }
        #expect((changed.revision == model.revision) == isKept)
        #expect((changed.record == model.record) == isKept)
        #expect(try await store.model(id: model.id)?.revision == changed.revision)
    }
}
