import Foundation
import GRDB
import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

@testable import RegistryStore

@Suite struct ModelStoreTests {
    private static let serverMembers = [
        "referenceId", "_id", "createdAt", "lastChanged", "createdBy", "lastChangedBy",
    ]

    private struct Refused: Error {}

    // MARK: Adding

    @Test(arguments: [true, false])
    func setsWhatTheServerSets(inMemory: Bool) async throws {
        try await withStore(inMemory: inMemory, now: { 1_700_000_000 }) { store in
            let model = try await store.insert(#"{"name":"n","modelType":"m"}"#)
            let reference = try #require(try model.string("referenceId"))
            #expect(model.id.wholeMatch(of: /6553f100[0-9a-f]{16}/) != nil)
            #expect(
                reference.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
            #expect(store.userId.wholeMatch(of: /[a-z0-9]{24}/) != nil)
            #expect(
                model.text == """
                    {"name":"n","modelType":"m","referenceId":"\(reference)","_id":"\(model.id)",\
                    "createdAt":1700000000,"lastChanged":1700000000,\
                    "createdBy":"\(store.userId)","lastChangedBy":"\(store.userId)"}
                    """)
            #expect(try await store.model(id: model.id)?.text == model.text)
            #expect(try await store.model(id: model.id)?.revision == model.revision)
            #expect(try await store.model(id: store.userId) == nil)
        }
    }

    @Test func replacesWhatAClientSetsInTheServersPlace() async throws {
        try await withStore(inMemory: true) { store in
            let sent = #"{"_id":"x","name":"n","createdAt":null,"z":1,"createdBy":{"a":1},"referenceId":"r"}"#
            let model = try await store.insert(sent)
            #expect(model.text.hasPrefix(#"{"name":"n","z":1,"referenceId":""#))
            #expect(try model.string("_id") == model.id)
            #expect(try model.string("createdBy") == store.userId)
        }
    }

    /// Unknown members, the text of numbers, nulls and order stay.
    @Test func losesNothing() async throws {
        var generator = RecordGenerator(schema: LargeLanguageModel.schema, mood: .adversarial, seed: 1)
        try await withStore(inMemory: true) { store in
            for _ in 0..<300 {
                let record = generator.nextRecord()
                guard case .object(let sent) = record else { throw Refused() }
                if sent.contains(where: { $0.name == ExactText("_links") }) { continue }  // Refused, see below.
                let model = try await store.insert(generator.spell(record))
                guard case .object(let kept) = try SlowJSON(parsing: model.record) else { throw Refused() }
                let names = Set(Self.serverMembers.map { ExactText($0) })
                #expect(kept.dropLast(names.count) == sent.filter { !names.contains($0.name) }[...])
                #expect(kept.suffix(names.count).map(\.name.string) == Self.serverMembers)
            }
        }
    }

    /// A page with such a record could not be sent as HAL.
    @Test func refusesLinksAsAMember() async throws {
        try await withStore(inMemory: true) { store in
            await #expect(throws: SerializationError.self) { _ = try await store.insert(#"{"name":"n","_links":{}}"#) }
            let model = try await store.insert(#"{"name":"n","a":{"_links":1}}"#)
            await #expect(throws: SerializationError.self) {
                _ = try await store.update(id: model.id, patch: Array(#"{"_links":1}"#.utf8))
            }
            #expect(try await store.model(id: model.id)?.text == model.text)
        }
    }

    @Test func makesDifferentIdentifiers() async throws {
        let source = IdentifierSource()
        let identifiers = (0..<1000).map { _ in source.next(at: 1) }
        #expect(Set(identifiers).count == 1000)
        #expect(identifiers.allSatisfy { $0.wholeMatch(of: /00000001[0-9a-f]{16}/) != nil })
        #expect(Set(identifiers.map { $0.prefix(18) }).count == 1)
    }

    @Test(arguments: ["", "  ", "[]", "1", "{", "{}{}", "{\"a\":1}\n{\"b\":1}", "{\"a\":1,\"a\":2}"])
    func refusesWhatIsNotOneRecord(record: String) async throws {
        try await withStore(inMemory: true) { store in
            await #expect(throws: SerializationError.self) { try await store.insert(record) }
            let revision = try await store.revision
            #expect(revision == 0)
        }
    }

    /// An object that a document would be a page for is a record here.
    @Test func takesItemsForAMember() async throws {
        try await withStore(inMemory: true) { store in
            let model = try await store.insert(#"{"items":[{"a":1}],"name":"n"}"#)
            #expect(model.text.hasPrefix(#"{"items":[{"a":1}],"name":"n","referenceId""#))
            let outcome = try await store.update(id: model.id, patch: Array(#"{"items":[]}"#.utf8))
            guard case .updated(let changed) = outcome else { throw Refused() }
            #expect(changed.text.hasPrefix(#"{"items":[],"name":"n","referenceId""#))
        }
    }

    // MARK: Changing

    @Test(arguments: [true, false])
    func mergesAPatch(inMemory: Bool) async throws {
        let clock = TestClock(100)
        try await withStore(inMemory: inMemory, now: clock.now) { store in
            let model = try await store.insert(
                #"{"name":"n","description":"d","openAI":{"customModel":"a","x":1.0},"projectId":"p"}"#)
            clock.time = 200
            let patch = """
                {"description":null,"name":"m","openAI":{"customModel":"b"},"_id":"x","createdAt":1,"referenceId":null,\
                "lastChanged":5,"createdBy":null,"y":{"z":null}}
                """
            let outcome = try await store.update(id: model.id, patch: Array(patch.utf8))
            guard case .updated(let changed) = outcome else { throw Refused() }
            #expect(
                changed.text == """
                    {"name":"m","openAI":{"customModel":"b","x":1.0},"projectId":"p",\
                    "referenceId":"\(try #require(try model.string("referenceId")))","_id":"\(model.id)",\
                    "createdAt":100,"lastChanged":200,"createdBy":"\(store.userId)",\
                    "lastChangedBy":"\(store.userId)","y":{}}
                    """)
            #expect(changed.revision > model.revision)
            #expect(try await store.revision == changed.revision)
            #expect(try await store.model(id: model.id)?.text == changed.text)
        }
    }

    @Test func findsAModelByWhatAPatchMadeOfIt() async throws {
        try await withStore(inMemory: true) { store in
            let model = try await store.insert(#"{"name":"n","projectId":"p"}"#)
            _ = try await store.update(id: model.id, patch: Array(#"{"projectId":"q"}"#.utf8))
            #expect(try await store.page(PageQuery(projectId: "p")).total == 0)
            #expect(try await store.page(PageQuery(projectId: "q")).records.map(\.id) == [model.id])
            _ = try await store.update(id: model.id, patch: Array(#"{"projectId":null}"#.utf8))
            #expect(try await store.page(PageQuery(projectId: "q")).total == 0)
            let reference = try model.string("referenceId")
            #expect(try await store.page(PageQuery(referenceId: reference)).records.map(\.id) == [model.id])
        }
    }

    @Test func changesOnlyTheRevisionAskedFor() async throws {
        try await withStore(inMemory: true) { store in
            let model = try await store.insert(#"{"name":"n"}"#)
            let patch = Array(#"{"name":"m"}"#.utf8)
            guard
                case .updated(let changed) = try await store.update(
                    id: model.id, patch: patch, ifRevision: model.revision)
            else { throw Refused() }
            guard
                case .conflict(let current) = try await store.update(
                    id: model.id, patch: Array(#"{"name":"o"}"#.utf8), ifRevision: model.revision)
            else { throw Refused() }
            #expect(current.text == changed.text)
            guard case .conflict = try await store.delete(id: model.id, ifRevision: model.revision)
            else { throw Refused() }
            #expect(try await store.records() == [changed.text])
            guard case .missing = try await store.update(id: store.userId, patch: patch) else { throw Refused() }
            #expect(try await store.revision == changed.revision)
        }
    }

    @Test func writesNothingThatIsNotValid() async throws {
        try await withStore(inMemory: true) { store in
            let model = try await store.insert(#"{"name":"n"}"#)
            let validator = RecordValidator(schema: LargeLanguageModel.schema)
            let paths = PathList()
            let validate: @Sendable (RecordView) throws -> Void = { record in
                paths.set(validator.violations(in: record).map(\.path))
                throw Refused()
            }
            await #expect(throws: Refused.self) {
                try await store.update(id: model.id, patch: Array(#"{"modelType":1}"#.utf8), validate: validate)
            }
            #expect(paths.paths == [".provider", ".connectionId", ".modelType"])
            await #expect(throws: Refused.self) { try await store.clone(id: model.id, validate: validate) }
            #expect(try await store.records() == [model.text])
            #expect(try await store.revision == model.revision)
        }
    }

    // MARK: Deleting and copying

    @Test(arguments: [true, false])
    func deletes(inMemory: Bool) async throws {
        try await withStore(inMemory: inMemory) { store in
            let model = try await store.insert(#"{"name":"n"}"#)
            guard case .deleted(let deleted) = try await store.delete(id: model.id, ifRevision: model.revision)
            else { throw Refused() }
            #expect(deleted.text == model.text)
            #expect(try await store.model(id: model.id) == nil)
            #expect(try await store.revision == model.revision + 1)
            guard case .missing = try await store.delete(id: model.id) else { throw Refused() }
        }
    }

    @Test func copiesWithIdentifiersOfItsOwn() async throws {
        let clock = TestClock(100)
        try await withStore(inMemory: true, now: clock.now) { store in
            let model = try await store.insert(#"{"name":"n","x":1.0,"description":"d"}"#)
            clock.time = 200
            let copy = try #require(try await store.clone(id: model.id))
            #expect(copy.id != model.id)
            #expect(try copy.string("referenceId") != model.string("referenceId"))
            #expect(try copy.number("createdAt") == "200")
            #expect(copy.text.hasPrefix(#"{"name":"n","x":1.0,"description":"d","referenceId""#))
            let patch = Array(#"{"name":"m","description":null,"_id":"x"}"#.utf8)
            let changed = try #require(try await store.clone(id: model.id, patch: patch))
            #expect(changed.text.hasPrefix(#"{"name":"m","x":1.0,"referenceId""#))
            #expect(try await store.records() == [model.text, copy.text, changed.text])
            #expect(try await store.clone(id: store.userId) == nil)
        }
    }

    // MARK: The file

    @Test func keepsAllWhenItIsOpenedAgain() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "models.sqlite").path
            let store = try await ModelStore(path: path)
            let first = try await store.insert(#"{"name":"n","é":1e3}"#)
            let second = try await store.insert(#"{"name":"m"}"#)
            _ = try await store.delete(id: second.id)
            let userId = store.userId
            let revision = try await store.revision
            try await store.close()
            await #expect(throws: DatabaseError.self) { try await store.revision }
            // All of it is in the one file.
            let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
            #expect(log ?? 0 == 0)

            let again = try await ModelStore(path: path)
            #expect(again.userId == userId)
            #expect(try await again.revision == revision)
            #expect(try await again.records() == [first.text])
            #expect(try await again.insert(#"{"name":"o"}"#).revision == revision + 1)
            // The sequence of the deleted model is not used again.
            let sequences = try await again.writer.read { db in
                try Int64.fetchAll(db, sql: "SELECT sequence FROM models")
            }
            #expect(sequences == [1, 3])
            try await again.close()
        }
    }

    /// What another process sees that opens the file while the first one has not closed it: as after a crash.
    @Test func hasWrittenWhatItHasAcknowledged() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "models.sqlite").path
            let store = try await ModelStore(path: path)
            let model = try await store.insert(#"{"name":"n"}"#)
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: path + ".copy" + suffix)
            }
            let copy = try await ModelStore(path: path + ".copy")
            #expect(try await copy.records() == [model.text])
            try await copy.close()
            try await store.close()
        }
    }

    @Test func writesThroughToTheDisk() async throws {
        try await withStore(inMemory: false) { store in
            let (synchronous, journal, timeout) = try await store.writer.writeWithoutTransaction { db in
                (
                    try Int.fetchOne(db, sql: "PRAGMA synchronous"),
                    try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                    try Int.fetchOne(db, sql: "PRAGMA busy_timeout")
                )
            }
            #expect(synchronous == 2)  // FULL
            #expect(journal == "wal")
            #expect(timeout == 5000)
        }
    }

    @Test func takesWritesFromManyTasks() async throws {
        try await withStore(inMemory: false) { store in
            let models = try await withThrowingTaskGroup(of: StoredModel.self) { group in
                for index in 0..<50 { group.addTask { try await store.insert("{\"name\":\"\(index)\"}") } }
                var models: [StoredModel] = []
                for try await model in group { models.append(model) }
                return models
            }
            #expect(Set(models.map(\.id)).count == 50)
            #expect(models.map(\.revision).sorted() == Array(1...50))
            #expect(
                try await store.page(PageQuery(limit: 100)).records.map(\.id)
                    == models
                    .sorted { $0.revision < $1.revision }.map(\.id))
        }
    }
}
