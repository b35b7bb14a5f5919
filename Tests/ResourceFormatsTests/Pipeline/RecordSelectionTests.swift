import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import TestSupport
import Testing

/// Records that are selected, and members of them, in every format.
@Suite struct RecordSelectionTests {
    static let records = #"""
        {"name":"a","provider":"openAI","openAI":{"customModel":"m","x":1},"n":1.0,"t":[{"k":1,"l":2},{"k":3}]}
        {"provider":"other","name":"b","n":1,"e":{}, "z":null}
        {"name":"c","openAI":{"x":2},"é":true,"a.b":{"=c":"v"}}

        """#

    struct Case: Sendable, CustomTestStringConvertible {
        var limit: Int?
        var conditions: [String] = []
        var keep: [String]?
        var drop: [String] = []
        var sorts = false
        let output: String
        var notes: [String] = []

        var testDescription: String { "\(limit ?? -1) \(conditions) \(keep ?? []) \(drop) \(sorts)" }

        var selection: RecordSelection {
            get throws {
                RecordSelection(
                    limit: limit,
                    conditions: try conditions.map { text in
                        if text.hasPrefix("!") { return .isAbsent(try MemberPath(String(text.dropFirst()))) }
                        guard let place = text.firstIndex(of: "=") else { return .isPresent(try MemberPath(text)) }
                        return .equals(
                            try MemberPath(String(text[..<place])), String(text[text.index(after: place)...]))
                    }, kept: try keep?.map { try MemberPath($0) }, dropped: try drop.map { try MemberPath($0) },
                    sortsMembers: sorts)
            }
        }
    }

    static let cases = [
        Case(limit: 1, keep: ["name"], output: "{\"name\":\"a\"}\n"),
        Case(limit: 0, output: ""),
        Case(limit: 9, keep: ["name"], output: "{\"name\":\"a\"}\n{\"name\":\"b\"}\n{\"name\":\"c\"}\n"),
        Case(conditions: ["provider=openAI"], keep: ["name"], output: "{\"name\":\"a\"}\n"),
        Case(conditions: ["provider"], keep: ["name"], output: "{\"name\":\"a\"}\n{\"name\":\"b\"}\n"),
        Case(conditions: ["!provider"], keep: ["name"], output: "{\"name\":\"c\"}\n"),
        Case(conditions: ["openAI.x=2"], keep: ["name"], output: "{\"name\":\"c\"}\n"),
        Case(conditions: ["openAI.x", "n=1.0"], keep: ["name"], output: "{\"name\":\"a\"}\n"),
        Case(conditions: ["n=1"], keep: ["name"], output: "{\"name\":\"b\"}\n"),
        Case(conditions: ["z=null"], keep: ["name"], output: "{\"name\":\"b\"}\n"),
        Case(conditions: ["z"], keep: ["name"], output: "{\"name\":\"b\"}\n"),
        Case(conditions: ["é=true"], keep: ["name"], output: "{\"name\":\"c\"}\n"),
        Case(conditions: ["e\u{301}"], output: "", notes: ["no record has \"e\u{301}\""]),
        Case(conditions: ["t[1].k=3"], keep: ["name"], output: "{\"name\":\"a\"}\n"),
        Case(conditions: ["t[2]"], output: "", notes: ["no record has \"t[2]\""]),
        Case(conditions: ["a\\.b.\\u003dc=v"], keep: ["name"], output: "{\"name\":\"c\"}\n"),
        Case(conditions: ["openAI=m"], output: ""),
        Case(conditions: ["name=a", "name=b"], output: ""),
        Case(conditions: ["provider"], keep: ["name"], output: "{\"name\":\"a\"}\n{\"name\":\"b\"}\n"),
        Case(limit: 1, conditions: ["!openAI.customModel"], keep: ["name"], output: "{\"name\":\"b\"}\n"),
        Case(
            keep: ["openAI.x", "e", "nothing"], output: "{\"openAI\":{\"x\":1}}\n{\"e\":{}}\n{\"openAI\":{\"x\":2}}\n",
            notes: ["no record has \"nothing\""]),
        Case(keep: ["name.x"], output: "{}\n{}\n{}\n", notes: ["no record has \"name.x\""]),
        Case(
            drop: ["openAI.x", "t[0].k", "é", "a\\.b", "provider", "e.x"],
            output:
                "{\"name\":\"a\",\"openAI\":{\"customModel\":\"m\"},\"n\":1.0,\"t\":[{\"l\":2},{\"k\":3}]}\n{\"name\":\"b\",\"n\":1,\"e\":{},\"z\":null}\n{\"name\":\"c\",\"openAI\":{}}\n",
            notes: ["no record has \"e.x\""]),
        Case(
            keep: ["openAI", "n"], drop: ["openAI.x"],
            output: "{\"openAI\":{\"customModel\":\"m\"},\"n\":1.0}\n{\"n\":1}\n{\"openAI\":{}}\n"),
        Case(keep: ["t[1]", "t[0].l"], output: "{\"t\":[{\"l\":2},{\"k\":3}]}\n{}\n{}\n"),
        Case(
            keep: ["name", "openAI", "t", "é", "z", "n"], sorts: true,
            output:
                "{\"n\":1.0,\"name\":\"a\",\"openAI\":{\"customModel\":\"m\",\"x\":1},\"t\":[{\"k\":1,\"l\":2},{\"k\":3}]}\n{\"n\":1,\"name\":\"b\",\"z\":null}\n{\"name\":\"c\",\"openAI\":{\"x\":2},\"é\":true}\n"
        ),
    ]

    private func conversion(_ one: Case, from source: Format, to target: Format) throws -> Conversion {
        Conversion(from: source, to: target, schema: LargeLanguageModel.schema, selection: try one.selection)
    }

    @Test(arguments: cases)
    func selects(one: Case) throws {
        let outcome = try conversion(one, from: .jsonLines, to: .jsonLines).run(Self.records)
        #expect(outcome.text == one.output)
        #expect(outcome.error == nil)
        #expect(outcome.notes == one.notes)
    }

    /// What is selected comes out as if it had been the whole input, whatever the formats are and wherever the input is
    /// cut.
    @Test(arguments: cases)
    func selectsInEveryFormat(one: Case) throws {
        for source in [Format.json, .jsonLines, .hal, .xml, .csv] {
            let input = Conversion(from: .jsonLines, to: source, schema: LargeLanguageModel.schema).run(Self.records)
            for target in [Format.json, .hal, .xml, .csv] {
                let selecting = try conversion(one, from: source, to: target)
                let whole = selecting.run(input.output)
                let selected = try conversion(one, from: source, to: .jsonLines).run(input.output)
                let shape: DocumentShape = .list
                let plain = Conversion(
                    from: .jsonLines, to: target, schema: LargeLanguageModel.schema, shape: shape
                ).run(selected.output)
                #expect(whole.text == plain.text, "\(source) to \(target)")
                for cut in stride(from: 1, to: input.output.count, by: Settings.isThorough ? 7 : 97) {
                    #expect(selecting.run(input.output, cuts: [cut]) == whole)
                    let parts = selecting.run(
                        input.output, parts: [cut, cut + 60 < input.output.count ? cut + 60 : cut])
                    #expect(parts.outcome == whole)
                }
            }
        }
    }

    /// Errors have the places of the input, not those among the selected records.
    @Test func keepsThePlacesOfErrors() throws {
        let input = "[{\"a\":1},\n{\"a\":2},\n {\"_links\":0,\"a\":3,\"b\":1}]"
        let selection = RecordSelection(
            conditions: [.equals(try MemberPath("a"), "3")], dropped: [try MemberPath("b")], sortsMembers: true)
        let outcome = Conversion(from: .json, to: .hal, schema: AnyRecord.schema, selection: selection).run(input)
        #expect(outcome.path == "$[2]._links")
        #expect(outcome.position == TextPosition(byteOffset: 30, line: 3, column: 12))
        let malformed = Conversion(from: .json, to: .hal, schema: AnyRecord.schema, selection: selection).run(
            "[{\"a\":1},\n{\"a\":02}]")
        #expect(malformed.error == "2:7: found \"2\", expected the end of the number ($[1].a)")
    }

    /// What follows the last record that is wanted is not read.
    @Test func stopsAtTheLimit() throws {
        for (input, source) in [("[{\"a\":1},{\"a\":2},x", Format.json), ("{\"a\":1}\n{\"a\":2}\n{", .jsonLines)] {
            let selection = RecordSelection(limit: 2)
            let outcome = Conversion(from: source, to: .csv, schema: AnyRecord.schema, selection: selection).run(input)
            #expect(outcome.text == "a\r\n1\r\n2\r\n")
            #expect(outcome.error == nil)
        }
    }

    /// A selection is a list; changes alone keep the shape.
    @Test func keepsTheShapeUnlessRecordsAreLeftOut() throws {
        let page = "{\"items\":[{\"a\":1,\"b\":2}],\"total\":7}"
        let changed = RecordSelection(dropped: [try MemberPath("b")])
        func run(_ input: String, _ selection: RecordSelection) -> Conversion.Outcome {
            Conversion(from: .json, to: .json, schema: AnyRecord.schema, selection: selection).run(input)
        }
        #expect(run(page, changed).text.hasPrefix("{\"items\":[{\"a\":1}],\"total\":7"))
        #expect(run("{\"a\":1,\"b\":2}", changed).text == "{\"a\":1}\n")
        let limited = run(page, RecordSelection(limit: 5))
        #expect(limited.text == "[{\"a\":1,\"b\":2}]\n")
        #expect(limited.notes.count == 1)
        #expect(run("{\"a\":1}", RecordSelection(limit: 5)).text == "[{\"a\":1}]\n")
    }

    @Test(arguments: ["", "a..b", ".a", "a[x]", "a\\q", "a["])
    func refusesPathsThatNoColumnHas(text: String) {
        #expect { try MemberPath(text) } throws: { error in
            (error as? SerializationError)?.sentence
                == "found \"\(text)\", expected names with dots between them, as CSV columns have: a.b, a[0].b, and \\. for a dot in a name"
        }
    }
}
