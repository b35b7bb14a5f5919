public import HTTPTypes

extension ResourceResponder {
    /// Refuses a request that was made for another state of the resource: 412 (RFC 9110 section 13.1.1).
    ///
    /// The tag of any representation of the state will do: who read CSV may write JSON.
    ///
    /// - Parameters:
    ///   - request: A request that would change the resource.
    ///   - version: The application's name for its state.
    /// - Throws: 412 if `If-Match` is there and does not name the state.
    public func checkIfMatch(of request: HTTPRequest, version: String) throws(ProblemDetails) {
        guard let field = request.headerFields[.ifMatch] else { return }
        for representation in representations
        where EntityTag(version: version, representation).isNamed(in: field, isWeak: false) {
            return
        }
        throw ProblemDetails(
            .preconditionFailed, "the resource is not in the state that \"If-Match\" names; read it again")
    }
}
