/// Which forms of the server's own tags are accepted besides the exact ones.
///
/// A proxy that compresses responses changes their tags: nginx makes `W/"x"` of `"x"`, Apache `"x-gzip"`, Jetty
/// `"x--gzip"`. A client behind it sends back what it got, so its `If-Match` would never hold. Accept such forms only
/// where such a proxy is there: by RFC 9110 section 13.1.1 a weak tag never matches in `If-Match`.
public struct EntityTagPolicy: Hashable, Sendable {
    /// Whether `W/"x"` counts as `"x"` in `If-Match`; in `If-None-Match` it always does.
    public var acceptsWeakForms: Bool
    /// What may follow the value of a tag, such as `-gzip`, in `If-Match` and in `If-None-Match`.
    public var suffixes: [String]

    /// The given parts; without any, only exact tags are accepted.
    public init(acceptsWeakForms: Bool = false, suffixes: [String] = []) {
        self.acceptsWeakForms = acceptsWeakForms
        self.suffixes = suffixes
    }

    /// Only exact tags, as RFC 9110 has it.
    public static let standard = EntityTagPolicy()

    /// The forms that compressing proxies make of tags: weak ones, and those with the name of a content coding after one
    /// or two hyphens.
    public static let behindCompressingProxy = EntityTagPolicy(
        acceptsWeakForms: true,
        suffixes: ["gzip", "br", "zstd", "deflate"].flatMap { ["-\($0)", "--\($0)"] })

    /// Whether a tag's bytes, without the quotes, are the value or one of its accepted forms.
    func accepts(_ bytes: ArraySlice<UInt8>, for value: String) -> Bool {
        guard bytes.starts(with: value.utf8) else { return false }
        let rest = bytes.dropFirst(value.utf8.count)
        return rest.isEmpty || suffixes.contains { rest.elementsEqual($0.utf8) }
    }
}
