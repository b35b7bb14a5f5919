import Foundation
import LLMResources
import ResourceFormats

/// One page: its models, and where the next one is.
struct Page {
    private(set) var models: [LargeLanguageModel] = []
    /// Nil on the last page.
    private(set) var next: URL?

    /// Reads what came from a URL.
    ///
    /// - Throws: `SerializationError` with the place of what is wrong; `ClientError` for a body that is in no format
    ///   we know, or a next page that is elsewhere.
    init(_ answer: ModelClient.Answer, from url: URL) throws {
        let format = try Format(contentType: answer.contentType)
        if !answer.hasKnownEnd, format == .csv || format == .jsonLines {
            throw ClientError.brokenOff("nobody says where it ends, and \(format) does not show it")
        }
        let page = try readModels(of: answer.body, format)
        let target: String? =
            if format == .hal, let link = Self.halTarget(in: answer.body) {
                link
            } else if let cursor = page?.nextCursor, !cursor.utf8.isEmpty {
                Self.target(of: cursor, from: url)
            } else {
                LinkField.target(of: "next", in: answer.links)
            }
        if let target { next = try Self.resolve(target, from: url) }
    }

    private mutating func readModels(of body: [UInt8], _ format: Format) throws(SerializationError) -> PageInfo? {
        var scanner = RecordStream(format, schema: LargeLanguageModel.schema)
        while case .record = try scanner.next(body.span, isComplete: true) {
            guard let record = scanner.record else { break }
            do {
                models.append(try LargeLanguageModel(record))
            } catch {
                throw SerializationError(
                    error.code, found: error.found, expected: error.expected,
                    position: scanner.recordPosition(in: body.span), path: scanner.path(ofRecord: models.count))
            }
        }
        return scanner.document.page
    }

    /// The target of HAL's link to the next page.
    ///
    /// The toolkit takes links for representation and keeps none of them, so the document is looked at once more.
    private static func halTarget(in body: [UInt8]) -> String? {
        let document = (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
        let relation = (document?["_links"] as? [String: Any])?["next"]
        let link = relation as? [String: Any] ?? (relation as? [[String: Any]])?.first
        return link?["templated"] as? Bool == true ? nil : link?["href"] as? String
    }

    /// The URL of the page before with the cursor in its query; the schema knows in which parameter.
    private static func target(of cursor: String, from url: URL) -> String? {
        let links = LargeLanguageModel.schema.collectionLinks(
            page: PageInfo(nextCursor: cursor, previousCursor: cursor))
        func query(_ relation: String) -> [URLQueryItem] {
            let link = links.first { $0.relation == relation }
            return link.flatMap { URLComponents(string: $0.target)?.percentEncodedQueryItems } ?? []
        }
        let added = query("next")
        guard !added.isEmpty, var components = URLComponents(url: url, resolvingAgainstBaseURL: true) else {
            return nil
        }
        // A page is after one cursor or before another one.
        let names = (added + query("prev")).map(\.name)
        let kept = components.percentEncodedQueryItems?.filter { !names.contains($0.name) } ?? []
        components.percentEncodedQueryItems = kept + added
        return components.string
    }

    /// Makes a target whole, and stays with the server.
    private static func resolve(_ target: String, from url: URL) throws(ClientError) -> URL {
        guard let next = URL(string: target, relativeTo: url)?.absoluteURL, Origin(next) == Origin(url) else {
            throw ClientError.elsewhere(target)
        }
        return next
    }

    /// What two URLs of one server have in common (RFC 6454 section 4).
    private struct Origin: Equatable {
        let scheme: String?
        let host: String?
        let port: Int?

        init(_ url: URL) {
            scheme = url.scheme?.lowercased()
            host = url.host()?.lowercased()
            port = url.port ?? ["http": 80, "https": 443][scheme ?? ""]
        }
    }
}
