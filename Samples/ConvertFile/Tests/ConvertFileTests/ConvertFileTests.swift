import Foundation
import ResourceFormats
import Testing

@Suite struct ConvertFileTests {
    private let program: Program

    init() throws {
        program = try Program()
    }

    private static let extensions = Format.builtIn.flatMap(\.fileExtensions)

    private func convert(_ source: String, _ target: String) throws {
        let result = try program.run(source, target)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.errors == "")
    }

    /// `Array` and not `String`: texts that differ only in Unicode composition are different.
    private func bytes(_ name: String) throws -> [UInt8] {
        Array(try program.read(name).utf8)
    }

    @Test(arguments: extensions, extensions)
    func convertsEachFormatToEachOther(source: String, target: String) throws {
        for sample in ["models.json", "spreadsheet.json"] {
            try convert(Program.sample(sample), "records.json")
            try convert("records.json", "first.\(source)")
            try convert("first.\(source)", "second.\(target)")
            try convert("second.\(target)", "back.json")
            #expect(try bytes("back.json") == bytes("records.json"))
        }
    }

    @Test(arguments: extensions.filter { $0 != "csv" })
    func keepsWhatANewerServerSends(name: String) throws {
        try convert(Program.sample("newer-server.json"), "records.json")
        try convert("records.json", "there.\(name)")
        try convert("there.\(name)", "back.json")
        #expect(try bytes("back.json") == bytes("records.json"))
    }

    /// CSV has one order of members for all records: it is reached once and then stays.
    @Test func keepsWhatANewerServerSendsThroughATable() throws {
        try convert(Program.sample("newer-server.json"), "first.csv")
        try convert("first.csv", "records.json")
        try convert("records.json", "second.csv")
        try convert("second.csv", "back.json")
        #expect(try bytes("second.csv") == bytes("first.csv"))
        #expect(try bytes("back.json") == bytes("records.json"))
    }

    @Test(arguments: ["hal", "xml"])
    func keepsPages(name: String) throws {
        try convert(Program.sample("page.json"), "page.json")
        try convert(Program.sample("page.\(name)"), "page.\(name)")
        try convert("page.\(name)", "back.json")
        #expect(try bytes("back.json") == bytes("page.json"))
    }

    @Test func saysWhatATableCannotHold() throws {
        let page = Program.sample("page.json")
        let result = try program.run(page, "page.csv")
        #expect(result.exitCode == 0)
        #expect(result.errors.hasPrefix("\(page): the page's members"))
        try convert("page.csv", "list.json")
        #expect(try program.read("list.json").hasPrefix("[{"))
    }

    /// Three megabytes, many windows of the program; one record is larger than a window.
    @Test func convertsFilesThatAreLargerThanAWindow() throws {
        let records = try String(contentsOfFile: Program.sample("models.jsonl"), encoding: .utf8)
        let large = #"{"name":"large","description":"\#(String(repeating: "é, ", count: 300_000))"}"# + "\n"
        let many = String(repeating: records, count: 80)
        try program.write("records.jsonl", many + large + many)
        try convert("records.jsonl", "there.csv")
        try convert("there.csv", "there.xml")
        try convert("there.xml", "back.jsonl")
        #expect(try bytes("back.jsonl") == bytes("records.jsonl"))
    }

    @Test func replacesAFileByItself() throws {
        try program.write("records.json", "[ {\"name\": \"a\"} ]")
        try convert("records.json", "records.json")
        #expect(try program.read("records.json") == "[{\"name\":\"a\"}]\n")
        #expect(try program.names == ["records.json"])
    }

    @Test(arguments: [
        ("bad.json", "[{\"name\":\"a\"},\n {\"name\":1,}]", "2:12: found \"}\", expected a member name"),
        ("bad.jsonl", "{\"name\":\"a\"}\n{\"name\":}\n", "2:9: found \"}\", expected a JSON value"),
        ("bad.hal", "[{\"name\":\"a\"}\n", "2:1: found the end of the input, expected"),
        ("bad.xml", "<largeLanguageModel><name>a</nam></largeLanguageModel>", "1:"),
        ("bad.csv", "name,provider\r\na,openAI\r\nb\r\n", "3:2: found 1 cell in the row, none for column"),
    ])
    func leavesNoFileAndNamesThePlace(name: String, text: String, place: String) throws {
        try program.write(name, text)
        for target in Self.extensions.map({ "out.\($0)" }) {
            let result = try program.run(name, target)
            #expect(result.exitCode == 65)
            #expect(result.errors.hasPrefix("\(name):\(place)"), "\(result.errors)")
            #expect(try program.names == [name])
        }
    }

    /// The fault lies behind what is written while the file is read.
    @Test func keepsTheOldFileIfTheNewOneFails() throws {
        let records = try String(contentsOfFile: Program.sample("models.jsonl"), encoding: .utf8)
        try program.write("records.jsonl", String(repeating: records, count: 80) + "{\"name\" 1}\n")
        try program.write("old.json", "old")
        let result = try program.run("records.jsonl", "old.json")
        #expect(result.errors.hasPrefix("records.jsonl:1121:9: found \"1\", expected \":\""), "\(result.errors)")
        #expect(result.exitCode == 65)
        #expect(try program.read("old.json") == "old")
        #expect(try program.names == ["old.json", "records.jsonl"])
    }

    @Test func saysWhichFileCannotBeOpenedOrWritten() throws {
        #expect(try program.run("missing.json", "out.csv").exitCode == 74)
        #expect(try program.run(Program.sample("model.json"), "no-folder/out.csv").exitCode == 74)
        #expect(try program.run(Program.sample("model.json")).exitCode == 64)
        let result = try program.run(Program.sample("model.json"), "out.txt")
        #expect(result.exitCode == 64)
        #expect(result.errors.contains("out.txt"))
        #expect(try program.names == [])
    }
}
