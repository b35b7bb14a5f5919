import Foundation
import Testing

/// The sample files say the same in every format.
@Suite struct SampleTests {
    @Test(arguments: ["models", "page"], ["xml", "hal"])
    func saysTheSameInEveryFormat(name: String, format: String) throws {
        let json = try String(contentsOfFile: Tool.sample("\(name).json"), encoding: .utf8)
        let other = try String(contentsOfFile: Tool.sample("\(name).\(format)"), encoding: .utf8)
        let there = try Tool.run([Tool.sample("\(name).json"), "--to", format, "--pretty"])
        #expect(there.output == other)
        #expect(there.errors == "")
        let back = try Tool.run([Tool.sample("\(name).\(format)"), "--to", "json", "--pretty"])
        #expect(back.output == json)
        #expect(back.errors == "")
    }

    @Test(arguments: [
        "models.json", "models.jsonl", "page.json", "model.json", "newer-server.json", "spreadsheet.json",
    ])
    func comesBackThroughEveryFormat(name: String) throws {
        let check = try Tool.run(["check", Tool.sample(name)])
        #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
    }
}
