import ContentNegotiation
public import HTTPTypes
import ResourceFormats

extension ResourceResponse {
    /// The response to a request that may prefer to get no content: `Prefer: return=minimal` (RFC 7240 section 4.2).
    ///
    /// A 200 becomes a 204 then, any other response loses its body, and `Preference-Applied` says so. Reads and problems
    /// are not touched, so no cache has to know `Prefer`. `return=representation` is what happens anyway.
    public func honoringPreference(of request: HTTPRequest) -> ResourceResponse {
        guard !ResourceResponder.isRead(request), head.status.kind == .successful,
            let prefer = HTTPField.Name.prefer, let applied = HTTPField.Name.preferenceApplied
        else { return self }
        var response = self
        guard let field = request.headerFields[prefer], let value = Self.preferredReturn(field) else { return response }
        guard value.elementsEqual("minimal".utf8) else {
            if value.elementsEqual("representation".utf8) {
                response.head.headerFields[applied] = "return=representation"
            }
            return response
        }
        response.head.headerFields[applied] = "return=minimal"
        if head.status == .ok { response.head.status = .noContent }
        response.head.headerFields[.contentType] = nil
        response.head.headerFields[.contentLength] = response.head.status == .noContent ? nil : "0"
        response.body = .none
        return response
    }

    /// The value of the first preference `return`.
    private static func preferredReturn(_ field: String) -> [UInt8]? {
        for preference in field.utf8.split(separator: UInt8(ascii: ",")) {
            let text = (preference.split(separator: UInt8(ascii: ";")).first ?? preference)
                .filter { !isSpaceByte($0) && $0 != UInt8(ascii: "\"") }.map { ContentNegotiation.lowercased($0) }
            let name = text.prefix { $0 != UInt8(ascii: "=") }
            if name.elementsEqual("return".utf8) { return Array(text.dropFirst(name.count + 1)) }
        }
        return nil
    }
}

extension HTTPField.Name {
    /// RFC 7240.
    fileprivate static let prefer = HTTPField.Name("Prefer")
    /// RFC 7240.
    fileprivate static let preferenceApplied = HTTPField.Name("Preference-Applied")
}
