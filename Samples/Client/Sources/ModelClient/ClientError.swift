public import Foundation

/// Why there are no models, or no more of them.
public enum ClientError: Error, Hashable, CustomStringConvertible {
    /// The server answered with something else than 200.
    case refused(Problem)
    /// The body is in no format that we read; its `Content-Type`.
    case unknownFormat(String?)
    /// The body is compressed, although nobody asked for that.
    case unknownCoding(String)
    /// The connection ended before the body did.
    case brokenOff(String)
    /// The body is longer than we put up with.
    case bodyTooLarge(limit: Int)
    /// The page took too long.
    case timeout(Duration)
    /// The next page is one that we have been to.
    case circle(URL)
    /// The next page is on another server, or nowhere.
    case elsewhere(String)

    /// A sentence.
    public var description: String {
        switch self {
        case .refused(let problem): "\(problem)"
        case .unknownFormat(let contentType?): "the body is \"\(contentType)\", which is not read here"
        case .unknownFormat(nil): "the response does not say in \"Content-Type\" what its body is"
        case .unknownCoding(let coding): "the body has the content coding \"\(coding)\", which is not read here"
        case .brokenOff(let reason): "the connection ended before the body did (\(reason))"
        case .bodyTooLarge(let limit): "the body has more than \(limit) bytes"
        case .timeout(let timeout): "the page did not come within \(timeout)"
        case .circle(let url): "the pages lead back to \(url)"
        case .elsewhere(let target): "the next page is not on the same server: \(target)"
        }
    }
}
