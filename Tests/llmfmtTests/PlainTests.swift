import Foundation
import Testing

/// Output for consumers that know no tags, and XML with names that others have chosen, by the options of the tool.
@Suite struct PlainTests {
    static let json = #"[{"name":"a","x":"12","y":null},{"name":5,"x":[]}]"#
    static let names = [
        "--xml-root", "models", "--xml-record", "model", "--xml-item", "entry", "--xml-attribute", "_id",
        "--xml-attribute", "id", "--xml-namespace", "urn:models",
    ]

    @Test(arguments: [
        ("csv", "name,x,y\r\na,12,\r\n5,,\r\n"), ("tsv", "name\tx\ty\r\na\t12\t\r\n5\t\t\r\n"),
        (
            "xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<largeLanguageModels><largeLanguageModel><name>a</name>"
                + "<x>12</x></largeLanguageModel><largeLanguageModel><name>5</name><x/></largeLanguageModel>"
                + "</largeLanguageModels>\n"
        ),
    ])
    func writesNoTags(format: String, expected: String) throws {
        let result = try Tool.run(["--to", format, "--plain"], input: Self.json)
        #expect(result.output == expected)
        #expect(
            result.errors
                == "<stdin>: note: without tags 4 values do not come back as they were: 1 text that reads as something "
                + "else, 1 value of another kind than the schema's, 1 null, 1 empty object or array\n")
        let quiet = try Tool.run(["--to", format, "--plain", "--quiet"], input: Self.json)
        #expect(quiet.output == expected)
        #expect(quiet.errors == "")
        #expect(try Tool.run(["--to", format, "--plain", "--fail-on-notes"], input: Self.json).exitCode == 65)
        let lossless = try Tool.run(["--to", format, "--plain", "--fail-on-notes"], input: #"{"name":"a","x":1.0}"#)
        #expect(lossless.exitCode == 0)
        #expect(lossless.errors == "")
    }

    /// A row that the encoding cannot have is refused, and not counted.
    @Test func doesNotCountRefusedRows() throws {
        let result = try Tool.run(
            ["--to", "csv", "--plain", "--encoding", "ISO-8859-1", "--on-error", "skip"],
            input: #"[{"x":"€","y":"1"},{"x":"a","y":"2"}]"#)
        #expect(result.output == "x,y\r\na,2\r\n")
        #expect(result.errors.contains("note: without tags 1 value does not"), "\(result.errors)")
    }

    @Test(arguments: ["csv", "xml"])
    func countsOnThreads(format: String) throws {
        let scratch = try Scratch()
        let records = (0..<60_000).map {
            #"{"name":"\#($0)","x":"\#($0)","z":\#($0 % 3 == 0 ? "null" : "{\"id\":1}")}"#
        }
        try scratch.write("in.jsonl", records.joined(separator: "\n") + "\n")
        let result = try Tool.shell(
            """
            for jobs in 1 2; do
                $LLMFMT in.jsonl --to \(format) --plain --jobs $jobs > out.$jobs 2> errors.$jobs
            done
            cmp out.1 out.2 && cmp errors.1 errors.2 && cat errors.1
            """, in: scratch.folder)
        #expect(
            result.output == "in.jsonl: note: without tags 80000 values do not come back as they were: "
                + "60000 texts that read as something else, 20000 nulls\n")
    }

    @Test func namesOfXMLBothWays() throws {
        let json = #"[{"_id":"a","name":"b","x":{"id":1,"y":["c",2]}},{"name":null}]"# + "\n"
        let written = try Tool.run(["--to", "xml"] + Self.names, input: json)
        #expect(
            written.output == """
                <?xml version="1.0" encoding="UTF-8"?>
                <models xmlns="urn:models" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><model _id="a">\
                <name>b</name><x id="1"><y type="array"><entry>c</entry><entry>2</entry></y></x></model>\
                <model><name xsi:nil="true"/></model></models>

                """)
        #expect(try Tool.run(Self.names, input: written.output).output == json)
        #expect(try Tool.run(["inspect"] + Self.names, input: written.output).exitCode == 0)
        #expect(try Tool.run(["columns"] + Self.names, input: written.output).output.hasPrefix("name\n_id\n"))
        let validated = try Tool.run(["validate"] + Self.names, input: written.output)
        #expect(validated.output.contains("$[1]") && !validated.output.contains("XML Schema"), "\(validated.output)")
        // With XML on both sides the names are for the output.
        let renamed = try Tool.run(["--to", "xml", "--xml-record", "model"], input: "<largeLanguageModel/>")
        #expect(renamed.output.contains("<model xmlns:xsi"))
        let scratch = try Scratch()
        try scratch.write("a.xml", written.output)
        try scratch.write("b.json", json)
        #expect(
            try Tool.run(["diff", "a.xml", "b.json", "--by-position"] + Self.names, in: scratch.folder).exitCode == 0)
        let fragments = try Tool.run(["--to", "xml", "--no-envelope", "--xml-record", "m"], input: "[{},{}]")
        #expect(fragments.output == "<m/><m/>\n")
    }

    /// Without tags arrays are told by their items, if the option says that there are none.
    @Test func readsPlainXML() throws {
        let xml =
            "<books><book id='1'><title>a</title><authors><author>x</author><author>y</author></authors></book></books>"
        let names = [
            "--resource", "record", "--xml-root", "books", "--xml-record", "book", "--xml-item", "author",
            "--xml-attribute", "id",
        ]
        let result = try Tool.run(["--plain"] + names, input: xml)
        #expect(result.output == #"[{"id":1,"title":"a","authors":["x","y"]}]"# + "\n")
        #expect(result.errors == "")
        let tagged = try Tool.run(names, input: xml)
        #expect(tagged.errors.contains("found the element <author> a second time"))
    }

    /// Valid records in such documents are valid against the XSD of these names.
    @Test func describesTheNames() throws {
        let scratch = try Scratch()
        try scratch.write(
            "in.json",
            #"[{"name":"a","modelType":"gpt-4o","provider":"openAI","connectionId":"3c90c3cc-0d44-4b50-8888-8dd25736052a","_id":"5f3c9a7e2b1d4c0011223344","assignedToProjects":["p"],"createdAt":5}]"#
        )
        let options = Self.names.joined(separator: " ") + " --xml-attribute createdAt --xml-attribute modelType"
        let result = try Tool.shell(
            """
            $LLMFMT schema xsd \(options) > s.xsd
            $LLMFMT in.json --to xml \(options) > d.xml
            if command -v xmllint > /dev/null; then xmllint --noout --schema s.xsd d.xml 2>&1; else echo d.xml validates; fi
            grep -c targetNamespace s.xsd
            """, in: scratch.folder)
        #expect(result.output == "d.xml validates\n1\n")
    }

    @Test(arguments: [
        (["--plain"], "--plain is for CSV, TSV and XML output, and for XML input; neither is here"),
        (["--plain", "--from", "json", "--to", "hal"], "--plain is for CSV, TSV and XML output"),
        (["--plain", "--to", "csv", "--spreadsheet"], "--plain and --spreadsheet exclude each other"),
        (["--xml-root", "a"], "--xml-root is for XML; neither the input nor the output is"),
        (["--to", "csv", "--xml-namespace", "urn:a"], "--xml-namespace is for XML; neither"),
        (["--to", "xml", "--xml-root", "a b"], "--xml-root: found the root name \"a b\", expected a name"),
        (["--to", "xml", "--xml-item", "a:b"], "--xml-item: found the item name \"a:b\""),
        (["--to", "xml", "--xml-root", "a", "--xml-record", "a"], "for the root and for a record, expected two names"),
        (["--to", "xml", "--xml-namespace", "a b"], "--xml-namespace: found the namespace \"a b\""),
        (["inspect", "--xml-record", "a"], "--xml-record is for XML; the input is json"),
        (["schema", "fields", "--xml-record", "a"], "--xml-record is for xsd"),
    ])
    func refusesOptionsThatDoNothing(arguments: [String], error: String) throws {
        let result = try Tool.run(arguments, input: #"{"a":1}"#)
        #expect(result.exitCode == 64)
        #expect(result.errors.contains(error), "\(result.errors)")
        #expect(result.output == "")
    }
}
