import Foundation
import Testing

/// The verbs beside `convert` and `validate`: their output and exit codes.
@Suite struct VerbTests {
    @Test func checksEveryRecordInEveryFormat() throws {
        let result = try Tool.run(["check", Tool.sample("models.json"), Tool.sample("newer-server.json")])
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 2)
        #expect(
            lines.first?.hasPrefix("\(Tool.sample("models.json")): 14 records came back through json, jsonl, ") == true)
        #expect(result.exitCode == 0)
        #expect(try Tool.run(["check"], input: "{}").output.hasPrefix("<stdin>: 1 record came back through "))
        let refused = try Tool.run(["check"], input: "[{},{\"a\":01}]")
        #expect(refused.errors.hasPrefix("<stdin>:1:11: error: "))
        #expect(refused.exitCode == 65)
    }

    @Test func inspectsShapesAndEncodings() throws {
        #expect(try Tool.run(["inspect"], input: "{}").output.contains("\n  shape            item\n"))
        #expect(try Tool.run(["inspect"], input: "\u{FEFF}[]").output.contains("UTF-8 with a byte order mark"))
        #expect(try Tool.run(["inspect", Tool.sample("page.json")]).output.contains("\n  shape            page\n"))
        let xml = "<?xml version=\"1.0\" encoding='ISO-8859-1'?><largeLanguageModels/>"
        let result = try Tool.run(["inspect"], input: xml)
        #expect(result.output.hasPrefix("<stdin>\n  format    xml\n  encoding  ISO-8859-1\n  shape     list\n"))
    }

    @Test(arguments: ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"])
    func inspectsWideEncodings(name: String) throws {
        let line = "printf '\\xEF\\xBB\\xBFa,b\\n1,2\\n' | iconv -f UTF-8 -t \(name) | $LLMFMT inspect --from csv"
        #expect(try Tool.shell(line).output.contains("\n  encoding         \(name)\n"))
    }

    @Test func countsUnknownFieldsUpToALimit() throws {
        let members = (0..<3_000).map { "\"u\($0)\":\($0)" }.joined(separator: ",")
        let result = try Tool.run(["inspect"], input: "{\(members)}")
        #expect(result.output.split(separator: "\n").count == 1 + 9 + 1 + 1_000 + 1)
        #expect(result.output.hasSuffix("  more unknown fields than the 1000 above are not told apart\n"))
        #expect(result.exitCode == 0)
    }

    @Test func listsTheFormats() throws {
        let lines = try Tool.run(["formats"]).output.split(separator: "\n")
        #expect(lines.first == "NAME   MEDIA TYPE                 FILES           READS  WRITES")
        for name in ["json ", "jsonl ", "xml ", "csv ", "tsv "] { #expect(lines.contains { $0.hasPrefix(name) }) }
        #expect(lines.contains("jsonl  application/x-ndjson       .jsonl .ndjson  yes    yes"))
        #expect(lines.contains("tsv    text/tab-separated-values  .tsv .tab       yes    yes"))
    }

    @Test func printsTheSchemaForOthers() throws {
        let header = try Tool.run(["schema", "csv-header"]).output
        #expect(header.hasPrefix("name,description,modelType,modelGroup,"))
        #expect(header.hasSuffix(",_id,createdAt,lastChanged,createdBy,lastChangedBy\r\n"))
        #expect(header.contains(",fallbacks[0].immediateFallBack.emailNotificationList[0],assignedToProjects[0],"))
        // It is a table without rows, and takes rows.
        #expect(try Tool.run(["--from", "csv"], input: header).output == "[]\n")
        let commas = String(repeating: ",", count: header.filter { $0 == "," }.count)
        #expect(try Tool.run(["--from", "csv"], input: header + "x" + commas + "\n").output == "[{\"name\":\"x\"}]\n")

        let fields = try Tool.run(["schema", "fields"]).output.split(separator: "\n")
        #expect(fields.count == 50)
        #expect(fields.contains { $0.hasPrefix("projectId ") && $0.contains("required: project") })

        for options in [[], ["--profile", "create"], ["--profile", "create", "--strict"]] {
            let text = try Tool.run(["schema", "json-schema"] + options).output
            let tree = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            #expect(tree?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
            #expect((tree?["required"] as? [String]) == ["name", "modelType", "provider", "connectionId"])
            #expect((tree?["allOf"] as? [Any])?.count == (options.isEmpty ? nil : 2))
            let fields = try #require(tree?["properties"] as? [String: [String: Any]])
            #expect(
                Set(fields.filter { $0.value["readOnly"] as? Bool == true }.keys)
                    == ["referenceId", "_id", "createdAt", "lastChanged", "createdBy", "lastChangedBy"])
        }
        #expect(
            try Tool.run(["schema", "xsd"]).output.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xs:schema "))
    }

    @Test(arguments: [
        ["schema"], ["schema", "dtd"], ["schema", "xsd", "--strict"],
        ["schema", "xsd", "--shape", "item"], ["schema", "table-schema", "--profile", "create"],
        ["schema", "json-schema", "--for-classes"], ["schema", "json-schema", "--shape", "tree"],
        ["schema", "table-schema", "--resource", "record"], ["validate", "-", "-"],
        ["inspect", "--from", "nothing"],
        ["check", "--from", "text/csv;header=absent"], ["formats", "more"],
    ])
    func refusesWrongUsage(arguments: [String]) throws {
        let result = try Tool.run(arguments, input: "{}")
        #expect(result.exitCode == 64)
        #expect(result.errors.isEmpty == false)
        #expect(result.output == "")
    }

    @Test func schemaPrintsDocumentsForOtherPrograms() throws {
        func object(_ arguments: String...) throws -> [String: Any] {
            let text = try Tool.run(["schema"] + arguments).output
            return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        }
        for (shape, type) in [("item", "object"), ("list", "array"), ("page", "object"), ("hal", "object")] {
            let schema = try object("json-schema", "--shape", shape)
            #expect(schema["type"] as? String == type)
            #expect(schema["$id"] as? String == "urn:llmfmt:largeLanguageModel:\(shape)")
            let definitions = schema["$defs"] as? [String: [String: Any]] ?? [:]
            #expect(definitions["LargeLanguageModelAzureOpenAI"]?["additionalProperties"] as? Bool == true)
        }
        let fields = try object("table-schema")["fields"] as? [[String: Any]] ?? []
        let header = try Tool.run(["schema", "csv-header"]).output.dropLast().split(separator: ",")
        #expect(fields.map { $0["name"] as? String ?? "" } == header.map(String.init))
        let openAPI = try object("openapi", "--strict")
        #expect(openAPI["openapi"] as? String == "3.1.0")
        let xsd = try Tool.run(["schema", "xsd", "--for-classes"]).output
        #expect(!xsd.contains("nillable") && !xsd.contains("name=\"escaped\" type=\"xs:string\""))
    }

    @Test(arguments: [nil, "convert", "validate", "check", "inspect", "schema", "negotiate", "formats"])
    func hasAShortHelpThatFitsOneScreen(verb: String?) throws {
        let result = try Tool.run((verb.map { [$0] } ?? []) + ["-h"])
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(result.exitCode == 0)
        #expect(lines.count <= 24)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(result.output.hasPrefix("llmfmt \(verb == "convert" ? "[convert]" : verb ?? "[convert]")"))
    }

    @Test func listsTheVerbsInItsHelp() throws {
        let help = try Tool.run(["--help"]).output
        for verb in ["convert", "validate", "check", "inspect", "schema", "negotiate", "formats"] {
            #expect(help.contains("\n  \(verb)"))
            #expect(try Tool.run([verb, "--help"]).output.contains("USAGE: llmfmt \(verb)"))
        }
        #expect(help.contains("EXAMPLES:"))
        for option in ["--from <format>", "--accept <", "--base-url <url>", "--rejects <file>"] {
            #expect(help.contains("\n  \(option)"))
        }
    }

    /// What the short helps show is what the tool does.
    @Test func runsTheExamplesOfItsHelp() throws {
        let scratch = try Scratch()
        for name in ["models.json", "models.jsonl"] {
            try FileManager.default.copyItem(
                atPath: Tool.sample(name), toPath: scratch.folder.appendingPathComponent(name).path)
        }
        #expect(try Tool.run(["models.json", "-o", "models.csv"], in: scratch.folder).exitCode == 0)
        #expect(try Tool.run(["models.json", "-o", "new.csv"], in: scratch.folder).exitCode == 0)
        for verb in ["validate", "check", "inspect", "schema", "negotiate"] {
            let help = try Tool.run([verb, "-h"]).output
            for line in help.split(separator: "\n") where line.hasPrefix("  llmfmt ") {
                let command = line.dropFirst(9)
                let result = try Tool.shell("$LLMFMT \(command)", in: scratch.folder)
                #expect(result.errors == "", "\(command)")
                #expect(result.exitCode == 0)
            }
        }
    }
}

/// Standard output of the verbs when it goes wrong.
@Suite struct VerbOutputTests {
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full here"))
    func reportsAFullDisk() throws {
        let sample = Tool.sample("model.json")
        for command in ["validate \(sample)", "check \(sample)", "inspect \(sample)", "schema xsd", "formats"] {
            let result = try Tool.shell("$LLMFMT \(command) > /dev/full")
            #expect(result.errors == "<stdout>: error: writing failed: No space left on device\n", "\(command)")
            #expect(result.exitCode == 74)
        }
    }

    @Test func endsQuietlyWhenThePipeIsClosed() throws {
        let scratch = try Scratch()
        try scratch.write("bad.jsonl", String(repeating: "{}\n", count: 20_000))
        let result = try Tool.shell(
            "$LLMFMT validate bad.jsonl | head -n 1 > /dev/null; echo ${PIPESTATUS[0]}", in: scratch.folder)
        #expect(result.output == "141\n")
        #expect(result.errors == "")
    }

    @Test func printsAsRecordsCome() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Tool.path)
        process.arguments = ["validate", "--from", "jsonl"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // Each read blocks until the tool has written; it never would if it waited for more input.
        for line in 1...3 {
            try input.fileHandleForWriting.write(contentsOf: Data("{\"isDefault\":1}\n".utf8))
            var text = ""
            while !text.contains("$[\(line - 1)].isDefault") {
                let data = output.fileHandleForReading.availableData
                if data.isEmpty { break }
                text += String(decoding: data, as: UTF8.self)
            }
            #expect(text.contains("<stdin>:\(line):14: found the number 1, expected true or false"))
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 65)
    }
}
