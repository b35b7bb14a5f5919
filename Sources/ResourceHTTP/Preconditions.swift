public import HTTPTypes

extension ResourceResponder {
    /// Refuses a request with 412 if it was made for another state of the resource (RFC 9110 section 13.2.2).
    ///
    /// The tag of any representation of the state is accepted: a client that has read CSV may write JSON. Responses to
    /// GET and HEAD that have a version check both fields themselves.
    ///
    /// - Parameters:
    ///   - request: A request that would change the resource.
    ///   - version: The application's name for the current state.
    /// - Throws: 412 if there is an `If-Match` that does not name the state, or an `If-None-Match` that does.
    public func checkPreconditions(of request: HTTPRequest, version: String) throws(ProblemDetails) {
        let tags = representations.map { entityTag(version, $0) }
        try checkIfMatch(of: request, tags)
        guard let field = request.headerFields[.ifNoneMatch], !Self.isRead(request),
            tags.contains(where: { $0.isNamed(in: field, isWeak: true, self.tags) })
        else { return }
        throw ProblemDetails(.preconditionFailed, "the resource is in a state that \"If-None-Match\" names")
    }

    /// Refuses a request whose `If-Match` names none of the tags.
    func checkIfMatch(of request: HTTPRequest, _ tags: @autoclosure () -> [EntityTag]) throws(ProblemDetails) {
        guard let field = request.headerFields[.ifMatch],
            !tags().contains(where: { $0.isNamed(in: field, isWeak: self.tags.acceptsWeakForms, self.tags) })
        else { return }
        throw ProblemDetails(
            .preconditionFailed, "the resource is not in the state that \"If-Match\" names; read it again")
    }

    /// Whether a request only reads; for any other, a tag that the client already has is a conflict, not a saving.
    static func isRead(_ request: HTTPRequest) -> Bool {
        request.method == .get || request.method == .head
    }
}
