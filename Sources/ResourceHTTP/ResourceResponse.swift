public import HTTPTypes

/// A whole response: its head, and its body in bytes or as a stream.
///
/// It does not depend on any server, so any server can send it.
public struct ResourceResponse: Sendable {
    /// Status and fields, ready to be sent.
    public var head: HTTPResponse
    /// The body.
    public var body: ResourceBody
    /// The problem that the response reports, for logs.
    public internal(set) var problem: ProblemDetails?

    /// A response from its parts.
    public init(head: HTTPResponse, body: ResourceBody = .none) {
        self.head = head
        self.body = body
    }

    /// A response without content, such as 204.
    ///
    /// `Accept` has nothing to choose from here, but caches must still learn that other responses depend on it. So the
    /// response has `Vary`.
    public static func empty(_ status: HTTPResponse.Status, headerFields: HTTPFields = [:]) -> ResourceResponse {
        var fields = headerFields
        fields.addVary("Accept")
        return ResourceResponse(head: HTTPResponse(status: status, headerFields: fields))
    }
}
