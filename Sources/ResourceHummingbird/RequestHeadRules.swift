#if Hummingbird
public import HTTPTypes
public import Logging
import NIOCore
import NIOHTTP1
public import ResourceHTTP

/// What a request's head has to be before a route is looked for, and who tells the problem if it is not.
///
/// Hummingbird answers what its parser refuses with a bare 400, takes requests without `Host` or with two, and sends
/// chunks to HTTP/1.0. `HTTPServerBuilder.http1(rules:configuration:)` has a handler before it that does not.
public struct RequestHeadRules: Sendable {
    /// Makes the responses.
    let responder: ResourceResponder
    /// The largest number of bytes in a request's target; RFC 9110 section 4.1 wants at least 8,000.
    let targetLimit: Int
    /// The methods that the server knows, on whatever path.
    let methods: Set<HTTPRequest.Method>
    /// What responses say to pages of other origins.
    let crossOrigin: CrossOriginPolicy?
    /// Where problems are noted.
    let logger: Logger?

    /// Rules.
    ///
    /// - Parameters:
    ///   - responder: Makes the responses.
    ///   - targetLimit: The largest number of bytes in a request's target; 414 for more.
    ///   - methods: The methods that the server knows; 501 for all others.
    ///   - crossOrigin: What responses say to pages of other origins; nil if the server says nothing to them.
    ///   - logger: Where problems are noted.
    public init(
        _ responder: ResourceResponder, targetLimit: Int = 16 << 10,
        methods: Set<HTTPRequest.Method> = Set(HTTPRequest.Method.ofResources), crossOrigin: CrossOriginPolicy? = nil,
        logger: Logger? = nil
    ) {
        self.responder = responder
        self.targetLimit = targetLimit
        self.methods = methods
        self.crossOrigin = crossOrigin
        self.logger = logger
    }

    /// What is wrong with a head that could be read; nil for nothing.
    func problem(with head: HTTPRequestHead) -> ProblemDetails? {
        if head.uri.utf8.count > targetLimit { return targetTooLong }
        // Only HTTP/1.0 knew requests without (RFC 9112 section 3.2).
        let hosts = head.headers[canonicalForm: "Host"].count
        if hosts > 1 || hosts == 0 && !head.isOld {
            return ProblemDetails(
                .badRequest, hosts == 0 ? "the request has no \"Host\"" : "the request has more than one \"Host\"")
        }
        guard let method = HTTPRequest.Method(head.method.rawValue), methods.contains(method) else {
            return unknownMethod(head.method.rawValue)
        }
        if let expectation = head.headers.first(name: "Expect"), !head.isOld, !head.expectsContinue {
            return ProblemDetails(.expectationFailed, "nobody here knows the expectation \"\(expectation.prefix(80))\"")
        }
        return nil
    }

    /// What is wrong with a head that could not be read.
    ///
    /// - Parameters:
    ///   - error: The parser's error.
    ///   - start: What is known of the head's first bytes.
    func problem(with error: HTTPParserError, after start: RequestBytesHandler.Start) -> ProblemDetails {
        switch error {
        case .headerOverflow:
            return start.lineCount > targetLimit
                ? targetTooLong
                : ProblemDetails(.requestHeaderFieldsTooLarge, "the request's fields are too long or too many")
        case .invalidMethod:
            return start.method.map(unknownMethod) ?? ProblemDetails(.badRequest, "this is no request of HTTP")
        case .invalidVersion where start.hasOtherVersion:
            return ProblemDetails(.httpVersionNotSupported, "the versions spoken here are HTTP/1.1 and HTTP/1.0")
        default:
            return ProblemDetails(.badRequest, "the head of the request is malformed: \(error)")
        }
    }

    private var targetTooLong: ProblemDetails {
        ProblemDetails(
            .uriTooLong, "the target of the request has more than \(targetLimit) bytes",
            details: [.init("limit", .number(targetLimit))])
    }

    private func unknownMethod(_ name: String) -> ProblemDetails {
        let known = methods.map(\.rawValue).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return ProblemDetails(
            .notImplemented, "no resource here knows the method \(name.prefix(40))",
            details: [.init("available", .list(known.map { .text($0) }))])
    }

    /// The response that tells a problem and ends the connection.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - head: The request, as far as it could be read.
    func response(telling problem: ProblemDetails, to head: HTTPRequestHead?) -> ResourceResponse {
        var request = HTTPRequest(method: .get, scheme: nil, authority: nil, path: nil)
        if let head {
            request.method = HTTPRequest.Method(head.method.rawValue) ?? .get
            if problem.status != .uriTooLong { request.path = head.uri }
            let accept = head.headers["Accept"]
            if !accept.isEmpty { request.headerFields[.accept] = accept.joined(separator: ", ") }
        }
        var response = responder.response(to: request, telling: problem)
        response.head.headerFields[.connection] = "close"
        crossOrigin?.addFields(to: &response.head.headerFields)
        if let problem = response.problem, let logger {
            var metadata: Logger.Metadata = [
                "status": "\(problem.status.code)", "detail": "\(problem.detail ?? "")",
            ]
            if let traceId = problem.traceId { metadata["traceId"] = "\(traceId)" }
            logger.info("problem", metadata: metadata)
        }
        return response
    }
}

extension HTTPRequestHead {
    /// Whether it is of HTTP/1.0.
    var isOld: Bool { version.major == 1 && version.minor == 0 }

    /// Whether the client waits for a 100 before it sends the body (RFC 9110 section 10.1.1).
    var expectsContinue: Bool {
        guard !isOld else { return false }
        return headers[canonicalForm: "Expect"].elementsEqual(["100-continue"]) { given, known in
            given.utf8.count == known.utf8.count
                && zip(given.utf8, known.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
        }
    }
}
#endif
