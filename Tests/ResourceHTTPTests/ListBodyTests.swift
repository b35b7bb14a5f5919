import HTTPTypes
import LLMResources
import ResourceFormats
import ResourceHTTP
import Testing

@Suite struct ListBodyTests {
    private static let validator = RecordValidator(schema: Fixture.schema, profile: .create)

    private func read(_ body: String, _ type: String, most: Int = 10) throws(ProblemDetails) -> Int {
        let request = Fixture.request(.post, fields: [.contentType: type])
        return try Fixture.responder.records(
            in: Array(body.utf8), of: request, mostRecords: most, validator: Self.validator
        ).count
    }

    @Test(arguments: [1, 2, 3]) func readsAllFormats(count: Int) throws {
        let records = try (0..<count).map { _ in try Fixture.record() }
        for format in [Format.json, .hal, .xml, .csv] {
            var output = OutputBuffer()
            try format.encode(records, page: nil, query: nil, schema: Fixture.schema, into: &output)
            let body = String(decoding: output.array(), as: UTF8.self)
            #expect(try read(body, Representation(format).contentType) == count)
        }
        #expect(try read(Fixture.json, "application/json") == 1)
    }

    @Test func refusesAllForOne() throws {
        let refusal = problem { () throws(ProblemDetails) in
            try read("[\(Fixture.json),\n{\"name\":\"a\"},\n{\"name\":7}]", "application/json")
        }
        #expect(refusal?.status == .unprocessableContent)
        let invalid = problem { () throws(ProblemDetails) in
            try read("[\(Fixture.json),\n{\"name\":\"a\"},\n{\"name\":\"b\"}]", "application/json")
        }
        guard case .list(let violations)? = invalid?.details.first?.value else {
            Issue.record("no violations")
            return
        }
        let paths = violations.compactMap { violation -> String? in
            guard case .object(let members) = violation, let path = members.first(where: { $0.name == "path" }),
                case .text(let text) = path.value
            else { return nil }
            return text
        }
        #expect(paths.contains("$[1].provider"))
        #expect(paths.contains("$[2].provider"))
        #expect(invalid?.detail?.contains("2 records are not valid") == true)
    }

    @Test func boundsTheNumber() {
        let body = "[\(Array(repeating: Fixture.json, count: 4).joined(separator: ","))]"
        let refusal = problem { () throws(ProblemDetails) in try read(body, "application/json", most: 3) }
        #expect(refusal?.status == .contentTooLarge)
        let empty = problem { () throws(ProblemDetails) in try read("[]", "application/json") }
        #expect(empty?.status == .unprocessableContent)
    }

    @Test(arguments: [
        ("return=minimal", HTTPResponse.Status.ok, 204), ("return=minimal", .created, 201),
        ("Return=\"minimal\";x=y", .ok, 204), ("wait=1, return=minimal", .ok, 204), ("return=representation", .ok, 200),
        ("minimal", .ok, 200), ("return=minimal", .conflict, 409),
    ])
    func honorsPreferences(field: String, status: HTTPResponse.Status, expected: Int) throws {
        let prefer = try #require(HTTPField.Name("Prefer"))
        let request = Fixture.request(.patch, fields: [prefer: field])
        var response = try Fixture.responder.response(to: request, with: try Fixture.record(), status: status)
        response = response.honoringPreference(of: request)
        #expect(response.head.status.code == expected)
        let isApplied = field.contains("minimal\"") || field.contains("=minimal")
        #expect((response["Preference-Applied"] == "return=minimal") == (isApplied && status != .conflict))
        #expect((response.text == nil) == (isApplied && status != .conflict))
        let read = Fixture.request(fields: [prefer: field])
        #expect(response.honoringPreference(of: read).head.status == response.head.status)
    }
}
