import Foundation
import Hummingbird
import ResourceHTTP

/// The context of the registry's requests.
typealias RegistryContext = BasicRequestContext

extension RegistryContext {
    /// A part of the path, percent-decoded.
    ///
    /// The router hands it on as it came, and `%61` is as good as `a` (RFC 3986 section 6.2.2.2). One that cannot be
    /// decoded is empty, and nothing has an empty name.
    func component(_ name: String) throws -> String {
        try parameters.require(name).removingPercentEncoding ?? ""
    }

    /// The identifier in the path; one that no record can have is not looked for.
    func id() throws -> String {
        let id = try component("id")
        let isIdentifier =
            id.utf8.count == 24
            && id.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        guard isIdentifier else {
            throw ProblemDetails(
                .notFound, "there is no such large language model: identifiers are 24 lower-case letters or digits")
        }
        return id
    }
}
