import ResourceFormats

/// The field `Link` (RFC 8288), for formats that have no place for links.
enum LinkField {
    /// The value for some links; nil for none.
    ///
    /// Targets are URI references already, and relations the names that HAL has for them.
    static func value(_ links: [ResourceLink]) -> String? {
        guard !links.isEmpty else { return nil }
        var value = ""
        for link in links {
            if !value.utf8.isEmpty { value += ", " }
            value += "<\(link.target)>; rel=\"\(link.relation)\""
        }
        return value
    }
}
