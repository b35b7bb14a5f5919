public import Foundation
import LLMResources
public import ResourceFormats

/// Large language models in memory, in the order they came in.
///
/// A record is kept as what every format is written from: nothing is parsed again for an answer.
public actor ModelStore {
    private typealias Field = LargeLanguageModel.Field

    /// Some of the records, and what was true of all when they were taken.
    struct Slice: Sendable {
        let records: ArraySlice<StoredRecord>
        let total: Int
        /// Names the state: another one with every record, and with every start.
        let version: String
    }

    private let schema = LargeLanguageModel.schema
    private var records: [StoredRecord] = []
    /// Where a record is, by its identifier's bytes.
    private var positions: [[UInt8]: Int] = [:]
    /// Whoever writes here, for `createdBy`.
    private let userId = ModelStore.newIdentifier()

    /// A store with nothing in it.
    public init() {}

    /// Takes in all records of a document.
    ///
    /// One without an identifier is stamped as if it had been posted.
    ///
    /// - Returns: How many there were.
    /// - Throws: `SerializationError`, or `DuplicateIdentifier` for a record that is there already.
    @discardableResult
    public func add(_ document: [UInt8], from format: Format) throws -> Int {
        let read = try StoredRecord.records(in: document.span, from: format, schema: schema).records
        for record in read {
            if let id = try Self.identifier(of: record) {
                try append(record, id)
            } else {
                try insert(record)
            }
        }
        return read.count
    }

    /// Makes a record of what a client has sent: its own members, then those that the server sets.
    ///
    /// - Returns: The record and its identifier.
    @discardableResult
    func insert(_ record: StoredRecord) throws -> (record: StoredRecord, id: String) {
        let id = Self.newIdentifier()
        let time = Int(Date().timeIntervalSince1970)
        var tape = RecordTape()
        tape.beginObject(.record)
        record.withRecord { record in
            var members = record.children
            while members.next() {
                if !schema.isSetByServer(members.value.field) { tape.append(members) }
            }
        }
        tape.append(UUID().uuidString.lowercased(), to: Field.referenceId.id)
        tape.append(id, to: Field.id.id)
        tape.append(time, to: Field.createdAt.id)
        tape.append(time, to: Field.lastChanged.id)
        tape.append(userId, to: Field.createdBy.id)
        tape.append(userId, to: Field.lastChangedBy.id)
        tape.endObject()
        guard let view = tape.record else {
            throw SerializationError(.wrongShape, found: "no record", expected: "exactly one")
        }
        let stamped = try StoredRecord(view, schema: schema)
        try append(stamped, id)
        return (stamped, id)
    }

    /// The record with an identifier.
    func record(id: String) -> StoredRecord? {
        positions[Array(id.utf8)].map { records[$0] }
    }

    /// The records from a position on, `limit` at most; nil for all.
    func slice(from position: Int = 0, limit: Int? = nil) -> Slice {
        let rest = records.dropFirst(position)
        return Slice(
            records: limit.map { rest.prefix($0) } ?? rest, total: records.count,
            version: "\(userId)-\(records.count)")
    }

    private func append(_ record: StoredRecord, _ id: String) throws {
        guard positions[Array(id.utf8)] == nil else { throw DuplicateIdentifier(id: id) }
        positions[Array(id.utf8)] = records.count
        records.append(record)
    }

    private static func identifier(of record: StoredRecord) throws(SerializationError) -> String? {
        try record.withRecord { view throws(SerializationError) in try view[Field.id.id]?.string() }.flatMap { $0 }
    }

    /// 24 random hexadecimal digits.
    private static func newIdentifier() -> String {
        (0..<3).map { _ in String(UInt32.random(in: 1 << 28...UInt32.max), radix: 16) }.joined()
    }
}

/// A record whose identifier another one has.
public struct DuplicateIdentifier: LocalizedError {
    /// The identifier.
    public let id: String

    /// What is wrong.
    public var errorDescription: String? { "there are two records with the identifier \"\(id)\"" }
}
