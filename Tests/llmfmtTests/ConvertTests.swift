import Foundation
import Testing

@Suite struct ConvertTests {
    @Test(arguments: [
        (["--to", "jsonl"], #"[{"a":1},{"a":2}]"#, "{\"a\":1}\n{\"a\":2}\n"),
        (["--to", "csv"], #"{"name":"x","n":1.0}"#, "name,n\r\nx,1.0\r\n"),
        (["--to", "text/csv;header=absent"], #"{"name":"x","n":1.0}"#, "x,1.0\r\n"),
        (["--to", "csv", "--no-header"], #"{"name":"x","n":1.0}"#, "x,1.0\r\n"),
        (["--to", "csv", "--columns", "n,name"], #"{"name":"x","n":1.0}"#, "n,name\r\n1.0,x\r\n"),
        (["--to", "csv", "--columns", #""a,b",name"#], #"{"name":"x","a,b":1}"#, "\"a,b\",name\r\n1,x\r\n"),
        (["--to", "csv", "--delimiter", ";"], #"{"name":"x;y","n":1}"#, "name;n\r\n\"x;y\";1\r\n"),
        (["--to", "csv", "--delimiter", "\\t"], #"{"name":"x","n":1}"#, "name\tn\r\nx\t1\r\n"),
        (["--from", "csv"], "name,n\nx,1\n", "[{\"name\":\"x\",\"n\":1}]\n"),
        (["--from", "text/csv; header=absent", "--columns", "name,n"], "x,1\n", "[{\"name\":\"x\",\"n\":1}]\n"),
        (["--from", "csv", "--delimiter", "^"], "name^n\nx^1\n", "[{\"name\":\"x\",\"n\":1}]\n"),
        (["--from", "csv", "--to", "csv", "--input-delimiter", "^"], "name^n\nx^1\n", "name,n\r\nx,1\r\n"),
        (["--from", "ndjson"], "{\"a\":1}\n", "[{\"a\":1}]\n"),
        (["--from", "application/json"], "{\"a\":1}\n", "{\"a\":1}\n"),
        (["convert"], "{\"a\":1}{\"a\":2}", "[{\"a\":1},{\"a\":2}]\n"),
    ])
    func convertsStandardInput(arguments: [String], input: String, expected: String) throws {
        let result = try Tool.run(arguments, input: input)
        #expect(result.output == expected)
        #expect(result.errors == "")
        #expect(result.exitCode == 0)
    }

    @Test(arguments: ["models.json", "page.json", "newer-server.json", "spreadsheet.json", "model.json"])
    func bringsSamplesBackThroughCSV(name: String) throws {
        let scratch = try Scratch()
        let lines = try Tool.run([Tool.sample(name), "--to", "jsonl"])
        for options in [[], ["--csv-arrays", "json"], ["--spreadsheet"], ["--delimiter", ";"]] {
            let table = scratch.folder.appendingPathComponent("x.csv").path
            #expect(try Tool.run([Tool.sample(name), "-o", table, "--quiet"] + options).exitCode == 0)
            let again = try Tool.run([table, "--to", "csv", "--quiet"])
            #expect(again.exitCode == 0)
            // CSV gives column order, so the records are compared as CSV once more.
            #expect(again.output == (try Tool.run(["--to", "csv", "--from", "jsonl"], input: lines.output)).output)
        }
    }

    @Test func writesThePrettySampleAsItIs() throws {
        let result = try Tool.run([Tool.sample("models.jsonl"), "--to", "json", "--pretty"])
        #expect(result.output == (try String(contentsOfFile: Tool.sample("models.json"), encoding: .utf8)))
    }

    @Test func saysWhatAListCannotCarry() throws {
        let note =
            "the page's members (total, nextCursor, previousCursor and others) are left out: a list cannot carry them"
        let page = try Tool.run([Tool.sample("page.json"), "--to", "csv"])
        #expect(page.errors == "\(Tool.sample("page.json")): note: \(note)\n")
        #expect(try Tool.run([Tool.sample("page.json"), "--to", "csv", "--quiet"]).errors == "")
        #expect(try Tool.run([Tool.sample("page.json")]).errors == "")
    }

    @Test(arguments: [
        ("{\"a\":1}", "{\"a\":1}\n"), ("\u{FEFF} [ ]", "[]\n"), ("name,x\na,1\n", "[{\"name\":\"a\",\"x\":1}]\n"),
        ("sep=;\nname;x\na;1\n", "[{\"name\":\"a\",\"x\":1}]\n"),
    ])
    func tellsTheFormatFromTheContent(input: String, expected: String) throws {
        #expect(try Tool.run([], input: input).output == expected)
    }

    @Test(arguments: [
        ("", "<stdin>:1:1: error: found the end of the input, expected an object or an array of objects ($)\n"),
        ("5", "<stdin>:1:1: error: found \"5\", expected an object or an array of objects ($)\n"),
        ("[{},\n 5]", "<stdin>:2:2: error: found \"5\", expected an object ($[1])\n"),
        ("{\"a\":", "<stdin>:1:6: error: found the end of the input, expected a JSON value ($.a)\n"),
        (
            "{\"items\":[{}],\"name\":1}",
            "<stdin>:1:22: error: found the field \"name\" beside \"items\", expected a page without fields of a record ($.name)\n"
        ),
    ])
    func refusesWithPlaceAndPath(input: String, expected: String) throws {
        let result = try Tool.run([], input: input)
        #expect(result.errors == expected)
        #expect(result.exitCode == 65)
    }

    @Test(arguments: [
        ["--to", "yaml"], ["--from", "nothing"], ["--to", "csv", "--columns", "a,a"], ["--delimiter", "ab"],
        ["--delimiter", "\""], ["--no-such-option"], ["-o", "x", "--in-place"], ["--in-place"],
        ["--pretty", "--to", "csv"], ["-o", "x.csv.gz"], ["--from", "text/csv;header=absent"], ["-", "-"],
        ["--from", "text/csv;charset=latin1"],
    ])
    func refusesWrongUsage(arguments: [String]) throws {
        let result = try Tool.run(arguments, input: "{}")
        #expect(result.exitCode == 64)
        #expect(result.errors.isEmpty == false)
        #expect(result.output == "")
    }

    @Test(arguments: [
        ("name\na\nb\n", "more than one record"), ("name\n", "no record"),
    ])
    func refusesAnItemOfAnyOtherCount(input: String, found: String) throws {
        let result = try Tool.run(["--from", "csv", "--item"], input: input)
        #expect(result.errors.contains("found \(found), expected exactly one for an item"))
        #expect(result.exitCode == 65)
    }

    @Test func skipsRefusedRecordsAndKeepsThem() throws {
        let scratch = try Scratch()
        let inputs = [
            ("jsonl", "{\"a\":1}\n{\"a\":01}\n{\"a\":3}\n", "{\"a\":01}\n"),
            ("json", "[{\"a\":1},{\"a\":01},{\"a\":3}]", "{\"a\":01}"),
            ("csv", "a,createdAt\n1,\n2,x\n3,\n", "2,x\n"),
        ]
        for (format, input, raw) in inputs {
            let result = try Tool.run(
                ["--from", format, "--to", "csv", "--columns", "a", "--on-error", "skip", "--rejects", "r.jsonl"],
                input: input, in: scratch.folder)
            #expect(result.output == "a\r\n1\r\n3\r\n", "\(format): \(result.errors)")
            #expect(result.exitCode == 65)
            let line = try JSONSerialization.jsonObject(with: Data(try scratch.read("r.jsonl").utf8)) as? [String: Any]
            #expect(line?["input"] as? String == raw)
            #expect(line?["file"] as? String == "<stdin>")
            #expect((line?["path"] as? String)?.hasPrefix("$[1]") == true)
        }
    }

    @Test func skipsInBothPasses() throws {
        let result = try Tool.run(
            ["--from", "jsonl", "--to", "csv", "--on-error", "skip"], input: "{\"a\":1}\n{\"b\":x}\n{\"c\":3}\n")
        #expect(result.output == "a,c\r\n1,\r\n,3\r\n")
        #expect(result.errors.split(separator: "\n").count == 2)
        #expect(result.exitCode == 65)
    }

    @Test func helpFitsOneScreen() throws {
        let short = try Tool.run(["-h"])
        #expect(short.exitCode == 0)
        #expect(short.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 25)
        #expect(short.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let long = try Tool.run(["convert", "--help"])
        for option in ["--from", "--csv-arrays", "--rejects", "--progress", "--in-place", "--input-delimiter"] {
            #expect(long.output.contains(option))
        }
    }

    /// Many blocks of text after a refused record, in an encoding that is turned into UTF-8 first as well.
    @Test(arguments: [String.Encoding.utf8, .utf16])
    func goesOnBehindRefusedXML(encoding: String.Encoding) throws {
        let scratch = try Scratch()
        let records = (0..<2000).map { index in
            index % 500 == 7
                ? "<largeLanguageModel><createdAt>x</createdAt></largeLanguageModel>"
                : "<largeLanguageModel><!-- c --><name>é\(index)</name></largeLanguageModel>"
        }
        let document = "<largeLanguageModels>\n\(records.joined(separator: "\n"))\n</largeLanguageModels>\n"
        let file = try scratch.write("models.xml", try #require(document.data(using: encoding)))
        let result = try Tool.run([file.path, "--to", "jsonl", "--on-error", "skip"])
        let expected = (0..<2000).filter { $0 % 500 != 7 }.map { "{\"name\":\"é\($0)\"}\n" }.joined()
        #expect(result.output == expected)
        let places = result.errors.split(separator: "\n").filter { $0.contains("error:") }
        #expect(places.count == 4)
        for (place, line) in zip(places, [9, 509, 1009, 1509]) {
            #expect(
                place.contains(":\(line):32: error: found the text \"x\", expected a number ($[\(line - 2)].createdAt)")
            )
        }
        #expect(result.exitCode == 65)
    }
}

/// Files that may not be one, endings, and names of formats.
@Suite struct OutputNameTests {
    @Test(arguments: ["in.json", "link.json", "hard.json", "./in.json"])
    func refusesRejectsThatAreTheInput(rejects: String) throws {
        let scratch = try Scratch()
        let input = try scratch.write("in.json", "[{\"name\":\"a\"}]")
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: scratch.folder.appendingPathComponent("link.json").path, withDestinationPath: "in.json")
        try files.linkItem(at: input, to: scratch.folder.appendingPathComponent("hard.json"))
        for arguments in [
            ["in.json", "--to", "csv"], ["--in-place", "in.json"], ["--to", "csv", "in.json", "-o", "o.csv"],
        ] {
            let result = try Tool.run(arguments + ["--rejects", rejects], in: scratch.folder)
            #expect(result.exitCode == 64)
            #expect(result.errors.contains("are the same file"))
            #expect(try scratch.read("in.json") == "[{\"name\":\"a\"}]")
        }
    }

    @Test func refusesRejectsThatAreTheOutput() throws {
        let scratch = try Scratch()
        let result = try Tool.run(["-o", "o.json", "--rejects", "o.json"], input: "[]", in: scratch.folder)
        #expect(result.exitCode == 64)
        #expect(try scratch.names == [])
    }

    @Test func refusesAnEndingThatIsNoFormat() throws {
        let scratch = try Scratch()
        for name in ["x.yaml", "x.xlsx", "x.json.bak"] {
            let result = try Tool.run(["-o", name], input: "[]", in: scratch.folder)
            #expect(result.exitCode == 64)
            #expect(result.errors.contains("is the ending of no format there is"))
            #expect(try scratch.names == [])
        }
        #expect(try Tool.run(["-o", "x.yaml", "--to", "json"], input: "[]", in: scratch.folder).exitCode == 0)
        #expect(try Tool.run(["-o", "out"], input: "[]", in: scratch.folder).exitCode == 0)
        #expect(try scratch.names == ["out", "x.yaml"])
    }

    @Test(arguments: ["CSV", "Csv"])
    func takesNamesOfFormatsInAnyCase(name: String) throws {
        let result = try Tool.run(["--to", name], input: "[{\"name\":\"a\"}]")
        #expect(result.output == "name\r\na\r\n")
    }
}
