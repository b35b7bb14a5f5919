import Foundation
import LLMResources
import RegistryStore
import ResourceFormats
import ResourceFormatsTesting
import Testing

@Suite struct PageReadingTests {
    private static let count = 700

    /// A registry with about 700 KiB of models.
    private func withFullStore(inMemory: Bool, _ body: (ModelStore) async throws -> Void) async throws {
        try await withStore(inMemory: inMemory) { store in
            let text = String(repeating: "d", count: 700)
            try await withTemporaryFolder { folder in
                let file = folder.appending(path: "models.jsonl")
                let lines = (0..<Self.count).map { "{\"name\":\"\($0)\",\"description\":\"\(text)\",\"n\":1.0}\n" }
                try lines.joined().write(to: file, atomically: true, encoding: .utf8)
                _ = try await store.importDocument(path: file.path)
            }
            try await body(store)
        }
    }

    private func expectedDocument(_ page: ModelPage) -> String {
        func value(_ cursor: String?) -> String { cursor.map { "\"\($0)\"" } ?? "null" }
        return "{\"items\":[" + page.records.map(\.text).joined(separator: ",") + "],\"total\":\(page.total),"
            + "\"nextCursor\":\(value(page.nextCursor)),\"previousCursor\":\(value(page.previousCursor))}\n"
    }

    @Test(arguments: [true, false], [1, 25, 100, 400, 699, 700, 1_000_000])
    func givesThePageInPieces(inMemory: Bool, limit: Int) async throws {
        try await withFullStore(inMemory: inMemory) { store in
            for cursor in [nil, PageCursor(parsing: try await store.page(PageQuery(limit: 10)).nextCursor ?? "")] {
                let query = try PageQuery(limit: limit, cursor: cursor)
                let page = try await store.page(query)
                let reading = try await store.reading(query)
                let (document, sizes) = try await reading.chunks.collect()
                #expect(String(decoding: document, as: UTF8.self) == expectedDocument(page))
                #expect(sizes.dropLast().allSatisfy { (64 << 10...256 << 10).contains($0) })
                #expect(sizes.allSatisfy { $0 <= 256 << 10 })
                #expect(reading.total == page.total && reading.revision == page.revision)
                #expect(reading.nextCursor == page.nextCursor && reading.previousCursor == page.previousCursor)
                // It is what the toolkit would write.
                #expect(
                    Conversion(from: .json, to: .json, schema: LargeLanguageModel.schema).run(document).output
                        == document)
            }
        }
    }

    @Test(arguments: [true, false])
    func isADocumentWithoutModels(inMemory: Bool) async throws {
        try await withStore(inMemory: inMemory) { store in
            let (document, sizes) = try await store.chunks(PageQuery()).collect()
            #expect(
                String(decoding: document, as: UTF8.self)
                    == "{\"items\":[],\"total\":0,\"nextCursor\":null,\"previousCursor\":null}\n")
            #expect(sizes.count == 1)
        }
    }

    /// A page in a file stays what it was when it was begun, however often it is read.
    @Test func doesNotSeeLaterWrites() async throws {
        try await withFullStore(inMemory: false) { store in
            let query = try PageQuery(limit: 1000)
            let expected = expectedDocument(try await store.page(query))
            let reading = try await store.reading(query)
            var walk = reading.chunks.makeAsyncIterator()
            var document = try #require(try await walk.next())
            for model in try await store.page(query).records.suffix(300) {
                _ = try await store.delete(id: model.id)
            }
            _ = try await store.update(
                id: store.page(PageQuery(limit: 300)).records[299].id, patch: Array(#"{"name":"changed"}"#.utf8))
            _ = try await store.insert(#"{"name":"new"}"#)
            while let piece = try await walk.next() { document += piece }
            #expect(String(decoding: document, as: UTF8.self) == expected)
            #expect(String(decoding: try await reading.chunks.collect().document, as: UTF8.self) == expected)
            #expect(try await store.page(query).total == Self.count - 299)
        }
    }

    /// In memory it ends where it ended, and is a document all the same.
    @Test func staysADocumentInMemory() async throws {
        try await withFullStore(inMemory: true) { store in
            let reading = try await store.reading(PageQuery(limit: 1000))
            for model in try await store.page(PageQuery(limit: 1000)).records.suffix(300) {
                _ = try await store.delete(id: model.id)
            }
            _ = try await store.insert(#"{"name":"new"}"#)
            let document = try SlowJSON(parsing: try await reading.chunks.collect().document)
            #expect(records(of: document).count == Self.count - 300)
            #expect(document["total"] == .number("\(Self.count)"))
        }
    }

    @Test func goesOnAfterTheStoreIsClosed() async throws {
        try await withFullStore(inMemory: false) { store in
            let reading = try await store.reading(PageQuery(limit: 1000))
            let before = try await reading.chunks.collect().document
            try await store.close()
            #expect(try await reading.chunks.collect().document == before)
        }
    }
}
