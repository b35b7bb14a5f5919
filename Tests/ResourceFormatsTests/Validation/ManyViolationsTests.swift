import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Records in which as much is wrong as there is room for: as much is told, in the time that their length takes.
@Suite struct ManyViolationsTests {
    private static let schema = LargeLanguageModel.schema

    /// The violations of the only record of a document, each with its place.
    private func violations(
        _ bytes: [UInt8], from format: Format = .json
    ) throws -> [(violation: Violation, position: TextPosition)] {
        var scanner = RecordStream(format, schema: Self.schema)
        guard case .record = try scanner.next(bytes.span, isComplete: true) else { return [] }
        var violations: [Violation] = []
        if let record = scanner.record { violations = RecordValidator(schema: Self.schema).violations(in: record) }
        return Array(zip(violations, scanner.positions(of: violations, in: bytes.span)))
    }

    /// Elements of several kinds at several depths: the paths are those of a search for each.
    @Test func findsEachPathAndPlace() throws {
        let json = #"""
            {"name":"n","modelType":"gpt-4o","x":[[1,{"a":1}],[]],"provider":"openAI","assignedToProjects":[1,
            "65a1b2c3d4e5f60718293a4b",{},
            [2]],"connectionId":"3c90c3cc-0d44-4b50-8888-8dd25736052a","fallbacks":[{"odd key":[1],
            "immediateFallBack":{"emailNotificationList":["a",5,null]}},7,{"fallbackLLMReferenceId":[]}]}
            """#
        let expected = [
            "1:97 .assignedToProjects[0]", "2:28 .assignedToProjects[2]", "3:1 .assignedToProjects[3]",
            "4:51 .fallbacks[0].immediateFallBack.emailNotificationList[1]",
            "4:53 .fallbacks[0].immediateFallBack.emailNotificationList[2]", "4:61 .fallbacks[1]",
            "4:89 .fallbacks[2].fallbackLLMReferenceId",
        ]
        let found = try violations(Array(json.utf8)).map { "\($1.line):\($1.column) \($0.path)" }
        #expect(found == expected)
        // In another encoding the record's text is the reader's own.
        let xml = convert(json, from: .json, to: .xml(XMLOptions(isPretty: true)))
        let utf16 = try violations(
            [0xFF, 0xFE] + xml.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, from: .xml)
        let utf8 = try violations(Array(xml.utf8), from: .xml)
        #expect(utf16.map(\.violation.path) == utf8.map(\.violation.path))
        #expect(utf16.map(\.position.line) == utf8.map(\.position.line))
        #expect(utf16.map(\.position.column) == utf8.map(\.position.column))
    }

    /// Each takes seconds to minutes where every path is a search.
    @Test(arguments: [
        (#""assignedToProjects":["#, "1", "]", 90_000), (#""fallbacks":["#, "[]", "]", 90_000),
        (#""fallbacks":[{"immediateFallBack":{"emailNotificationList":["#, "{}", "]}}]", 60_000),
    ])
    func tellsManyInLinearTime(start: String, element: String, end: String, count: Int) throws {
        let elements = Array(repeating: element, count: count).joined(separator: ",")
        let bytes = Array(record(start + elements + end).utf8)
        var found: [(violation: Violation, position: TextPosition)] = []
        let time = try processorTime { found = try violations(bytes) }
        #expect(found.count == count)
        #expect(found.last?.violation.path.hasSuffix("[\(count - 1)]") == true)
        #expect(found.last?.position.byteOffset == bytes.count - end.utf8.count - 1 - element.utf8.count)
        #expect(time < .seconds(20))
    }

    @Test func countsWhatIsTooMuchToTell() throws {
        let elements = Array(repeating: "1", count: RecordValidator.mostViolations + 17).joined(separator: ",")
        let found = try violations(Array(record(#""assignedToProjects":[\#(elements)]"#).utf8))
        #expect(found.count == RecordValidator.mostViolations + 1)
        let last = try #require(found.last?.violation)
        #expect(last.sentence == "found 17 more, expected at most 100000 to be told of a record")
        #expect((last.path, last.severity) == ("", .error))
    }
}
