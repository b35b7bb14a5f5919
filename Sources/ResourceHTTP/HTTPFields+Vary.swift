public import HTTPTypes
import ResourceFormats

extension HTTPFields {
    /// Adds a name to `Vary`, and keeps what is there already (RFC 9110 section 12.5.5).
    ///
    /// Several lines become one; `*` already says everything.
    ///
    /// - Parameter name: The name of a field that the response depends on, such as `Accept`.
    public mutating func addVary(_ name: String) {
        guard let present = self[.vary] else {
            self[.vary] = name
            return
        }
        let names = present.utf8.split(separator: UInt8(ascii: ",")).map { part in
            String(decoding: part.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self)
        }
        let isThere = names.contains { ASCII.isEqualIgnoringCase($0, name) || $0.utf8.elementsEqual("*".utf8) }
        let kept = names.filter { !$0.utf8.isEmpty }
        self[.vary] = (isThere ? kept : kept + [name]).joined(separator: ", ")
    }
}
