public import HTTPTypes

// Times say less than tags: two states may have the same second. So they count only where there is no tag to compare
// (RFC 9110 section 13.2.2).

extension ResourceResponder {
    /// Refuses a request with 412 if it was made for another state of the resource, by tag or by time.
    ///
    /// - Parameters:
    ///   - request: A request that would change the resource.
    ///   - version: The application's name for the current state.
    ///   - lastModified: When the resource came into this state; nil if that is unknown.
    /// - Throws: 412, as without a time, and for an `If-Unmodified-Since` that is earlier, where there is no `If-Match`.
    public func checkPreconditions(
        of request: HTTPRequest, version: String, lastModified: HTTPDate?
    ) throws(ProblemDetails) {
        try Self.checkIfUnmodifiedSince(of: request, lastModified)
        try checkPreconditions(of: request, version: version)
    }

    /// Refuses a request that is not to find a resource, but one that has not changed since a time.
    static func checkIfUnmodifiedSince(of request: HTTPRequest, _ lastModified: HTTPDate?) throws(ProblemDetails) {
        guard let lastModified, request.headerFields[.ifMatch] == nil,
            let since = request.headerFields[.ifUnmodifiedSince].flatMap({ HTTPDate($0) }), lastModified > since
        else { return }
        throw ProblemDetails(
            .preconditionFailed, "the resource has changed since the time of \"If-Unmodified-Since\"; read it again")
    }

    /// Whether a request has the representation already, by the time at which it got it.
    static func isUnmodified(_ request: HTTPRequest, _ lastModified: HTTPDate?) -> Bool {
        guard let lastModified, isRead(request), request.headerFields[.ifNoneMatch] == nil,
            let since = request.headerFields[.ifModifiedSince].flatMap({ HTTPDate($0) })
        else { return false }
        return lastModified <= since
    }
}
