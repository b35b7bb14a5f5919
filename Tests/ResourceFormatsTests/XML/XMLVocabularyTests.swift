import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Documents whose names, attributes and namespace others have chosen.
@Suite struct XMLVocabularyTests {
    static let models = XMLOptions(
        rootName: "models", recordName: "model", itemName: "entry", attributes: ["_id", "id", "type", "createdAt"],
        namespace: "urn:m?a")
    static let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    /// JSON and the document of `models`, both ways.
    static let documents: [(json: String, xml: String)] = [
        ("[]", "<models xmlns=\"urn:m?a\" \(xsi)/>"),
        ("{}", "<model xmlns=\"urn:m?a\" \(xsi)/>"),
        (
            #"[{"_id":"1","type":"t","createdAt":5,"name":"a"},{"id":false}]"#,
            "<models xmlns=\"urn:m?a\" \(xsi)><model _id=\"1\" type=\"t\" createdAt=\"5\"><name>a</name></model>"
                + "<model id=\"false\"/></models>"
        ),
        (
            #"{"x":{"id":"\t\n\r \"<&>ü"},"y":[{"id":1,"z":"q"},{"type":"a"}],"assignedToProjects":["a"]}"#,
            "<model xmlns=\"urn:m?a\" \(xsi)><x id=\"&#9;&#10;&#13; &quot;&lt;&amp;&gt;ü\"/><y type=\"array\">"
                + "<entry id=\"1\"><z>q</z></entry><entry><type>a</type></entry></y>"
                + "<assignedToProjects><entry>a</entry></assignedToProjects></model>"
        ),
        // What an attribute cannot say is an element.
        (
            #"{"id":"7","x":{"id":null},"y":{"id":["a"]},"z":{"id":"\u0001"},"createdAt":"n"}"#,
            "<model xmlns=\"urn:m?a\" \(xsi)><id type=\"string\">7</id><x><id xsi:nil=\"true\"/></x><y>"
                + "<id type=\"array\"><entry>a</entry></id></y><z><id escaped=\"true\">\\u0001</id></z>"
                + "<createdAt type=\"string\">n</createdAt></model>"
        ),
        (
            #"{"name":{"id":"a"},"openAI":{"id":"b"},"fallbacks":{"id":"c"}}"#,
            "<model xmlns=\"urn:m?a\" \(xsi)><name type=\"object\" id=\"a\"/><openAI id=\"b\"/>"
                + "<fallbacks type=\"object\" id=\"c\"/></model>"
        ),
        (
            #"{"items":[{"name":"a"}],"total":1,"nextCursor":null,"previousCursor":null}"#,
            "<models xmlns=\"urn:m?a\" \(xsi)><model><name>a</name></model><page total=\"1\"/></models>"
        ),
    ]

    @Test(arguments: documents.indices)
    func writesAndReads(index: Int) {
        let (json, xml) = Self.documents[index]
        let written = run(json, to: .xml(Self.models)).description
        #expect(written == Self.declaration + xml + "\n")
        #expect(run(written, from: .xml(Self.models)).description == json + "\n")
        let suite = FormatConformance(of: .xml(Self.models), schema: LargeLanguageModel.schema)
        #expect(suite.splitFailures(of: Array(written.utf8)) == [])
    }

    /// Documents with namespace `urn:m` and attribute `id`, as others write them: what they give, or the error.
    static let foreign: [(xml: String, expected: String)] = [
        (
            "<p:models xmlns:p='urn:m'><p:model id='3'><p:name>a</p:name></p:model></p:models>",
            #"[{"id":3,"name":"a"}]"#
        ),
        ("<model xmlns='urn:m' id=''><x id='1' xml:lang='en'/></model>", #"{"id":"","x":{"id":1}}"#),
        ("<model xmlns='urn:m'><x id='a  b'><id2>1</id2></x></model>", #"{"x":{"id":"a  b","id2":1}}"#),
        (
            "<model><name>a</name></model>",
            "error: 1:1: found the element <model> in no namespace, expected elements in the namespace urn:m ($)"
        ),
        (
            "<model xmlns='urn:m'><name xmlns=''>a</name></model>",
            "error: 1:22: found the element <name> in no namespace, expected elements in the namespace urn:m ($)"
        ),
        (
            "<model xmlns='urn:n'/>",
            "error: 1:1: found the element <model> in another namespace, expected elements in the namespace urn:m ($)"
        ),
        (
            "<largeLanguageModel xmlns='urn:m'/>",
            "error: 1:1: found the root element <largeLanguageModel>, expected <model> or <models> ($)"
        ),
        (
            "<models xmlns='urn:m'><largeLanguageModel/></models>",
            "error: 1:23: found the element <largeLanguageModel>, expected <model> or <page> ($)"
        ),
        (
            "<models xmlns='urn:m' id='1'/>",
            "error: 1:1: found the attribute id, expected no attributes here ($)"
        ),
        (
            "<model xmlns='urn:m'><fallbacks id='1'/></model>",
            "error: 1:22: found the attribute id, expected none, on an array ($.fallbacks)"
        ),
        (
            "<model xmlns='urn:m'><name id='1'>a</name></model>",
            "error: 1:22: found the attribute id, expected none, on a string ($.name)"
        ),
        (
            "<model xmlns='urn:m'><x id='1'>a</x></model>",
            "error: 1:32: found the text \"a\", expected elements only ($.x)"
        ),
        (
            "<model xmlns='urn:m'><x id='1' escaped='true'/></model>",
            "error: 1:22: found the attribute id, expected a text, as escaped=\"true\" says ($.x)"
        ),
        (
            "<model xmlns='urn:m' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><x id='1' xsi:nil='1'/></model>",
            "error: 1:76: found the attribute id, expected none, on nothing ($.x)"
        ),
        (
            "<model xmlns='urn:m' id='1'><id>2</id></model>",
            "error: 1:29: found the element <id> a second time, expected each name once in an object ($.id)"
        ),
        (
            "<model xmlns='urn:m' name='1'/>",
            "error: 1:1: found the attribute name, expected no attributes here ($)"
        ),
        (
            "<model xmlns='urn:m'><fallbacks><entry/></fallbacks></model>",
            "error: 1:33: found the element <entry>, expected <item>, as in every array ($.fallbacks)"
        ),
    ]

    @Test(arguments: foreign.indices)
    func readsWhatOthersWrite(index: Int) {
        let (xml, expected) = Self.foreign[index]
        let format = Format.xml(
            XMLOptions(rootName: "models", recordName: "model", attributes: ["id"], namespace: "urn:m"))
        #expect(run(xml, from: format).description == expected + (expected.hasPrefix("error") ? "" : "\n"))
        let suite = FormatConformance(of: format, schema: LargeLanguageModel.schema)
        #expect(suite.splitFailures(of: Array(xml.utf8)) == [])
    }

    /// An attribute of a kind that its member does not have.
    @Test(arguments: [
        ("createdAt='x'", "the text \"x\", expected a number ($.createdAt)"),
        ("createdAt=''", "an empty element, expected a number ($.createdAt)"),
        ("openAI='x'", "the attribute openAI, expected an element, for an object ($)"),
        ("openAI=''", "an empty element, expected an object ($)"),
    ])
    func refusesAttributesOfAnotherKind(attribute: String, error: String) {
        let format = Format.xml(XMLOptions(recordName: "model", attributes: ["createdAt", "openAI"]))
        #expect(run("<model \(attribute)/>", from: format).description == "error: 1:1: found \(error)")
    }

    // MARK: All records

    static let chosen: [XMLOptions] = [
        models, XMLOptions(recordName: "page2", itemName: "page"),
        XMLOptions(isPretty: true, attributes: ["name", "x", "", "xml", "a b", "e\u{301}", "type", "escaped", "a"]),
        XMLOptions(rootName: "größen", recordName: "größe", namespace: "http://example.com/%c3%BC?a='~'+(1)#c"),
        XMLOptions(
            itemName: "i", attributes: ["name", "é", "x", "\u{1F600}"], namespace: "urn:x", encoding: "US-ASCII"),
        XMLOptions(rootName: "größen", attributes: ["name", "é", "x"], encoding: "UTF-16"),
    ]

    @Test(arguments: chosen.indices)
    func givesTheSameRecords(index: Int) {
        let suite = FormatConformance(
            of: .xml(Self.chosen[index]), schema: LargeLanguageModel.schema,
            recordCount: max(Settings.propertyRecords / 2, 50), documentCount: 4, seed: Settings.propertySeed)
        #expect(suite.failures() == [])
    }

    @Test(arguments: chosen.indices.dropLast(2))
    func givesTheSameInParts(index: Int) {
        let format = Format.xml(Self.chosen[index])
        let json = "[" + (0..<30).map { #"{"name":"r\#($0)","x":{"x":\#($0)}}"# }.joined(separator: ",") + "]"
        let document = run(json, to: format).output
        let conversion = Conversion(from: format, to: .json, schema: LargeLanguageModel.schema)
        let whole = conversion.run(document)
        #expect(whole.error == nil)
        for start in stride(from: 200, to: document.count - 600, by: 37) {
            #expect(conversion.run(document, parts: [start, start + 200, start + 600]).outcome == whole)
        }
    }

    /// A text that is too long for an attribute is an element.
    @Test func keepsAttributesShort() {
        let format = Format.xml(XMLOptions(attributes: ["x"]))
        for count in [4096, 4097] {
            let json = "{\"x\":\"\(String(repeating: "\\\"", count: count))\"}"
            let written = run(json, to: format)
            #expect(written.text.contains("<x>") == (count > 4096))
            #expect(run(written.output, from: format).description == json + "\n")
        }
    }

    // MARK: Faults

    static let faults: [(options: XMLOptions, error: String)] = [
        (XMLOptions(rootName: "a b"), "found the root name \"a b\", expected a name that an XML element can have"),
        (XMLOptions(recordName: "p:a"), "found the record name \"p:a\", expected a name that an XML element can have"),
        (XMLOptions(itemName: ""), "found the item name \"\", expected a name that an XML element can have"),
        (XMLOptions(itemName: "1"), "found the item name \"1\", expected a name that an XML element can have"),
        (XMLOptions(rootName: "xmlA"), "found the root name \"xmlA\", expected a name that an XML element can have"),
        (XMLOptions(rootName: "a", recordName: "a"), "found \"a\" for the root and for a record, expected two names"),
        (
            XMLOptions(recordName: "page"),
            "found the record name \"page\", expected another name: XML has that for the members of a page"
        ),
        (
            XMLOptions(namespace: ""),
            "found the namespace \"\", expected a URI without ampersands and brackets, and not one of XML's own"
        ),
        (
            XMLOptions(namespace: "http://www.w3.org/2000/xmlns/"),
            "found the namespace \"http://www.w3.org/2000/xmlns/\", "
                + "expected a URI without ampersands and brackets, and not one of XML's own"
        ),
        (
            XMLOptions(namespace: "urn:ü"),
            "found the namespace \"urn:ü\", expected a URI without ampersands and brackets, and not one of XML's own"
        ),
        (
            XMLOptions(namespace: "a%2"),
            "found the namespace \"a%2\", expected a URI without ampersands and brackets, and not one of XML's own"
        ),
        (
            XMLOptions(attributes: (0...100).map { "a\($0)" }), "found 101 names of attributes, expected at most 100"
        ),
    ]

    @Test(arguments: faults.indices)
    func refusesNames(index: Int) {
        let (options, error) = Self.faults[index]
        #expect(throws: SerializationError.self) { try options.check(for: LargeLanguageModel.schema) }
        for pretty in [false, true] {
            var options = options
            options.isPretty = pretty
            if pretty { options.encoding = "UTF-16" }
            let written = run("[{}]", to: .xml(options))
            #expect(written.error?.hasSuffix(error) == true, "\(written)")
            #expect(written.output == [])
        }
        #expect(run("<a/>", from: .xml(options)).error?.contains(error) == true)
    }
}
