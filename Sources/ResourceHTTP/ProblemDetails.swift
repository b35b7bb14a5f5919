public import HTTPTypes

/// Why a request was refused, as RFC 9457 has it.
///
/// Thrown by everything here that looks at a request; `ResourceResponder.response(to:telling:)` makes a response of it.
public struct ProblemDetails: Error, Sendable {
    /// A value of `details`.
    public enum Detail: Sendable, Hashable {
        /// A text.
        case text(String)
        /// An integer.
        case number(Int)
        /// Several values, in order.
        case list([Detail])
        /// Named values, in order.
        case object([Member])
    }

    /// A member of `details`.
    public struct Member: Sendable, Hashable {
        /// The member's name, a name of XML, too.
        public let name: String
        /// Its value.
        public let value: Detail

        /// A member.
        public init(_ name: String, _ value: Detail) {
            self.name = name
            self.value = value
        }
    }

    /// A URI that names the kind of problem; `about:blank` for no more than the status says (RFC 9457 section 4.2.1).
    public var type = "about:blank"
    /// The kind of problem in words, the same for each of the kind.
    public var title: String
    /// The status of the response.
    public var status: HTTPResponse.Status
    /// What happened here, for people.
    public var detail: String?
    /// The path of the request; filled in when the response is made.
    public var instance: String?
    /// The API's own name for the kind of problem; filled in by `ProblemPolicy` when the response is made.
    public var code: String?
    /// What names this very response in logs; filled in by `ProblemPolicy` when the response is made.
    public var traceId: String?
    /// What happened here, for programs: paths, places, what is on offer.
    public var details: [Member]
    /// Fields that the status asks for, such as `Allow` or `WWW-Authenticate`.
    public var headerFields: HTTPFields

    /// A problem.
    ///
    /// - Parameters:
    ///   - status: The status, from which the title follows.
    ///   - detail: What happened, a sentence.
    ///   - details: The same for programs.
    ///   - headerFields: Fields that the status asks for.
    public init(
        _ status: HTTPResponse.Status, _ detail: String? = nil, details: [Member] = [], headerFields: HTTPFields = [:]
    ) {
        self.status = status
        title = status.reasonPhrase
        self.detail = detail
        self.details = details
        self.headerFields = headerFields
    }
}

extension ProblemDetails.Detail: ExpressibleByStringLiteral {
    /// A text.
    public init(stringLiteral value: String) {
        self = .text(value)
    }
}
