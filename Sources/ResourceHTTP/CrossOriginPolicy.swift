public import HTTPTypes

/// What pages of other origins may do, for an API that is open to all of them: CORS, as the Fetch standard has it.
///
/// Every response says `Access-Control-Allow-Origin: *`, so that a cache may keep it for everybody; credentials of the
/// browser, such as cookies, are never sent to such an API, and keys in request fields are.
///
///     let policy = CrossOriginPolicy.standard
///     policy.addFields(to: &response.headerFields)                        // to every response, problems and 304 too
///     if policy.isPreflight(request) { return policy.preflight(for: request, methods: [.get, .post]) }
public struct CrossOriginPolicy: Hashable, Sendable {
    /// The request fields that pages may send.
    public var requestFields: [String]
    /// The response fields that pages may read, besides those that they always may, such as `Content-Type`.
    public var exposedFields: [String] { didSet { exposed = exposedFields.joined(separator: ", ") } }
    /// For how many seconds a browser may keep the answer to a preflight; nil to leave it to the browser.
    public var maxAge: Int?
    /// The exposed fields as they are sent; put together once.
    private var exposed: String

    /// A policy from its parts.
    public init(
        requestFields: [String] = standardRequestFields, exposedFields: [String] = standardExposedFields,
        maxAge: Int? = 600
    ) {
        self.requestFields = requestFields
        self.exposedFields = exposedFields
        self.maxAge = maxAge
        exposed = exposedFields.joined(separator: ", ")
    }

    /// Everything that the responses here depend on may be sent, and everything that they say may be read.
    public static let standard = CrossOriginPolicy()

    /// The request fields of `standard`: negotiation, preconditions, keys and preferences.
    public static let standardRequestFields = [
        "Accept", "Accept-Language", "Authorization", "Content-Encoding", "Content-Type", "Idempotency-Key", "If-Match",
        "If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Prefer", "X-API-Key", "x-cxone-authorization",
    ]

    /// The response fields of `standard`.
    public static let standardExposedFields = [
        "Accept", "Accept-Patch", "Accept-Post", "Allow", "Content-Disposition", "Content-Encoding", "Content-Length",
        "Date", "ETag", "Last-Modified", "Link", "Location", "Preference-Applied", "Retry-After", "Vary",
        "WWW-Authenticate", "X-Total-Count",
    ]

    /// Adds what a browser has to find in an actual response; fields that are there already are kept.
    public func addFields(to fields: inout HTTPFields) {
        if fields[.accessControlAllowOrigin] == nil { fields[.accessControlAllowOrigin] = "*" }
        guard !exposed.utf8.isEmpty, fields[.accessControlExposeHeaders] == nil else { return }
        fields[.accessControlExposeHeaders] = exposed
    }

    /// Whether a browser asks with this request if it may send another one.
    public func isPreflight(_ request: HTTPRequest) -> Bool {
        request.method == .options && request.headerFields[.origin] != nil
            && request.headerFields[.accessControlRequestMethod] != nil
    }

    /// The answer to a preflight: 204 with what may be sent.
    ///
    /// - Parameters:
    ///   - request: The preflight.
    ///   - methods: The methods of the resource. Without any, which is right where there is no resource, the method that
    ///     is asked for: then the page gets to read the 404.
    public func preflight(for request: HTTPRequest, methods: [HTTPRequest.Method]) -> ResourceResponse {
        var fields: HTTPFields = [.accessControlAllowOrigin: "*"]
        fields[.accessControlAllowMethods] =
            methods.isEmpty
            ? request.headerFields[.accessControlRequestMethod] : methods.map(\.rawValue).joined(separator: ", ")
        fields[.accessControlAllowHeaders] = requestFields.joined(separator: ", ")
        fields[.accessControlMaxAge] = maxAge.map { String($0) }
        return ResourceResponse(head: HTTPResponse(status: .noContent, headerFields: fields))
    }
}
