import Foundation
import Testing

/// `--resource`: records of something else than the default resource.
@Suite struct ResourceTests {
    /// Records whose members would be links, or values of another kind, of a large language model.
    private static let orders = #"[{"_id":"o1","projectId":7,"name":{"first":"A"},"items":["x",1.0]}]"#

    /// Arguments after `--resource record`, the input, and the output without its last line end.
    static let conversions: [(String, String, String)] = [
        ("--to json", orders, orders),
        ("--to jsonl", orders, String(orders.dropFirst().dropLast())),
        (
            "--to hal", orders,
            #"{"_embedded":{"records":[{"_links":{},\#(orders.dropFirst(2).dropLast())]},"_links":{}}"#
        ),
        (
            "--to xml", orders,
            #"""
            <?xml version="1.0" encoding="UTF-8"?>
            <records xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><record><_id>o1</_id><projectId>7</projectId>\#
            <name><first>A</first></name><items type="array"><item>x</item><item>1.0</item></items></record></records>
            """#
        ),
        ("--to csv", orders, "_id,projectId,name.first,items[0],items[1]\r\no1,7,A,x,1.0\r"),
        ("--to hal", #"{"_id":"a"}"#, #"{"_links":{},"_id":"a"}"#),
        (
            "--to xml", "{}",
            #"""
            <?xml version="1.0" encoding="UTF-8"?>
            <record xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>
            """#
        ),
        // A page keeps its envelope and its own links, and gains none.
        (
            "--to hal", #"{"items":[{"_id":"a"}],"total":9,"nextCursor":"n"}"#,
            #"{"_embedded":{"records":[{"_links":{},"_id":"a"}]},"_links":{},"total":9,"nextCursor":"n","#
                + #""previousCursor":null}"#
        ),
        (
            "--from hal --to hal",
            #"{"_embedded":{"orders":[{"_links":{"self":{"href":"/o/a"}},"_id":"a"}]},"_links":{"self":{"href":"/o"},"#
                + #""next":{"href":"/o?page=2"},"curies":[{"name":"x","href":"/{rel}","templated":true}]},"total":9}"#,
            #"{"_embedded":{"records":[{"_links":{"self":{"href":"/o/a"}},"_id":"a"}]},"_links":{"self":{"href":"/o"},"#
                + #""next":{"href":"/o?page=2"},"curies":[{"name":"x","href":"/{rel}","templated":true}]},"total":9,"#
                + #""nextCursor":null,"previousCursor":null}"#
        ),
        ("--from hal --keep-links", #"{"_links":{"a":{"href":"b"}}}"#, #"{"_links":{"a":{"href":"b"}}}"#),
        ("--from csv", "a,name\r\n01,2\r\n", #"[{"a":"01","name":2}]"#),
        ("--from csv", "name,isDefault\r\n\\s:2,yes\r\n", #"[{"name":"2","isDefault":"yes"}]"#),
    ]

    @Test(arguments: conversions)
    func converts(arguments: String, input: String, expected: String) throws {
        let result = try Tool.run(
            ["--resource", "record"] + arguments.split(separator: " ").map(String.init), input: input)
        #expect(result.errors == "")
        #expect(result.output == expected + "\n")
        #expect(result.exitCode == 0)
    }

    @Test(arguments: ["jsonl", "hal", "xml", "csv"], ["", "--pretty"])
    func bringsRecordsBack(format: String, option: String) throws {
        let isIndented = !option.isEmpty && format != "csv" && format != "jsonl"
        let there = try Tool.run(
            ["--resource", "record", "--to", format] + (isIndented ? [option] : []), input: Self.orders)
        let back = try Tool.run(["--resource", "records", "--from", format], input: there.output)
        #expect(back.errors == "")
        #expect(back.output == Self.orders + "\n")
    }

    @Test func isTheModelUnlessItIsNamed() throws {
        let named = try Tool.run(["--resource", "largeLanguageModel", "--to", "hal"], input: Self.orders)
        #expect(try Tool.run(["--to", "hal"], input: Self.orders).output == named.output)
        #expect(named.output.contains(#""_embedded":{"largeLanguageModels":"#))
        #expect(named.output.contains(#""self":{"href":"/v2.0/largelanguagemodels/o1"}"#))
    }

    /// A verb, its input, the output, and the exit code.
    static let verbs: [(String, String, String, Int32)] = [
        ("validate", orders, "", 0), ("validate --strict --profile create", "{}", "", 0),
        ("validate --from xml", "<records><record><name type=\"number\">1</name></record></records>", "", 0),
        ("validate --from xml", "<record><a/><b><c/></b></record>", "", 0),
        ("check", orders, "<stdin>: 1 record came back through json, jsonl, hal, xml, csv\n", 0),
        (
            "schema json-schema", "",
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "record",
              "x-resource": {
                "name": "record",
                "plural": "records"
              },
              "type": "object",
              "properties": {}
            }

            """, 0
        ),
    ]

    @Test(arguments: verbs)
    func isKnownToEveryVerb(verb: String, input: String, output: String, exitCode: Int32) throws {
        let result = try Tool.run(
            verb.split(separator: " ").map(String.init) + ["--resource", "record"], input: input)
        #expect(result.errors == "")
        #expect(result.output == output)
        #expect(result.exitCode == exitCode)
    }

    @Test func validatesTheSyntaxOfAnyRecord() throws {
        let result = try Tool.run(["validate", "--resource", "record"], input: #"[{"a":1},{"a":1,"a":2}]"#)
        #expect(result.errors.hasPrefix("<stdin>:1:17: error: "))
        #expect(result.exitCode == 65)
    }

    @Test func inspectsUnknownFieldsOnly() throws {
        let result = try Tool.run(["inspect", "--resource", "record", "--format", "json"], input: #"{"name":1}"#)
        #expect(
            result.output.contains(
                #""fields":[{"path":"name","known":false,"count":1,"kinds":["number"],"#
                    + #""values":[{"value":1,"count":1}],"hasMoreValues":false}]"#))
    }

    @Test func printsAnXMLSchemaOfAnyMembers() throws {
        let result = try Tool.run(["schema", "xsd", "--resource", "record"])
        #expect(result.output.contains("<xs:element name=\"records\">"))
        #expect(
            result.output.contains(
                "<xs:any namespace=\"##local\" processContents=\"skip\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>"))
        #expect(!result.output.contains("xs:all"))
    }

    private static let all = "there are largeLanguageModel, record, and files with a JSON Schema, such as ./NAME.json"

    /// Arguments, and the error.
    static let refusals: [(String, String)] = [
        ("--resource recrod", "there is no resource 'recrod'; did you mean record? \(all)"),
        ("validate --resource x", "there is no resource 'x'; \(all)"),
        (
            "check --resource largelanguagemodel",
            "there is no resource 'largelanguagemodel'; did you mean largeLanguageModel? \(all)"
        ),
        ("inspect --resource Record", "there is no resource 'Record'; did you mean record? \(all)"),
        ("schema fields --resource record", "fields lists known fields; the resource record has none"),
        ("schema csv-header --resource record", "csv-header lists known fields; the resource record has none"),
        ("--to hal --resource record --base-url u", "--base-url is for links; the resource record has none"),
    ]

    @Test(arguments: refusals)
    func refusesWithASentence(arguments: String, sentence: String) throws {
        let result = try Tool.run(arguments.split(separator: " ").map(String.init), input: "{}")
        #expect(result.errors == "llmfmt: error: \(sentence)\nSee 'llmfmt --help' for more information.\n")
        #expect(result.output == "")
        #expect(result.exitCode == 64)
    }
}
