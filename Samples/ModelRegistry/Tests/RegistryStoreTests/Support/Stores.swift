import Foundation
import LLMResources
import RegistryStore
import ResourceFormats
import ResourceFormatsTesting

/// Does something with a folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "registry-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// Does something with a registry, once in memory and once in a file.
func withStore(
    inMemory: Bool, now: (@Sendable () -> Int)? = nil, _ body: (ModelStore) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let path = inMemory ? ":memory:" : folder.appending(path: "models.sqlite").path
        let store = try await ModelStore(path: path, now: now)
        try await body(store)
        try await store.close()
    }
}

/// A file among the samples of the repository.
func sample(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../Data/\(name)").standardized
}

/// The records of a JSON document, compact.
func records(of url: URL) throws -> [String] {
    let document = try SlowJSON(parsing: Array(Data(contentsOf: url)))
    return switch document {
    case .array(let records): records.map(\.text)
    case .object where document["items"] != nil: records(of: document)
    default: [document.text]
    }
}

/// The records of a page.
func records(of page: SlowJSON) -> [String] {
    guard case .array(let records) = page["items"] else { return [] }
    return records.map(\.text)
}

extension ModelStore {
    /// Adds a model from text.
    func insert(_ record: String) async throws -> StoredModel {
        try await insert(Array(record.utf8))
    }

    /// The records of the first page as text.
    func records(limit: Int = PageQuery.limits.upperBound) async throws -> [String] {
        try await page(PageQuery(limit: limit)).records.map(\.text)
    }
}

extension StoredModel {
    /// The record as text.
    var text: String { String(decoding: record, as: UTF8.self) }

    /// A member of the record; nil if it is no string.
    func string(_ name: ExactText) throws -> String? {
        guard case .string(let text) = try SlowJSON(parsing: record)[name] else { return nil }
        return text.string
    }

    /// A member of the record; nil if it is no number.
    func number(_ name: ExactText) throws -> String? {
        guard case .number(let text) = try SlowJSON(parsing: record)[name] else { return nil }
        return text
    }
}

extension PageChunks {
    /// The whole document, and how long its pieces are.
    func collect() async throws -> (document: [UInt8], sizes: [Int]) {
        var document: [UInt8] = []
        var sizes: [Int] = []
        for try await chunk in self {
            document += chunk
            sizes.append(chunk.count)
        }
        return (document, sizes)
    }
}
