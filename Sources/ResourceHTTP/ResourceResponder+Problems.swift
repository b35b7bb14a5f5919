import ContentNegotiation
public import HTTPTypes
import ResourceFormats

extension ResourceResponder {
    /// The response that tells a problem, in the client's format: `application/problem+json` or
    /// `application/problem+xml`, JSON when nothing fits.
    ///
    /// - Parameters:
    ///   - request: The request; HEAD gets the head alone.
    ///   - problem: The problem; its instance is filled in if it has none, and its code and trace identifier by the
    ///     policy.
    public func response(to request: HTTPRequest, telling problem: ProblemDetails) -> ResourceResponse {
        var problem = problem
        if problem.instance == nil { problem.instance = request.path.map { RequestTarget.path($0) } }
        problems.complete(&problem)
        let override = formatOverride(in: request).flatMap { name in
            name.utf8.contains(UInt8(ascii: "/"))
                ? name
                : representations.first { ASCII.isEqualIgnoringCase($0.format.name, name) }?.mediaType.description
        }
        let format = ProblemFormat.preferred(
            accept: override ?? request.headerFields[.accept], problemNegotiator)
        let content = problem.encoded(as: format, problems)
        var head = HTTPResponse(status: problem.status, headerFields: problem.headerFields)
        head.headerFields[.contentType] = format.contentType
        head.headerFields[.contentLength] = String(content.count)
        head.headerFields.addVary("Accept")
        var response = ResourceResponse(head: head, body: request.method == .head ? .none : .bytes(content))
        response.problem = problem
        return response
    }
}
