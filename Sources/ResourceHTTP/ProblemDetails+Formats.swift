import ContentNegotiation
import HTTPTypes
import ResourceFormats

/// How a problem is written.
enum ProblemFormat: Sendable {
    case json
    case xml

    /// The media type (RFC 9457 section 3 and appendix B).
    var contentType: String {
        switch self {
        case .json: "application/problem+json"
        case .xml: "application/problem+xml"
        }
    }

    /// What a client may ask for, and which of the two it gets: who takes XML gets the problem as XML.
    private static let offers: [(mediaType: String, format: ProblemFormat)] = [
        ("application/problem+json", .json), ("application/json", .json), ("application/hal+json", .json),
        ("application/problem+xml", .xml), ("application/xml", .xml), ("text/xml", .xml),
    ]

    /// What chooses between them, by the policy that chooses representations.
    static func negotiator(_ policy: NegotiationPolicy) -> Negotiator {
        Negotiator(offers: offers.compactMap { MediaType($0.mediaType) }, policy: policy)
    }

    /// The format for an `Accept` field; JSON when nothing fits, for an error never turns into a 406.
    static func preferred(accept: String?, _ negotiator: Negotiator) -> ProblemFormat {
        negotiator.bestOffer(accept: accept).map { offers[$0].format } ?? .json
    }
}

extension ProblemDetails {
    /// The problem as a document, with the members that a policy names.
    func encoded(as format: ProblemFormat, _ policy: ProblemPolicy) -> ResourceContent {
        var output = OutputBuffer()
        let members = members(policy)
        switch format {
        case .json: appendJSON(members, to: &output)
        case .xml: appendXML(members, to: &output)
        }
        return ResourceContent(output)
    }

    /// The members in their order; an absent one is left out.
    private func members(_ policy: ProblemPolicy) -> [Member] {
        var members = [
            Member("type", .text(type)), Member("title", .text(title)), Member("status", .number(status.code)),
        ]
        if let detail { members.append(Member("detail", .text(detail))) }
        if let instance { members.append(Member("instance", .text(instance))) }
        if let code { members.append(Member(policy.codeMember, .text(code))) }
        if let traceId { members.append(Member(policy.traceIDMember, .text(traceId))) }
        if !details.isEmpty || policy.hasEmptyDetails {
            members.append(Member(policy.detailsMember, .object(details)))
        }
        return members
    }

    // MARK: JSON

    private func appendJSON(_ members: [Member], to output: inout OutputBuffer) {
        append(.object(members), to: &output)
        output.append(0x0A)
    }

    private func append(_ value: Detail, to output: inout OutputBuffer) {
        switch value {
        case .text(let text): output.appendJSONString(text)
        case .number(let number): output.append(text: String(number))
        case .list(let values):
            output.append(0x5B)
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(0x2C) }
                append(value, to: &output)
            }
            output.append(0x5D)
        case .object(let members):
            output.append(0x7B)
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(0x2C) }
                output.appendJSONString(member.name)
                output.append(0x3A)
                append(member.value, to: &output)
            }
            output.append(0x7D)
        }
    }

    // MARK: XML

    /// RFC 9457 appendix B: members are elements in its namespace, elements of lists are called `i`.
    private func appendXML(_ members: [Member], to output: inout OutputBuffer) {
        output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<problem xmlns=\"urn:ietf:rfc:7807\">")
        for member in members { appendElement(member.name, member.value, to: &output) }
        output.append("</problem>\n")
    }

    private func appendElement(_ name: String, _ value: Detail, to output: inout OutputBuffer) {
        output.append(0x3C)
        output.append(text: name)
        if case .object(let members) = value, members.isEmpty { return output.append("/>") }
        output.append(0x3E)
        switch value {
        case .text(let text): output.appendXMLText(text)
        case .number(let number): output.append(text: String(number))
        case .list(let values):
            for value in values { appendElement("i", value, to: &output) }
        case .object(let members):
            for member in members { appendElement(member.name, member.value, to: &output) }
        }
        output.append("</")
        output.append(text: name)
        output.append(0x3E)
    }
}
