import BookResource
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// The resource in all formats.
@Suite struct BookTests {
    private static let json = #"""
        {"id":"7","title":"Emma","authors":["Jane Austen"],"pages":474,"publisher":{"name":"Murray","city":"London"},\#
        "copies":[{"shelf":"A 1","condition":"used"}],"award":"none"}
        """#

    /// A format, and the list with the book in it.
    static let documents: [(Format, String)] = [
        (.json, "[\(json)]\n"),
        (.jsonLines, json + "\n"),
        (
            .hal,
            #"{"_embedded":{"books":[{"_links":{"self":{"href":"/books/7"},"library:shelf":[{"href":"/shelves/A%201"}]},"#
                + json.dropFirst()
                + #"]},"_links":{"self":{"href":"/books"},"find":{"href":"/books/{bookId}","templated":true},"#
                + #""curies":[{"name":"library","href":"/rels/{rel}","templated":true}]}}"# + "\n"
        ),
        (
            .xml,
            #"""
            <?xml version="1.0" encoding="UTF-8"?>
            <books xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><book><id>7</id><title>Emma</title>\#
            <authors><item>Jane Austen</item></authors><pages>474</pages><publisher><name>Murray</name>\#
            <city>London</city></publisher><copies><item><shelf>A 1</shelf><condition>used</condition></item></copies>\#
            <award>none</award></book></books>

            """#
        ),
        (
            .csv,
            "id,title,authors[0],pages,publisher.name,publisher.city,copies[0].shelf,copies[0].condition,award\r\n"
                + "7,Emma,Jane Austen,474,Murray,London,A 1,used,none\r\n"
        ),
    ]

    @Test(arguments: documents)
    func goesThroughEachFormatAndBack(format: Format, document: String) throws {
        let book = try Format.json.decode(Book.self, from: Array(Self.json.utf8))
        #expect(String(decoding: try format.encode([book]), as: UTF8.self) == document)
        #expect(try format.decode([Book].self, from: Array(document.utf8)) == [book])
    }

    @Test(arguments: Format.builtIn)
    func passesTheSuiteOfFormats(format: Format) {
        let suite = FormatConformance(of: format, schema: Book.schema, recordCount: 40, documentCount: 5, seed: 3)
        #expect(suite.failures() == [])
    }

    @Test func isCheckedByItsDeclarations() throws {
        var book = Book(title: "Emma")
        book.pages = 0
        book.copies = [Book.Copy(condition: "lost")]
        let validator = RecordValidator(schema: Book.schema, profile: .create)
        let violations = try validator.violations(of: book)
        #expect(
            violations.map { "\($0.path): \($0.sentence)" } == [
                #".pages: found the number 0, expected an integer from 1 to 100000"#,
                #".copies[0].condition: found the string "lost", expected "new", "used" or "damaged""#,
            ])
    }

    @Test func hasSchemaDocuments() {
        #expect(Book.schema.xmlSchema.contains(#"<xs:element name="book""#))
        #expect(Book.schema.csvHeader.hasPrefix("id,title,authors[0],language,pages,isLent,publisher.name"))
    }

    @Test func refusesABookWithoutATitleByItsPlace() throws {
        let error = #expect(throws: SerializationError.self) {
            try Format.csv.decode([Book].self, from: Array("id,pages\n1,10\n".utf8))
        }
        #expect(error?.description == #"2:1: found no value, expected the required member "title" ($[0].title)"#)
    }
}
