import ContentNegotiation
import Testing

@Suite struct CodingNegotiatorTests {
    private static let fields: [(String?, String)] = [
        (nil, "identity"),
        ("", "identity"),
        (" , ", "identity"),
        ("gzip", "gzip identity"),
        ("GZip", "gzip identity"),
        ("x-gzip", "gzip identity"),
        ("deflate, gzip", "gzip deflate identity"),
        ("gzip;q=0.5, deflate", "deflate gzip identity"),
        ("br, zstd", "identity"),
        ("gzip;q=0.5, identity;q=0.8", "identity gzip"),
        ("gzip;q=0.5,identity;q=0.5", "gzip identity"),
        ("*", "gzip deflate identity"),
        ("*;q=0", ""),
        ("*;q=0, deflate", "deflate"),
        ("gzip;q=0, *", "deflate identity"),
        ("gzip;q=0", "identity"),
        ("identity;q=0", ""),
        ("identity;q=0, gzip;q=0.001", "gzip"),
        ("gzip;q=0.0001, identity;q=0.001", "identity gzip"),
        ("gzip/x", "identity"),
        ("*/*", "identity"),
        ("gzip;q=2, deflate", "deflate identity"),
        ("gzip;q=x;\",\"", "identity"),
        ("\"gzip", "identity"),
    ]

    @Test(arguments: fields)
    func choosesByTheField(field: String?, expected: String) {
        let negotiator = CodingNegotiator(codings: ["gzip", "deflate"])
        #expect(negotiator.acceptable(acceptEncoding: field).joined(separator: " ") == expected)
    }
}
