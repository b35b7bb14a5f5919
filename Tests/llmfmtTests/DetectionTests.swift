import Foundation
import Testing

/// What an input is when nobody says it: never a guess that could be wrong.
@Suite struct DetectionTests {
    private static let untold =
        "the format cannot be told; say --from (it is neither JSON nor XML, and CSV has a delimiter in its header and at least one "
        + "row)\n"

    @Test(arguments: [
        "404 page not found\n", "name\na\n", "name\n", "name: x\nprovider: y\n", "a,b", "a,b\n", "a,b\r\n\r\n\n",
        "\n\n x \n",
        "\"a,b\"\nx\n", "\"a\"\"b,c\"\nx\n", "sep=;\nname\na\n", "sep=;\na,b\n1,2\n", "\u{FEFF}name\na\n", "\"a",
        "\"a\nb\"", "sep=",
        "hello", "a\rb\r", "---\n- a, b", "\"text\"", "Error: no, not found",
    ])
    func refusesWhatIsNoTable(input: String) throws {
        for verb in [[], ["validate"], ["check"], ["inspect"]] {
            let result = try Tool.run(verb, input: input)
            #expect(result.output == "")
            #expect(result.errors == "<stdin>:1:1: error: \(Self.untold)")
            #expect(result.exitCode == 65)
        }
    }

    @Test(arguments: [
        ("name,x\na,1", "[{\"name\":\"a\",\"x\":1}]\n"), ("name;x\ra;1\r", "[{\"name\":\"a\",\"x\":1}]\n"),
        ("\u{FEFF}name\tx\r\n\r\na\t1\r\n", "[{\"name\":\"a\",\"x\":1}]\n"),
        ("\n\nname|x\n\n\na|1", "[{\"name\":\"a\",\"x\":1}]\n"),
        ("sep=:\nname:x\na:1\n", "[{\"name\":\"a\",\"x\":1}]\n"), ("\"a,b\",x\n1,2\n", "[{\"a,b\":1,\"x\":2}]\n"),
        ("\"a\"\"b\nc\",x\n1,2\n", "[{\"a\\\"b\\nc\":1,\"x\":2}]\n"),
        ("a\"\"b,x\n1,2\n", "[{\"a\\\"\\\"b\":1,\"x\":2}]\n"),
        ("x,\na,1\n", nil),
    ])
    func takesATable(input: String, output: String?) throws {
        let result = try Tool.run([], input: input)
        #expect(result.output == output ?? "")
        #expect(!result.errors.contains("cannot be told"))
    }

    /// A name or an option says it.
    @Test func believesWhatIsSaid() throws {
        #expect(try Tool.run(["--from", "csv"], input: "name\na\n").output == "[{\"name\":\"a\"}]\n")
        #expect(try Tool.run(["--from", "csv"], input: "name\n").output == "[]\n")
        #expect(try Tool.run(["--delimiter", ":"], input: "name:x\na:1\n").output == "[{\"name\":\"a\",\"x\":1}]\n")
        #expect(try Tool.run(["--no-header", "--columns", "name"], input: "a\n").output == "[{\"name\":\"a\"}]\n")
        #expect(try Tool.run(["--input-delimiter", ":", "--to", "csv"], input: "name:x\n").output == "name\r\n")
        let scratch = try Scratch()
        let file = try scratch.write("one.csv", Data("name\na\n".utf8)).path
        #expect(try Tool.run([file]).output == "[{\"name\":\"a\"}]\n")
        let other = try scratch.write("one.txt", Data("name\na\n".utf8)).path
        #expect(try Tool.run([other]).errors == "\(other):1:1: error: \(Self.untold)")
    }

    @Test(arguments: [("null", "null"), ("true\n", "true"), ("12 ", "12")])
    func leavesScalarsToTheJSONReader(input: String, found: String) throws {
        let result = try Tool.run([], input: input)
        #expect(result.errors.contains("expected an object or an array of objects"))
        #expect(result.exitCode == 65)
    }

    /// A header and a row that come late and in pieces.
    @Test(arguments: [
        "printf 'na'; sleep 0.2; printf 'me,x\\na'; sleep 0.2; printf ',1\\n'",
        "printf 'name,x\\n'; sleep 0.3; printf 'a,1'",
    ])
    func waitsForARow(producer: String) throws {
        let result = try Tool.shell("(\(producer)) | \"$LLMFMT\"")
        #expect(result.output == "[{\"name\":\"a\",\"x\":1}]\n")
    }

    @Test func refusesALateText() throws {
        let result = try Tool.shell(
            "(printf '404'; sleep 0.2; printf ' page, not'; sleep 0.2; printf ' found') | \"$LLMFMT\"")
        #expect(result.errors == "<stdin>:1:1: error: \(Self.untold)")
        #expect(result.output == "")
    }

    @Test(arguments: [
        ("504b0304140000", "a zip archive, such as an .xlsx or .ods workbook"),
        ("d0cf11e0a1b11ae1", "an old office document, such as an .xls workbook"),
        ("425a68393141592653", "a bzip2 file"), ("425a683917724538", "a bzip2 file"), ("fd377a585a0000", "an xz file"),
        ("504152311504", "a Parquet file"), ("255044462d312e37", "a PDF document"), ("377abcaf271c00", "a 7z archive"),
        ("53514c69746520666f726d6174203300", "an SQLite database"), ("4f626a0104", "an Avro file"),
        ("89504e470d0a", "a PNG image"),
    ])
    func callsBinaryFilesByName(hex: String, name: String) throws {
        let bytes = stride(from: 0, to: hex.utf8.count, by: 2).map { start in
            UInt8(hex.dropFirst(start).prefix(2), radix: 16) ?? 0
        }
        let scratch = try Scratch()
        for (file, options) in [("x.bin", []), ("x.csv", []), ("x.json", []), ("x", ["--from", "csv"])] {
            let path = try scratch.write(file, Data(bytes)).path
            for verb in [["convert"], ["inspect"]] {
                let result = try Tool.run(verb + [path] + options)
                #expect(result.errors == "\(path):1:1: error: found \(name), expected JSON, XML or CSV ($)\n")
                #expect(result.output == "")
                #expect(result.exitCode == 65)
            }
        }
        #expect(
            try Tool.shell("\"$LLMFMT\" < \(scratch.folder.path)/x.bin").errors.contains(
                "<stdin>:1:1: error: found \(name)"))
    }

    @Test(arguments: ["PAR1,x\n1,2\n", "BZh,x\n1,2\n", "PK,x\n1,2\n", "%PDF,x\n1,2\n", "PAR1\tx\n1\t2\n"])
    func takesTextThatBeginsAlike(input: String) throws {
        #expect(try Tool.run([], input: input).exitCode == 0)
    }
}
