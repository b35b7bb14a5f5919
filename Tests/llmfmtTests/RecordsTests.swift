import Foundation
import Testing

/// `--records` and `--key-as`.
@Suite struct RecordsTests {
    static let table = #"{"gpt-4":{"mode":"chat","cost":{"in":1e-6}},"o1":{"mode":"chat"}}"#

    @Test func readsAnObjectKeyedByName() throws {
        let result = try Tool.run(
            ["--records", "*", "--key-as", "id", "--to", "csv", "--resource", "record"], input: Self.table)
        #expect(result.output == "id,mode,cost.in\r\ngpt-4,chat,1e-6\r\no1,chat,\r\n")
        #expect(result.errors == "")
        let known = try Tool.run(["--records", "*", "--key-as", "name", "--to", "xml"], input: Self.table)
        #expect(known.output.contains("<largeLanguageModel><name>gpt-4</name>"))
    }

    @Test func readsHALAsJSON() throws {
        let input = #"{"_embedded":{"models":[{"id":"a"}]},"_links":{"self":{"href":"/"}}}"#
        let result = try Tool.run(["--records", "_embedded.models", "--to", "jsonl"], input: input)
        #expect(result.output == "{\"id\":\"a\"}\n")
        #expect(result.errors == "<stdin>: note: outside of the records $._links is left out\n")
        #expect(try Tool.run(["--records", "_embedded.models", "--fail-on-notes"], input: input).exitCode == 65)
        #expect(try Tool.run(["--records", "_embedded.models", "--from", "hal"], input: input).exitCode == 0)
    }

    @Test(arguments: [
        (["--records", "a..b"], "--records 'a..b', character 3: found \".\", expected the name of a member, or *"),
        (
            ["--records", "a", "--key-as", "id"],
            "--key-as with --records 'a': found a path without *, expected a * that stands for the names of the records"
        ),
        (["--key-as", "id"], "--key-as is for the * of --records"),
        (["--records", "a", "--from", "csv"], "--records is for JSON input; the input is csv"),
        (["--records", "a", "--from", "jsonl", "--to", "csv"], "--records is for JSON input; the input is jsonl"),
    ])
    func refusesBadUsage(arguments: [String], sentence: String) throws {
        let result = try Tool.run(arguments, input: "x\n1\n")
        #expect(result.errors.hasPrefix("llmfmt: error: \(sentence)\n"))
        #expect(result.exitCode == 64)
    }

    @Test func isForTheOtherVerbsToo() throws {
        let inspected = try Tool.run(["inspect", "--records", "*", "--resource", "record"], input: Self.table)
        #expect(inspected.output.contains("records          2\n"))
        let checked = try Tool.run(["check", "--records", "*", "--resource", "record"], input: Self.table)
        #expect(checked.output.hasPrefix("<stdin>: 2 records came back"))
        let validated = try Tool.run(["validate", "--records", "*"], input: Self.table)
        #expect(validated.output.contains("($.gpt-4.name)"))
        #expect(validated.exitCode == 65)
    }

    @Test func namesTheOptionThatReadsOneObjectAsRecords() throws {
        let list = (0..<100).map { "{\"id\":\($0)}" }.joined(separator: ",")
        let result = try Tool.run(["--resource", "record"], input: "{\"data\":[\(list)]}")
        #expect(
            result.errors
                == "<stdin>: note: the document is one object, and the array at data has 100 objects (--records 'data' reads them as the records)\n"
        )
        #expect(result.exitCode == 0)
    }

    @Test func givesTheSameWithJobsAndFromAPipe() throws {
        let scratch = try Scratch()
        let list = (0..<60_000).map { "{\"id\":\($0),\"text\":\"some text to fill the record with, \($0)\"}" }
        let text = "{\"object\":\"list\",\"data\":[\(list.joined(separator: ",\n"))],\"more\":[1]}"
        let file = try scratch.write("big.json", Data(text.utf8)).path
        let options = ["--records", "data", "--to", "csv", "--resource", "record"]
        let one = try Tool.run([file] + options + ["--jobs", "1"])
        #expect(one.output.utf8.count > 2_000_000)
        #expect(one.errors.contains("outside of the records $.more is left out"))
        #expect(try Tool.run([file] + options + ["--jobs", "4"]).output == one.output)
        let piped = try Tool.shell("cat \(file) | $LLMFMT \(options.joined(separator: " "))")
        #expect(piped.output == one.output)
    }
}
