import Foundation
import Testing

@Suite struct ValidateTests {
    private static let good =
        #"{"name":"n","modelType":"gpt-4o","provider":"openAI","connectionId":"3c90c3cc-0d44-4b50-8888-8dd25736052a"}"#

    @Test func saysNothingOfValidRecords() throws {
        for name in ["models.json", "models.jsonl", "page.json", "spreadsheet.json"] {
            for options in [[], ["--strict"], ["--format", "json"]] {
                let result = try Tool.run(["validate", Tool.sample(name)] + options)
                #expect(result.output == "")
                #expect(result.errors == "")
                #expect(result.exitCode == 0)
            }
        }
    }

    @Test func knowsTheProfiles() throws {
        #expect(try Tool.run(["validate", "--profile", "resource"], input: Self.good).exitCode == 0)
        let create = try Tool.run(["validate", "--profile", "create"], input: "[\(Self.good)]")
        #expect(
            create.output
                == "<stdin>:1:2: found no value, expected for a project's resource the member \"projectId\" ($[0].projectId)\n"
        )
        #expect(create.exitCode == 65)
        #expect(try Tool.run(["validate", "--profile", "other"], input: Self.good).exitCode == 64)
    }

    @Test func goesOnBehindWhatCannotBeRead() throws {
        let input = "{\"name\":01}\n" + Self.good + "\n{\"name\":}\n" + Self.good.dropLast() + ",\"isDefault\":0}\n"
        let result = try Tool.run(["validate", "--from", "jsonl"], input: input)
        #expect(result.output == "<stdin>:4:120: found the number 0, expected true or false ($[3].isDefault)\n")
        #expect(
            result.errors.split(separator: "\n").map { String($0.prefix(20)) }
                == ["<stdin>:1:10: error:", "<stdin>:3:9: error: "])
        #expect(result.exitCode == 65)
        let broken = try Tool.run(["validate"], input: "[" + Self.good)
        #expect(broken.output == "")
        #expect(broken.errors.hasPrefix("<stdin>:1:109: error: found the end of the input"))
        #expect(broken.exitCode == 65)
    }

    @Test func holdsXMLAgainstTheXSDAsWell() throws {
        let scratch = try Scratch()
        #expect(try Tool.run([Tool.sample("models.json"), "-o", "m.xml"], in: scratch.folder).exitCode == 0)
        let fine = try Tool.run(["validate", "m.xml"], in: scratch.folder)
        #expect(fine.output == "")
        #expect(fine.exitCode == 0)
        // Unknown fields are nobody's fault, and one fault is one line.
        let text = try scratch.read("m.xml")
            .replacingOccurrences(of: "<name>", with: "<colour><b/></colour><name>")
            .replacingOccurrences(of: "<modelGroup>embedding<", with: "<modelGroup>vision<")
        try scratch.write("m.xml", text)
        let result = try Tool.run(["validate", "m.xml"], in: scratch.folder)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == text.components(separatedBy: ">vision<").count - 1)
        #expect(lines.count > 0)
        #expect(lines.allSatisfy { $0.contains("found the string \"vision\", expected \"chat\"") })
        #expect(result.exitCode == 65)
    }

    @Test func readsPackedFilesAndReportsMissingOnes() throws {
        let scratch = try Scratch()
        let packed = try Tool.shell(
            "gzip -c \(Tool.sample("model.json")) > m.json.gz && $LLMFMT validate m.json.gz", in: scratch.folder)
        #expect(packed.output.hasPrefix("m.json.gz:58:10: found the string \"<string>\", expected 24 lower-case"))
        #expect(packed.exitCode == 65)
        let missing = try Tool.run(["validate", "none.json"], in: scratch.folder)
        #expect(missing.errors == "none.json: error: cannot be opened: No such file or directory\n")
        #expect(missing.exitCode == 66)
    }

    @Test func refusesWhatIsNotValidWhileConverting() throws {
        let bad = String(Self.good.dropLast()) + ",\"createdAt\":-1}"
        let sentence = "found the number -1, expected an integer from 0 to 2147483647"
        let stopped = try Tool.run(["--strict"], input: bad)
        #expect(stopped.errors == "<stdin>:1:120: error: \(sentence) ($.createdAt)\n")
        #expect(stopped.output == "")
        #expect(stopped.exitCode == 65)
        #expect(try Tool.run(["--strict"], input: Self.good).output == Self.good + "\n")
        let scratch = try Scratch()
        for target in ["json", "csv"] {
            let skipped = try Tool.run(
                ["--strict", "--to", target, "--on-error", "skip", "--rejects", "r.jsonl"],
                input: "[\(bad),\(Self.good),\(bad)]", in: scratch.folder)
            #expect(skipped.output.contains("3c90c3cc"))
            #expect(skipped.output.contains("createdAt") == false)
            #expect(skipped.exitCode == 65)
            let rejects = try scratch.read("r.jsonl").split(separator: "\n")
            #expect(rejects.count == 2)
            let line = try JSONSerialization.jsonObject(with: Data(rejects[1].utf8)) as? [String: Any]
            #expect(line?["path"] as? String == "$[2].createdAt")
            #expect(line?["error"] as? String == sentence)
            #expect((line?["input"] as? String)?.contains("\"createdAt\":-1") == true)
        }
    }
}
