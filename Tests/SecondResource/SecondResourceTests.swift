import ContentNegotiation
import HTTPTypes
import ResourceFormats
import ResourceFormatsTesting
import ResourceHTTP
import Testing

/// A second resource is one folder and, here, one line of `Package.swift`; every door takes it as it takes the first.
@Suite struct SecondResourceTests {
    private static let json = #"""
        {"id":"a b","title":"01","isActive":true,"limit":1.50,"owner":{"name":"O","x":1},"keys":[{"name":"k",\#
        "scopes":["r","w"],"u":"2"}],"region":"eu"}
        """#

    /// A format, and the document that it makes of the record in a list.
    static let documents: [(Format, String)] = [
        (.json, "[\(json)]\n"),
        (.jsonLines, json + "\n"),
        (
            .hal,
            #"{"_embedded":{"connections":[{"_links":{"self":{"href":"/connections/a%20b"},"c:key":[{"href":"/keys/k"}]},"#
                + json.dropFirst()
                + #"]},"_links":{"self":{"href":"/connections"},"find":{"href":"/connections/{id}","templated":true},"#
                + #""curies":[{"name":"c","href":"/rels/{rel}","templated":true}]}}"# + "\n"
        ),
        (
            .xml,
            #"""
            <?xml version="1.0" encoding="UTF-8"?>
            <connections xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><connection><id>a b</id><title>01</title>\#
            <isActive>true</isActive><limit>1.50</limit><owner><name>O</name><x>1</x></owner><keys><item><name>k</name>\#
            <scopes><item>r</item><item>w</item></scopes><u type="string">2</u></item></keys><region>eu</region>\#
            </connection></connections>

            """#
        ),
        (
            .csv,
            "id,title,isActive,limit,owner.name,owner.x,keys[0].name,keys[0].scopes[0],keys[0].scopes[1],keys[0].u,"
                + "region\r\na b,01,true,1.50,O,1,k,r,w,\\s:2,eu\r\n"
        ),
    ]

    @Test(arguments: documents)
    func isWrittenAndReadTyped(format: Format, document: String) throws {
        let resource = try Format.json.decode(Connection.self, from: Array(Self.json.utf8))
        #expect(String(decoding: try format.encode([resource]), as: UTF8.self) == document)
        #expect(try format.decode([Connection].self, from: Array(document.utf8)) == [resource])
    }

    @Test(arguments: documents)
    func isConvertedWithoutItsType(format: Format, document: String) throws {
        let there = Conversion(from: .json, to: format, schema: Connection.schema, shape: .list)
        #expect(there.run(Array(Self.json.utf8)).text == document)
        let back = Conversion(from: format, to: .json, schema: Connection.schema, shape: .list)
        #expect(back.run(Array(document.utf8)).text == "[\(Self.json)]\n")
    }

    @Test(arguments: Format.builtIn)
    func passesTheSuiteOfFormats(format: Format) {
        let suite = FormatConformance(
            of: format, schema: Connection.schema, recordCount: 40, documentCount: 5, seed: 5)
        #expect(suite.failures() == [])
    }

    @Test func isValidatedByItsOwnDeclarations() throws {
        let record = try StoredRecord(json: Array(#"{"limit":"x"}"#.utf8).span, schema: Connection.schema)
        let validator = RecordValidator(schema: Connection.schema)
        let violations = record.withRecord { validator.violations(in: $0).map { "\($0.code.name) \($0.path)" } }
        #expect(violations?.sorted() == ["missingField .title", "wrongKind .limit"])
        #expect(Connection.schema.csvHeader.hasPrefix("id,title,isActive,limit,owner.name,keys[0].name,"))
    }

    @Test(arguments: documents.filter { $0.0 != .jsonLines })
    func isServed(format: Format, document: String) throws {
        let responder = ResourceResponder(schema: Connection.schema)
        let resource = try Format.json.decode(Connection.self, from: Array(Self.json.utf8))
        var fields = HTTPFields()
        fields[.accept] = format.mediaType.description
        let request = HTTPRequest(
            method: .get, scheme: "http", authority: "localhost", path: "/connections", headerFields: fields)
        let response = try responder.response(to: request, with: [resource])
        guard case .bytes(let content) = response.body else {
            Issue.record("the body is not in memory")
            return
        }
        #expect(String(decoding: content.array, as: UTF8.self) == document)
    }
}
