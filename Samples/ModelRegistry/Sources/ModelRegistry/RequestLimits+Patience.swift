import Hummingbird
import NIOCore
import ResourceHTTP

extension RequestLimits {
    /// Runs what waits for a client's body.
    ///
    /// - Throws: 408 when the client takes too long; what `work` throws.
    func inTime<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
        try await withThrowingTaskGroup(of: T.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: patience)
                throw ProblemDetails(
                    .requestTimeout, "the body did not come within \(patience)", headerFields: [.connection: "close"])
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    /// The bytes of a request's body.
    ///
    /// - Throws: 408 or 413.
    func bytes(of request: Request, limit: Int? = nil) async throws -> [UInt8] {
        let limit = limit ?? bodySize
        return try await inTime {
            do {
                return Array(buffer: try await request.body.collect(upTo: limit))
            } catch is NIOTooManyBytesError {
                throw ResourceResponder.bodyTooLarge(limit: limit)
            }
        }
    }
}
