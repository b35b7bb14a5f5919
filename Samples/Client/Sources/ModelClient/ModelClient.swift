import AsyncHTTPClient
public import Foundation
public import LLMResources
import NIOCore
import NIOHTTP1

/// Fetches large language models page by page, in whatever format the server likes best of those that are asked for.
///
/// One attempt for each page, no redirects, and never another server than the first.
public struct ModelClient: Sendable {
    /// What a client may ask of a server, and what it puts up with.
    public struct Options: Sendable {
        /// The value of `Accept`.
        public var accept = "application/hal+json, application/json;q=0.9, application/xml;q=0.8, text/csv;q=0.7"
        /// How long one page may take, from the first byte to the last.
        public var timeout = Duration.seconds(30)
        /// How many bytes one body may have.
        public var bodyLimit = 64 << 20

        /// The usual.
        public init() {}
    }

    /// What came back.
    struct Answer {
        let contentType: String?
        /// The lines of `Link`.
        let links: [String]
        /// Whether it would have been noticed if a part of the body were missing.
        let hasKnownEnd: Bool
        let body: [UInt8]
    }

    private let http: HTTPClient
    private let options: Options

    private init(http: HTTPClient, options: Options) {
        self.http = http
        self.options = options
    }

    /// Runs `body` with a client; its connections are closed at the end.
    public static func run<Result>(
        _ options: Options = Options(), _ body: (ModelClient) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        return try await HTTPClient.withHTTPClient(configuration: configuration) { http in
            try await body(ModelClient(http: http, options: options))
        }
    }

    /// The pages from a URL on; each is fetched when it is asked for.
    public func pages(at url: URL) -> ModelPages {
        ModelPages(client: self, start: url)
    }

    /// Fetches one page.
    ///
    /// - Throws: `ClientError`, or what the connection throws.
    func fetch(_ url: URL) async throws -> Answer {
        // The timeouts of the client end with the head, or begin anew with each byte.
        try await withThrowingTaskGroup(of: Answer?.self) { group in
            group.addTask { try await fetchInAnyTime(url) }
            group.addTask {
                try await Task.sleep(for: options.timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() ?? nil else { throw ClientError.timeout(options.timeout) }
            return answer
        }
    }

    private func fetchInAnyTime(_ url: URL) async throws -> Answer {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.headers.add(name: "Accept", value: options.accept)
        let response = try await http.execute(request, deadline: .distantFuture)
        let body = try await body(of: response)
        let contentType = response.headers.first(name: "Content-Type")
        guard response.status == .ok else {
            throw ClientError.refused(
                Problem(
                    status: Int(response.status.code), reason: response.status.reasonPhrase, contentType, body: body))
        }
        if let coding = response.headers.first(name: "Content-Encoding"), coding.lowercased() != "identity" {
            throw ClientError.unknownCoding(coding)
        }
        return Answer(
            contentType: contentType, links: response.headers["Link"], hasKnownEnd: Self.hasKnownEnd(response),
            body: body)
    }

    /// Whether a body that is cut off would be noticed: without a length and chunks it goes on to the connection's end
    /// (RFC 9112 section 6.3).
    private static func hasKnownEnd(_ response: HTTPClientResponse) -> Bool {
        response.version.major > 1 || response.headers.contains(name: "Content-Length")
            || response.headers.contains(name: "Transfer-Encoding")
    }

    /// The whole body.
    ///
    /// A format may not show that its end is missing, as CSV does not; the connection does.
    private func body(of response: HTTPClientResponse) async throws -> [UInt8] {
        do {
            return Array(buffer: try await response.body.collect(upTo: options.bodyLimit))
        } catch is NIOTooManyBytesError {
            throw ClientError.bodyTooLarge(limit: options.bodyLimit)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ClientError.brokenOff("\(error)")
        }
    }
}

/// The pages of a collection: the models of each.
public struct ModelPages: AsyncSequence {
    let client: ModelClient
    let start: URL

    /// Starts at the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(client: client, target: start)
    }

    /// A walk from page to page.
    public struct Iterator: AsyncIteratorProtocol {
        private let client: ModelClient
        private var target: URL?
        private var visited: Set<String> = []

        init(client: ModelClient, target: URL) {
            self.client = client
            self.target = target
        }

        /// The models of the next page; nil after the last.
        ///
        /// - Throws: `ClientError`, `SerializationError`, or what the connection throws. The walk is over then.
        public mutating func next() async throws -> [LargeLanguageModel]? {
            guard let url = target else { return nil }
            target = nil
            // Two pages that lead to each other would go on for ever.
            guard visited.insert(url.absoluteString).inserted else { throw ClientError.circle(url) }
            let page = try Page(try await client.fetch(url), from: url)
            target = page.next
            return page.models
        }
    }
}
