import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// The W3C's XML conformance suite, as far as it is there.
@Suite(.enabled(if: ConformanceData.has("xmlconf"), "\(ConformanceData.isMissing)"))
struct XMLConfTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let type: String
        /// `external` entities of the file, `parameter`, `general`, `both` or `none`.
        let entities: String
        var testDescription: String { path }
    }

    static let cases: [Case] = [
        "xmltest/xmltest.xml", "sun/sun-valid.xml", "sun/sun-invalid.xml", "sun/sun-not-wf.xml", "sun/sun-error.xml",
        "eduni/namespaces/1.0/rmt-ns10.xml", "eduni/namespaces/1.1/rmt-ns11.xml", "eduni/misc/ht-bh.xml",
        "eduni/errata-2e/errata2e.xml",
    ].flatMap { catalogue -> [Case] in
        guard let content = try? ConformanceData.bytes("xmlconf/\(catalogue)") else { return [] }
        let folder = catalogue.split(separator: "/").dropLast().joined(separator: "/")
        return tests(in: String(decoding: content, as: UTF8.self)).map { attributes in
            Case(
                path: "xmlconf/\(folder)/\(attributes["URI"] ?? "")", type: attributes["TYPE"] ?? "",
                entities: attributes["ENTITIES"] ?? "none")
        }
    }

    /// The attributes of every `<TEST …>`, read by eye: no `>` stands in any of their values.
    private static func tests(in catalogue: String) -> [[String: String]] {
        catalogue.split(separator: "<").filter { $0.hasPrefix("TEST ") || $0.hasPrefix("TEST\n") }.map { tag in
            var attributes: [String: String] = [:]
            var rest = tag.prefix { $0 != ">" }.dropFirst(4)
            while let equals = rest.firstIndex(of: "=") {
                let name = rest[..<equals].filter { !$0.isWhitespace }
                rest = rest[equals...].dropFirst().drop { $0.isWhitespace }
                guard let quote = rest.first, quote == "\"" || quote == "'" else { break }
                rest = rest.dropFirst()
                let value = rest.prefix { $0 != quote }
                attributes[name] = String(value)
                rest = rest[value.endIndex...].dropFirst()
            }
            return attributes
        }
    }

    @Test func findsTheCases() {
        #expect(Self.cases.count > 600)
        #expect(Set(Self.cases.map(\.type)) == ["valid", "invalid", "not-wf", "error"])
    }

    /// No document of the suite is about large language models, so none may pass.
    @Test(arguments: cases)
    func refusesWithPlaceAndOwnWords(one: Case) throws {
        let outcome = run(try ConformanceData.bytes(one.path), from: .xml)
        #expect(outcome.error?.contains(": found ") == true, "\(outcome)")
        #expect(outcome.position != nil)
        #expect(outcome.path == "$")
        #expect(outcome.output == [])
        #expect(outcome.error?.contains("libxml2's error") == false, "\(outcome)")
    }

    /// What the error says of a document that is well-formed: a document type, another root, XML 1.1.
    @Test(arguments: cases.filter { $0.type == "valid" || $0.type == "invalid" })
    func neverCallsAWellFormedDocumentMalformed(one: Case) throws {
        let outcome = run(try ConformanceData.bytes(one.path), from: .xml)
        guard outcome.code != .unsupported, outcome.code != .wrongShape else { return }
        // Elements in a namespace are well-formed as well.
        #expect(outcome.code == .unexpectedElement || outcome.code == .unexpectedAttribute, "\(outcome)")
    }

    /// What is not well-formed in a document that has the expected root and no document type shows as just that.
    ///
    /// A document type declaration is refused before anything after it is looked at, and so is another root. Here the
    /// root is replaced by ours where the document has no document type, so that the fault itself is met.
    @Test(arguments: cases.filter { $0.type == "not-wf" })
    func refusesWhatIsNotWellFormedForThatReason(one: Case) throws {
        let content = try ConformanceData.bytes(one.path)
        guard let text = String(validating: content, as: UTF8.self), !text.contains("<!DOCTYPE") else { return }
        let renamed = text.replacing("<doc>", with: "<largeLanguageModel>")
            .replacing("</doc>", with: "</largeLanguageModel>").replacing("<doc ", with: "<largeLanguageModel ")
            .replacing("<doc/>", with: "<largeLanguageModel/>")
        let outcome = run(renamed, from: .xml)
        // A record that ended before the fault may be there.
        #expect(outcome.error != nil, "\(renamed)")
    }
}
