import Foundation
import LLMResources
import RegistryStore
import ResourceFormats
import Testing

@Suite struct AddingTests {
    private static func record(_ name: String) -> [UInt8] { Array(#"{"name":"\#(name)","counter":1}"#.utf8) }

    private static func answer(_ models: [StoredModel]) -> KeptAnswer {
        KeptAnswer(status: 201, fields: ["a: b", "c: d"], body: models.flatMap(\.record))
    }

    private func store(_ time: @escaping @Sendable () -> Int = { 1_700_000_000 }) async throws -> ModelStore {
        try await ModelStore(path: ":memory:", now: time)
    }

    @Test func addsAllOrNone() async throws {
        let store = try await store()
        let models = try await store.add(.records([Self.record("a"), Self.record("b")]))
        #expect(models?.count == 2)
        await #expect(throws: SerializationError.self) {
            try await store.add(.records([Self.record("c"), Array("[]".utf8)]))
        }
        #expect(try await store.page(PageQuery()).total == 2)
    }

    @Test func doesOnceWhatComesTwice() async throws {
        let store = try await store()
        let once = OnceRequest(key: "k", request: Array("r".utf8))
        guard
            case .answer(let first, false) = try await store.add(
                .records([Self.record("a")]), once: once, answer: Self.answer),
            case .answer(let again, true) = try await store.add(
                .records([Self.record("a")]), once: once, answer: Self.answer)
        else {
            Issue.record("not done once")
            return
        }
        #expect(again.body == first.body)
        #expect(again.fields == first.fields)
        let other = OnceRequest(key: "k", request: Array("s".utf8))
        guard
            case .otherRequest = try await store.add(.records([Self.record("a")]), once: other, answer: Self.answer)
        else {
            Issue.record("another request was done")
            return
        }
        #expect(try await store.page(PageQuery()).total == 1)
    }

    @Test func keepsNothingOfWhatFails() async throws {
        struct Failure: Error {}
        let store = try await store()
        let once = OnceRequest(key: "k", request: [])
        await #expect(throws: Failure.self) {
            try await store.add(.records([Self.record("a")]), once: once) { _ in throw Failure() }
        }
        #expect(try await store.page(PageQuery()).total == 0)
        guard case .missing = try await store.add(.clone("x", patch: nil), once: once, answer: Self.answer) else {
            Issue.record("a copy of nothing")
            return
        }
        guard
            case .answer(_, false) = try await store.add(
                .records([Self.record("a")]), once: once, answer: Self.answer)
        else {
            Issue.record("the key is taken")
            return
        }
    }

    @Test func replacesWhatAClientMaySet() async throws {
        let store = try await store()
        let made = try await store.insert(Self.record("a"))
        let outcome = try await store.replace(
            id: made.id, with: { _ in Array(#"{"name":"b","_id":"x","createdAt":1}"#.utf8) })
        guard case .updated(let model) = outcome else {
            Issue.record("not updated")
            return
        }
        let text = String(decoding: model.record, as: UTF8.self)
        #expect(text.contains(#""name":"b""#))
        #expect(!text.contains("counter"))
        #expect(text.contains(made.id))
        #expect(text.contains(#""createdAt":1700000000"#))
        #expect(model.revision > made.revision)
        guard
            case .conflict = try await store.replace(id: made.id, ifRevision: made.revision, with: { $0 }),
            case .missing = try await store.replace(id: "none", with: { $0 })
        else {
            Issue.record("replaced")
            return
        }
        let id = String(repeating: "ab", count: 12)
        #expect(try await store.insert(Self.record("c"), id: id)?.id == id)
        #expect(try await store.insert(Self.record("c"), id: id) == nil)
    }
}
