import Foundation
import GRDB
public import ResourceFormats

/// A request that may be sent again and is to be done once.
public struct OnceRequest: Sendable {
    let key: String
    let request: [UInt8]

    /// A request.
    ///
    /// - Parameters:
    ///   - key: The client's name for it.
    ///   - request: All of it that matters; another one with the same key is refused.
    public init(key: String, request: [UInt8]) {
        self.key = key
        self.request = request
    }
}

/// A response as it is kept.
public struct KeptAnswer: Sendable {
    /// The status.
    public let status: Int
    /// The fields, each as `name: value`.
    public let fields: [String]
    /// The body.
    public let body: [UInt8]

    /// A response.
    public init(status: Int, fields: [String], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// What came of a request that is to be done once.
public enum OnceOutcome: Sendable {
    /// This is the response, and whether it is one from before.
    case answer(KeptAnswer, isReplayed: Bool)
    /// The key was used for another request.
    case otherRequest
    /// There is no such model to copy.
    case missing
}

/// Which models a request adds.
public enum Additions: Sendable {
    /// New ones, each one record as JSON.
    case records([[UInt8]])
    /// A copy of the model with this `_id`, changed by a JSON Merge Patch.
    case clone(String, patch: [UInt8]?)
}

extension ModelStore {
    /// For how many seconds responses are kept.
    static var answerLifetime: Int { 86400 }

    /// Adds models: all of them or none.
    ///
    /// - Parameters:
    ///   - additions: The models.
    ///   - validate: Looks at a copy before it is written; what it throws is thrown, and nothing is written.
    /// - Returns: The models; nil if there is nothing to copy.
    public func add(
        _ additions: Additions, validate: @Sendable (RecordView) throws -> Void = { _ in }
    ) async throws -> [StoredModel]? {
        try await write { db in try add(additions, db, validate) }
    }

    /// Adds models, unless a request with the same key has done it before; then its response is given again.
    ///
    /// The response is kept in the same transaction as the models, so that a client which does not get it, whatever
    /// the reason, may send the request again. It is kept for a day.
    ///
    /// - Parameters:
    ///   - additions: The models.
    ///   - once: The request.
    ///   - validate: Looks at a copy before it is written, as `answer` does.
    ///   - answer: Makes the response; what it throws is thrown, and nothing is written.
    public func add(
        _ additions: Additions, once: OnceRequest, validate: @Sendable (RecordView) throws -> Void = { _ in },
        answer: @Sendable ([StoredModel]) throws -> KeptAnswer
    ) async throws -> OnceOutcome {
        let time = now()
        return try await write { db in
            try db.execute(sql: "DELETE FROM answers WHERE time < ?", arguments: [time - Self.answerLifetime])
            let row = try Row.fetchOne(
                db, sql: "SELECT request, status, fields, body FROM answers WHERE key = ?", arguments: [once.key])
            if let row {
                guard [UInt8](row[0] as Data) == once.request else { return .otherRequest }
                let fields = (row[2] as String).split(separator: "\n").map(String.init)
                let kept = KeptAnswer(status: row[1], fields: fields, body: [UInt8](row[3] as Data))
                return .answer(kept, isReplayed: true)
            }
            guard let models = try add(additions, db, validate) else { return .missing }
            let answer = try answer(models)
            try db.execute(
                sql: "INSERT INTO answers (key, time, request, status, fields, body) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    once.key, time, Data(once.request), answer.status, answer.fields.joined(separator: "\n"),
                    Data(answer.body),
                ])
            return .answer(answer, isReplayed: false)
        }
    }

    private func add(
        _ additions: Additions, _ db: Database, _ validate: (RecordView) throws -> Void
    ) throws -> [StoredModel]? {
        switch additions {
        case .records(let records):
            return try records.map { record in
                try Self.insert(editor.newRecord(record, stamp: stamp()) { _ in }, db)
            }
        case .clone(let id, let patch):
            guard let current = try Self.fetch(id, db) else { return nil }
            let copy = try editor.newRecord(current.record, patch: patch, stamp: stamp(), validate: validate)
            return [try Self.insert(copy, db)]
        }
    }
}
