import Foundation
import Testing

/// `--jobs`: whatever the number of threads, the output, the messages, the rejects and the exit code are the same.
@Suite struct JobsTests {
    /// Some 2.4 MB of JSON Lines, two parts and more, in which every record begins with the same name.
    static let lines: [String] = (0..<2_200).map { number in
        #"{"name":"model \#(number)","modelType":"gpt-4o","fallbacks":[{"isFallbackEnabled":\#(number % 2 == 0)}],"x\#(number % 5)":"\#(String(repeating: "text, ü \\n", count: 100))"}"#
    }

    @Test(arguments: [("jsonl", "csv"), ("json", "xml"), ("hal", "json"), ("xml", "csv"), ("csv", "hal")])
    func givesTheSameForEveryNumber(source: String, target: String) throws {
        let scratch = try Scratch()
        try scratch.write("in.jsonl", Self.lines.joined(separator: "\n") + "\n")
        let result = try Tool.shell(
            """
            set -e
            $LLMFMT in.jsonl --jobs 1 -o in.\(source)
            for jobs in 1 2 7; do $LLMFMT in.\(source) --jobs $jobs --to \(target) > out.$jobs; done
            cmp out.1 out.2; cmp out.1 out.7
            cat in.\(source) | $LLMFMT --from \(source) --jobs 2 --to \(target) | cmp - out.1
            """, in: scratch.folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(try scratch.read("out.1").utf8.count > 2 << 20)
    }

    /// A broken line, a record that the writer refuses, and one that is not valid, far from one another.
    @Test(
        arguments: ["--on-error stop", "--on-error skip --strict"],
        ["xml", "csv"])
    func refusesTheSameRecords(options: String, target: String) throws {
        var lines = Self.lines
        lines[700] = #"{"name":"a","name":"b"}"#
        lines[1_500] =
            #"{"name":"\#(String(repeating: "n", count: 60_000))","\#(String(repeating: "n", count: 60_000))":1}"#
        lines[2_199] = #"{"name":"cut off"#
        let scratch = try Scratch()
        try scratch.write("in.jsonl", lines.joined(separator: "\n"))
        let result = try Tool.shell(
            """
            for jobs in 1 2 7; do
                $LLMFMT in.jsonl --jobs $jobs \(options) --to \(target) --rejects rejects.$jobs > out.$jobs 2> errors.$jobs
                echo $? >> errors.$jobs
            done
            for file in out errors rejects; do cmp $file.1 $file.2; cmp $file.1 $file.7; done
            """, in: scratch.folder)
        #expect(result.output == "" && result.errors == "")
        #expect(try scratch.read("errors.1").contains("in.jsonl:"))
    }

    /// CSV whose cells hold line ends, and XML whose comments hold end tags: many cuts are wrong.
    @Test(arguments: [
        ("csv", "name,x\r\n", "\"a\"\"\r\n{},\r\n\",\"b\r\nc\"\r\n", ""),
        (
            "xml", "<largeLanguageModels><!-- x -->",
            "<largeLanguageModel><!-- </largeLanguageModel> --><x>{}</x></largeLanguageModel>",
            "</largeLanguageModels>"
        ),
        ("json", "[", #"{"a":[{"a":{}},{"a":2}]},"#, #"{"a":"]"}]"#),
    ])
    func readsOnWhereACutIsWrong(format: String, start: String, record: String, end: String) throws {
        let scratch = try Scratch()
        let records = (0..<45_000).map { record.replacingOccurrences(of: "{}", with: String($0)) }
        try scratch.write("in.\(format)", start + records.joined() + end)
        let result = try Tool.shell(
            """
            for jobs in 1 2; do $LLMFMT in.\(format) --jobs $jobs --to jsonl > out.$jobs; done
            cmp out.1 out.2 && wc -l < out.1
            """, in: scratch.folder)
        #expect(result.errors == "")
        #expect(result.output == (end == "" || format == "xml" ? "45000\n" : "45001\n"))
    }

    @Test(arguments: ["0", "-1", "257", "x"])
    func refusesOtherNumbers(number: String) throws {
        let result = try Tool.run(["--jobs=\(number)"], input: "{}")
        #expect(result.exitCode == 64)
        #expect(result.output == "")
        #expect(result.errors.contains("--jobs"))
    }
}
