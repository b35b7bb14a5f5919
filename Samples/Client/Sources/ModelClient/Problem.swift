import ContentNegotiation
import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Why a server refused: its problem document (RFC 9457), or else its status alone.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// The status of the response.
    public let status: Int
    /// The kind of problem.
    public let title: String
    /// What happened here.
    public let detail: String?

    /// Reads a response.
    ///
    /// What is not a problem document, or has members that are not texts, leaves the status.
    init(status: Int, reason: String, _ contentType: String?, body: [UInt8]) {
        let members: (title: String?, detail: String?) =
            switch contentType.flatMap({ MediaType($0) }).map({ "\($0.type)/\($0.subtype)" }) {
            case "application/problem+json": Self.jsonMembers(body)
            case "application/problem+xml": Self.xmlMembers(body)
            default: (nil, nil)
            }
        self.status = status
        title = members.title ?? reason
        detail = members.detail
    }

    private static func jsonMembers(_ body: [UInt8]) -> (String?, String?) {
        let object = (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
        return (object?["title"] as? String, object?["detail"] as? String)
    }

    private static func xmlMembers(_ body: [UInt8]) -> (String?, String?) {
        let document = try? XMLDocument(data: Data(body), options: [.nodeLoadExternalEntitiesNever])
        func text(_ name: String) -> String? {
            document?.rootElement()?.children?.first { $0.localName == name }?.stringValue
        }
        return (text("title"), text("detail"))
    }

    /// One line, such as `406 Not Acceptable: nothing on offer is acceptable`.
    public var description: String {
        "\(status) \(title)" + (detail.map { ": \($0)" } ?? "")
    }
}
