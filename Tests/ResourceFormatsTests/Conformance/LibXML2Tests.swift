import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// libxml2's own error, recursion and namespace cases.
@Suite(.enabled(if: ConformanceData.has("libxml2"), "\(ConformanceData.isMissing)"))
struct LibXML2Tests {
    static let files: [String] = ["errors", "errors10", "recurse", "namespaces"].flatMap { folder in
        ConformanceData.files(in: "libxml2/\(folder)").map { "libxml2/\(folder)/\($0)" }
    }.filter { ConformanceData.files(in: $0).isEmpty }

    @Test func findsTheCases() {
        #expect(Self.files.count > 60)
        #expect(Self.files.filter { $0.contains("recurse/lol") }.count >= 6)
    }

    /// None of the documents has our root, and those with a document type are refused for that.
    @Test(arguments: files)
    func refusesQuicklyWithOwnWords(path: String) throws {
        let content = try ConformanceData.bytes(path)
        var outcome: Conversion.Outcome?
        let time = processorTime { outcome = run(content, from: .xml) }
        let refused = try #require(outcome)
        #expect(time < .seconds(1))
        #expect(refused.output == [])
        #expect(refused.position != nil)
        #expect(refused.error?.contains(": found ") == true, "\(refused)")
        #expect(refused.error?.contains("libxml2's error") == false, "\(refused)")
        if path.contains("recurse/lol"), path.hasSuffix(".xml") { #expect(refused.code == .unsupported, "\(refused)") }
    }

    /// With the right root, what breaks the rules of namespaces is still refused.
    @Test(arguments: files.filter { $0.contains("namespaces/err_") })
    func refusesBrokenNamespacesInsideARecord(path: String) throws {
        var text = String(decoding: try ConformanceData.bytes(path), as: UTF8.self)
        if text.hasPrefix("<?xml") { text = String(text.drop { $0 != ">" }.dropFirst()) }
        let outcome = run("<largeLanguageModel>\(text)</largeLanguageModel>", from: .xml)
        #expect(outcome.error != nil, "\(text)")
        #expect(outcome.output == [])
    }

    @Test(arguments: ["truncated-utf16.xml", "trailing-null-1.xml"])
    func refusesWhatOlderVersionsOfTheLibraryAccept(file: String) throws {
        let outcome = run(try ConformanceData.bytes("libxml2/errors/\(file)"), from: .xml)
        #expect(outcome.error != nil)
    }

    /// The same two faults in documents that are ours but for them.
    @Test func refusesHalfACharacterAndANULAtTheEnd() {
        let units = Array("<largeLanguageModel/>".utf16)
        let wide: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(run(wide, from: .xml).text == "{}\n")
        #expect(
            run(wide + [0x20], from: .xml).error
                == "1:22: found half a character at the end, expected UTF-16LE ($)")
        #expect(
            run(Array("<largeLanguageModel/>".utf8) + [0], from: .xml).error
                == "1:22: found the control character U+0000, expected characters that XML 1.0 allows ($)")
    }
}
