public import HTTPTypes
import ResourceFormats

/// Why a request was refused, as RFC 9457 has it, with the members that the API's error responses have.
///
/// Thrown by everything here that looks at a request; `ResourceResponder.response(to:telling:)` makes a response of it.
public struct ProblemDetails: Error, Sendable {
    /// A value of `details`.
    public enum Detail: Sendable, Hashable {
        case text(String)
        case number(Int)
        case list([Detail])
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
    /// The API's own number of the kind of problem.
    public var code: String
    /// What names this very response in logs; filled in when the response is made.
    public var traceId: String?
    /// What happened here, for programs: paths, places, what is on offer.
    public var details: [Member]
    /// Fields that the status asks for, such as `Allow` or `WWW-Authenticate`.
    public var headerFields: HTTPFields

    /// A problem.
    ///
    /// - Parameters:
    ///   - status: The status, from which title and code follow.
    ///   - detail: What happened, a sentence.
    ///   - details: The same for programs.
    ///   - headerFields: Fields that the status asks for.
    public init(
        _ status: HTTPResponse.Status, _ detail: String? = nil, details: [Member] = [], headerFields: HTTPFields = [:]
    ) {
        self.status = status
        title = status.reasonPhrase
        code = Self.code(of: status)
        self.detail = detail
        self.details = details
        self.headerFields = headerFields
    }

    /// The API's number for a status: most are 1000 (the error responses of *POST /v2.0/largelanguagemodels*).
    private static func code(of status: HTTPResponse.Status) -> String {
        switch status.code {
        case 401, 402: String(status.code)
        case 409: "1004"
        case 501: "1009"
        default: "1000"
        }
    }

    /// A new name for a response, `api--` and a random UUID (RFC 9562 section 5.4).
    public static func newTraceID() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Array((hexadecimal(high, digits: 16) + hexadecimal(low, digits: 16)).utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        return "api--\(part(0..<8))-\(part(8..<12))-\(part(12..<16))-\(part(16..<20))-\(part(20..<32))"
    }
}

extension ProblemDetails.Detail: ExpressibleByStringLiteral {
    /// A text.
    public init(stringLiteral value: String) {
        self = .text(value)
    }
}
