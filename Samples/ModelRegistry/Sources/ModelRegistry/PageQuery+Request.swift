import Hummingbird
import RegistryStore
import ResourceHTTP

extension PageQuery {
    /// The page that a request asks for: `limit`, `next` or `previous`, `projectId`, `referenceId`.
    ///
    /// A cursor holds the limit and the filters of the query it came from, so that a link with nothing but the cursor
    /// goes on with it; a limit beside it wins.
    ///
    /// - Throws: 400 for a value that no page can have.
    init(_ request: Request) throws(ProblemDetails) {
        let parameters = request.uri.queryParameters
        var limit: Int?
        if let text = parameters["limit"] {
            guard let number = Int(text), PageQuery.limits.contains(number) else {
                throw Self.refusal(
                    "limit", "a number from \(PageQuery.limits.lowerBound) to \(PageQuery.limits.upperBound)")
            }
            limit = number
        }
        let texts = (next: parameters["next"], previous: parameters["previous"])
        if texts.next != nil, texts.previous != nil {
            throw ProblemDetails(.badRequest, "a page is either next or previous: one of the two cursors will do")
        }
        var cursor: PageCursor?
        for (name, text, direction) in [
            ("next", texts.next, PageCursor.Direction.next), ("previous", texts.previous, .previous),
        ] {
            guard let text else { continue }
            guard let parsed = PageCursor(parsing: String(text)), parsed.direction == direction else {
                throw Self.refusal(name, "a cursor that a page of this registry has given")
            }
            cursor = parsed
        }
        do {
            try self.init(
                limit: limit, cursor: cursor, projectId: parameters["projectId"].map(String.init),
                referenceId: parameters["referenceId"].map(String.init))
        } catch {
            throw ProblemDetails(.badRequest, "\(error)")
        }
    }

    private static func refusal(_ name: String, _ expected: String) -> ProblemDetails {
        ProblemDetails(
            .badRequest, "the parameter \"\(name)\" has to be \(expected)",
            details: [.init("parameter", .text(name)), .init("expected", .text(expected))])
    }
}
