import ContentNegotiation
public import HTTPTypes
import ResourceFormats

/// What a server does with content codings (RFC 9110 sections 8.4 and 12.5.3), apart from encoding bytes.
///
/// A coded representation has a tag of its own: that of the plain one with a hyphen and the coding's name at its end. So
/// a request is changed before a responder sees it, which knows the plain tags alone, and the response afterwards:
///
///     guard let exchange = codings.exchange(for: request) else { throw codings.notAcceptable(request) }
///     var head = respond(to: exchange.request)
///     let coding = exchange.finish(&head, length: length)        // nil for a body that stays as it is
public struct ContentCodings: Sendable {
    /// The codings, in the server's order of preference.
    public let names: [String]
    /// The smallest number of bytes that a body is encoded for.
    public let minimumSize: Int
    private let negotiator: CodingNegotiator

    /// Some codings.
    ///
    /// - Parameters:
    ///   - names: The codings that the server can make, in its order of preference.
    ///   - minimumSize: The smallest number of bytes that a body is encoded for; a smaller one would hardly become
    ///     smaller. A stream is always encoded.
    public init(_ names: [String] = ["gzip", "deflate"], minimumSize: Int = 1024) {
        self.names = names
        self.minimumSize = minimumSize
        negotiator = CodingNegotiator(codings: names)
    }

    /// What a request accepts; nil if that is nothing on offer, not even `identity`.
    public func exchange(for request: HTTPRequest) -> Exchange? {
        let acceptable = negotiator.acceptable(acceptEncoding: request.headerFields[.acceptEncoding])
        guard !acceptable.isEmpty else { return nil }
        return Exchange(self, acceptable, request)
    }

    /// The 406 for a request that accepts no coding on offer and not `identity` either.
    public func notAcceptable(_ request: HTTPRequest) -> ProblemDetails {
        let field = ResourceResponder.excerpt(request.headerFields[.acceptEncoding] ?? "")
        let available = names + [CodingNegotiator.identity]
        return ProblemDetails(
            .notAcceptable, "no content coding on offer is acceptable to \"Accept-Encoding: \(field)\"",
            details: [.init("available", .list(available.map { .text($0) }))])
    }

    /// The only coding of a request's body, if it is one of these; nil without a coding and for any other.
    public func codingOfBody(of request: HTTPRequest) -> String? {
        guard let field = request.headerFields[.contentEncoding] else { return nil }
        let given = field.utf8.filter { $0 != 0x20 && $0 != 0x09 }.map { ContentNegotiation.lowercased($0) }
            .split(separator: UInt8(ascii: ",")).filter { !$0.elementsEqual(CodingNegotiator.identity.utf8) }
        guard let coding = given.first, given.count == 1 else { return nil }
        return names.first { coding.elementsEqual($0.utf8) || coding.elementsEqual("x-\($0)".utf8) }
    }

    /// One request and what it accepts.
    public struct Exchange: Sendable {
        /// The codings that the client accepts, the best first, `identity` among them.
        public let acceptable: [String]
        /// The request with the tags of plain representations in its conditions.
        ///
        /// `If-Match` may name any representation of a state. `If-None-Match` of GET and HEAD names those that the
        /// response may have: without `gzip` in `Accept-Encoding` the tag of the gzip representation is none of them.
        public let request: HTTPRequest
        private let minimumSize: Int
        private let ifNoneMatch: EntityTagField?

        init(_ codings: ContentCodings, _ acceptable: [String], _ request: HTTPRequest) {
            self.acceptable = acceptable
            minimumSize = codings.minimumSize
            var request = request
            if let field = request.headerFields[.ifMatch] {
                request.headerFields[.ifMatch] = EntityTagField(field).plain(codings.names) ?? field
            }
            var ifNoneMatch: EntityTagField?
            if let field = request.headerFields[.ifNoneMatch] {
                let isRead = ResourceResponder.isRead(request)
                let tags = EntityTagField(field)
                request.headerFields[.ifNoneMatch] =
                    isRead && tags.isAny ? nil : tags.plain(codings.names, for: isRead ? acceptable : nil)
                if isRead { ifNoneMatch = tags }
            }
            self.ifNoneMatch = ifNoneMatch
            self.request = request
        }

        /// Completes the head of a response: `Vary`, and for an encoded body `Content-Encoding` and its tag.
        ///
        /// - Parameters:
        ///   - head: The head; `Content-Length` is taken out of it if the body is to be encoded.
        ///   - length: The number of bytes of the plain body, also for HEAD; nil for a stream.
        /// - Returns: The coding that the body is to have; nil for none. A 304 has no body.
        public func finish(_ head: inout HTTPResponse, length: Int?) -> String? {
            head.headerFields.addVary("Accept-Encoding")
            if head.status == .notModified {
                if let tag = head.headerFields[.eTag], let ifNoneMatch {
                    head.headerFields[.eTag] = ifNoneMatch.coded(tag, acceptable)
                }
                return nil
            }
            let coding = coding(for: head, length)
            if let coding {
                head.headerFields[.contentEncoding] = coding
                head.headerFields[.contentLength] = nil
                if let tag = head.headerFields[.eTag] {
                    head.headerFields[.eTag] = EntityTagField.coded(tag, coding)
                }
            }
            // Which representation `*` stands for is known only now.
            if let ifNoneMatch, ifNoneMatch.isAny, head.status == .ok, head.headerFields.contains(.eTag) {
                head.status = .notModified
                let names = [
                    .contentType, .contentEncoding, .contentLength, HTTPField.Name("Link"), .init("X-Total-Count"),
                ]
                for name in names { if let name { head.headerFields[name] = nil } }
                return nil
            }
            return coding
        }

        private func coding(for head: HTTPResponse, _ length: Int?) -> String? {
            guard let best = acceptable.first, !best.utf8.elementsEqual(CodingNegotiator.identity.utf8) else {
                return nil
            }
            let status = head.status.code
            guard status >= 200, status != 204, status != 205, status != 206, length != 0,
                !head.headerFields.contains(.contentEncoding),
                let type = head.headerFields[.contentType].flatMap({ MediaType($0) }), Self.isCompressible(type),
                !Self.forbidsTransforming(head.headerFields[.cacheControl])
            else { return nil }
            if let length, length < minimumSize, acceptable.contains(CodingNegotiator.identity) { return nil }
            return best
        }

        /// Whether `Cache-Control` has `no-transform`.
        private static func forbidsTransforming(_ cacheControl: String?) -> Bool {
            guard let cacheControl else { return false }
            return cacheControl.utf8.split(whereSeparator: { isSpaceByte($0) || $0 == UInt8(ascii: ",") }).contains {
                $0.elementsEqual("no-transform".utf8)
            }
        }

        /// Whether a type is text; images and archives are compressed already.
        private static func isCompressible(_ type: MediaType) -> Bool {
            if type.type.utf8.elementsEqual("text".utf8) { return true }
            let end = type.subtype.utf8.split(separator: UInt8(ascii: "+")).last ?? type.subtype.utf8[...]
            return ["json", "xml", "javascript"].contains { end.elementsEqual($0.utf8) }
        }
    }
}

/// A list of entity tags in a field, such as `"a-gzip", W/"b"`, or `*`.
struct EntityTagField: Sendable {
    private struct Tag: Sendable {
        let isWeak: Bool
        let value: [UInt8]
    }

    /// Nil for `*`.
    private let tags: [Tag]?

    /// Whether the field is `*`.
    var isAny: Bool { tags == nil }

    /// The tags up to the first malformed one, as `EntityTag.isNamed` reads them.
    init(_ field: String) {
        let bytes = Array(field.utf8)
        var tags: [Tag] = []
        var index = 0
        func skipSeparators() {
            while index < bytes.count, isSpaceByte(bytes[index]) || bytes[index] == 0x2C { index += 1 }
        }
        skipSeparators()
        if index < bytes.count, bytes[index] == UInt8(ascii: "*") {
            self.tags = nil
            return
        }
        while index < bytes.count {
            let isWeak = bytes[index...].starts(with: "W/".utf8)
            if isWeak { index += 2 }
            guard index < bytes.count, bytes[index] == 0x22,
                let end = bytes[(index + 1)...].firstIndex(of: 0x22)
            else { break }
            tags.append(Tag(isWeak: isWeak, value: Array(bytes[(index + 1)..<end])))
            index = end + 1
            skipSeparators()
        }
        self.tags = tags
    }

    /// The field with the plain tags instead of the coded ones; nil if no tag is left.
    ///
    /// - Parameters:
    ///   - names: The names of the codings.
    ///   - acceptable: The codings whose tags count, `identity` for plain tags; nil for all.
    func plain(_ names: [String], for acceptable: [String]? = nil) -> String? {
        guard let tags else { return "*" }
        var texts: [String] = []
        for tag in tags {
            let name = names.first { tag.value.hasSuffix(Self.suffix($0)) }
            if let acceptable, !acceptable.contains(name ?? CodingNegotiator.identity) { continue }
            let value = name.map { tag.value.dropLast(Self.suffix($0).count) } ?? tag.value[...]
            texts.append("\(tag.isWeak ? "W/" : "")\"\(String(decoding: value, as: UTF8.self))\"")
        }
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }

    /// The tag, in quotes, in the form in which the field has it: plain or with a coding, the best one first.
    func coded(_ tag: String, _ acceptable: [String]) -> String {
        guard let tags else { return tag }
        for name in acceptable where !name.utf8.elementsEqual(CodingNegotiator.identity.utf8) {
            let coded = Self.coded(tag, name)
            if tags.contains(where: { coded.utf8.dropFirst().dropLast().elementsEqual($0.value) }) { return coded }
        }
        return tag
    }

    /// The tag of the encoded representation: `"a"` becomes `"a-gzip"`.
    static func coded(_ tag: String, _ coding: String) -> String {
        guard tag.utf8.last == 0x22 else { return tag }
        return String(decoding: Array(tag.utf8.dropLast()) + suffix(coding) + [0x22], as: UTF8.self)
    }

    private static func suffix(_ coding: String) -> [UInt8] { Array("-\(coding)".utf8) }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool {
        count > suffix.count && self.suffix(suffix.count).elementsEqual(suffix)
    }
}
