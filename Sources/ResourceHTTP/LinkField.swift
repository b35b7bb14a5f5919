import ResourceFormats

/// The field `Link` (RFC 8288), for formats that cannot carry links.
enum LinkField {
    /// The value of the field for some links; nil if there are none.
    ///
    /// Targets are URI references already, and relations are named as in HAL.
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
