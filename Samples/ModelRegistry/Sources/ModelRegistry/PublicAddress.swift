import ContentNegotiation
import HTTPTypes
import Hummingbird
import ResourceHTTP
import Synchronization

/// What links begin with for a request that came through a proxy: `Forwarded` (RFC 7239), or `X-Forwarded-Proto`,
/// `-Host` and `-Prefix`.
///
/// Only for servers that nobody but a proxy reaches: any client can send these fields.
final class PublicAddress: Sendable {
    private let make: @Sendable (String) -> ResourceResponder
    private let usual: ResourceResponder
    private let responders = Mutex<[String: ResourceResponder]>([:])

    /// How many addresses are remembered.
    private static let most = 64

    /// Addresses, with a way to make a responder for one.
    init(usual: ResourceResponder, make: @escaping @Sendable (String) -> ResourceResponder) {
        self.usual = usual
        self.make = make
    }

    /// The responder whose links are right for a request.
    func responder(for request: HTTPRequest) -> ResourceResponder {
        guard let base = Self.baseURL(of: request) else { return usual }
        return responders.withLock { responders in
            if let known = responders[base] { return known }
            if responders.count >= Self.most { responders.removeAll() }
            let new = make(base)
            responders[base] = new
            return new
        }
    }

    /// What links begin with; nil if no proxy says anything.
    static func baseURL(of request: HTTPRequest) -> String? {
        var (scheme, host): (String?, String?) = (nil, nil)
        if let field = HTTPField.Name("Forwarded").flatMap({ request.headerFields[$0] }) {
            (scheme, host) = forwarded(field)
        } else {
            scheme = first("X-Forwarded-Proto", request)
            host = first("X-Forwarded-Host", request)
        }
        scheme = scheme?.lowercased()
        if scheme != "http", scheme != "https" { scheme = nil }
        if let given = host, !isHost(given) { host = nil }
        let prefix = first("X-Forwarded-Prefix", request).flatMap(path) ?? ""
        guard scheme != nil || host != nil else { return prefix.isEmpty ? nil : prefix }
        guard let host = host ?? request.authority.flatMap({ isHost($0) ? $0 : nil }) else { return nil }
        return "\(scheme ?? "http")://\(host)\(prefix)"
    }

    /// What the first element of `Forwarded` says, which is that of the proxy next to the client.
    private static func forwarded(_ field: String) -> (scheme: String?, host: String?) {
        var (scheme, host): (String?, String?) = (nil, nil)
        // An element is like the parameters of a media type, and may have a quoted comma.
        var isQuoted = false
        let element = field.utf8.prefix { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return isQuoted || byte != UInt8(ascii: ",")
        }
        let parameters = ContentNegotiation.MediaType("x/x;" + String(decoding: element, as: UTF8.self))
        scheme = parameters?.value(of: "proto")
        host = parameters?.value(of: "host")
        return (scheme, host)
    }

    /// The first element of a field.
    private static func first(_ name: String, _ request: HTTPRequest) -> String? {
        guard let field = HTTPField.Name(name).flatMap({ request.headerFields[$0] }) else { return nil }
        let element = field.utf8.prefix { $0 != UInt8(ascii: ",") }.filter { $0 != 0x20 && $0 != 0x09 }
        return element.isEmpty ? nil : String(decoding: element, as: UTF8.self)
    }

    /// Whether a text may be a name or an address, with a port or without one.
    private static func isHost(_ text: String) -> Bool {
        !text.utf8.isEmpty
            && text.utf8.allSatisfy { byte in
                isNameByte(byte) || [UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]")].contains(byte)
            }
    }

    /// A path without a slash at its end; nil for what is none.
    private static func path(_ text: String) -> String? {
        var path = text.utf8[...]
        while path.last == UInt8(ascii: "/") { path.removeLast() }
        guard path.first == UInt8(ascii: "/"), !path.starts(with: "//".utf8),
            path.allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "~") })
        else { return nil }
        return String(decoding: path, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
