public import HTTPTypes

/// A whole response: its head, and its body in bytes or as a stream.
///
/// Any server can send it; nothing in it knows one.
public struct ResourceResponse: Sendable {
    /// Status and fields, ready to be sent.
    public var head: HTTPResponse
    /// What follows.
    public var body: ResourceBody
    /// The problem that it tells, for logs.
    public internal(set) var problem: ProblemDetails?

    /// A response from its parts.
    public init(head: HTTPResponse, body: ResourceBody = .none) {
        self.head = head
        self.body = body
    }

    /// A response without content, such as 204.
    ///
    /// Without content there is nothing that `Accept` could choose, and still caches must know that others may get
    /// something else: `Vary` is there.
    public static func empty(_ status: HTTPResponse.Status, headerFields: HTTPFields = [:]) -> ResourceResponse {
        var fields = headerFields
        fields[.vary] = "Accept"
        return ResourceResponse(head: HTTPResponse(status: status, headerFields: fields))
    }
}
