import HTTPTypes
import ResourceFormats

/// What an API adds to the problem details of RFC 9457: codes, trace identifiers, and what these members are called.
///
///     extension ProblemPolicy {
///         static let library = ProblemPolicy(codes: [409: "onLoan"], otherCode: "refused", traceIDPrefix: "library-")
///     }
///     let responder = ResourceResponder(schema: Book.schema, problems: .library)
public struct ProblemPolicy: Sendable {
    /// The code of a problem by its status.
    public var codes: [Int: String]
    /// The code of a problem with any other status; nil for none.
    public var otherCode: String?
    /// What a trace identifier has in front of a random UUID; nil for problems without trace identifiers.
    public var traceIDPrefix: String?
    /// Whether a problem that has no details has an empty object of them.
    public var hasEmptyDetails: Bool
    /// The name of the member with the code; like the others a name of XML, too.
    public var codeMember: String
    /// The name of the member with the trace identifier.
    public var traceIDMember: String
    /// The name of the member with the details.
    public var detailsMember: String

    /// The given parts; without any, the members of RFC 9457 and `details` where there are any.
    public init(
        codes: [Int: String] = [:], otherCode: String? = nil, traceIDPrefix: String? = nil,
        hasEmptyDetails: Bool = false, codeMember: String = "code", traceIDMember: String = "traceId",
        detailsMember: String = "details"
    ) {
        self.codes = codes
        self.otherCode = otherCode
        self.traceIDPrefix = traceIDPrefix
        self.hasEmptyDetails = hasEmptyDetails
        self.codeMember = codeMember
        self.traceIDMember = traceIDMember
        self.detailsMember = detailsMember
    }

    /// The members of RFC 9457, and `details` where there are any.
    public static let standard = ProblemPolicy()

    /// Gives a problem the code and the trace identifier that it lacks.
    func complete(_ problem: inout ProblemDetails) {
        if problem.code == nil { problem.code = codes[problem.status.code] ?? otherCode }
        if problem.traceId == nil, let traceIDPrefix { problem.traceId = traceIDPrefix + Self.randomUUID() }
    }

    /// A random UUID (RFC 9562 section 5.4).
    private static func randomUUID() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Array((hexadecimal(high, digits: 16) + hexadecimal(low, digits: 16)).utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        return "\(part(0..<8))-\(part(8..<12))-\(part(12..<16))-\(part(16..<20))-\(part(20..<32))"
    }
}
