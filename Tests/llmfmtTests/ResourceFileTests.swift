import Foundation
import Testing

/// `--resource FILE`: a resource that a JSON Schema describes.
@Suite struct ResourceFileTests {
    private static let schema = """
        {"type": "object", "required": ["sku"],
         "x-resource": {"name": "order", "plural": "orders",
          "links": {"item": {"self": "/orders/{sku}"}, "collection": "/orders"}},
         "properties": {"sku": {"type": "string", "pattern": "^[a-z][0-9]+$"}, "count": {"type": "integer", "minimum": 1}}}

        """

    private static let orders = #"[{"sku":"a1","count":2,"note":"x"},{"sku":"b2"}]"#

    /// Arguments, standard input, the output, the errors, and the exit code; `FILE` stands for the schema's path.
    static let runs: [(String, String, String, String, Int32)] = [
        ("--to csv", orders, "sku,count,note\r\na1,2,x\r\nb2,,\r\n", "", 0),
        ("--from csv", "sku,count\r\n01,2\r\n", #"[{"sku":"01","count":2}]"# + "\n", "", 0),
        (
            "--to xml", #"{"sku":"a1"}"#,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<order xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                + "<sku>a1</sku></order>\n", "", 0
        ),
        (
            "--to hal", #"{"sku":"a1"}"#,
            #"{"_links":{"self":{"href":"/orders/a1"}},"sku":"a1"}"# + "\n", "", 0
        ),
        (
            "validate", #"[{"sku":"a1"},{"count":0}]"#, "",
            "<stdin>:1:15: found no value, expected the required member \"sku\" ($[1].sku)\n"
                + "<stdin>:1:24: found the number 0, expected an integer from 1 on ($[1].count)\n", 65
        ),
        ("check", orders, "<stdin>: 2 records came back through json, jsonl, hal, xml, csv\n", "", 0),
        ("schema csv-header", "", "sku,count\r\n", "", 0),
    ]

    @Test(arguments: runs)
    func isKnownToEveryVerb(
        arguments: String, input: String, output: String, errors: String, exitCode: Int32
    ) throws {
        let scratch = try Scratch()
        let file = try scratch.write("order.json", Self.schema).path
        let result = try Tool.run(
            arguments.split(separator: " ").map(String.init) + ["--resource", file], input: input)
        #expect(result.output == output || result.errors == output)
        #expect(result.errors == errors || result.output == errors)
        #expect(result.exitCode == exitCode)
    }

    @Test func inspectsAndPrintsTheSchema() throws {
        let scratch = try Scratch()
        let file = try scratch.write("order.json", Self.schema).path
        let inspected = try Tool.run(
            ["inspect", "--resource", file, "--format", "json"], input: Self.orders)
        #expect(inspected.output.contains(#"{"path":"sku","known":true,"count":2,"kinds":["string"],"values":"#))
        let printed = try Tool.run(["schema", "json-schema", "--resource", file])
        try scratch.write("again.json", printed.output)
        let again = try Tool.run(
            ["schema", "json-schema", "--resource", scratch.folder.appendingPathComponent("again.json").path])
        #expect(again.output == printed.output)
        #expect(try Tool.run(["schema", "xsd", "--resource", file]).output.contains("<xs:element name=\"orders\">"))
    }

    @Test func errorsHaveFileAndPlace() throws {
        let scratch = try Scratch()
        let file = try scratch.write("bad.json", "{\"type\": \"object\",\n \"oneOf\": []}").path
        let result = try Tool.run(["--to", "csv", "--resource", file], input: Self.orders)
        #expect(
            result.errors.hasPrefix(
                "\(file):2:11: error: found the keyword \"oneOf\", expected a keyword for a record: "))
        #expect(result.errors.hasSuffix(" ($.oneOf)\n"))
        #expect(result.output == "")
        #expect(result.exitCode == 65)
        let missing = try Tool.run(["--to", "csv", "--resource", file + ".x"], input: Self.orders)
        #expect(missing.errors == "\(file).x: error: cannot be opened: No such file or directory\n")
        #expect(missing.exitCode == 66)
        let folder = try Tool.run(["validate", "--resource", scratch.folder.path], input: Self.orders)
        #expect(folder.errors.hasSuffix("error: cannot be opened: Is a directory\n"))
        #expect(folder.exitCode == 66)
    }
}
