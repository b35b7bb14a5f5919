import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Depth, size and numbers, and documents that were made to do harm, at a moderate size.
@Suite struct XMLLimitTests {
    private static func nested(_ depth: Int) -> String {
        String(repeating: "<x>", count: depth) + "1" + String(repeating: "</x>", count: depth)
    }

    /// The record is level 1, and each element that holds an element is one more.
    @Test func takes128LevelsAndNoMore() {
        let json = String(repeating: "{\"x\":", count: 128) + "1" + String(repeating: "}", count: 128)
        let deepest = "<largeLanguageModel>\(Self.nested(128))</largeLanguageModel>"
        #expect(convert(deepest, from: .xml) == json + "\n")
        #expect(convert("<largeLanguageModels>\(deepest)</largeLanguageModels>", from: .xml) == "[\(json)]\n")
        let path = String(repeating: ".x", count: 128)
        #expect(
            run("<largeLanguageModel>\n\(Self.nested(129))</largeLanguageModel>", from: .xml).error
                == "2:382: found nesting deeper than 128, expected at most 128 levels ($\(path))")
    }

    @Test func countsArraysAndEmptyContainersAsLevels() {
        let limits = Limits(depth: 3)
        let array = "<x type=\"array\"><item type=\"array\"/></x>"
        #expect(run(XMLTexts.item(array), from: .xml, limits: limits).text == "{\"x\":[[]]}\n")
        let deeper = "<x type=\"array\"><item type=\"array\"><item type=\"object\"/></item></x>"
        #expect(
            run(XMLTexts.item(deeper), from: .xml, limits: limits).error
                == "2:36: found nesting deeper than 3, expected at most 3 levels ($.x[0][0])")
    }

    @Test func limitsTheSizeOfARecord() {
        let record = "<largeLanguageModel><x>0123456789</x></largeLanguageModel>"
        let limits = Limits(recordSize: record.utf8.count)
        let list = "<largeLanguageModels>\(record)\n \(record)</largeLanguageModels>"
        #expect(run(list, from: .xml, limits: limits).text == "[{\"x\":\"0123456789\"},{\"x\":\"0123456789\"}]\n")
        let larger = list.replacing("\n <largeLanguageModel><x>", with: "\n <largeLanguageModel><x>a")
        let outcome = run(larger, from: .xml, limits: limits)
        #expect(
            outcome.error == "2:2: found a record larger than \(record.utf8.count) bytes, expected at most "
                + "\(record.utf8.count) ($[1])")
        #expect(outcome.code == .recordLimit)
    }

    @Test(arguments: [" a%=\"\"", " xmlns:a%=\"u\""])
    func limitsTheAttributesOfATag(template: String) {
        let attributes = (0..<100_000).map { template.replacing("%", with: String($0)) }.joined()
        let time = processorTime {
            let outcome = run("<largeLanguageModel><x\(attributes)/></largeLanguageModel>", from: .xml)
            #expect(
                outcome.error
                    == "1:21: found a tag of more than 1000 attributes, expected at most 1000 ($)")
            #expect(outcome.output == [])
        }
        #expect(time < .seconds(20))
    }

    @Test(arguments: hostile)
    func refusesWhatWasMadeToDoHarm(document: String, expected: String) {
        let bytes = Array(document.utf8)
        let time = processorTime {
            let outcome = run(bytes, from: .xml)
            #expect(outcome.error == expected)
            #expect(outcome.output == [])
        }
        #expect(time < .seconds(20))
    }

    private static let doctype = "found a document type declaration, expected none: entities are never read ($)"

    private static func entities(_ subset: String, _ body: String = "&a;", kind: String = "") -> String {
        "<?xml version=\"1.0\"?>\n<!DOCTYPE largeLanguageModel\(kind) [\(subset)]>\n"
            + "<largeLanguageModel><name>\(body)</name></largeLanguageModel>"
    }

    static let hostile: [(String, String)] = {
        let laughs =
            "<!ENTITY a0 'ha'>"
            + (1..<10).map { level in
                "<!ENTITY a\(level) '\(String(repeating: "&a\(level - 1);", count: 10))'>"
            }.joined()
        let documents = [
            entities("<!ENTITY a SYSTEM 'file:///etc/passwd'>"), entities("<!ENTITY a SYSTEM 'http://127.0.0.1:9/'>"),
            entities("<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;"),
            entities("<!ENTITY a 'b'><!ATTLIST name x CDATA '&a;'>"), entities(laughs, "&a9;"),
            entities(laughs, "<x y='&a9;'/>"), entities(laughs.replacing("ENTITY a", with: "ENTITY % a")),
            entities("<!ENTITY a '\(String(repeating: "x", count: 50_000))'>", String(repeating: "&a;", count: 50_000)),
            entities("", "x", kind: " SYSTEM 'file:///etc/passwd'"),
            entities("", "x", kind: " PUBLIC '-//x' 'http://127.0.0.1:9/x.dtd'"),
        ].map { ($0, "2:1: \(doctype)") }
        let comments = String(repeating: "<!-- \(String(repeating: "c", count: 100)) -->\n", count: 2_000)
        let text = String(repeating: "text ", count: 40_000)
        return documents + [
            (comments + "<!DOCTYPE a><a/>", "2001:1: \(doctype)"),
            ("<!DOCTYPE a [<!-- \(text)", "1:1: \(doctype)"),
            (
                "<largeLanguageModel><x>R&D \(text)</x></largeLanguageModel>",
                "1:25: found a lone &, expected &amp;, or a reference that ends with a semicolon ($.x)"
            ),
            (
                "<largeLanguageModel>" + String(repeating: "<x>", count: 100_000),
                "1:402: found nesting deeper than 128, expected at most 128 levels ($"
                    + String(repeating: ".x", count: 128) + ")"
            ),
        ]
    }()

    /// Names go into a dictionary of libxml2's, which takes each for a search when it has many.
    @Test func readsManyNamesInLinearTime() throws {
        let count = 20_000
        let members = (0..<count).map { "<n\($0)>1</n\($0)>" }.joined()
        let json = "{" + (0..<count).map { "\"n\($0)\":1" }.joined(separator: ",") + "}"
        let item = "<largeLanguageModel><!-- c -->\(members)<name/></largeLanguageModel>"
        let named = json.dropLast() + ",\"name\":\"\"}"
        #expect(run(item, from: .xml).text == named + "\n")
        // Names that were given up are found again, in one record and in the next, and so are prefixes and ends of tags.
        let nil60 = "<n60 xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>"
        let again = "<largeLanguageModel><!-- c --><n1>2</n1>\(nil60)</largeLanguageModel>"
        let list = "<largeLanguageModels>\(item)\(again)\(item)\(again)</largeLanguageModels>"
        #expect(
            run(list, from: .xml, to: .jsonLines).text
                == String(repeating: "\(named)\n{\"n1\":2,\"n60\":null}\n", count: 2))
        #expect(
            run("<largeLanguageModel><x><!-- c -->\(members)</x/></largeLanguageModel>", from: .xml).error
                == "1:\(37 + members.utf8.count): found a tag that is not closed, expected its > ($.x)")
        let instructions = (0..<count).map { "<?p\($0)?>" }.joined()
        let around = "\(instructions)<largeLanguageModel><a/>\(instructions)<b/></largeLanguageModel>\(instructions)"
        #expect(run(around, from: .xml).text == "{\"a\":\"\",\"b\":\"\"}\n")
        let validator = try #require(XMLSchemaValidator(schema: LargeLanguageModel.schema))
        for document in [around, list] { validator.show(Array(document.utf8).span) }
        validator.finish()
    }

    /// Twice the text takes about twice the time: a megabyte took seconds once.
    @Test func readsLongTextsInLinearTime() {
        let text = String(repeating: "text ", count: 400_000)
        let time = processorTime {
            let document = "<largeLanguageModel><name>\(text)</name></largeLanguageModel>"
            #expect(run(document, from: .xml).text == "{\"name\":\"\(text)\"}\n")
        }
        #expect(time < .seconds(10))
    }
}
