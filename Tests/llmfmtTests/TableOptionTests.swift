import Foundation
import Testing

/// The options of the tool for tables that other programs have written, and for those that they are to read.
@Suite struct TableOptionTests {
    static let report = "Report\n# c\nname,,name, x \n# \"\na, NA ,c,\"NA\"\n"
    static let options = ["--skip-lines", "1", "--comment", "#", "--trim", "--null", "NA", "--header", "rename"]
    static let json = #"[{"name":"a","column2":null,"name_2":"c","x":"NA"}]"# + "\n"

    /// Content in which no table shows is one all the same if an option says so.
    @Test func readsTablesOfOtherPrograms() throws {
        let result = try Tool.run(Self.options, input: Self.report)
        #expect(result.output == Self.json)
        #expect(
            result.errors == """
                <stdin>: note: column 2 has no name and is read as "column2"
                <stdin>: note: column 3 has the name of an earlier one, "name", and is read as "name_2"\n
                """)
        let tabs = Self.report.replacingOccurrences(of: ",", with: "\t")
        #expect(try Tool.run(Self.options + ["--from", "tsv"], input: tabs).output == Self.json)
    }

    @Test func namesTheFilesOfItsNotes() throws {
        let scratch = try Scratch()
        try scratch.write("a.csv", "x,,\n1,2,3\n")
        try scratch.write("b.csv", "x,y,\n1,2,3\n")
        try scratch.write("c.csv", "x,x\n1,2\n")
        for target in ["json", "csv"] {
            let result = try Tool.shell("$LLMFMT a.csv b.csv c.csv --header rename --to \(target)", in: scratch.folder)
            #expect(
                result.errors == """
                    a.csv: note: column 2 has no name and is read as "column2"
                    a.csv: note: column 3 has no name and is read as "column3"
                    c.csv: note: column 2 has the name of an earlier one, "x", and is read as "x_2"\n
                    """)
        }
    }

    @Test(arguments: ["validate", "check", "inspect"])
    func readsThemInEveryVerb(verb: String) throws {
        let result = try Tool.run([verb, "--resource", "record"] + Self.options, input: Self.report)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test func convertsOnThreads() throws {
        let scratch = try Scratch()
        let rows = (0..<60_000).map { $0 % 5 == 0 ? "# a \"\n \($0) , NA , \"b\n#\" \n" : "\($0),\"NA\",x\n" }
        try scratch.write("in.csv", "Report\nname,x,y\n" + rows.joined())
        let result = try Tool.shell(
            """
            for jobs in 1 2; do
                $LLMFMT in.csv --jobs $jobs \(Self.options.joined(separator: " ").replacing("#", with: "'#'")) > out.$jobs
            done
            cmp out.1 out.2 && grep -o '"x":null' out.1 | wc -l
            """, in: scratch.folder)
        #expect(result.errors == "")
        #expect(result.output == "12000\n")
    }

    @Test func writesLineFeeds() throws {
        #expect(
            try Tool.run(["--to", "tsv", "--line-ends", "lf"], input: #"{"a":1,"b":"x"}"#).output == "a\tb\n1\tx\n")
    }

    /// An endings tells TSV, and so does the media type.
    @Test func tellsTSV() throws {
        let scratch = try Scratch()
        try scratch.write("a.tsv", "x,y\tz\n1\t2\n")
        let json = "[{\"x,y\":1,\"z\":2}]\n"
        #expect(try Tool.run(["a.tsv"], in: scratch.folder).output == json)
        #expect(try Tool.run(["-", "--from", "text/tab-separated-values"], input: "x,y\tz\n1\t2\n").output == json)
        #expect(try Tool.run(["a.tsv", "-o", "b.tab"], in: scratch.folder).exitCode == 0)
        #expect(try scratch.read("b.tab") == "\"x,y\"\tz\r\n1\t2\r\n")
        let accepted = try Tool.run(["a.tsv", "--accept", "text/tab-separated-values"], in: scratch.folder)
        #expect(accepted.exitCode == 64)
    }

    @Test(arguments: [
        (["--trim", "--from", "json"], "--trim is for CSV and TSV input; the input is json"),
        (["--null", "NA"], "--null is for CSV and TSV input; the input is json"),
        (["inspect", "--comment", "#"], "--comment is for CSV and TSV input; the input is json"),
        (["validate", "--header", "rename", "--from", "xml"], "--header is for CSV and TSV input; the input is xml"),
        (["--skip-lines", "-1"], "--skip-lines"), (["--skip-lines=-1"], "--skip-lines -1: expected 0 or more"),
        (["--null", "", "--from", "csv"], "--null is empty"),
        (["--comment", "\"", "--from", "csv"], "cannot begin a comment"),
        (
            ["--comment", ";", "--input-delimiter", ";", "--from", "csv"],
            "--comment cannot be the character between cells"
        ),
        (
            ["--header", "rename", "--no-header", "--columns", "a", "--from", "csv"],
            "--header rename is for tables with a header row"
        ),
        (["--line-ends", "lf"], "--line-ends is for CSV and TSV output"),
        (["--to", "tsv", "--delimiter", ";"], "TSV has tabs between its cells"),
        (["--from", "tsv", "--input-delimiter", ";"], "TSV has tabs between its cells"),
    ])
    func refusesOptionsThatDoNothing(arguments: [String], error: String) throws {
        let result = try Tool.run(arguments, input: #"{"a":1}"#)
        #expect(result.exitCode == 64)
        #expect(result.errors.contains(error), "\(result.errors)")
        #expect(result.output == "")
    }
}
