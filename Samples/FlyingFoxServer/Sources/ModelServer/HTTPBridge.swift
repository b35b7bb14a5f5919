import FlyingFox
import FlyingSocks
import Foundation
import HTTPTypes
import ResourceHTTP

extension HTTPTypes.HTTPRequest {
    /// The head of a request; nil if its method is not a token.
    init?(_ request: FlyingFox.HTTPRequest) {
        guard let method = Method(rawValue: request.method.rawValue) else { return nil }
        self.init(method: method, scheme: "http", authority: request.headers[.host], path: request.target.rawValue)
        for (header, value) in request.headers {
            guard let name = HTTPField.Name(header.rawValue) else { continue }
            headerFields.append(HTTPField(name: name, value: value))
        }
    }
}

extension FlyingFox.HTTPResponse {
    /// A response as FlyingFox sends it; with `isLast` the connection ends after it.
    init(_ response: ResourceResponse, isLast: Bool = false) {
        let head = response.head
        var headers = HTTPHeaders()
        for field in head.headerFields { headers.addValue(field.value, for: HTTPHeader(field.name.rawName)) }
        if isLast { headers[.connection] = "close" }
        let body: HTTPBodySequence
        switch response.body {
        case .bytes(let content) where isLast:
            body = HTTPBodySequence(from: PieceBytes(LastPieces(content.array)), count: content.count)
        case .bytes(let content):
            body = HTTPBodySequence(data: Data(content.array), suggestedBufferSize: pieceSize)
        case .stream(let document):
            body = HTTPBodySequence(from: PieceBytes(document), suggestedBufferSize: pieceSize)
        case .none where head.headerFields.contains(.contentLength):
            body = isLast ? HTTPBodySequence(from: PieceBytes(LastPieces([])), count: 0) : HTTPBodySequence()
        case .none:
            // 304, or HEAD of a stream. FlyingFox would say "Content-Length: 0", which is not so. It can do without
            // only for a chunked body; that there is none ends the connection before the first chunk.
            headers[.connection] = "close"
            body = HTTPBodySequence(from: PieceBytes(LastPieces([])))
        }
        self.init(
            statusCode: HTTPStatusCode(head.status.code, phrase: head.status.reasonPhrase), headers: headers, body: body
        )
    }
}

/// How many bytes FlyingFox shall ask for at once.
private let pieceSize = 64 << 10

/// Pieces as FlyingFox takes them: it asks for more when the client has taken what went before, and so does this.
private struct PieceBytes<Pieces: AsyncSequence & Sendable>: AsyncBufferedSequence where Pieces.Element == [UInt8] {
    typealias Element = UInt8

    private let pieces: Pieces

    init(_ pieces: Pieces) {
        self.pieces = pieces
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(pieces: pieces.makeAsyncIterator())
    }

    struct Iterator: AsyncBufferedIteratorProtocol {
        var pieces: Pieces.AsyncIterator
        var rest: ArraySlice<UInt8> = []

        mutating func next() async throws -> UInt8? {
            try await nextBuffer(suggested: 1)?.first
        }

        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
            while rest.isEmpty {
                guard let piece = try await pieces.next() else { return nil }
                rest = piece[...]
            }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
    }
}

/// The bytes of a last answer, then an error: FlyingFox closes a connection for nothing else.
private struct LastPieces: AsyncSequence, Sendable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(bytes: bytes)
    }

    struct Iterator: AsyncIteratorProtocol {
        var bytes: [UInt8]

        mutating func next() async throws -> [UInt8]? {
            guard !bytes.isEmpty else { throw ConnectionEnd() }
            defer { bytes = [] }
            return bytes
        }
    }

    struct ConnectionEnd: LocalizedError {
        let errorDescription: String? = "this answer is the connection's last"
    }
}
